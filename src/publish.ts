import type { Reopened } from './case/delivery.ts'
import type { CaseReader, Selection, Slice } from './case/reader.ts'
import type { CaseStore } from './case/store.ts'
import { inLists, mapInOrder, orAborted } from './concurrency.ts'
import { isBesideEarlier } from './document.ts'
import type { Progress } from './progress.ts'
import type { PublishTask, Rendered } from './render/render-documents.ts'
import { unpackDocuments } from './sinks/packed-documents.ts'
import type { Known, Sink } from './sinks/sink.ts'
import type { Crew } from './threads.ts'

/** What became of every document of a case; all but `replaced`, `foreign` and `gone` add up to the events it holds. */
export interface PublishTotals {
  written: number
  duplicate: number
  rejected: number
  /** Delivered by an earlier run: nothing to do. 0 where that is not counted. */
  earlier: number
  /** Documents that were there and have been brought up to date, for later evidence changed them. */
  replaced: number
  /** Documents that would be brought up to date, had not another case written them: they are as that one left them. */
  foreign: number
  /** Documents that would be looked at again, and are not there any more: they stay away. */
  gone: number
  /** Of the documents that were delivered last, `lookedFor`, those that are not there any more. */
  lost: number
  lookedFor: number
}

const underWay = 4
// The last that were delivered are what a restore of an older state takes, and a lifecycle does not.
const lookedFor = 100
// What a few giants needed is not kept for all that follow.
const largestSpare = 16 * 1024 * 1024
// About one request of 5 MB: what is larger is cut, what is smaller makes more requests.
const taskBytes = 4_800_000
const mostSlicesPerTask = 8

interface Parts {
  readonly store: CaseStore
  readonly reader: CaseReader
  readonly sink: Sink
  /** Gives who renders so many events. */
  readonly crewFor: (events: number) => Promise<Crew<PublishTask, Rendered>>
}

interface Options {
  readonly namespace: string
  /** Sends again what was refused before, too. */
  readonly rejects: boolean
  /** Delivers everything again, refused documents too, in place also of what other cases wrote. */
  readonly again?: boolean
  /**
   * For how long, about, what is there is sent and looked at once more, at most; without it, to the end. A mark has all of it looked at, for an
   * hour or more where there are many millions, and meanwhile new events arrive.
   */
  readonly againMs?: number | undefined
  /** Whether to count what was delivered before, which takes a look at each event of the case. */
  readonly countsEarlier?: boolean
  /** How many events are rendered and written at a time, at most: the same in all runs, for each must know what the last had in flight. */
  readonly sliceSize: number
  readonly now: () => Date
  readonly progress: Progress
}

/**
 * Delivers what a sink has not got, and what has become different since it got it. The cursor moves when all before it have a fate: killed
 * anywhere and started again, it goes on there, and what was delivered beyond it is recognized.
 */
