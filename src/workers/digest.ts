import { packedBuffers } from '../bytes/packed-entries.ts'
import { digester } from '../gather/digest.ts'
import { serve } from '../threads.ts'

serve(digester, ({ entries }) => packedBuffers(entries))
