import type { Client } from '@elastic/elasticsearch'
import { saying } from '../memory-sink.ts'

/** A copy of a document: where it lies, and what it says but for when it was delivered. */
export interface StoredCopy {
  readonly id: string
  readonly index: string
  readonly text: string
}

/** Every copy in an index or data stream as it is now, also several of one document. */
export async function storedIn(client: Client, index: string): Promise<StoredCopy[]> {
  await client.indices.refresh({ index })
  // Only in a view of its own is `search_after` right while segments are merged.
  const view = await client.openPointInTime({ index, keep_alive: '5m' })
  const copies: StoredCopy[] = []
  for (let after: string[] | undefined; ; ) {
    const { hits } = await client.search<{ event?: object; hoofprint?: object }>({
      pit: { id: view.id },
      size: 5_000,
      sort: [{ 'event.id': 'asc' }, '_shard_doc'],
      ...(after !== undefined && { search_after: after }),
    })
    if (hits.hits.length === 0) break
    for (const { _id, _index, _source } of hits.hits) {
      copies.push({ id: _id as string, index: _index, text: saying(_source ?? {}) })
    }
    after = hits.hits.at(-1)?.sort as string[]
  }
  await client.closePointInTime({ id: view.id })
  return copies
}
