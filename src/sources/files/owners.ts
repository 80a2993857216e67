import { csvRows } from './csv-rows.ts'
import { frameRows } from './frames.ts'
import { readChunks, type SurveyedFile } from './survey.ts'

/** Whose mailbox a file is of, by the names its rows give. */
export interface Owner {
  readonly name: string
  /** How many of the rows looked at name this one, and how many name any. */
  readonly rows: number
  readonly ofRows: number
}

const maxNamingRows = 5000

/** The names in the first rows that name somebody, most frequent first. */
export async function ownersOf(file: SurveyedFile, signal: AbortSignal): Promise<Owner[]> {
  const { owner, startsRow } = file.shape
  if (owner === undefined) return []
  const counts = new Map<string, number>()
  let named = 0
  for await (const { bytes, ends } of frameRows(readChunks(file.path, file.start.offset, signal), file.start, (line) =>
    startsRow(line, file.columns, file.delimiter),
  )) {
    if (!bytes.includes(owner.rowsWith)) continue
    for (const name of namesIn(file, bytes, ends)) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      named += 1
    }
    if (named >= maxNamingRows) break
  }
  const owners = [...counts].map(([name, rows]) => ({ name, rows, ofRows: named }))
  return owners.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
}

function* namesIn(
  { shape: { owner }, columns, delimiter }: SurveyedFile,
  bytes: Buffer,
  ends: readonly number[],
): Generator<string> {
  let start = 0
  for (const end of ends) {
    const row = bytes.subarray(start, end)
    start = end
    if (owner === undefined || !row.includes(owner.rowsWith)) continue
    for (const csv of csvRows(row, [row.length], delimiter)) {
      if (csv?.cells?.length !== columns.length) continue
      const name = owner.read(Object.fromEntries(columns.map((column, i) => [column, csv.cells?.[i] ?? ''])))
      if (name !== undefined && name.trim() !== '') yield name.trim().toLowerCase()
    }
  }
}
