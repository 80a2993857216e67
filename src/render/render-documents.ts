import type { CaseReader, Selection, Slice } from '../case/reader.ts'
import { encode } from '../encode.ts'
import type { Lookups } from '../enrich/lookups.ts'
import { itemHash } from '../item-hash.ts'
import { type Line, type PackedDocuments, packer } from '../sinks/packed-documents.ts'
import { type RenderedActivity, render, tokenOf } from './render.ts'

// Whoever hands this work to other threads does not load this file: the tables of normalizing take some 30 MB.

/** Some events as a worker gets them. */
export interface PublishTask {
  readonly events: readonly (Slice | Selection)[]
  readonly namespace: string
  /** By which the place knows the case: becomes `hoofprint.case.id`. */
  readonly caseId: string
  /** ISO 8601: becomes `event.ingested`. */
  readonly ingested: string
  /** Bytes that documents may be written into: made anew for each task, megabytes would wait for the garbage collector. */
  readonly spare?: ArrayBuffer | undefined
}

/** Their documents, and in pairs which mails, tokens or sessions they name: the item's hash, the event. */
export interface Rendered {
  readonly documents: PackedDocuments
  readonly mentions: Float64Array<ArrayBuffer>
}

/** Makes documents as Elasticsearch gets them. */
export function renderDocuments(
  reader: CaseReader,
  { events, namespace, caseId, ingested, spare }: PublishTask,
  lookups?: Lookups,
): Rendered {
  const documents = packer(spare)
  const mentions: number[] = []
  for (const { seq, document, messages, named } of renderAll(reader, events, lookups)) {
    document['data_stream.namespace'] = namespace
    document['hoofprint.case.id'] = caseId
    document['event.ingested'] = ingested
    const dataset = document['data_stream.dataset'] as Line['dataset'] // Every document has it.
    documents.add({ seq, id: document['event.id'], dataset, source: encode(document) })
    for (const { item } of messages) mentions.push(itemHash(item), seq)
    // By the name that comes to be known of his id he is called.
    for (const id of named) mentions.push(itemHash(id), seq)
    if (document['session.id'] !== undefined) continue
    // By a token or a twin it was found to be of a session, whose names may become more.
    for (const name of [tokenOf(document), document['hoofprint.session.id']]) {
      if (name !== undefined) mentions.push(itemHash(name), seq)
    }
  }
  return { documents: documents.packed(), mentions: Float64Array.from(mentions) }
}

function* renderAll(
  reader: CaseReader,
  events: PublishTask['events'],
  lookups: Lookups | undefined,
): Generator<RenderedActivity> {
  for (const some of events) yield* render(reader, some, lookups)
}

/** What of it is handed over to another thread rather than copied. */
export function buffersOf({ documents: { seqs, bytes, starts, ends }, mentions }: Rendered): ArrayBuffer[] {
  return [seqs.buffer, bytes.buffer, starts.buffer, ends.buffer, mentions.buffer]
}
