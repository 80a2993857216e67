import { queryLists, valuesOf } from './listed-values.ts'
import type { Scratch } from './scratch.ts'
import { sum } from './sum.ts'
import { hasMarks } from './tally.ts'
import { countOf, number } from './words.ts'

/** Mail that Microsoft Graph gave to those of whom the marks say the same. */
export interface MailRequests {
  readonly marked: 'intruder' | 'owner' | null
  /** Mails that were asked for one by one, each counted once, and how often they were. */
  readonly mails: number
  readonly opened: number
  /** Lists of mails with their words, page by page, searches among them: of how many mails nobody knows. */
  readonly lists: number
  /** Attachments, or lists of those of one mail. */
  readonly attachments: number
  readonly applications: readonly string[]
  readonly addresses: readonly string[]
}

const named = 3
const kinds = {
  opened: ['open mail'],
  lists: ['list mails', 'search mails'],
  attachments: ['open attachment'],
} as const

/** What was asked for and given; the intruder's first. None of it is a reading, for Exchange may have recorded the same access. */
export function mailRequests(scratch: Pick<Scratch, 'query'>): MailRequests[] {
  const isOf = (some: readonly string[]) => `operation in (${some.map((kind) => `'${kind}'`).join(', ')})`
  const counts = Object.entries(kinds).map(([name, some]) => `sum(${isOf(some)}) as ${name}`)
  return queryLists<MailRequests>(
    scratch,
    ['applications', 'addresses'],
    `select marked, count(distinct case when ${isOf(kinds.opened)} then item end) as mails, ${counts.join(', ')},
    ${valuesOf('platform')} as applications, ${valuesOf('ip')} as addresses
    from fact where category in ('request', 'search') and outcome = 'success' and ${isOf(Object.values(kinds).flat())}
    group by marked order by marked is 'intruder' desc, marked is 'owner' desc`,
  )
}

const whom = { intruder: 'the marked intruder', owner: 'the marked owner' } as const

/** The same in a sentence; undefined where nothing was given. */
export function mailRequestsText(answers: {
  readonly mailRequests: readonly MailRequests[]
  readonly actors: Readonly<Record<string, number>>
}): string | undefined {
  const { mailRequests } = answers
  if (mailRequests.length === 0) return undefined
  const isOne = !hasMarks(answers)
  return `Microsoft Graph gave ${mailRequests.map((some) => given(some, isOne)).join('; ')}. None of it is counted as mail read: the audit log may have the same access, under other ids, or may lack it.`
}

function given(requests: MailRequests, isOne: boolean): string {
  const { marked, mails, opened, lists, attachments, applications, addresses } = requests
  const what = [
    opened === 0 ? '' : `${countOf(mails, 'mail')} (${countOf(opened, 'request')})`,
    lists === 0 ? '' : `${countOf(lists, 'list')} of mails`,
    attachments === 0 ? '' : `attachments (${countOf(attachments, 'request')})`,
  ].filter((part) => part !== '')
  const who = isOne ? '' : `${marked === null ? 'others' : whom[marked]} `
  return `${who}${what.join(', ')} through ${some(applications, 'application')} from ${some(addresses, 'address', 'addresses')}`
}

/** A few by name, more by their number. */
function some(names: readonly string[], one: string, many?: string): string {
  if (names.length === 0) return `no ${one} named`
  return names.length > named ? `${number(names.length)} ${many ?? `${one}s`}` : names.join(', ')
}

/** How often Graph was asked for something by those of whom the marks say the same, and did not refuse. */
export interface RequestCount {
  readonly kind: string
  readonly marked: 'intruder' | 'owner' | null
  readonly requests: number
}

/** Which requests may have done what each question, or list, is about: the audit log may have the same, so they count by themselves. */
const asked: Readonly<Record<string, readonly string[]>> = {
  searches: ['search without words'],
  sent: ['send mail', 'draft mail'],
  attachments: ['open attachment'],
  deleted: ['delete mail'],
  moved: ['move mail', 'change mail'],
  rules: ['change rules'],
  consents: ['change application'],
  accounts: ['change account'],
  administration: ['change mailbox settings', 'change role'],
  files: ['open file', 'change file'],
  shared: ['share file'],
}

/** How often each was asked for. */
export function requestCounts(scratch: Pick<Scratch, 'query'>): RequestCount[] {
  return scratch.query(`select operation as kind, marked, count(*) as requests from fact
    where category = 'request' and outcome <> 'failure' group by kind, marked order by kind, marked`)
}

/** What stands beside the answer to one question; undefined where nothing does. */
export function requestsBeside(name: string, counts: readonly RequestCount[]): string | undefined {
  const told = toldOf(asked[name] ?? [], counts)
  return told === undefined ? undefined : `Through Microsoft Graph, and not counted here: ${told}. ${why}`
}

/** What stands beside all that was done. */
export function requestsBesideAll(counts: readonly RequestCount[]): string | undefined {
  const told = toldOf(Object.values(asked).flat(), counts)
  return told === undefined ? undefined : `Through Microsoft Graph, and in no other figure: ${told}. ${why}`
}

const why = 'The audit log may have the same.'

function toldOf(some: readonly string[], counts: readonly RequestCount[]): string | undefined {
  const times = some.flatMap((kind) => {
    const own = sum(
      counts.filter((count) => count.kind === kind),
      ({ requests }) => requests,
    )
    return own === 0 ? [] : [`${kind} ${countOf(own, 'time')}`]
  })
  return times.length === 0 ? undefined : times.join(', ')
}
