import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../samples/random.ts'
import { closed, listening } from './listening.ts'

/** What happens to one request on its way. */
export type Fault =
  | 'none'
  | 'delay'
  | 'hang up before'
  | 'half a request'
  | 'hang up after'
  | 'reset after'
  | 'cut answer'
  | 'mangled answer'
  /** With its header X-Opaque-Id, as from a proxy that loses count. */
  | 'answer of another'
  /** Under the header of the right one, or none: only to what says in its body what it answers. */
  | 'body of another'
  /** As of a gateway that reaches nobody; for good, where the answer is not to a search. */
  | '404'
  | '429'
  | '502'
  | '502 after'
  | '503'
  | '504 after'

export const faults: readonly Fault[] = [
  ...(['delay', 'hang up before', 'half a request', 'hang up after', 'reset after', 'cut answer'] as const),
  ...([
    'mangled answer',
    'answer of another',
    'body of another',
    '429',
    '502',
    '502 after',
    '503',
    '504 after',
  ] as const),
]

/** An HTTP proxy that does to each request what `next` says. */
export async function faultyProxy(target: string, next: () => Fault) {
  const happened = new Map<Fault, number>()
  /** The last answer to each kind of request: what is taken for another's is the more dangerous, the more it looks like it. */
  const earlier = new Map<string, Answer>()
  const server = createServer(async (asked, answer) => {
    const body = await bytesOf(asked).catch(() => undefined)
    if (body === undefined) return // Whoever asked has hung up.
    const fault = next()
    happened.set(fault, (happened.get(fault) ?? 0) + 1)
    await act(fault, { asked, answer, body }).catch(() => answer.destroy())
  })

  async function act(fault: Fault, { asked, answer, body }: Exchange): Promise<void> {
    if (fault === 'delay') await sleep(20 + (body.length % 60))
    if (fault === 'hang up before') return void answer.destroy()
    if (fault === '404' || fault === '429' || fault === '502' || fault === '503')
      return sayStatus(answer, Number(fault))
    if (fault === 'half a request') {
      await forward(target, asked, body, Math.floor(body.length / 2)).catch(() => {})
      return void answer.destroy()
    }
    const right = await forward(target, asked, body)
    const { status, headers, bytes } = right
    if (fault === 'hang up after') return void answer.destroy()
    if (fault === 'reset after') return void asked.socket.resetAndDestroy()
    if (fault === '502 after' || fault === '504 after') return sayStatus(answer, Number.parseInt(fault, 10))
    const kind = /\/(_\w+)/.exec(asked.url ?? '')?.[1] ?? ''
    const another = earlier.get(kind) ?? right
    earlier.set(kind, right)
    if (fault === 'answer of another') return say(answer, another)
    if (fault === 'body of another' && /^_(bulk|search)$/.test(kind))
      return say(answer, { ...right, bytes: another.bytes })
    const said = fault === 'mangled answer' ? bytes.subarray(0, bytes.length >> 1) : bytes
    answer.writeHead(status, { ...headers, 'content-length': said.length })
    if (fault === 'cut answer') answer.write(said.subarray(0, said.length >> 1), () => answer.destroy())
    else answer.end(said)
  }

  return {
    url: `http://127.0.0.1:${await listening(server)}`,
    happened,
    close: () => closed(server),
  }
}

/** Faults at random, in one of so many requests. */
export function randomFaults(random: Random, share: number): () => Fault {
  return () => (random.chance(share) ? random.pick(faults) : 'none')
}

interface Exchange {
  readonly asked: IncomingMessage
  readonly answer: ServerResponse
  readonly body: Buffer
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly bytes: Buffer
}

function say(answer: ServerResponse, { status, headers, bytes }: Answer): void {
  answer.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes)
}

function sayStatus(answer: ServerResponse, status: number): void {
  answer.writeHead(status, { 'content-type': 'text/html', 'retry-after': '0' }).end(`<h1>${status}</h1>`)
}

/** Sends the request on, or only its first bytes and then hangs up. */
function forward(target: string, asked: IncomingMessage, body: Buffer, upTo = body.length) {
  const { method, url: path, headers } = asked
  return new Promise<Answer>((resolve, reject) => {
    const onward = request(
      target + path,
      { method, headers: { ...headers, 'content-length': body.length } },
      (answer) => {
        const { 'transfer-encoding': _, ...kept } = answer.headers
        bytesOf(answer).then((bytes) => resolve({ status: answer.statusCode ?? 0, headers: kept, bytes }), reject)
      },
    )
    onward.on('error', reject)
    if (upTo === body.length) onward.end(body)
    else onward.write(body.subarray(0, upTo), () => onward.destroy(new Error('cut')))
  })
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(message))
}
