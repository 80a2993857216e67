import type { Scratch } from './scratch.ts'
import { sum } from './sum.ts'
import { countOf } from './words.ts'

/** How often Graph was asked for something by those of whom the marks say the same, and did not refuse. */
export interface RequestCount {
  readonly kind: string
  readonly marked: 'intruder' | 'owner' | null
  readonly requests: number
}

/** Which requests may have done what each question, or list, is about: the audit log may have the same, so they count by themselves. */
const kinds: Readonly<Record<string, readonly string[]>> = {
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
  const told = toldOf(kinds[name] ?? [], counts)
  return told === undefined ? undefined : `Through Microsoft Graph, and not counted here: ${told}. ${why}`
}

/** What stands beside all that was done. */
export function requestsBesideAll(counts: readonly RequestCount[]): string | undefined {
  const told = toldOf(Object.values(kinds).flat(), counts)
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
