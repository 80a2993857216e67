import type { CaseReader, Slice } from '../case/reader.ts'
import type { Lookups } from '../enrich/lookups.ts'
import { partRenderer, type ReportPart } from '../reports/render-part.ts'
import { type RenderedActivity, render, renderForReports } from './render.ts'

/** What is made of a case beside what is counted. */
export interface WantedParts {
  readonly withDocuments: boolean
  readonly withTables: boolean
}

/** Gives all that slices which follow each other give to the reports. */
export function partsMaker(
  reader: CaseReader,
  { withDocuments, withTables }: WantedParts,
  lookups?: Lookups,
): (slices: readonly Slice[]) => ReportPart {
  const renderSlice = withDocuments ? render : renderForReports
  const renderPart = partRenderer(withDocuments, withTables)

  function* activities(slices: readonly Slice[]): Generator<RenderedActivity> {
    for (const slice of slices) yield* renderSlice(reader, slice, lookups)
  }

  return (slices) => renderPart(activities(slices))
}
