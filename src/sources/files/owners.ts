import type { CsvFormat } from '../../entry.ts'
import { csvRows } from './csv-rows.ts'
import { csvShapeNamed } from './shapes/index.ts'
import type { CsvShape } from './shapes/shape.ts'
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
  return 'columns' in format && csvShapeNamed(format.shape).owner !== undefined
}

/** The names in the first rows that name somebody, most frequent first. */
export async function ownersOf(file: SurveyedFile, signal: AbortSignal): Promise<Owner[]> {
  const { format } = file
  const owner = 'columns' in format ? csvShapeNamed(format.shape).owner : undefined
  if (owner === undefined || !('columns' in format)) return []
  const counts = new Map<string, number>()
  let named = 0
  for await (const { bytes, ends } of framesOf(file, file.start, signal)) {
    if (!bytes.includes(owner.rowsWith)) continue
    for (const name of namesIn(format, owner, bytes, ends)) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      named += 1
    }
    if (named >= maxNamingRows) break
  }
  const owners = [...counts].map(([name, rows]) => ({ name, rows, ofRows: named }))
  return owners.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
}

function* namesIn(
  format: CsvFormat,
  owner: NonNullable<CsvShape['owner']>,
  bytes: Buffer,
  ends: readonly number[],
): Generator<string> {
  let start = 0
  for (const end of ends) {
    const row = bytes.subarray(start, end)
    start = end
    if (!row.includes(owner.rowsWith)) continue
    for (const csv of csvRows(row, [row.length], format)) {
      if (csv?.cells?.length !== format.columns.length) continue
      const name = owner.read(Object.fromEntries(format.columns.map((column, i) => [column, csv.cells?.[i] ?? ''])))
      if (name !== undefined && name.trim() !== '') yield name.trim().toLowerCase()
    }
  }
}
