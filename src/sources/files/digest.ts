import type { Activity, JsonObject, Rejection } from '../../activity.ts'
import type { Entry, RowFormat } from '../../entry.ts'
import { type CsvRow, csvLine, csvRows } from './csv-rows.ts'
import { shapeNamed } from './shapes/index.ts'
import type { Cells } from './shapes/shape.ts'

/** What a worker needs to read some rows of a file: plain data, so that it can cross threads. */
export interface DigestTask extends RowFormat {
  readonly mailbox: string
  readonly firstRow: number
  readonly bytes: Uint8Array
  readonly ends: readonly number[]
}

/** An activity, and what the case keeps of it. */
export type ReadActivity = Omit<Activity, 'original'> & Pick<Entry, 'row' | 'content' | 'original'>

export interface Digest {
  readonly activities: readonly ReadActivity[]
  readonly rejected: readonly Rejection[]
}

/** Makes activities of framed rows; each row that is not blank ends as one or the other. */
export function digestRows({ shape: name, columns, delimiter, mailbox, firstRow, bytes, ends }: DigestTask): Digest {
  const shape = shapeNamed(name)
  const activities: ReadActivity[] = []
  const rejected: Rejection[] = []
  let row = firstRow - 1
  for (const csv of csvRows(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), ends, delimiter)) {
    row += 1
    if (csv === undefined) continue
    const cells = csv.cells === undefined ? csv.reason : named(columns, csv.cells)
    const shaped = typeof cells === 'object' ? shape.readRow(cells, mailbox) : cells
    if (typeof shaped === 'object') {
      activities.push({ ...shaped, mailbox, row, ...contentOf(csv) })
    } else {
      rejected.push({ row, reason: shaped ?? 'unreadable', original: new Uint8Array(csv.original) })
    }
  }
  return { activities, rejected }
}

/** The record and the original of an activity, from what the case keeps of it. */
export function restore(
  { shape, columns, delimiter }: RowFormat,
  { content, original }: Pick<Entry, 'content' | 'original'>,
): { readonly record: JsonObject; readonly original: string } {
  const cells: string[] = JSON.parse(content)
  const byName = named(columns, cells)
  if (typeof byName === 'string') throw new TypeError(`a stored row has ${byName}`)
  return { record: shapeNamed(shape).readRecord(byName), original: original ?? csvLine(cells, delimiter) }
}

function contentOf({ original, cells, plain }: CsvRow): Pick<Entry, 'content' | 'original'> {
  return { content: JSON.stringify(cells), original: plain ? undefined : original.toString('utf8') }
}

/** Cells by column, or why they do not fit the header. */
function named(columns: readonly string[], cells: readonly string[]): Cells | string {
  if (cells.length !== columns.length) return `${cells.length} columns where the header has ${columns.length}`
  const byName: Record<string, string> = {}
  for (let i = 0; i < columns.length; i += 1) byName[columns[i] as string] = cells[i] as string
  return byName
}
