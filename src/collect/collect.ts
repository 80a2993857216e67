import { evidencePath } from '../case/collection.ts'
import { type CaseStore, streamOf } from '../case/store.ts'
import { added, type Counts, noCounts } from '../counts.ts'
import type { Deps } from '../deps.ts'
import type { JsonFormat } from '../entry.ts'
import { messageOf, RetryableError } from '../errors.ts'
import { digester } from '../gather/digest.ts'
import { gather, savedPosition } from '../gather/gather.ts'
import { frameRecords } from '../sources/files/json-frames.ts'
import { holdContent } from '../sources/held-content.ts'
import type { Content, Part, Source } from '../sources/source.ts'
import { inline } from '../threads.ts'

/** Where a source is collected into. */
export interface CollectParts {
  readonly store: CaseStore
  /** A folder for contents that are too large to be held in memory. */
  readonly scratch: string
  readonly deps: Pick<Deps, 'now' | 'log'>
  /** Hears of each content that was stored. */
  readonly onStored: (counts: Counts) => void
  /** Hears whenever something was saved. */
  readonly onProgress: () => void
}

const attempts = 3

/**
 * Moves everything that is new in a source into the case, part by part. A content is stored only once all of it is here,
 * and a cursor with or after what it stands for: killed anywhere, at most one content is read again, and nothing doubled.
 */
export async function collect(source: Source, parts: CollectParts, signal: AbortSignal): Promise<void> {
  const { store, deps } = parts
  const isKnown = (name: string) => store.collection.isSettled(source.id, name)
  for await (const part of source.read(store.cursor(source.id), isKnown, signal)) {
    const isStored = part.content === undefined || (await storeContent(source.id, part.content, parts, signal))
    const { gaps = [], closed = [], searched } = part
    for (const { name, reason, from, to, final } of gaps) {
      const fields = { stream: source.id, gap: name, from, to, reason }
      if (final) deps.log.error(fields, 'lost for good: search the audit log for it, or note it')
      else deps.log.warn(fields, 'could not be had yet')
    }
    // Without its content a part's cursor stands for nothing; the source hears of it when it asks for the name.
    store.collection.advance(source.id, { gaps, closed, searched, at: deps.now(), ...(isStored && cursorOf(part)) })
    parts.onProgress()
  }
}

function cursorOf({ cursor }: Part): { readonly cursor?: unknown } {
  return cursor === undefined ? {} : { cursor }
}

/** Whether the content could be had. */
async function storeContent(
  stream: string,
  content: Content,
  parts: CollectParts,
  signal: AbortSignal,
): Promise<boolean> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    signal.throwIfAborted()
    try {
      const held = await holdContent(content.chunks(signal), parts.scratch, signal)
      try {
        await keep(stream, content, held, parts)
        return true
      } finally {
        await held.remove()
      }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof RetryableError)) throw error
      parts.deps.log.warn({ stream, content: content.name, attempt, cause: messageOf(error) }, 'content broke off')
    }
  }
  return false
}

type Held = Awaited<ReturnType<typeof holdContent>>

/** The same bytes are the same rows: what a killed process began goes on where it was. Other bytes are another evidence. */
async function keep(stream: string, content: Content, held: Held, { store, onStored }: CollectParts): Promise<void> {
  const { sha256, size } = held
  const { shape, mailbox = '' } = content
  const format: JsonFormat = { shape, service: placeOf(content) }
  const evidence = store.beginEvidence({ path: evidencePath(stream, content.name), sha256, mailbox, size, format })
  let counts = noCounts
  if (!evidence.complete) {
    const from = savedPosition(store.cursor(streamOf(evidence))) ?? { offset: 0, row: 1 }
    const holdings = { format, blocks: frameRecords(held.chunks(from.offset), from), lost: () => [] }
    const onProgress = (_: unknown, more: Counts) => {
      counts = added(counts, more)
    }
    await gather(evidence, holdings, { crew: inline(digester()), store, onProgress })
  }
  onStored(counts)
}

/** Pages of a search are named by it: `<query id> reading 1 page 3`. */
function placeOf({ name, shape }: Content): NonNullable<JsonFormat['service']> {
  return shape === 'graph-audit' ? { queryId: name.split(' ')[0] ?? name } : { contentId: name }
}
