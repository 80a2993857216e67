import { digest } from '../gather.ts'
import { serve } from '../threads.ts'

serve(
  () => digest,
  ({ entries }) => [entries.lengths.buffer, entries.numbers.buffer],
)
