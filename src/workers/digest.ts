import { digest } from '../digest.ts'
import { serve } from '../threads.ts'

serve(
  () => digest,
  ({ entries }) => [entries.lengths.buffer, entries.numbers.buffer],
)
