import { openReader } from '../case/reader.ts'
import type { DatabaseFiles } from '../enrich/databases.ts'
import { openLookups } from '../enrich/lookups.ts'
import type { Mark } from '../marks.ts'
import { partsMaker, type WantedParts } from '../render/part.ts'
import { surroundingsOf } from '../render/surroundings.ts'
import { buffersOf } from '../reports/render-part.ts'
import { serve } from '../threads.ts'

interface Given extends WantedParts {
  readonly caseFolder: string
  readonly databases: DatabaseFiles
  readonly marks: readonly Mark[]
}

serve(({ caseFolder, databases, marks, ...wanted }: Given) => {
  const lookups = openLookups(databases)
  const reader = openReader(caseFolder, surroundingsOf(lookups), marks)
  return partsMaker(reader, wanted, lookups)
}, buffersOf)
