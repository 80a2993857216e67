import { retoldTag, unknownOperation } from '../document.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { isToldElsewhere } from './said.ts'
import { sum } from './sum.ts'

/** Counts of bounded size: how much of what, per day. */
export interface Tally {
  /** Records, of which several may tell one activity. */
  total: number
  first: string | undefined
  last: string | undefined
  /** By category; what two logs tell counts once, as in what follows but for `marks`. */
  readonly categories: Record<string, number>
  /** Operations that no table lists. */
  readonly unknown: Record<string, number>
  /** `<day> <category>`, e.g. `2018-06-20 read`. */
  readonly days: Record<string, number>
  /** Records, by what their tags say beyond the category, such as `truncated`. */
  readonly marks: Record<string, number>
  /** By whose doing they are: the `intruder`'s, the `owner`'s, or `unknown`. */
  readonly actors: Record<string, number>
  /** Records, by dataset, that tell what another one tells, where it counts; rows of tables that were made of records apart, as `retold`. */
  readonly alsoAudited: Record<string, number>
  /** Logons, by what records them of one: Exchange a mailbox that was opened, Entra a sign-in. */
  readonly logonRecords: Record<'mailboxes' | 'others', number>
}

/** A tally of nothing. */
export function newTally(): Tally {
  return {
    total: 0,
    first: undefined,
    last: undefined,
    categories: counts(),
    unknown: counts(),
    days: counts(),
    marks: counts(),
    actors: counts(),
    alsoAudited: counts(),
    logonRecords: { mailboxes: 0, others: 0 },
  }
}

// No prototype: an operation may be called `constructor`.
function counts(): Record<string, number> {
  return Object.create(null)
}

interface Actors {
  readonly actors: Readonly<Record<string, number>>
}

/** Whether something is the marked intruder's. */
export function hasIntruder({ actors: { intruder = 0 } }: Actors): boolean {
  return intruder > 0
}

/** Whether marks of the case say of some activity whose it is. */
export function hasMarks({ actors: { intruder = 0, owner = 0 } }: Actors): boolean {
  return intruder + owner > 0
}

/** How many records tell what another one tells: each such activity counts once. */
export function doubledIn({
  total,
  actors,
}: {
  readonly total: number
  readonly actors: Readonly<Record<string, number>>
}): number {
  return total - sum(Object.values(actors), (count) => count)
}

/** Counts one activity; they come in time order. */
export function count(tally: Tally, { document }: ReportedActivity): void {
  const at = document['@timestamp']
  const category = document['hoofprint.category']
  tally.total += 1
  tally.first ??= at
  tally.last = at
  const { tags } = document
  if (tags?.includes(unknownOperation) === true) add(tally.unknown, document['event.action'], 1)
  // What both logs hold was done once.
  if (!isToldElsewhere(document)) {
    add(tally.categories, category, 1)
    add(tally.days, `${at.slice(0, 10)} ${category}`, 1)
    if (category === 'logon')
      tally.logonRecords[document['event.action'] === 'MailboxLogin' ? 'mailboxes' : 'others'] += 1
    add(tally.actors, document['hoofprint.actor'] ?? 'unknown', 1)
  } else add(tally.alsoAudited, tags?.includes(retoldTag) === true ? retoldTag : (document['event.dataset'] ?? ''), 1)
  for (let i = 1; i < (tags?.length ?? 0); i += 1) add(tally.marks, tags?.[i] as string, 1)
}

/** Adds what another tally counted. */
export function merge(into: Tally, from: Tally): void {
  into.total += from.total
  if (from.first !== undefined && (into.first === undefined || from.first < into.first)) into.first = from.first
  if (from.last !== undefined && (into.last === undefined || from.last > into.last)) into.last = from.last
  for (const name of ['categories', 'unknown', 'days', 'marks', 'actors', 'alsoAudited', 'logonRecords'] as const) {
    for (const [key, number] of Object.entries(from[name])) add(into[name], key, number)
  }
}

function add(counts: Record<string, number>, key: string, number: number): void {
  counts[key] = (counts[key] ?? 0) + number
}
