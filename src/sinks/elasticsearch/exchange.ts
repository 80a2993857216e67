import { randomUUID } from 'node:crypto'
import { errors } from '@elastic/elasticsearch'
import type { Cluster } from './client.ts'

/** One request, as the client's transport takes it. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly querystring: Readonly<Record<string, string | boolean | readonly string[]>>
  readonly body?: object
  readonly bulkBody?: Buffer
}

/**
 * Sends one request and gives its answer, with the status. Elasticsearch sends the request's X-Opaque-Id back: an answer that has another
 * one belongs to another request, which happens behind proxies that lose count, and is none.
 */
export async function exchange({ client }: Cluster, asked: Asked, signal?: AbortSignal) {
  const opaqueId = randomUUID()
  const response = await client.transport.request<unknown>(asked as Parameters<typeof client.transport.request>[0], {
    ...{ meta: true, opaqueId, redaction },
    ...(signal !== undefined && { signal }),
  })
  const echo: unknown = response.headers?.['x-opaque-id']
  if (typeof echo === 'string' && echo !== opaqueId) throw new errors.ConnectionError('an answer to another request')
  return response
}

// To redact an error the client copies the request, byte for byte an object property: seconds for one batch. `ask.ts` lets
// nothing of the client's errors out but a line of text.
const redaction = { type: 'off' } as const
