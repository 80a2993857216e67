import { z } from 'zod'
import type { CaseReader, Slice } from './case/reader.ts'
import type { CaseStore } from './case/store.ts'
import { mapInOrder } from './concurrency.ts'
import { encode } from './document.ts'
import type { Lookups } from './enrich/lookups.ts'
import type { Progress } from './progress.ts'
import { render } from './render.ts'
import type { OutgoingDocument, Sink } from './sinks/sink.ts'
import type { Crew } from './threads.ts'

/** What became of every document of a case; the four add up to the events it holds. */
export interface PublishTotals {
  written: number
  duplicate: number
  rejected: number
  /** Delivered by an earlier run: nothing to do. */
  earlier: number
}

/** Everything up to `after` is delivered; of what follows up to `until`, in time order, all up to `at`. */
const Cursor = z.object({
  after: z.int(),
  until: z.int(),
  at: z.object({ time: z.int(), id: z.string() }).optional(),
})
type Cursor = z.output<typeof Cursor>

/** A slice as a worker gets it. */
export interface PublishTask {
  readonly slice: Slice
  readonly namespace: string
  /** ISO 8601: becomes `event.ingested`. */
  readonly ingested: string
}

/** Makes the documents of a slice as Elasticsearch gets them. */
export function renderDocuments(
  reader: CaseReader,
  { slice, namespace, ingested }: PublishTask,
  lookups?: Lookups,
): OutgoingDocument[] {
  const outgoing: OutgoingDocument[] = []
  for (const { seq, document } of render(reader, slice, lookups)) {
    document['data_stream.namespace'] = namespace
    document['event.ingested'] = ingested
    const dataset = document['data_stream.dataset'] as OutgoingDocument['dataset'] // Every document has it.
    outgoing.push({ seq, id: document['event.id'], dataset, source: encode(document) })
  }
  return outgoing
}

const sliceSize = 2000
const underWay = 4

/**
 * Delivers what a sink has not got. The cursor moves when all before it have a fate: killed anywhere and started again,
 * it goes on there, and what was delivered beyond it is recognized as a duplicate.
 */
export async function publish(
  parts: { store: CaseStore; reader: CaseReader; sink: Sink; crew: Crew<PublishTask, OutgoingDocument[]> },
  options: { namespace: string; now: () => Date; progress: Progress },
  signal: AbortSignal,
): Promise<PublishTotals> {
  const { store, reader, sink, crew } = parts
  const stream = `publish:${sink.id}`
  const last = reader.lastSeq()
  const saved = store.cursor(stream)
  let cursor: Cursor = saved === undefined ? { after: 0, until: last } : Cursor.parse(saved)
  const totals: PublishTotals = { written: 0, duplicate: 0, rejected: 0, earlier: reader.countUpTo(cursor) }
  options.progress.begin('publishing', reader.lastSeq())

  while (cursor.after < last) {
    const deliver = async (slice: Slice) => {
      signal.throwIfAborted()
      const task = { slice, namespace: options.namespace, ingested: options.now().toISOString() }
      return { slice, result: await sink.write(await crew.run(task), signal) }
    }
    for await (const { slice, result } of mapInOrder(reader.slices(cursor, sliceSize, cursor.at), underWay, deliver)) {
      store.rejectEvents(stream, result.rejected)
      cursor = { ...cursor, at: slice.to }
      store.saveCursor(stream, cursor)
      totals.written += result.written
      totals.duplicate += result.duplicate
      totals.rejected += result.rejected.length
      options.progress.update(totals.earlier + totals.written + totals.duplicate + totals.rejected)
    }
    cursor = { after: cursor.until, until: last }
    store.saveCursor(stream, cursor)
  }
  options.progress.end()
  return totals
}