export async function publish(parts: Parts, options: Options, signal: AbortSignal): Promise<PublishTotals> {
  const { store, reader, sink } = parts
  const delivery = store.delivery(sink.id)
  const { countsEarlier = true, again: isAgain = false, againMs = Number.POSITIVE_INFINITY } = options
  const startedAt = performance.now()
  const { last, takesOver, ...begun } = delivery.begin(options.sliceSize * mostSlicesPerTask * underWay, isAgain)
  const sliceSize = reader.sliceSize(options.sliceSize)
  let cursor = begun.cursor
  const totals: PublishTotals = {
    written: 0,
    duplicate: 0,
    rejected: 0,
    earlier: countsEarlier ? reader.countUpTo(cursor) : 0,
    replaced: 0,
    foreign: 0,
    gone: 0,
    lost: 0,
    lookedFor: 0,
  }
  signal.throwIfAborted()
  const isWithRejects = options.rejects || isAgain
  const looksForNewest = countsEarlier || isWithRejects
  const again = delivery.countStale() + (isWithRejects ? delivery.countRefused() : 0)
  const crew = await parts.crewFor(last - cursor.after + again)
  const caseId = cursor.case
  const { deliver, countMissing, whileOpen } = delivererOf({ crew, sink, caseId }, options, signal)
  // The first are small, so that Elasticsearch waits for nothing.
  let slicesPerTask = 1
  options.progress.begin('publishing', last)
  /** Where that is not counted, the numbers of events say it: none is left out as they are stored. */
  const showDone = () => {
    const { written, duplicate, rejected, earlier } = totals
    options.progress.update(countsEarlier ? earlier + written + duplicate + rejected : cursor.after + cursor.done)
  }
  showDone()

  /** Sends again what is there in another form, or was refused. */
  const deliverAgain = async (kind: Reopened) => {
    let isInTime = true
    function* inTime(pages: Iterable<number[]>) {
      for (const page of pages) {
        yield page
        isInTime = kind === 'reject' || kind === 'standing' || performance.now() - startedAt < againMs // What was refused has its turn once a day.
        if (!isInTime) return
      }
    }
    const pages = inTime(delivery.open(kind, sliceSize))
    // What was refused as new was never there; of the rest what is not there was deleted, as by a lifecycle.
    const known = takesOver ? 'taken over' : kind === 'reject' ? 'replaced' : 'updated'
    const some = (seqs: readonly number[]) => deliver([{ seqs }], known)
    for await (const { events, result, fates } of mapInOrder(pages, underWay, some)) {
      delivery.settle(
        kind,
        events.flatMap(({ seqs }) => seqs),
        { ...fates, areThere: known === 'updated' },
      )
      totals.replaced += result.replaced
      totals.foreign += result.foreign
      totals.gone += result.gone
      totals.written += result.written
      totals.rejected += result.rejected.length
      // What was refused before counted as delivered; what is stored at last, or refused only now, does no more.
      if (countsEarlier) totals.earlier -= result.written + result.rejected.length
    }
    if (isInTime) delivery.close(kind)
  }

  const deliverNew = async () => {
    const slices = inLists(reader.slices(cursor, sliceSize, cursor.at), () => slicesPerTask)
    for await (const { events, bytes, result, fates } of mapInOrder(slices, underWay, (some) =>
      deliver(some, takesOver ? 'taken over' : 'kept'),
    )) {
      slicesPerTask = Math.max(1, Math.min(Math.floor((taskBytes * events.length) / bytes), mostSlicesPerTask))
      const { written, duplicate, rejected } = result
      const fated = written + duplicate + result.replaced + rejected.length
      cursor = { ...cursor, at: events.at(-1)?.to, done: cursor.done + fated }
      delivery.advance(cursor, fates)
      totals.written += result.written
      totals.duplicate += result.duplicate + result.replaced
      totals.replaced += result.replaced
      totals.rejected += result.rejected.length
      showDone()
    }
    cursor = { ...cursor, after: cursor.until, until: last, at: undefined, done: 0 }
    delivery.advance(cursor, { rejected: [], mentions: new Float64Array() })
    showDone()
  }

  try {
    await whileOpen(async () => {
      const newest = looksForNewest && !takesOver ? delivery.newest(lookedFor) : []
      if (isWithRejects) await deliverAgain('reject') // Before there are new ones.
      while (cursor.after < last) await deliverNew()
      if (isWithRejects) await deliverAgain('standing') // What is new need not wait for what may be refused for good.
      await deliverAgain('stale')
      await deliverAgain('marked')
      // What is to be delivered does not wait for who cannot say it now.
      for (const seqs of inLists(newest, () => sliceSize)) {
        const found = await countMissing(seqs)
        totals.lost += found.lost
        totals.lookedFor += found.lookedFor
      }
    })
  } finally {
    options.progress.end()
  }
  return totals
}

/** What of a task is handed over to another thread rather than copied. */
export function taskBuffers({ spare }: PublishTask): ArrayBuffer[] {
  return spare === undefined ? [] : [spare]
}

interface Way {
  readonly crew: Crew<PublishTask, Rendered>
  readonly sink: Sink
  readonly caseId: string
}

/**
 * Renders some events and writes them to the sink. The first that fails calls off the others: `whileOpen` throws why, once nothing is under
 * way any more.
 */
function delivererOf({ crew, sink, caseId }: Way, { namespace, now }: Options, signal: AbortSignal) {
  const spares: ArrayBuffer[] = []
  const underWay = new Set<Promise<unknown>>()
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])

  async function write<Events extends Slice | Selection>(events: readonly Events[], known: Known) {
    either.throwIfAborted()
    const task = { events, namespace, caseId, ingested: now().toISOString(), spare: spares.pop() }
    const { documents, mentions } = await orAborted(crew.run(task), either) // It may take longer than there is time to end.
    const bytes = documents.bytes.length
    const result = await sink.write(unpackDocuments(documents), either, known)
    if (documents.bytes.buffer.byteLength <= largestSpare) spares.push(documents.bytes.buffer)
    return { events, bytes, result, fates: { rejected: result.rejected, mentions } }
  }

  return {
    /** What would be written now under an id of its own is none that was written. */
    async countMissing(seqs: readonly number[]) {
      const task = { events: [{ seqs }], namespace, caseId, ingested: now().toISOString() }
      const { documents } = await orAborted(crew.run(task), either)
      const those = [...unpackDocuments(documents)].filter(({ id }) => !isBesideEarlier(id))
      return { lost: await sink.countMissing(those, either), lookedFor: those.length }
    },
    deliver<Events extends Slice | Selection>(events: readonly Events[], known: Known) {
      const delivery = write(events, known)
      underWay.add(delivery)
      delivery.then(
        () => underWay.delete(delivery),
        (error: unknown) => stop.abort(error),
      )
      return delivery
    },
    async whileOpen(work: () => Promise<void>): Promise<void> {
      try {
        await work()
      } catch (error) {
        signal.throwIfAborted()
        throw stop.signal.reason ?? error
      } finally {
        stop.abort()
        await Promise.allSettled(underWay) // Else it would go on for minutes, with a client that is closed.
      }
    },
  }
}
