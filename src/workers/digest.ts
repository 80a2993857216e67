import { digest } from '../gather.ts'
import { serve } from '../threads.ts'

serve(() => digest)
