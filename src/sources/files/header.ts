import { parse } from 'csv-parse/sync'
import type { CsvFormat } from '../../entry.ts'
import { byColumn } from './csv-rows.ts'
import type { Position } from './frames.ts'
import { asLines } from './line-end.ts'
import { innerCells, linesInCells, outerDelimiter, sheetDelimiterOf } from './rows-in-cells.ts'
import { csvShapes } from './shapes/index.ts'
import { isOwnTable, whyNoEvidence } from './shapes/listings.ts'
import type { Cells, CsvShape } from './shapes/shape.ts'
import { guid, time } from './shapes/starts-row.ts'

/** What the beginning of a CSV says of all of it. */
export interface Header {
  readonly format: CsvFormat
  readonly start: Position
}

const delimiters = [',', ';', '\t', '|']

/** The shape that a file's header names; else why there is none, in words that say what to do. Titles may stand above it. */
export function readHeader(head: Buffer): Header | string {
  const places = placesIn(head)
  for (const place of places) {
    const found = headerAt(head, place, named)
    if (found !== undefined) return found
  }
  // What is told by rows alone would take a title for its header.
  for (const place of places.toReversed()) {
    const found = headerAt(head, place, nameless)
    if (found !== undefined) return found
  }
  return explainAt(head, places[0] as Position)
}

const named = csvShapes.filter(({ columns }) => columns.length > 0)
const nameless = csvShapes.filter(({ columns }) => columns.length === 0)

/** Where a header may stand: in the first line that says something, or behind titles; at least one. */
function placesIn(head: Buffer): Position[] {
  const places = [behindPreamble(head, { offset: 0, row: 1 })]
  for (let titles = 0; titles < maxTitles; titles += 1) {
    const next = behindTitle(head, places[titles] as Position)
    if (next === undefined) break
    places.push(behindPreamble(head, next))
  }
  return places
}

const maxTitles = 10

/** A cell of a sheet such as `Exported on Monday, March 9, 2026`. */
const quoted = /"[^"]+"/g

