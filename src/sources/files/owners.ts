import { isObject, type JsonObject } from '../../activity.ts'
import type { Format } from '../../entry.ts'
import { byColumn, csvRows } from './csv-rows.ts'
import { recordBytes } from './json-frames.ts'
import { readJson } from './json-text.ts'
import { ownerOf } from './shapes/index.ts'
import { framesOf, type SurveyedFile } from './survey.ts'

/** Whose mailbox a file is of, by the names its rows give. */
export interface Owner {
  readonly name: string
  /** How many of the rows looked at name this one, and how many name any. */
  readonly rows: number
  readonly ofRows: number
}

const maxNamingRows = 5000

/** Whether the records do not say themselves whose mailbox they are of. */
export function needsOwner({ format }: SurveyedFile): boolean {
  return ownerOf(format) !== undefined
}

/** The names in the first rows that name somebody, most frequent first. */
export async function ownersOf(file: SurveyedFile, signal: AbortSignal): Promise<Owner[]> {
  const owner = ownerOf(file.format)
  if (owner === undefined) return []
  const read: (record: Readonly<Record<string, string>> & JsonObject) => string | undefined = owner.read
  const counts = new Map<string, number>()
  let named = 0
  for await (const { bytes, ends } of framesOf(file, file.start, signal)) {
    if (!bytes.includes(owner.rowsWith)) continue
    for (const row of rowsIn(bytes, ends)) {
      const record = row.includes(owner.rowsWith) ? recordIn(file.format, row) : undefined
      const name = record === undefined ? undefined : read(record)?.trim().toLowerCase()
      if (name === undefined || name === '') continue
      counts.set(name, (counts.get(name) ?? 0) + 1)
      named += 1
    }
    if (named >= maxNamingRows) break
  }
  const owners = [...counts].map(([name, rows]) => ({ name, rows, ofRows: named }))
  return owners.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
}

function* rowsIn(bytes: Buffer, ends: readonly number[]): Generator<Buffer> {
  let start = 0
  for (const end of ends) {
    yield bytes.subarray(start, end)
    start = end
  }
}

/** A row's cells by column, or a JSON record; undefined for what is neither. */
function recordIn(format: Format, row: Buffer): (Readonly<Record<string, string>> & JsonObject) | undefined {
  if (!('columns' in format)) {
    const json = readJson(recordBytes(row).toString('utf8'))
    // Only a shape of JSON reads it, which takes any members.
    return typeof json === 'object' && isObject(json.value) ? (json.value as Record<string, string>) : undefined
  }
  const [csv] = csvRows(row, [row.length], format.delimiter)
  const cells = csv?.cells
  if (typeof cells !== 'object' || cells.length !== format.columns.length) return undefined
  return byColumn(format.columns, cells)
}
