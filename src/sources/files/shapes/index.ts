import type { JsonObject } from '../../../activity.ts'
import { retrieverCsv } from './retriever-csv.ts'
import type { CsvShape, JsonShape } from './shape.ts'

/** Every shape of rows, the most particular first. A new one is one file beside these and one line here. */
export const csvShapes: readonly CsvShape[] = [retrieverCsv]

/** Every shape of JSON records, the most particular first. */
export const jsonShapes: readonly JsonShape[] = []

/** The shape of rows called `name`. */
export function csvShapeNamed(name: string): CsvShape {
  const shape = csvShapes.find((candidate) => candidate.name === name)
  if (shape === undefined) throw new TypeError(`no shape is called ${name}`)
  return shape
}

/** The shape of a record: that of its neighbours if it can be, else the first that recognizes it. */
export function jsonShapeOf(record: JsonObject, likely: string): JsonShape | undefined {
  const same = jsonShapes.find(({ name }) => name === likely)
  return same?.recognizes(record) === true ? same : jsonShapes.find((shape) => shape.recognizes(record))
}
