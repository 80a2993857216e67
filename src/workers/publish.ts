import { openReader } from '../case/reader.ts'
import type { DatabaseFiles } from '../enrich/databases.ts'
import { openLookups } from '../enrich/lookups.ts'
import { buffersOf, type PublishTask, renderDocuments } from '../publish.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder, databases }: { caseFolder: string; databases: DatabaseFiles }) => {
  const reader = openReader(caseFolder)
  const lookups = openLookups(databases)
  return (task: PublishTask) => renderDocuments(reader, task, lookups)
}, buffersOf)
