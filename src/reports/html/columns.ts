import type { Answers, CaseReport, Listing, ReportedEvidence } from '../answers.ts'
import { datasetLabels } from '../datasets.ts'
import { hasMarks } from '../tally.ts'
import { number, shortId } from '../words.ts'
import { type Html, html, time, value } from './html.ts'

/** One column of a table: what stands over it, how wide and how sorted it is, what it shows of a row. */
export interface Column<Row> {
  readonly head: string
  /** The page's script filters by the columns of mailboxes and of whose doing things are. */
  readonly kind: 'text' | 'wide' | 'number' | 'time' | 'address' | 'short' | 'narrow' | 'mailbox' | 'actor'
  readonly cell: (row: Row) => Html
}

/** One that a table may do without: false where it does. */
export type Perhaps<Row> = Column<Row> | false

export type ListedRow = Listing['rows'][number]

/** A column of counts. */
export function counts<Row>(head: string, read: (row: Row) => number): Column<Row> {
  return { head, kind: 'number', cell: (row) => html`${number(read(row))}` }
}

/** A column of times. */
export function times<Row>(head: string, read: (row: Row) => string | number | null | undefined): Column<Row> {
  return { head: `${head} (UTC)`, kind: 'time', cell: (row) => time(read(row)) }
}

/** When something was first, and when it was last. */
export const spanColumns: readonly Column<Readonly<Record<'first' | 'last', string | null>>>[] = [
  times('First', ({ first }) => first),
  times('Last', ({ last }) => last),
]

/** A column of values from the evidence. */
export function values<Row>(
  head: string,
  kind: Column<Row>['kind'],
  read: (row: Row) => string | number | null | undefined,
): Column<Row> {
  return { head, kind, cell: (row) => value(read(row)) }
}

/** Which mailbox, in a case of several; where nothing is done to a mailbox it is called what it is: who did it. */
export function mailboxColumn<Row extends { readonly mailbox?: string | number | null }>(
  { answers }: Pick<CaseReport, 'answers'>,
  head: 'Mailbox' | 'User' = 'Mailbox',
): Perhaps<Row> {
  return answers.mailboxTotal > 1 && values(head, 'mailbox', (row) => row.mailbox)
}

/** Whether mail of a mailbox was read in others' names than its owner's. */
const isReadByOthers = ({ readsByAddress, folders }: Answers) =>
  readsByAddress.some(({ actor }) => actor !== null) || folders.rows.some(({ others = null }) => others !== null)

/** In whose name it was read beside the owner's or instead of his, where there are such: whose doing it was, marks tell. */
export function readersColumn<
  Row extends { readonly others?: string | number | null; readonly actor?: string | number | null },
>({ answers }: Pick<CaseReport, 'answers'>): Perhaps<Row> {
  return isReadByOthers(answers) && values('In others’ names', 'text', ({ actor, others }) => actor ?? others)
}

/** A list as SQLite gathers it, so that lines may break in it. */
export function spaced(list: string | number | null | undefined): string | number | null | undefined {
  return typeof list === 'string' ? list.replaceAll(',', ', ') : list
}

/** Whose doing it is by the marks of the case; no column where nothing is marked. */
export function whoseColumn<Row extends { readonly marked?: string | number | null }>({
  answers,
}: Pick<CaseReport, 'answers'>): Perhaps<Row> {
  return hasMarks(answers) && { head: 'Whose', kind: 'actor', cell: ({ marked }) => badge(marked) }
}

/** The same of what several may have done: whose it is, and of several how often each; `whole` is how often in all. */
export function whoseColumnOf<
  Row extends { readonly intruder?: string | number | null; readonly owner?: string | number | null },
>({ answers }: Pick<CaseReport, 'answers'>, whole: (row: Row) => unknown): Perhaps<Row> {
  const cell = (row: Row) => {
    const [intruder, owner] = [Number(row.intruder ?? 0), Number(row.owner ?? 0)]
    return badges({ intruder, owner, unknown: Number(whole(row)) - intruder - owner })
  }
  return hasMarks(answers) && { head: 'Whose', kind: 'actor', cell }
}

/** Whose something is; where it is of several, how much of it each did. */
export function badges(actors: Readonly<Record<string, number>>): Html {
  const told = Object.entries(actors).filter(([, count]) => count > 0)
  if (told.length < 2) return badge(told[0]?.[0])
  return html`${told.map(([actor, count]) => html`${badge(actor)} ${number(count)} `)}`
}

