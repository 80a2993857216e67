import type { CaseReport } from './case-report.ts'
import { visible } from './visible.ts'

const number = new Intl.NumberFormat('en-US')
const listedAddresses = 15
const listedQueries = 8

/** The answers as text for a terminal: who logged on from where, what was searched, how many mails were read by whom. */
export function answersAsText({ answers, evidence }: CaseReport): string {
  if (answers.total === 0) return 'The case holds no activities.\n'
  const { logons, readsByAddress, reads, searchesByAddress, searches } = answers
  const sum = (key: 'read' | 'stored' | 'duplicate' | 'rejected') =>
    number.format(evidence.reduce((total, { counts }) => total + counts[key], 0))
  const lines = [
    `${number.format(answers.total)} activities of ${answers.mailboxes.map((mailbox) => visible(mailbox)).join(', ') || 'no mailbox'}`,
    `from ${answers.first ?? '-'} to ${answers.last ?? '-'} (UTC)`,
    `${number.format(evidence.length)} file(s): ${sum('read')} rows read = ${sum('stored')} stored + ${sum('duplicate')} duplicate + ${sum('rejected')} rejected`,
    '',
    'Who logged on from where?',
    ...table(
      ['address', 'succeeded', 'failed', 'unknown', 'first (UTC)', 'last (UTC)', 'clients'],
      byAddress(logons).map((row) => [
        row.ip ?? 'no address',
        row.succeeded,
        row.failed,
        row.unknown,
        minute(row.first),
        minute(row.last),
        row.clients,
      ]),
    ),
    '',
    `How many mails were read, and by whom? ${number.format(reads.displays)} displays of ${number.format(reads.items)} mails`,
    ...table(
      ['logged on from', 'displays', 'mails', 'proven by session'],
      readsByAddress.map((row) => [row.ip ?? 'not known', row.displays, row.items, row.proven]),
    ),
    '',
    `What was searched? ${number.format(searches.total)} searches and suggestions`,
    ...table(
      ['logged on from', 'queries', 'typed', 'first queries'],
      searchesByAddress.map((row) => [
        row.ip ?? 'not known',
        row.queries,
        row.typed,
        firstQueries(searches.rows, row.ip),
      ]),
    ),
  ]
  const unknown = Object.entries(answers.unknownOperations)
  if (unknown.length > 0) {
    lines.push(
      '',
      `Not in any table yet, kept as other: ${unknown.map(([name, n]) => `${visible(name)} (${n})`).join(', ')}`,
    )
  }
  return `${lines.join('\n')}\n`
}

interface AddressRow {
  readonly ip: string | null
  succeeded: number
  failed: number
  unknown: number
  first: string
  last: string
  clients: number
}

function byAddress(logons: CaseReport['answers']['logons']): AddressRow[] {
  const rows = new Map<string | null, AddressRow>()
  for (const { ip, succeeded, failed, unknown, first, last } of logons) {
    const row = rows.get(ip) ?? { ip, succeeded: 0, failed: 0, unknown: 0, first, last, clients: 0 }
    row.succeeded += succeeded
    row.failed += failed
    row.unknown += unknown
    row.clients += 1
    if (first < row.first) row.first = first
    if (last > row.last) row.last = last
    rows.set(ip, row)
  }
  return [...rows.values()]
}

function firstQueries(rows: CaseReport['answers']['searches']['rows'], ip: string | null): string {
  const own = rows.filter((row) => row['ip'] === ip && row['operation'] === 'SearchResult')
  const queries = [...new Set(own.map((row) => visible(String(row['query'])).slice(0, 40)))]
  return queries.slice(0, listedQueries).join(' · ') + (queries.length > listedQueries ? ' · …' : '')
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length === 0) return ['  (none)']
  const shown = rows
    .slice(0, listedAddresses)
    .map((row) => row.map((value) => (typeof value === 'number' ? number.format(value) : visible(value))))
  const widths = header.map((name, i) => Math.max(name.length, ...shown.map((row) => row[i]?.length ?? 0)))
  const isNumber = (i: number) => typeof rows[0]?.[i] === 'number'
  const line = (cells: readonly string[]) =>
    `  ${cells.map((value, i) => (isNumber(i) ? value.padStart(widths[i] ?? 0) : value.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd()
  const more = rows.length > shown.length ? [`  … and ${rows.length - shown.length} more in the report`] : []
  return [line(header), ...shown.map(line), ...more]
}

function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}
