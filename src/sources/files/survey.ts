import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { codeOf, messageOf } from '../../errors.ts'
import type { Position } from './frames.ts'
import { csvShapes as shapes } from './shapes/index.ts'
import type { CsvShape } from './shapes/shape.ts'

/** A file of a known shape, before its rows are read. */
export interface SurveyedFile {
  readonly path: string
  readonly size: number
  readonly sha256: string
  readonly shape: CsvShape
  readonly columns: readonly string[]
  readonly delimiter: string
  /** Where the first row after the header begins. */
  readonly start: Position
}

/** A file that cannot be read, and why, in words that say what to do. */
export interface UnreadableFile {
  readonly path: string
  readonly reason: string
}

const chunkBytes = 128 * 1024
const headBytes = 64 * 1024

/** Looks at a file: what shape it has, and the SHA-256 of all of it. */
export async function survey(path: string, signal: AbortSignal): Promise<SurveyedFile | UnreadableFile> {
  try {
    const head = await readHead(path)
    if (head.length === 0) return { path, reason: 'the file is empty' }
    const header = readHeader(head)
    if (typeof header === 'string') return { path, reason: header }
    return { path, ...header, ...(await hashOf(path, signal)) }
  } catch (error) {
    signal.throwIfAborted()
    return { path, reason: systemReasons[codeOf(error) ?? ''] ?? messageOf(error) }
  }
}

/** The bytes of a surveyed file from `offset` on. */
export function readChunks(path: string, offset: number, signal: AbortSignal): AsyncIterable<Buffer> {
  return createReadStream(path, { start: offset, highWaterMark: chunkBytes, signal })
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it: run as a user who may, or copy it',
  EPERM: 'no permission to read it: run as a user who may, or copy it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its path goes through a file',
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function hashOf(path: string, signal: AbortSignal): Promise<{ sha256: string; size: number }> {
  const sha256 = createHash('sha256')
  let size = 0
  for await (const chunk of readChunks(path, 0, signal)) {
    sha256.update(chunk)
    size += chunk.length
  }
  return { sha256: sha256.digest('hex'), size }
}

type Header = Pick<SurveyedFile, 'shape' | 'columns' | 'delimiter' | 'start'>

const delimiters = [',', ';', '\t']

function readHeader(head: Buffer): Header | string {
  const bom = head.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) ? 3 : 0
  const lineEnd = head.indexOf(10)
  const offset = lineEnd === -1 ? head.length : lineEnd + 1
  const line = head.toString('utf8', bom, offset).trim()
  const headers = delimiters.map((delimiter) => ({ delimiter, columns: columnsOf(line, delimiter) }))
  for (const { delimiter, columns } of headers) {
    const shape = shapes.find((candidate) => candidate.columns.every((column) => columns.includes(column)))
    if (shape !== undefined) return { shape, columns, delimiter, start: { offset, row: 2 } }
  }
  return explain(headers.reduce((best, next) => (next.columns.length > best.columns.length ? next : best)).columns)
}

function columnsOf(line: string, delimiter: string): string[] {
  try {
    return parse(line, { delimiter, relax_quotes: true, trim: true })[0] ?? []
  } catch {
    return [] // Not a header with this delimiter: another is tried, and `explain` tells when none fits.
  }
}

/** What the first line looks like, which known shape is nearest, and what it lacks. */
function explain(columns: readonly string[]): string {
  const known = shapes.map(({ name, title, columns }) => `${name} (${title}: ${columns.join(', ')})`).join('; ')
  const ranked = shapes.map((shape) => ({
    shape,
    missing: shape.columns.filter((column) => !columns.includes(column)),
  }))
  const near = ranked.sort((a, b) => a.missing.length - b.missing.length)[0]
  const resembles = near !== undefined && near.missing.length < near.shape.columns.length
  const looks =
    columns.length > 1 && (resembles || columns.every(isName))
      ? `its first line has ${columns.length} columns: ${show(columns)}`
      : 'its first line is no header'
  const lacks = resembles ? ` It comes nearest to ${near.shape.name}, but has no ${show(near.missing)}.` : ''
  return `not a shape that is known: ${looks}.${lacks} Known: ${known}.`
}

/** A file without a header begins with somebody's data, and a line with one cell of data is data. */
function isName(column: string): boolean {
  return /^[A-Za-z_][\w .()-]{0,60}$/.test(column)
}

function show(columns: readonly string[]): string {
  const names = columns.slice(0, 15).map((column) => (isName(column) ? column : '…'))
  return names.join(', ') + (columns.length > 15 ? ', …' : '')
}
