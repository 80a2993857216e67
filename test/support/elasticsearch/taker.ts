import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import type { ElasticsearchServer } from '../elasticsearch.ts'

const never = new AbortController().signal
const deps = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }

/** What becomes of documents that are sent to a server: the first that it refused, and how many it has in the end. */
export async function openTaker({ name, url }: ElasticsearchServer, dataset: string, namespace: string) {
  const client = connect({ url })
  const target = targetOf(url)
  await setup({ client, target }, { namespace }, deps)
  const sink = elasticsearchSink(client, { target, namespace }, deps)
  const refused: unknown[] = []
  return {
    async take(documents: readonly OutgoingDocument[]): Promise<void> {
      const { rejected } = await sink.write(documents, never)
      for (const { seq, reason } of rejected) {
        const source = documents.find((one) => one.seq === seq)?.source
        refused.push({ reason, source: source?.subarray(0, 2000).toString() })
      }
    },
    async end() {
      const index = `logs-${dataset}-${namespace}`
      await client.indices.refresh({ index })
      const { count: stored } = await client.count({ index })
      await client.indices.deleteDataStream({ name: index }).catch(() => {}) // Not every distribution has this API.
      await client.close()
      return { name, refused: refused.slice(0, 5), stored }
    },
  }
}
