import { digester } from '../digest.ts'
import { packedBuffers } from '../packed-entries.ts'
import { serve } from '../threads.ts'

serve(digester, ({ entries }) => packedBuffers(entries))
