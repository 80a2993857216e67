import type { Dataset } from './activity.ts'

/** An activity as the case keeps it: the envelope, the source's own text, and what others are joined to it by. */
export interface Entry extends Keys {
  readonly dataset: Dataset
  readonly id: string
  readonly time: number
  readonly operation: string
  readonly mailbox: string
  readonly row: number
  /** What the source's shape makes the record of: for a CSV the row's cells as a JSON list. */
  readonly content: string
  /** The record exactly as received, where the shape cannot write it again from `content`. */
  readonly original: string | undefined
}

/** How the rows of one evidence are written: with `content` it gives back the record and the original. */
export interface RowFormat {
  readonly shape: string
  /** The header's columns, in the file's order. */
  readonly columns: readonly string[]
  readonly delimiter: string
}

/** What joins an activity to others. */
export interface Keys {
  readonly session: string | undefined
  readonly item: string | undefined
  readonly message: Message | undefined
  readonly logon: Logon | undefined
}

/** What a record tells about the mail or item it names. */
export interface Message {
  /** Whose word counts when records differ: the lower, the better. */
  readonly rank: number
  readonly subject: string | undefined
  readonly from: string | undefined
  /** As the record has it, whatever the form. */
  readonly received: string | undefined
  readonly messageId: string | undefined
}

/** A logon that did not fail and says from where. */
export interface Logon {
  /** The client's kind, such as `Web` or `IMAP4`. */
  readonly platform: string
  readonly ip: string
  readonly userAgent: string | undefined
}

/** Entries as one text and two lists of numbers: crossing threads costs a tenth of what objects cost. */
export interface PackedEntries {
  readonly text: string
  /** Length of each text in turn; -1 where there is none. */
  readonly lengths: Int32Array<ArrayBuffer>
  /** Time, row and rank of each entry; rank -1 without a message. */
  readonly numbers: Float64Array<ArrayBuffer>
}

const textsEach = 15
const numbersEach = 3

/** Packs entries for another thread. */
export function packEntries(entries: readonly Entry[]): PackedEntries {
  let text = ''
  let next = 0
  const lengths = new Int32Array(entries.length * textsEach)
  const numbers = new Float64Array(entries.length * numbersEach)
  const put = (value: string | undefined) => {
    lengths[next] = value?.length ?? -1
    next += 1
    if (value !== undefined) text += value
  }
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i] as Entry
    numbers[i * numbersEach] = entry.time
    numbers[i * numbersEach + 1] = entry.row
    numbers[i * numbersEach + 2] = entry.message?.rank ?? -1
    putTexts(entry, put)
  }
  return { text, lengths, numbers }
}

/** Takes apart what `packEntries` made. */
export function* unpackEntries({ text, lengths, numbers }: PackedEntries): Generator<Entry> {
  let at = 0
  let next = 0
  const take = (): string | undefined => {
    const length = lengths[next] as number
    next += 1
    if (length === -1) return undefined
    at += length
    return text.slice(at - length, at)
  }
  const must = () => take() as string
  for (let i = 0; i < numbers.length; i += numbersEach) {
    const rank = numbers[i + 2] as number
    const dataset = must() as Dataset
    const entry = { dataset, id: must(), operation: must(), mailbox: must(), content: must(), original: take() }
    const keys = { session: take(), item: take() }
    const message = { rank, subject: take(), from: take(), received: take(), messageId: take() }
    const ip = take()
    const logon = { platform: take() ?? '', ip: ip ?? '', userAgent: take() }
    yield {
      ...entry,
      ...keys,
      time: numbers[i] as number,
      row: numbers[i + 1] as number,
      message: rank === -1 ? undefined : message,
      logon: ip === undefined ? undefined : logon,
    }
  }
}

/** In the order in which `unpackEntries` takes them. */
function putTexts(entry: Entry, put: (value: string | undefined) => void): void {
  const { message, logon } = entry
  put(entry.dataset)
  put(entry.id)
  put(entry.operation)
  put(entry.mailbox)
  put(entry.content)
  put(entry.original)
  put(entry.session)
  put(entry.item)
  put(message?.subject)
  put(message?.from)
  put(message?.received)
  put(message?.messageId)
  put(logon?.ip)
  put(logon?.platform)
  put(logon?.userAgent)
}
