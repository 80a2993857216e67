import { digest } from '../digest.ts'
import { packedBuffers } from '../packed-entries.ts'
import { serve } from '../threads.ts'

serve(
  () => digest,
  ({ entries }) => packedBuffers(entries),
)
