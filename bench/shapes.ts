import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { purviewRow, purviewStart } from '../samples/audit/exports/purview-csv.ts'
import type { Random } from '../samples/random.ts'
import { fileStart, formatRow } from '../samples/retriever-csv.ts'
import { documentsUpTo } from '../src/connector.ts'
import { manyRecords } from './many-records.ts'
import { manyRows } from './many-rows.ts'
import { cache, needRoom } from './places.ts'

interface Shape {
  /** What stands before the first row. */
  readonly start: string
  rows(random: Random, count: number): Iterable<string>
  /** How much room a row takes, measured and rounded up: in the file; in the case with its tables; in the file of documents. */
  readonly bytes: { readonly file: number; readonly case: number; readonly documents: number }
}

/** The files that can be generated. */
export const shapes: Readonly<Record<string, Shape>> = {
  retriever: {
    start: fileStart,
    *rows(random, count) {
      for (const row of manyRows(random, count)) yield formatRow(row)
    },
    bytes: { file: 350, case: 2000, documents: 2200 },
  },
  purview: {
    start: purviewStart,
    *rows(random, count) {
      for (const told of manyRecords(random, count)) yield purviewRow(told)
    },
    bytes: { file: 2200, case: 3000, documents: 6500 },
  },
}

/** The shape of this name; throws where there is none. */
export function shapeOf(name: string): Shape {
  const shape = shapes[name]
  if (shape === undefined) throw new Error(`there is no shape ${name}: ${Object.keys(shapes).join(', ')}`)
  return shape
}

/** The path of a file of that many rows, generated unless it is there. Throws when there is no room for it and a case of it. */
export function fileOf(name: string, rows: number): string {
  const { bytes } = shapeOf(name)
  const path = `${cache}${name}-${rows}.csv`
  const isThere = existsSync(path)
  const room = rows * (bytes.case + (isThere ? 0 : bytes.file)) + Math.min(rows, documentsUpTo) * bytes.documents
  needRoom(room, `measuring ${rows} rows of ${name}`)
  if (!isThere) execFileSync(process.execPath, ['bench/generate.ts', name, String(rows), path], { stdio: 'inherit' })
  return path
}
