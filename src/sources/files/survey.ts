import { isObject, type Json } from '../../activity.ts'
import type { DateOrder } from '../../time/culture-time.ts'
import { type Content, ContentError, reasonOf, type Unreadable } from './content.ts'
import { withDates } from './dates.ts'
import { deepestIn } from './depth.ts'
import { foreignReasonOf } from './foreign-texts.ts'
import type { Framed } from './framed-rows.ts'
import { type Header, readHeader } from './header.ts'
import { surveyJson, surveyTorn } from './json-frames.ts'
import { maxDepth } from './json-scan.ts'
import { readJson } from './json-text.ts'
import { asLines, endsInReturns } from './line-end.ts'
import { listedAt, undated } from './listed.ts'
import { isOfLog } from './log-lines.ts'
import { isListing, recognize, recognizeText } from './shapes/index.ts'
import { whyUnreadable } from './shapes/unreadable.ts'
import { surveyTable } from './table-frames.ts'

/** Evidence of a known shape, before its records are read. */
export interface SurveyedFile extends Framed {
  readonly size: number
  readonly sha256: string
}

const headBytes = 256 * 1024
/** A log may begin with lines of others. */
const maxLogLines = 200

/** What is known of files before they are looked at. */
export interface Beforehand {
  /** What dates of which no row tells have first. */
  readonly order?: DateOrder | undefined
  /** What their rows are in that are not in UTF-8: a name of the Encoding Standard. */
  readonly encoding?: string | undefined
  /** Whether these bytes were read to their end: then it is known, too, what their dates have first, and nobody looks for it again. */
  readonly isKnown?: (sha256: string) => boolean
}

/** Looks at a content: what shape it has, and the SHA-256 of all of it. */
export async function survey(
  content: Content,
  signal: AbortSignal,
  { order, encoding, isKnown = () => false }: Beforehand = {},
): Promise<SurveyedFile | Unreadable> {
  const unreadable = (reason: string): Unreadable => ({ path: content.path, named: content.named, reason })
  signal.throwIfAborted()
  try {
    const head = await readHead(content, signal)
    if (head.length === 0) return unreadable('the file is empty')
    const shape = readTableShape(head) ?? readJsonShape(head) ?? readTextShape(head)
    if (typeof shape === 'string') return { ...unreadable(shape), isUnknown: true }
    const isOf = isListing(shape.format)
    const listed = isOf === false ? undefined : listedAt(content)
    if (listed === undefined && isOf === true) return { ...unreadable(undated), mayBeEvidence: true }
    const said = { ...(encoding !== undefined && { encoding }), ...(listed !== undefined && { listed }) }
    const format = { ...shape.format, ...said }
    const hashed = { content, ...shape, format, ...(await content.hash(signal)) }
    if (order === undefined && isKnown(hashed.sha256)) return hashed
    return { ...hashed, ...(await withDates(hashed, order, signal)) }
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof ContentError ? error.message : reasonOf(error)
    return { ...unreadable(reason), mayBeEvidence: true }
  }
}

/** What can be had of the beginning: a content that breaks off early still shows what it is. */
async function readHead(content: Content, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of content.text(0, signal)) {
      chunks.push(Buffer.from(chunk))
      bytes += chunk.length
      if (bytes >= headBytes) break
    }
  } catch (error) {
    if (!(error instanceof ContentError) || bytes === 0) throw error
  }
  return Buffer.concat(chunks)
}

const tooDeep = `JSON that is nested deeper than ${maxDepth} levels, which no record of Microsoft's is: none of it was read`

type Found = Header | Pick<Framed, 'format' | 'start' | 'opensList'>

/** The shape of the rows of a table, or why they have none; undefined for what is no table. */
function readTableShape(head: Buffer): Found | string | undefined {
  const table = surveyTable(head)
  if (table === undefined) return undefined
  const { names, start, rows } = table
  for (const row of rows) {
    const found = recognizeText(row, '', { names })
    if (typeof found === 'object') return { format: { shape: (found.ofFile ?? found.shape).name, names }, start }
  }
  if (rows.length === 0) return 'a table without rows'
  return `a table of a kind that is not known: its columns are ${namesIn(names)}`
}

/** What the header of a CSV says, else the shape of records behind what a log has before each, or behind the end of one; or why there is none. */
function readTextShape(head: Buffer): Found | string {
  const header = headerOf(head)
  if (typeof header === 'object') return header
  const lines = head.toString('utf8').split('\n', maxLogLines)
  for (const line of lines) {
    const found = isOfLog(line) ? recognizeText(line, '', { isLog: true }) : ''
    if (typeof found === 'object')
      return { format: { shape: (found.ofFile ?? found.shape).name, isLog: true }, start: { offset: 0, row: 1 } }
  }
  const torn = surveyTorn(head)
  const shape = torn && firstShapeOf([torn.first, ...torn.others])
  if (torn !== undefined && shape !== undefined) return { format: { shape }, start: torn.start }
  const text = head.toString('utf8')
  const isDeep = /^\s*[[{]/.test(text) && deepestIn(text) > maxDepth
  return foreignReasonOf(text) ?? (isDeep ? tooDeep : header)
}

/** What a header says, whatever ends its line: what ends rows is told by the first of them, for somebody may have put the header before them. */
function headerOf(head: Buffer): Header | string {
  const header = readHeader(asLines(head))
  if (typeof header === 'string' || !endsInReturns(head.subarray(header.start.offset))) return header
  return { ...header, format: { ...header.format, lineEnd: 'CR' } }
}

/** The shape of the first record of a JSON file that has one; undefined for what is no JSON, else why its records are none. */
function readJsonShape(head: Buffer): Found | string | undefined {
  const json = surveyJson(head)
  if (json === undefined) return undefined
  const record = unwrapped(json.first)
  if (!isObject(record)) return record === null ? 'its JSON holds no records' : 'its JSON does not hold objects'
  if (isObject(record['hoofprint'])) return 'documents that Hoofprint wrote'
  const shape = shapeOf(record) ?? firstShapeOf(json.others)
  if (shape !== undefined) return { format: { shape }, start: json.start, opensList: json.opensList }
  const names = namesIn(Object.keys(record))
  return whyUnreadable(record) ?? `JSON of a kind that is not known: its first record has ${names}`
}

/** A stream may hold records of many kinds, of which the first tells nothing. */
function firstShapeOf(others: Iterable<Json>): string | undefined {
  for (const other of others) {
    const shape = shapeOf(unwrapped(other))
    if (shape !== undefined) return shape
  }
  return undefined
}

function shapeOf(record: Json): string | undefined {
  const found = isObject(record) ? recognize(record, true, '') : undefined
  return (found?.ofFile ?? found?.shape)?.name
}

/** Some tools write each record as a JSON text in a JSON string. */
function unwrapped(first: Json): Json {
  const json = typeof first === 'string' ? readJson(first) : undefined
  return typeof json === 'object' ? json.value : first
}

/** Names of members, where they look like names; nobody's data. */
function namesIn(names: readonly string[]): string {
  const shown = names.slice(0, 15).map((name) => (/^[A-Za-z_@][\w .@()-]{0,60}$/.test(name) ? name : '…'))
  return shown.join(', ') + (names.length > 15 ? ', …' : '')
}
