import type { LogonAnswer } from '../answers.ts'
import type { CaseReport } from '../case-report.ts'
import { type Column, counts, times, values } from './columns.ts'
import { type Html, html } from './html.ts'
import { table } from './table.ts'

/** From where they logged on: by address, then by address and client. */
export function logons({ answers, tables }: CaseReport): Html {
  const addresses = byAddress(answers.logons)
  const nothing = 'No logon is in this evidence. That is not proof that there was none.'
  return html`<section id="logons" aria-labelledby="logons-title">
<h2 id="logons-title">Logons</h2>
${table({
  id: 'logons-by-address',
  title: 'Addresses',
  about: 'Outcome unknown: the record says neither that the logon succeeded nor that it failed.',
  columns: [ipColumn, counts<Address>('Clients', ({ clients }) => clients), ...outcomeColumns],
  rows: addresses,
  file: tables['logon-activity'],
  nothing,
})}
${table({
  id: 'logons-by-client',
  title: 'Addresses and clients',
  columns: [
    ipColumn,
    values<LogonAnswer>('Client', 'text', ({ agent }) => agent),
    values<LogonAnswer>('Platforms', 'short', ({ platforms }) => platforms.replaceAll(',', ', ')),
    ...outcomeColumns,
  ],
  rows: answers.logons,
  total: answers.logonTotals.pairs,
  file: tables['logon-activity'],
  nothing,
})}
</section>
`
}

type Outcomes = Pick<LogonAnswer, 'ip' | 'succeeded' | 'failed' | 'unknown' | 'first' | 'last'>

interface Address extends Outcomes {
  readonly clients: number
}

const ipColumn: Column<Pick<Outcomes, 'ip'>> = values('Address', 'address', ({ ip }) => ip)

const outcomeColumns: readonly Column<Outcomes>[] = [
  counts('Succeeded', ({ succeeded }) => succeeded),
  counts('Failed', ({ failed }) => failed),
  counts('Unknown', ({ unknown }) => unknown),
  times('First', ({ first }) => first),
  times('Last', ({ last }) => last),
]

function byAddress(rows: readonly LogonAnswer[]): Address[] {
  const sums = new Map<string | null, Address>()
  for (const { ip, succeeded, failed, unknown, first, last } of rows) {
    const sum = sums.get(ip) ?? { ip, clients: 0, succeeded: 0, failed: 0, unknown: 0, first, last }
    sums.set(ip, {
      ip,
      clients: sum.clients + 1,
      succeeded: sum.succeeded + succeeded,
      failed: sum.failed + failed,
      unknown: sum.unknown + unknown,
      first: first < sum.first ? first : sum.first,
      last: last > sum.last ? last : sum.last,
    })
  }
  return [...sums.values()]
}
