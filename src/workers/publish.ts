import { openReader } from '../case/reader.ts'
import { buffersOf, type PublishTask, renderDocuments } from '../publish.ts'
import { serve } from '../threads.ts'

serve(({ caseFolder }: { caseFolder: string }) => {
  const reader = openReader(caseFolder)
  return (task: PublishTask) => renderDocuments(reader, task)
}, buffersOf)
