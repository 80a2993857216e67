import { isUtf8 } from 'node:buffer'
import type { Activity, Dataset, Rejection } from '../../activity.ts'
import { type CsvFormat, claimed, type Entry, type Format, type JsonFormat, type Listed } from '../../entry.ts'
import { inUtf8 } from './code-page.ts'
import { byColumn, csvCells, csvRows, lineEnd, notUtf8 } from './csv-rows.ts'
import { datedCells } from './dated-cells.ts'
import { textOf } from './json-layouts.ts'
import { innerCells, outerDelimiter } from './rows-in-cells.ts'
import { csvShapeNamed, recognizeText } from './shapes/index.ts'
import type { Cells, CsvShape, ReadRecord, Recognized, Shaped } from './shapes/shape.ts'

/** What a worker needs to read some records of a file: plain data, so that it can cross threads. */
export interface DigestTask {
  readonly format: Format
  /** Whose mailbox it is, where the records do not say. */
  readonly mailbox: string
  readonly firstRow: number
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly ends: readonly number[]
}

/** What a task holds that is handed over rather than copied. */
export function taskBuffers({ bytes }: DigestTask): ArrayBuffer[] {
  return [bytes.buffer]
}

/** An activity, and what the case keeps of it. */
export type ReadActivity = Omit<Activity, 'original'> & Pick<Entry, 'row' | 'fullness' | 'isCoarse' | 'start' | 'end'>

/** What rows say beside their activities. */
export interface DigestRest {
  /** How many rows say that their search had so many results, by what they say, or what `claimed` has a number for. */
  readonly claims: readonly (readonly [results: number, rows: number])[]
  readonly rejected: readonly Rejection[]
}

export interface Digest {
  /** Read as they are asked for, so that none has to be held. They stand in `bytes`. */
  readonly activities: Iterable<ReadActivity>
  /** The rows as UTF-8: those of the task, unless they were written otherwise. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** To be asked for behind the last activity. */
  rest(): DigestRest
}

/** What one framed row gives: an activity, nothing where it is blank, or why it is none. */
type Unit = {
  readonly shaped: Shaped | string
  readonly claim?: number | undefined
  /** Where it stands, without what separates it from others. */
  readonly start: number
  readonly end: number
}

/** Makes activities of framed rows; each row that is not blank ends as one or among the rejected. */
export function digestRows({ format, mailbox, firstRow, bytes: given, ends: givenEnds }: DigestTask): Digest {
  const rejected: Rejection[] = []
  const claims = new Map<number, number>()
  const original = bufferOf(given)
  const recoded = inUtf8({ bytes: original, ends: givenEnds }, format.encoding)
  const { bytes, ends } = recoded ?? { bytes: given, ends: givenEnds }
  if (recoded !== undefined && format.encoding === undefined) claims.set(claimed.otherEncoding, recoded.recoded)
  const rows = bufferOf(bytes)
  const units = 'columns' in format ? csvUnits(format, mailbox, rows, ends) : jsonUnits(format, mailbox, rows, ends)
  const asGiven = (index: number, start: number, end: number): Uint8Array<ArrayBuffer> => {
    if (recoded === undefined) return viewOf(rows, start, end)
    const from = givenEnds[index - 1] ?? 0
    return viewOf(original, from, lineEnd(original, from, givenEnds[index] ?? from))
  }

  function* activities(): Generator<ReadActivity> {
    let row = firstRow - 1
    for (const unit of units) {
      row += 1
      if (unit === undefined) continue
      const { shaped, claim, start, end } = unit
      if (claim !== undefined) claims.set(claim, (claims.get(claim) ?? 0) + 1)
      if (typeof shaped === 'object') yield { ...shaped, row, start, end }
      else rejected.push({ row, reason: shaped, original: asGiven(row - firstRow, start, end) })
    }
  }
  return { activities: activities(), bytes, rest: () => ({ rejected, claims: [...claims] }) }
}

function bufferOf(bytes: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Bytes where they stand: were each rejected row copied, a million of them would take hundreds of megabytes. */
function viewOf({ buffer, byteOffset }: Buffer<ArrayBuffer>, start: number, end: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset + start, end - start)
}

/** The record of an activity, from what the case keeps of it. Of which dataset it is tells how a row of several tables was read that an older case keeps. */
export function restore(format: Format, content: string, dataset?: Dataset): Restored {
  if ('columns' in format) {
    const shape = csvShapeNamed(format.shape)
    const cells = named(format, innerCells(format, csvCells(content, outerDelimiter(format))))
    return restoreRow(shape, cells, dataset, format.listed)
  }
  const read = readRecord(content, format, '', dataset) // Whose it is counts for its id only.
  if (typeof read.shaped === 'string') throw new TypeError(`a stored record can't be read: ${read.shaped}`)
  return { ...read.shaped, source: read.source }
}

