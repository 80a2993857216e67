import type { ServerResponse } from 'node:http'
import type { Reply } from './world.ts'

/** What the double does instead of answering as it should. */
export type Play =
  | Reply
  | 'cut before' // The connection ends without an answer.
  | 'cut in body' // It ends in the middle of one.
  | 'stall' // The answer stops in its middle, and the connection stays.
  | 'truncate' // A whole answer, of half the JSON.
  | 'never answer'
  | 'drip' // The right answer, byte by byte.

/** Plays that were ordered for requests to come, in turn. */
export function misbehaviour() {
  const ordered: { readonly match: RegExp; readonly play: Play }[] = []
  let chaos: (() => Play | undefined) | undefined
  return {
    /** The next requests whose address matches meet these plays, one each. */
    order: (match: RegExp, ...plays: readonly Play[]) => void ordered.push(...plays.map((play) => ({ match, play }))),
    /** Each request without an order meets what this gives. */
    onAny: (give: () => Play | undefined) => {
      chaos = give
    },
    next(address: string): Play | undefined {
      const index = ordered.findIndex(({ match }) => match.test(address))
      return index === -1 ? chaos?.() : ordered.splice(index, 1)[0]?.play
    },
  }
}

/** Sends the answer, or what is played instead. */
export async function perform(response: ServerResponse, reply: Reply, play: Play | undefined): Promise<void> {
  if (play === 'never answer') return
  if (play === 'cut before') return void response.destroy()
  const { status, headers = {}, body = '' } = typeof play === 'object' ? play : reply
  const bytes = Buffer.from(body)
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  response.writeHead(status, {
    ...headers,
    ...(play === 'truncate' || play === 'drip' ? {} : { 'content-length': String(bytes.length) }),
  })
  if (play === 'truncate') return void response.end(half)
  if (play === 'drip') return drip(response, bytes)
  if (play !== 'stall' && play !== 'cut in body') return void response.end(bytes)
  response.write(half, () => play === 'cut in body' && response.destroy())
}

async function drip(response: ServerResponse, bytes: Buffer): Promise<void> {
  for (const byte of bytes) await new Promise((resolve) => response.write(Buffer.of(byte), resolve))
  response.end()
}
