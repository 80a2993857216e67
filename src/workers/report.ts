import { openReader, type Slice } from '../case/reader.ts'
import { render } from '../render.ts'
import { renderPart } from '../reports/render-part.ts'
import { serve } from '../threads.ts'

serve(
  ({ caseFolder }: { caseFolder: string }) => {
    const reader = openReader(caseFolder)
    return (slice: Slice) => renderPart(render(reader, slice))
  },
  ({ ndjson }) => [ndjson.buffer],
)