/** A record, and the shape by which it was read. */
type Restored = ReadRecord & { readonly source: string }
type Reread = ReadRecord & { readonly dataset?: Dataset }

function restoreRow(
  shape: CsvShape,
  cells: Cells | string,
  dataset: Dataset | undefined,
  listed: Listed | undefined,
): Restored {
  if (typeof cells === 'string') throw new TypeError(`a stored row can't be read: ${cells}`)
  const reread: Reread | string = shape.record === undefined ? shape.read(cells, '', listed) : shape.record(cells)
  if (shape.ofFile !== undefined && !isOf(dataset, reread)) return restoreRow(shape.ofFile, cells, undefined, listed)
  if (typeof reread === 'string') throw new TypeError(`a stored row can't be read: ${reread}`)
  const { record, truncated } = reread
  return { record, truncated, source: (shape.ofRow?.(cells) ?? shape).name }
}

/** Whether what was read can be what was read when it was stored. */
function isOf(dataset: Dataset | undefined, read: Reread | string): boolean {
  if (typeof read === 'string') return false
  return dataset === undefined || read.dataset === undefined || read.dataset === dataset
}

function* csvUnits(
  format: CsvFormat,
  mailbox: string,
  bytes: Buffer,
  ends: readonly number[],
): Generator<Unit | undefined> {
  const shape = csvShapeNamed(format.shape)
  for (const csv of csvRows(bytes, ends, outerDelimiter(format))) {
    if (csv === undefined) yield undefined
    else {
      const inner = innerCells(format, csv.cells)
      const cells = named(format, inner)
      const read = typeof cells === 'object' ? shape.read(cells, mailbox, format.listed) : cells
      const shaped = typeof read === 'string' && isHeader(format, inner) ? headerAgain : read
      const claim = typeof cells === 'object' ? shape.claim?.(cells) : undefined
      yield { shaped, claim, start: csv.start, end: csv.end }
    }
  }
}

/** Cells by column, or why there are none that fit the header. */
function named({ columns, dates }: CsvFormat, cells: readonly string[] | string): Cells | string {
  if (typeof cells === 'string') return cells
  if (cells.length !== columns.length) return `${cells.length} columns where the header has ${columns.length}`
  const row = byColumn(columns, cells)
  return dates === undefined ? row : datedCells(row, dates)
}

const headerAgain = 'the header once more, as where files were put together: nothing is missing with it'

/** Whether a row has the header's names: in another case, behind a byte order mark, or without the number that a second one of a name got. */
function isHeader({ columns }: CsvFormat, cells: readonly string[] | string): boolean {
  if (typeof cells === 'string' || cells.length !== columns.length) return false
  const plain = (name: string) =>
    name
      .replaceAll(/^\uFEFF?"?|"$| \(\d+\)$/g, '')
      .trim()
      .toLowerCase()
  return cells.every((cell, i) => plain(cell) === plain(columns[i] as string))
}

function* jsonUnits(
  format: JsonFormat,
  mailbox: string,
  bytes: Buffer,
  ends: readonly number[],
): Generator<Unit | undefined> {
  let from = 0
  for (const to of ends) {
    const row = bytes.subarray(from, to)
    const record = textOf(format, row)
    const start = record.byteOffset - bytes.byteOffset
    const end = start + record.length
    from = to
    if (record.length === 0) yield undefined
    else if (!isUtf8(record)) yield { shaped: notUtf8, start, end }
    else yield { shaped: readRecord(record.toString('utf8'), format, mailbox).shaped, start, end }
  }
}

/** What a JSON text says as the shape it has. */
function readRecord(
  text: string,
  format: JsonFormat,
  mailbox: string,
  dataset?: Dataset,
): { readonly shaped: Shaped | string; readonly source: string } {
  const recognized = recognizeText(text, format.shape, format)
  if (typeof recognized === 'string') return { shaped: recognized, source: format.shape }
  const { ofFile, record, truncated } = recognized
  const as = (shape: Recognized['shape']) => ({
    shaped: shape.read(record, truncated, mailbox, format.listed),
    source: shape.name,
  })
  const own = as(recognized.shape)
  return ofFile === undefined || dataset === undefined || isOf(dataset, own.shaped) ? own : as(ofFile)
}
