import type { JsonObject } from '../../../activity.ts'
import { diagnosticSignIns } from './diagnostic-signins.ts'
import { entraSignInsCsv } from './entra-signins-csv.ts'
import { entraSignInsSimpleCsv, graphSignInsCsv } from './entra-signins-simple-csv.ts'
import { graphSignIns } from './graph-signins.ts'
import { messageTraceCsv, messageTraceExtendedCsv, messageTraceSummaryCsv } from './message-trace-csv.ts'
import { messageTraceJson } from './message-trace-json.ts'
import { retrieverCsv } from './retriever-csv.ts'
import { sentinelSignInLogs, sentinelSignInLogsCsv } from './sentinel-signinlogs.ts'
import type { CsvShape, JsonShape } from './shape.ts'

/** Every shape of rows, the most particular first. A new one is one file beside these and one line here. */
export const csvShapes: readonly CsvShape[] = [
  retrieverCsv,
  entraSignInsCsv,
  sentinelSignInLogsCsv,
  entraSignInsSimpleCsv,
  graphSignInsCsv,
  messageTraceExtendedCsv,
  messageTraceSummaryCsv,
  messageTraceCsv,
]

/** Every shape of JSON records, the most particular first. */
export const jsonShapes: readonly JsonShape[] = [diagnosticSignIns, sentinelSignInLogs, graphSignIns, messageTraceJson]

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
