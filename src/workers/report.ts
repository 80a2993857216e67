import { openReader } from '../case/reader.ts'
import type { DatabaseFiles } from '../enrich/databases.ts'
import { openLookups } from '../enrich/lookups.ts'
import { partsMaker, type WantedParts } from '../part.ts'
import { buffersOf } from '../reports/render-part.ts'
import { surroundingsOf } from '../surroundings.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder, databases, ...wanted }: WantedParts & { caseFolder: string; databases: DatabaseFiles }) => {
  const lookups = openLookups(databases)
  const reader = openReader(caseFolder, surroundingsOf(lookups))
  return partsMaker(reader, wanted, lookups)
}, buffersOf)
