import { openReader } from '../case/reader.ts'
import type { DatabaseFiles } from '../enrich/databases.ts'
import { openLookups } from '../enrich/lookups.ts'
import { buffersOf, type PublishTask, renderDocuments } from '../render/render-documents.ts'
import { surroundingsOf } from '../render/surroundings.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder, databases }: { caseFolder: string; databases: DatabaseFiles }) => {
  const lookups = openLookups(databases)
  const reader = openReader(caseFolder, surroundingsOf(lookups))
  return (task: PublishTask) => renderDocuments(reader, task, lookups)
}, buffersOf)
