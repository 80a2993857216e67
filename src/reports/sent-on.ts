import type { Scratch } from './scratch.ts'
import { sum } from './sum.ts'
import { countOf, minute, number } from './words.ts'

/** An address to which a rule or a mailbox sends mail on, and what message traces tell of mail to it. */
export interface SentOn {
  readonly address: string
  /** When a rule or a mailbox was first told to send mail there, as far as the evidence goes. */
  readonly since: string
  /** Whose doing that was by the marks of the case: the intruder's, if any of it was. */
  readonly marked: string | null
  /** How many records of message traces name it as a recipient, by what became of the mail, whoever sent it. */
  readonly traces: Readonly<Record<string, number>>
  /** The first and the last of them; null where there is none. */
  readonly first: string | null
  readonly last: string | null
}

const mostAddresses = 1000
/** As many as a page for a terminal has room for. */
const mostTold = 8

/** Nothing where the evidence has no message traces: then none of them says that nothing was sent on. */
export function sentOn(scratch: Pick<Scratch, 'query' | 'count'>): SentOn[] {
  if (scratch.count('select 1 from trace limit 1') === 0) return []
  const told = scratch.query<{ forwards: string; since: string; marked: string | null }>(
    `select forwards, min(at) as since, min(marked) as marked
    from fact where forwards is not null and outcome <> 'failure' group by forwards order by since limit ${mostAddresses}`,
  )
  const targets = new Map<string, { since: string; marked: string | null }>()
  for (const { forwards, ...own } of told) {
    for (const address of forwards.toLowerCase().split('; ')) {
      const known = targets.get(address)
      if (!address.includes('@')) continue // A contact by its name: traces name nobody so.
      if (known === undefined) targets.set(address, own)
      else if (own.marked === 'intruder') targets.set(address, { ...known, marked: own.marked })
    }
  }
  return [...targets]
    .slice(0, mostAddresses)
    .map(([address, own]) => ({ address, ...own, ...tracesTo(scratch, address) }))
}

function tracesTo(scratch: Pick<Scratch, 'query'>, address: string): Pick<SentOn, 'traces' | 'first' | 'last'> {
  const rows = scratch.query<{ status: string; n: number; first: string; last: string }>(
    `select min(status) as status, sum(count) as n, min(min(first)) over () as first, max(max(last)) over () as last
    from trace where recipient = ? group by lower(status) order by n desc, status`,
    address,
  )
  const [{ first, last } = nothing] = rows
  return { traces: Object.fromEntries(rows.map(({ status, n }) => [status, n])), first, last }
}

const nothing = { first: null, last: null } as const

/** What traces tell of mail to one address, in words: `Delivered 12, Failed 1`. */
export function tracesText({ traces }: Pick<SentOn, 'traces'>): string {
  const told = Object.entries(traces).map(([status, count]) => `${status} ${number(count)}`)
  return told.length === 0 ? 'none' : told.join(', ')
}

/** The same in a line an address, of many the first ones. */
export function sentOnTexts(all: readonly SentOn[]): string[] {
  const rest = all.length - mostTold
  return [
    ...all.slice(0, mostTold).map(sentOnText),
    ...(rest > 0 ? [`and ${countOf(rest, 'address', 'addresses')} more`] : []),
  ]
}

function sentOnText(one: SentOn): string {
  const { address, first, last } = one
  if (first === null || last === null) return `no message trace names mail to ${address}`
  const count = sum(Object.values(one.traces), (some) => some)
  return `${countOf(count, 'message trace')} of mail to ${address}, whoever sent it (${tracesText(one)}), ${minute(first)} to ${minute(last)}`
}
