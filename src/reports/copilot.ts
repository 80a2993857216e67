import { queryLists, valuesOf } from './listed-values.ts'
import type { Scratch } from './scratch.ts'
import { sum } from './sum.ts'
import { intrudersFirst, surest } from './sureness.ts'
import { countOf } from './words.ts'

/** What one user had Copilot answer from one address, by whose doing it is. */
export interface CopilotUse {
  readonly user: string
  readonly ip: string | null
  readonly marked: string | null
  readonly interactions: number
  /** What Copilot named as read for its answers, each once. */
  readonly resources: readonly string[]
  /** Where it was asked, such as Word. */
  readonly hosts: readonly string[]
  readonly at: string
  readonly last: string
  /** Of its records, by `event.id`. */
  readonly ids: readonly string[]
  /** How sure it is from where, or whose, at best: 0 recorded, 1 proven by session, 2 inferred, 3 not known. */
  readonly sure: number
}

const from = "from fact left join json_each(fact.named) as named where category = 'copilot'"
const by = 'group by lower(coalesce(actor, mailbox)), ip, marked'

/** Who used Copilot, those who did most first and the marked intruder before them: no more than `limit`, of all or of those that meet `where`. */
export function copilotByUser(
  scratch: Pick<Scratch, 'query'>,
  { limit, where = 'true' }: { readonly limit: number; readonly where?: string },
): CopilotUse[] {
  return queryLists<CopilotUse>(
    scratch,
    ['resources', 'hosts', 'ids'],
    `select lower(coalesce(actor, mailbox)) as user, ip, marked,
    count(distinct fact.rowid) as interactions, min(at) as at, max(at) as last,
    ${valuesOf('named.value')} as resources,
    ${valuesOf('detail')} as hosts,
    json_group_array(distinct fact.id) as ids, ${surest}
    ${from} and ${where} ${by} order by ${intrudersFirst}, interactions desc, user, ip limit ${limit}`,
  )
}

/** How many such uses there are that meet `where`. */
export function copilotUses(scratch: Pick<Scratch, 'count'>, where: string): number {
  return scratch.count(`select 1 ${from} and ${where} ${by}`)
}

/** What stands beside the mails that were read and the files that were used; undefined where Copilot was not used. */
export function copilotBeside(name: string, uses: readonly CopilotUse[]): string | undefined {
  if (uses.length === 0 || (name !== 'mails' && name !== 'files')) return undefined
  const times = countOf(
    sum(uses, ({ interactions }) => interactions),
    'time',
  )
  return `Copilot was used ${times}, and what it read for its answers counts here only where Exchange or SharePoint recorded it: what it named stands under Copilot.`
}
