import type { JsonObject } from '../../activity.ts'
import type { Format } from '../../entry.ts'
import { type Content, ContentError } from './content.ts'
import { byColumn, csvRows } from './csv-rows.ts'
import { type Block, frameRows, type Position } from './frames.ts'
import { frameRecords } from './json-frames.ts'
import { recordOf, textOf } from './json-layouts.ts'
import { lastByteOf } from './line-end.ts'
import { frameLines } from './log-lines.ts'
import { innerCells, outerDelimiter } from './rows-in-cells.ts'
import { csvShapeNamed } from './shapes/index.ts'
import type { CsvShape } from './shapes/shape.ts'
import { frameTable } from './table-frames.ts'

/** A content of which the shape is known. */
export interface Framed {
  readonly content: Content
  readonly format: Format
  /** Where the first record begins, behind any header. */
  readonly start: Position
  /** Whether a list of JSON opens there, which has to be closed. */
  readonly opensList?: boolean
}

/** The same file with a text that ends where it breaks off, as far as it can be read, instead of throwing. */
export function untilBroken(file: Framed, onBroken: (error: ContentError) => void = () => {}): Framed {
  async function* text(offset: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    try {
      yield* file.content.text(offset, signal)
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      onBroken(error)
    }
  }
  return { ...file, content: { ...file.content, text } }
}

/** The records of a content from a position on, in blocks. `onCut` is called where its text ends in the middle of a list. */
export function framesOf(
  { content, format, opensList = false }: Framed,
  from: Position,
  signal: AbortSignal,
  onCut: () => void = () => {},
): AsyncGenerator<Block> {
  const chunks = content.text(from.offset, signal)
  if (!('columns' in format)) {
    if (format.isLog === true) return frameLines(chunks, from)
    if (format.names !== undefined) return frameTable(chunks, from, format.names.length, onCut)
    const place = { ...from, isInList: from.isInList ?? opensList }
    return frameRecords(chunks, place, (isInList) => (isInList ? onCut() : undefined))
  }
  const { startsRow }: CsvShape = csvShapeNamed(format.shape)
  return frameRows(chunks, from, (line) => startsRow(line, format.columns, format.delimiter), lastByteOf(format))
}

/** The rows of a block, as they stand. */
export function* rowsIn({ bytes, ends }: Block): Generator<Buffer> {
  let start = 0
  for (const end of ends) {
    yield bytes.subarray(start, end)
    start = end
  }
}

/** A row's cells by column, or a JSON record; undefined for what is neither. */
export function recordIn(format: Format, row: Buffer): (Readonly<Record<string, string>> & JsonObject) | undefined {
  if (!('columns' in format)) {
    const read = recordOf(format, textOf(format, row).toString('utf8'))
    // Only a shape of JSON reads it, which takes any members.
    return typeof read === 'object' ? (read.record as Record<string, string>) : undefined
  }
  const [csv] = csvRows(row, [row.length], outerDelimiter(format))
  const cells = csv === undefined ? '' : innerCells(format, csv.cells)
  if (typeof cells !== 'object' || cells.length !== format.columns.length) return undefined
  return byColumn(format.columns, cells)
}
