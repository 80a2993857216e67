import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError, messageOf } from '../errors.ts'

export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** What is answered, by path; each reply is made when it is asked for. */
export type Routes = Readonly<Record<string, () => Reply | Promise<Reply>>>

export interface HttpService {
  /** Such as `127.0.0.1:9464`. */
  readonly address: string
  close(): Promise<void>
}

/** Answers GET on `listen`. Throws `ConfigError` when it cannot listen there. */
export async function serveHttp(listen: string, routes: Routes): Promise<HttpService> {
  const at = listen.lastIndexOf(':')
  const [host, port] = [listen.slice(0, at).replace(/^\[|\]$/g, ''), Number(listen.slice(at + 1))]
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000 }, async (request, response) => {
    request.resume()
    const path = (request.url ?? '').split('?')[0] ?? ''
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (route === undefined) return send(response, { status: 404, type: 'text/plain', body: 'nothing here\n' })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(response, { status: 405, type: 'text/plain', body: 'GET only\n' })
    }
    const failed = (error: unknown): Reply => ({ status: 500, type: 'text/plain', body: `${messageOf(error)}\n` })
    send(response, await Promise.resolve().then(route).catch(failed))
  })
  server.maxConnections = 100
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new ConfigError(`cannot listen on ${listen}: ${cause.message}`, { cause })))
    server.listen(port, host, resolve)
  })
  const { address, family, port: bound } = server.address() as AddressInfo
  return {
    address: `${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, { status, type, body }: Reply): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  response.writeHead(status, headers).end(body)
}
