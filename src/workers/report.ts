import { openReader, type Slice } from '../case/reader.ts'
import type { DatabaseFiles } from '../enrich/databases.ts'
import { openLookups } from '../enrich/lookups.ts'
import { render, renderForReports } from '../render.ts'
import { buffersOf, renderPart } from '../reports/render-part.ts'
import { serve } from '../threads.ts'

interface Data {
  readonly caseFolder: string
  readonly withDocuments: boolean
  readonly databases: DatabaseFiles
}

serve(({ caseFolder, withDocuments, databases }: Data) => {
  const reader = openReader(caseFolder)
  const lookups = openLookups(databases)
  return (slice: Slice) =>
    renderPart((withDocuments ? render : renderForReports)(reader, slice, lookups), withDocuments)
}, buffersOf)
