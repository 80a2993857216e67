import type { Listing } from '../answers.ts'
import type { ReportedEvidence } from '../case-report.ts'
import { number } from '../words.ts'
import { type Html, html, value } from './html.ts'
import { time } from './time.ts'

/** One column of a table: what stands over it, how wide and how sorted it is, what it shows of a row. */
export interface Column<Row> {
  readonly head: string
  readonly kind: 'text' | 'number' | 'time' | 'address' | 'short' | 'narrow'
  readonly cell: (row: Row) => Html
}

export type ListedRow = Listing['rows'][number]

/** A column of counts. */
export function counts<Row>(head: string, read: (row: Row) => number): Column<Row> {
  return { head, kind: 'number', cell: (row) => html`${number(read(row))}` }
}

/** A column of times. */
export function times<Row>(head: string, read: (row: Row) => string | number | null | undefined): Column<Row> {
  return { head: `${head} (UTC)`, kind: 'time', cell: (row) => time(read(row)) }
}

/** A column of values from the evidence. */
export function values<Row>(
  head: string,
  kind: Column<Row>['kind'],
  read: (row: Row) => string | number | null | undefined,
): Column<Row> {
  return { head, kind, cell: (row) => value(read(row)) }
}

const methods: Readonly<Record<string, string>> = { session: 'proven', nearest: 'inferred' }

/** When. */
export const atColumn: Column<ListedRow> = times('Time', (row) => row['at'])

/** By which activity. */
export const operationColumn: Column<ListedRow> = values('Operation', 'short', (row) => row['operation'])

/** In which program. */
export const platformColumn: Column<ListedRow> = values('Platform', 'narrow', (row) => row['platform'])

/** The address of the logon that a row is attributed to, and how sure that is. */
export const attributionColumns: readonly Column<ListedRow>[] = [
  values('Logon address', 'address', (row) => row['ip']),
  {
    head: 'Attribution',
    kind: 'narrow',
    cell: ({ method }) => (method === null || method === undefined ? html`nobody` : value(methods[method] ?? method)),
  },
]

/** Which mail. */
export const mailColumns: readonly Column<ListedRow>[] = [
  { head: 'Subject', kind: 'text', cell: (row) => subject(row) },
  values('Sender', 'text', (row) => row['sender']),
]

/** Which row of which evidence file says so; files by their numbers in the table of evidence. */
export function sourceColumn(evidence: readonly Pick<ReportedEvidence, 'path'>[]): Column<ListedRow> {
  const numbers = new Map<unknown, string>()
  for (const [i, { path }] of evidence.entries()) {
    const before = numbers.get(path)
    numbers.set(path, before === undefined ? `file ${i + 1}` : `${before} or ${i + 1}`)
  }
  const cell = ({ file, row }: ListedRow) => html`${numbers.get(file) ?? value(file)}, row ${row ?? '?'}`
  return { head: 'Evidence', kind: 'short', cell }
}

/** The subject; without one, the end of the item's id, by which it is found in the table. */
export function subject(row: ListedRow): Html {
  if (typeof row['subject'] === 'string' && row['subject'] !== '') return value(row['subject'])
  if (typeof row['item'] !== 'string') return html`<span class="none">no subject, no item id</span>`
  return html`<span class="none">subject unknown; item id ends in ${value(row['item'].slice(-24))}</span>`
}
