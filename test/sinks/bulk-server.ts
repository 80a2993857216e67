import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closed, listening } from '../support/listening.ts'

/** What the server does with one request: answers each document with a status, the whole with one, or breaks off. */
export type Play =
  | readonly number[]
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | { readonly items: readonly object[] }
  | 'break off before'
  | 'break off after'
  | 'never answer'

/** A server that answers bulk requests as it is told, in turn, and then, and where it is told nothing, as Elasticsearch would. */
export async function bulkServer(plays: (Play | undefined)[] = []) {
  const stored = new Set<string>()
  const requests: string[][] = []
  const indices = new Set<string>()
  const headers: IncomingMessage['headers'][] = []
  let underWay = 0
  let mostUnderWay = 0

  const server = createServer(async (request, response) => {
    underWay += 1
    mostUnderWay = Math.max(mostUnderWay, underWay)
    response.once('close', () => {
      underWay -= 1
    })
    headers.push(request.headers)
    if (request.url?.includes('/_search')) {
      const { aggs } = JSON.parse(await textOf(request))
      const nothing = {
        timed_out: false,
        _shards: { failed: 0 },
        aggregations: { answers: { meta: aggs.answers.meta } },
      }
      return send(response, 200, JSON.stringify(nothing))
    }
    const [stream, isAside] = [streamIn(request.url ?? ''), !request.url?.includes('/_bulk')]
    if (isAside) {
      const backing = { name: stream, backing_indices: stored.size > 0 ? ['.ds'] : [] }
      const nothing = { indices: [], aliases: [], index_templates: [] }
      const found = { ...nothing, data_streams: [backing], _shards: { total: 1, failed: 0 } }
      return send(response, 200, JSON.stringify(found))
    }
    indices.add(stream)
    const body = await textOf(request).catch(() => undefined)
    if (body === undefined) return // The client hung up.
    const ids = actionsOf(body).map(({ _id }) => _id)
    requests.push(ids)
    play(plays.shift() ?? ids.map((id) => (stored.has(id) ? 409 : 201)), ids, response)
  })

  function play(what: Play, ids: string[], response: ServerResponse): void {
    if (what === 'never answer') return
    if (what === 'break off after') for (const id of ids) stored.add(id)
    if (typeof what === 'string') response.destroy()
    else if ('status' in what) send(response, what.status, what.body ?? '', what.headers)
    else if ('items' in what) send(response, 200, JSON.stringify({ errors: true, took: 1, items: what.items }))
    else {
      for (const [i, status] of what.entries()) if (status === 201) stored.add(ids[i] as string)
      const items = what.map((status, i) => {
        const item = { _id: ids[i], _index: '.ds', status, ...(status > 201 && { error }) }
        return { create: item }
      })
      send(response, 200, JSON.stringify({ errors: false, took: 1, items }))
    }
  }

  server.keepAliveTimeout = 0 // Where much else runs, five seconds between two requests would cost the connection, and what was sent is sent again.
  return {
    url: `http://127.0.0.1:${await listening(server)}`,
    stored,
    requests,
    indices,
    headers,
    mostUnderWay: () => mostUnderWay,
    close: () => closed(server),
  }
}

const error = { type: 'some_exception', reason: 'because' }

function send(response: ServerResponse, status: number, body: string, more: Record<string, string> = {}): void {
  const type = body.startsWith('{') ? 'application/vnd.elasticsearch+json;compatible-with=8' : 'text/plain'
  response.writeHead(status, { 'x-elastic-product': 'Elasticsearch', 'content-type': type, ...more })
  response.end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** `/<stream>/_bulk`, `/_resolve/index/<stream>`, `/<stream>/_refresh`. */
function streamIn(url: string): string {
  return /logs-[^/?]+/.exec(url)?.[0] ?? ''
}

function actionsOf(body: string): { _id: string }[] {
  const lines = body.split('\n').filter((_, i) => i % 2 === 0)
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line).create)
}