/** Stands out in a table: whose something is. */
export function badge(actor: string | number | null | undefined): Html {
  return actor === 'intruder' || actor === 'owner' || actor === 'conflict'
    ? html`<span class="actor ${actor}">${actor}</span>`
    : html`<span class="none">unknown</span>`
}

/** Which kind of record says so, in a case of several. */
export function datasetColumn<Row extends { readonly datasets: string }>({
  answers,
}: Pick<CaseReport, 'answers'>): Perhaps<Row> {
  return answers.datasets.length > 1 && values('Recorded in', 'short', ({ datasets }) => datasetLabels(datasets))
}

const methods: Readonly<Record<string, string>> = {
  recorded: 'recorded',
  session: 'proven',
  nearest: 'inferred',
  service: 'Microsoft’s',
}

/** When. */
export const atColumn: Column<ListedRow> = times('Time', (row) => row['at'])

/** By which activity, and what is odd about its record. */
export const operationColumn: Column<ListedRow> = {
  head: 'Operation',
  kind: 'short',
  cell: ({ operation, marks }) => {
    const odd = typeof marks === 'string' ? html` <span class="mark">${value(marks)}</span>` : undefined
    return html`${breakable(operation)}${odd}`
  },
}

/** Names are long and have no blanks: they may break where a word begins. */
function breakable(operation: ListedRow[string] | undefined): Html {
  if (typeof operation !== 'string' || !/^[A-Za-z-]+$/.test(operation)) return value(operation)
  return html`<bdi>${operation.split(/(?<=[a-z])(?=[A-Z])/).map((word, i) => [i > 0 ? html`<wbr>` : '', word])}</bdi>`
}

/** In which program. */
export const platformColumn: Column<ListedRow> = values('Platform', 'narrow', (row) => row['platform'])

/** In whose name it was done: whose doing it was, marks tell. */
export const actorColumn: Column<ListedRow> = values('In whose name', 'text', (row) => row['actor'] ?? row['mailbox'])

/** Whether it was done. */
export const outcomeColumn: Column<ListedRow> = {
  head: 'Outcome',
  kind: 'narrow',
  cell: ({ outcome }) => (outcome === 'failure' ? html`<strong class="bad">failure</strong>` : value(outcome)),
}

/** From which address, and how sure that is. */
export const attributionColumn: Column<ListedRow> = {
  head: 'Address',
  kind: 'address',
  cell: ({ ip, method }) => {
    const how = typeof method === 'string' ? value(methods[method] ?? method) : html`unknown`
    return html`${value(ip)} <span class="how">${how}</span>`
  },
}

/** Which mail. */
export const mailColumns: readonly Column<ListedRow>[] = [
  { head: 'Subject', kind: 'wide', cell: (row) => subject(row) },
  values('Sender', 'text', (row) => row['sender']),
]

/** Which row of which evidence file says so; files by their numbers in the table of evidence. There may be a hundred thousand: of no others than `files` is anything kept. */
export function sourceColumn(
  evidence: readonly Pick<ReportedEvidence, 'path'>[],
  files: Iterable<ListedRow[string] | undefined>,
): Column<ListedRow> {
  const listed = new Set<unknown>(files)
  const numbers = new Map<unknown, string>()
  for (const [i, { path }] of evidence.entries()) {
    if (!listed.has(path)) continue
    const before = numbers.get(path)
    numbers.set(path, before === undefined ? `file ${i + 1}` : `${before} or ${i + 1}`)
  }
  const cell = ({ file, row }: ListedRow) => html`${numbers.get(file) ?? value(file)}, row ${row ?? '?'}`
  return { head: 'Evidence', kind: 'narrow', cell }
}

/** No client makes longer ones, but evidence may. */
const longestId = 1000

/** The subject; without one, the item's id in short, and as a tooltip whole, by which it is found in the table. */
export function subject(row: ListedRow): Html {
  const several =
    typeof row['mails'] === 'number' && row['mails'] > 1 ? html` (${number(row['mails'])} mails)` : undefined
  if (typeof row['subject'] === 'string' && row['subject'] !== '') return html`${value(row['subject'])}${several}`
  if (typeof row['item'] !== 'string') return html`<span class="none">no subject, no item id</span>${several}`
  const id = row['item']
  return html`<span class="none" title="${id.slice(0, longestId)}">subject unknown; id ${value(shortId(id))}</span>${several}`
}
