import { openReader, type Slice } from '../case/reader.ts'
import { partOf, type WantedParts } from '../part.ts'
import { buffersOf } from '../reports/render-part.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder, ...wanted }: WantedParts & { caseFolder: string }) => {
  const reader = openReader(caseFolder)
  return (slice: Slice) => partOf(reader, slice, wanted)
}, buffersOf)
