import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { silent } from '#src/progress.ts'
import { publish } from '#src/publish.ts'
import { type PublishTask, renderDocuments } from '#src/render/render-documents.ts'
import { inline } from '#src/threads.ts'
import { never } from './files.ts'
import type { memorySink } from './memory-sink.ts'

/** Delivers a case into a sink in memory. */
export async function deliver(folder: string, sink: ReturnType<typeof memorySink>['sink']): Promise<void> {
  const store = openCase(folder)
  const reader = openReader(folder)
  const crew = inline((task: PublishTask) => renderDocuments(reader, task))
  const options = { namespace: 'a', rejects: false, sliceSize: 7, now: () => new Date(0), progress: silent }
  try {
    await publish({ store, reader, sink, crewFor: async () => crew }, options, never)
  } finally {
    reader.close()
    store.close()
  }
}
