import type { Client } from '@elastic/elasticsearch'
import { saying } from '../memory-sink.ts'

/** A copy of a document: where it lies, and what it says but for when it was delivered. */
export interface StoredCopy {
  readonly id: string
  readonly index: string
  readonly text: string
}

/** Every copy in an index or data stream, also several of one document. */
export async function storedIn(client: Client, index: string): Promise<StoredCopy[]> {
  await client.indices.refresh({ index })
  const copies: StoredCopy[] = []
  for (let after: string[] | undefined; ; ) {
    const { hits } = await client.search<{ event?: object; hoofprint?: object }>({
      index,
      size: 5_000,
      sort: [{ 'event.id': 'asc' }, '_doc'],
      ...(after !== undefined && { search_after: after }),
    })
    if (hits.hits.length === 0) return copies
    for (const { _id, _index, _source } of hits.hits) {
      copies.push({ id: _id as string, index: _index, text: saying(_source ?? {}) })
    }
    after = hits.hits.at(-1)?.sort as string[]
  }
}
