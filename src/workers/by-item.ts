import { writeByItem } from '../reports/by-item.ts'
import { serve } from '../threads.ts'

serve(() => writeByItem)
