import { toIso } from '../time/time.ts'

/** What other records of the case tell of a mail or item. */
export interface JoinedMessage {
  /** What it is found by. */
  readonly item: string
  readonly subject: string | undefined
  readonly from: string | undefined
  /** As the record has it, whatever the form. */
  readonly received: string | undefined
  /** The same as ISO 8601 in UTC, where it is a time. */
  readonly delivered: string | undefined
  readonly messageId: string | undefined
}

/** Item, rank, then what the record says: subject, sender, when received, message id. */
export type Telling = [item: string, rank: number, ...said: (string | null)[]]

/** What is known of an item that no record tells anything of. */
export const nothingKnown: Omit<JoinedMessage, 'item'> = {
  subject: undefined,
  from: undefined,
  received: undefined,
  delivered: undefined,
  messageId: undefined,
}

/** What the best-ranked record of an item says wins; what it does not say is taken from the next. */
export function mergeTellings(tellings: readonly Telling[]): Map<string, JoinedMessage> {
  const messages = new Map<string, JoinedMessage>()
  for (const [item, own] of Map.groupBy(tellings, ([item]) => item)) {
    if (own.length > 1) own.sort(byRank)
    const first = (column: number) => own.find((telling) => telling[column] !== null)?.[column] as string | undefined
    const received = first(4)
    messages.set(item, {
      item,
      subject: first(2),
      from: first(3),
      received,
      delivered: toIso(received),
      messageId: first(5),
    })
  }
  return messages
}

/** By rank, then by what is said: the order in which files were imported must not matter. */
function byRank(one: Telling, other: Telling): number {
  if (one[1] !== other[1]) return one[1] - other[1]
  for (let i = 2; i < one.length; i += 1) {
    const order = byText(one[i] as string | null, other[i] as string | null)
    if (order !== 0) return order
  }
  return 0
}

/** What says something stands before what does not. */
function byText(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one < other ? -1 : one > other ? 1 : 0
}