/** Behind a line that says no more than what follows, such as `Audit log,,,` or `Created,2026-03-09,,`. */
function behindTitle(head: Buffer, { offset, row }: Position): Position | undefined {
  const end = head.indexOf(10, offset)
  const line = head.toString('utf8', offset, Math.max(end, 0))
  const cells = line.replaceAll(quoted, 'x').split(/[,;\t|]/)
  const isTitle = end !== -1 && cells.filter((cell) => /[^\s"]/.test(cell)).length <= 2
  return isTitle ? { offset: end + 1, row: row + 1 } : undefined
}

function headerAt(head: Buffer, place: Position, shapes: readonly CsvShape[]): Header | string | undefined {
  const { line, end, tried } = lineAt(head, place)
  const rows = asLines(head.subarray(end)) // They may end otherwise than the header.
  const inCells = linesInCells(line.trim(), delimiters)
    .flatMap(columnsIn)
    .filter(({ columns }) => columns.length > 1)
  for (const { delimiter, columns } of [...tried, ...inCells]) {
    if (isOwnTable(columns)) return 'a table that Hoofprint wrote'
    for (const shape of shapes.filter((candidate) => fits(candidate, columns))) {
      const asIs = { shape: shape.name, columns: unique(spelled(columns, shape)), delimiter }
      const sheetDelimiter = sheetDelimiterOf(rows, asIs, delimiters)
      const format = sheetDelimiter === undefined ? asIs : { ...asIs, sheetDelimiter }
      if (!mayHold(shape, (most) => firstRows(rows, format, most))) continue
      return { format, start: { offset: end, row: place.row + 1 } }
    }
  }
  return gluedHeader(line, place.offset, place.row)
}

function explainAt(head: Buffer, place: Position): string {
  const { end, tried } = lineAt(head, place)
  return explain(tried.reduce(wider), asLines(head.subarray(end)))
}

/** A line, where it ends, and its columns by what may stand between them. */
function lineAt(
  head: Buffer,
  { offset }: Position,
): { readonly line: string; readonly end: number; readonly tried: Tried[] } {
  const lineEnd = head.indexOf(10, offset)
  const end = lineEnd === -1 ? head.length : lineEnd + 1
  const line = head.toString('utf8', offset, end)
  return { line, end, tried: columnsIn(line.trim().replace(/^#Fields: /, '')) } // As Exchange Server's logs have it.
}

function columnsIn(line: string): Tried[] {
  return delimiters.map((delimiter) => ({ delimiter, columns: columnsOf(line, delimiter) }))
}

/** Lines that some tools put before the header: `#TYPE` (Export-Csv of PowerShell 5), `sep=;` (Excel). */
function behindPreamble(head: Buffer, from: Position): Position {
  let place = from
  for (;;) {
    const end = head.indexOf(10, place.offset)
    const line = head.toString('utf8', place.offset, Math.min(end, place.offset + 200)).trim()
    if (end === -1 || !(line === '' || /^"?(#TYPE |sep=.)/.test(line))) return place
    place = { offset: end + 1, row: place.row + 1 }
  }
}

// Where none is given csv-parse looks for one at each byte, and makes two buffers for it: a second for the beginning of a file of zeros.
const lineEnds = ['\r\n', '\n', '\r']

function columnsOf(line: string, delimiter: string): string[] {
  try {
    const [columns = []] = parse(line, { delimiter, record_delimiter: lineEnds, relax_quotes: true, trim: true })
    return columns.map((column: string) => column.trim()) // Inside its quotes, too: so PowerShell writes the portal's `Application ID `.
  } catch {
    return [] // Not a header with this delimiter: another is tried, and `explain` tells when none fits.
  }
}

/** Where the beginning has no row whole, the rows will tell, unless they alone can. */
function mayHold({ holds, columns }: CsvShape, firstOnes: (most?: number) => readonly Cells[]): boolean {
  if (holds === undefined) return true
  const rows = firstOnes(columns.length > 0 ? undefined : fewRows)
  return rows.length === 0 ? columns.length > 0 : rows.some(holds)
}

// Of every text that is no evidence the rows are looked at below each of its first lines, however they may be apart: all of them took a second.
const fewRows = 50

/** The cells of the rows, `most` at most, that the beginning of a file has whole. */
function firstRows(behindHeader: Buffer, format: CsvFormat, most = -1): Cells[] {
  const leniently = { relax_quotes: true, relax_column_count: true, skip_records_with_error: true, to: most }
  const rows: string[][] = parse(behindHeader, {
    delimiter: outerDelimiter(format),
    record_delimiter: ['\r\n', '\n'],
    ...leniently,
  })
  const inner = rows.map((cells) => innerCells(format, cells)).filter((cells) => typeof cells === 'object')
  return inner.map((cells) => byColumn(format.columns, cells))
}

function fits({ columns: needed, oneOf, lacks = [] }: CsvShape, columns: readonly string[]): boolean {
  const names = new Set(columns.map((column) => column.toLowerCase()))
  const has = (column: string) => names.has(column.toLowerCase())
  return needed.every(has) && oneOf?.some(has) !== false && !lacks.some(has)
}

/** PowerShell writes `AuditData` for Graph's `auditData`, and databases know no capitals: columns get the shape's spelling. */
function spelled(columns: readonly string[], shape: CsvShape): string[] {
  const { columns: needed, oneOf = [], optional = [], times = [] } = shape
  const names = new Map([...optional, ...times, ...oneOf, ...needed].map((name) => [name.toLowerCase(), name]))
  return columns.map((column) => names.get(column.toLowerCase()) ?? column)
}

/** Entra's portal writes one name over two columns: the second gets a number. */
function unique(columns: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return columns.map((column) => {
    const times = (seen.get(column) ?? 0) + 1
    seen.set(column, times)
    return times === 1 ? column : `${column} (${times})`
  })
}

/** Magic Unicorn leaves out the header's line end, so that the first row stands in the same line. */
function gluedHeader(line: string, begin: number, row: number): Header | undefined {
  for (const { name, columns } of csvShapes.filter(({ holds }) => holds === undefined)) {
    const header = columns.join('\t')
    if (!line.startsWith(header) || !/^\d/.test(line.slice(header.length))) continue
    const format = { shape: name, columns, delimiter: '\t' }
    return { format, start: { offset: begin + Buffer.byteLength(header), row } }
  }
  return undefined
}

type Tried = Pick<CsvFormat, 'delimiter' | 'columns'>

function wider<One extends Tried>(best: One, next: One): One {
  return next.columns.length > best.columns.length ? next : best
}

/** What the first line looks like, which known shape is nearest, and what it lacks. */
function explain({ columns, delimiter }: Tried, behindHeader: Buffer): string {
  const listing = whyNoEvidence(columns)
  if (listing !== undefined) return listing
  const ranked = csvShapes.map((shape) => {
    const missing = shape.columns.filter((column) => !columns.includes(column))
    const found = shape.columns.length - missing.length
    const isAny = shape.oneOf?.some((column) => columns.includes(column)) !== false
    return { shape, missing: isAny ? missing : [...missing, orOf(shape.oneOf ?? [])], found }
  })
  const near = ranked.sort((a, b) => b.found - a.found || a.missing.length - b.missing.length)[0]
  const resembles = near !== undefined && near.found > 1
  // The index that pandas writes has no name.
  const looks =
    columns.length > 1 && (resembles || columns.every((column, i) => isName(column) || (i === 0 && column === '')))
      ? `its first line has ${columns.length} columns: ${show(columns)}`
      : 'its first line is no header'
  const lacking = near?.missing.length === 0 ? 'its rows are not of that' : `has no ${show(near?.missing ?? [])}`
  const lacks = resembles ? ` It comes nearest to ${near.shape.name}, but ${lacking}.` : ''
  const hint = columns.includes('Request ID') ? undefined : translatedHint(columns, delimiter, behindHeader)
  const more = hint ?? lacks
  return `not an export that is known: ${looks}${more === '' ? '' : `.${more}`}`
}

/** The usual ones stand first. */
function orOf(names: readonly string[]): string {
  return names.slice(0, 2).join(' or ')
}

/** What to do about columns in another language: what Entra's portal writes begins with `Date (UTC)` in that of whoever asked for it. */
function translatedHint(columns: readonly string[], delimiter: string, behindHeader: Buffer): string | undefined {
  if (isSignIn(columns, delimiter, behindHeader))
    return " It looks like sign-ins of Entra's portal in another language: download them again as JSON, which has no language, or with the portal in English. Where they are not to be had any more, put the first line of an English download with the same columns in place of its first line."
  if (!/[(（]UTC[)）]$/.test(columns[0] ?? '')) return undefined
  return " If Entra's portal wrote it, download it again as JSON, which has no language, or with the portal in English."
}

/** Sign-ins begin with their time and the id of their request, whatever the columns are called. */
function isSignIn(columns: readonly string[], delimiter: string, behindHeader: Buffer): boolean {
  const names = columns.map((_, column) => String(column))
  const rows =
    names.length < fewestColumns || time.test(columns[0] ?? '')
      ? []
      : firstRows(behindHeader, { shape: '', columns: names, delimiter })
  return rows.some((cells) => time.test(cells['0'] ?? '') && guid.test(cells['1'] ?? '') && guid.test(cells['3'] ?? ''))
}

/** Those of users have some fifty columns, those of applications half of that. */
const fewestColumns = 12

/** A file without a header begins with somebody's data, and a line with one cell of data is data. */
function isName(column: string): boolean {
  return /^[\p{L}_@][\p{L}\p{M}\p{N}_ .()（）[\]'’-]{0,60}$/u.test(column)
}

function show(columns: readonly string[]): string {
  const names = columns.slice(0, 15).map((column) => (isName(column) ? column : '…'))
  return names.join(', ') + (columns.length > 15 ? ', …' : '')
}
