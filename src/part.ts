import type { CaseReader, Slice } from './case/reader.ts'
import type { Lookups } from './enrich/lookups.ts'
import { render, renderForReports } from './render.ts'
import { type ReportPart, renderPart } from './reports/render-part.ts'

/** What is made of a case beside what is counted. */
export interface WantedParts {
  readonly withDocuments: boolean
  readonly withTables: boolean
}

/** All that one slice gives to the reports. */
export function partOf(
  reader: CaseReader,
  slice: Slice,
  { withDocuments, withTables }: WantedParts,
  lookups?: Lookups,
): ReportPart {
  return renderPart((withDocuments ? render : renderForReports)(reader, slice, lookups), withDocuments, withTables)
}
