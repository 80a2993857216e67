import { openReader, type Slice } from '../case/reader.ts'
import { render, renderForReports } from '../render.ts'
import { buffersOf, renderPart } from '../reports/render-part.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder, withDocuments }: { caseFolder: string; withDocuments: boolean }) => {
  const reader = openReader(caseFolder)
  return (slice: Slice) => renderPart((withDocuments ? render : renderForReports)(reader, slice), withDocuments)
}, buffersOf)
