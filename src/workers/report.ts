import { openReader, type Slice } from '../case/reader.ts'
import type { DatabaseFiles } from '../enrich/databases.ts'
import { openLookups } from '../enrich/lookups.ts'
import { partOf, type WantedParts } from '../part.ts'
import { buffersOf } from '../reports/render-part.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder, databases, ...wanted }: WantedParts & { caseFolder: string; databases: DatabaseFiles }) => {
  const reader = openReader(caseFolder)
  const lookups = openLookups(databases)
  return (slice: Slice) => partOf(reader, slice, wanted, lookups)
}, buffersOf)
