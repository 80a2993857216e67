import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { closed, listening } from '../listening.ts'

/** Kibana's endpoints for its version and for the import of objects, as strict as the real one, on a port of its own. */
export interface KibanaDouble {
  readonly url: string
  /** What was imported, by space, type and id. */
  readonly stored: Map<string, object>
  /** What was asked, such as `GET /api/status`. */
  readonly asked: string[]
  close(): Promise<void>
}

export interface Habits {
  readonly version?: string
  readonly authorization?: string
  readonly spaces?: readonly string[]
  /** Answers everything so. */
  readonly status?: number
  /** Objects that it refuses to take. */
  readonly refuses?: (id: string) => boolean
}

interface Answer {
  readonly status: number
  readonly body: object
}

interface Line {
  readonly type: string
  readonly id: string
  readonly attributes: { readonly title?: string }
  readonly references: readonly { readonly type: string; readonly id: string }[]
}

export async function startKibana(habits: Habits = {}): Promise<KibanaDouble> {
  const stored = new Map<string, object>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, habits, stored)
      .catch((error: unknown): Answer => failed(500, String(error)))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
      })
  })
  const port = await listening(server)
  return { url: `http://127.0.0.1:${port}`, stored, asked, close: () => closed(server) }
}

async function answer(request: IncomingMessage, habits: Habits, stored: Map<string, object>): Promise<Answer> {
  const bytes = await buffer(request)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kibana.example')
  const { space = 'default', path = '' } = /^(?:\/s\/(?<space>[^/]+))?(?<path>\/.*)$/.exec(pathname)?.groups ?? {}
  if (habits.status !== undefined)
    return failed(habits.status, `as told ${request.headers.authorization ?? 'by nobody'}`)
  const isKnown = habits.authorization === undefined || request.headers.authorization === habits.authorization
  // Whom it does not know it tells how it feels, and nothing else.
  if (path === '/api/status' && !isKnown) return { status: 200, body: { status: { overall: { level: 'available' } } } }
  if (!isKnown) return failed(401, '[security_exception] missing authentication credentials')
  if (request.method === 'GET' && path === '/api/status') {
    return { status: 200, body: { name: 'double', version: { number: habits.version ?? '8.12.2' } } }
  }
  if (request.method === 'GET' && path.startsWith('/api/spaces/space/')) {
    const id = path.split('/').at(-1) ?? ''
    const isThere = ['default', ...(habits.spaces ?? [])].includes(id)
    return isThere ? { status: 200, body: { id } } : failed(404, 'Not Found')
  }
  // The real one does not ask here whether there is such a space.
  if (request.method !== 'POST' || path !== '/api/saved_objects/_import') return failed(404, 'Not Found')
  if (request.headers['kbn-xsrf'] === undefined) return failed(400, 'Request must contain a kbn-xsrf header.')

  const form = await new Response(bytes, {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData()
  const file = form.get('file')
  if (!(file instanceof File)) return failed(400, '[request body.file]: expected value of type [Stream]')
  if (!file.name.endsWith('.ndjson')) return failed(400, `Invalid file extension ${file.name}`)
  const lines = (await file.text()).split('\n').filter((line) => line !== '')
  return imported(
    lines.map((line) => JSON.parse(line)),
    { space, isOverwriting: searchParams.get('overwrite') === 'true', habits, stored },
  )
}

interface Into {
  readonly space: string
  readonly isOverwriting: boolean
  readonly habits: Habits
  readonly stored: Map<string, object>
}

function imported(lines: readonly Line[], { space, isOverwriting, habits, stored }: Into): Answer {
  const key = ({ type, id }: { type: string; id: string }) => `${space} ${type} ${id}`
  const known = new Set([...stored.keys(), ...lines.map(key)])
  const errorOf = (line: Line) => {
    const missing = line.references.filter((reference) => !known.has(key(reference)))
    if (missing.length > 0) return { type: 'missing_references', references: missing }
    if (habits.refuses?.(line.id)) return { type: 'unknown', message: 'refused', statusCode: 422 }
    return !isOverwriting && stored.has(key(line)) ? { type: 'conflict' } : undefined
  }
  const errors = lines.flatMap((line) => {
    const error = errorOf(line)
    return error === undefined ? [] : [{ type: line.type, id: line.id, error }]
  })
  if (errors.length > 0) return { status: 200, body: { successCount: 0, success: false, warnings: [], errors } }
  for (const line of lines) stored.set(key(line), line)
  const successResults = lines.map(({ type, id, attributes }) => ({ type, id, meta: { title: attributes.title } }))
  return { status: 200, body: { successCount: lines.length, success: true, warnings: [], successResults } }
}

function failed(status: number, message: string): Answer {
  return { status, body: { statusCode: status, error: 'Error', message } }
}
