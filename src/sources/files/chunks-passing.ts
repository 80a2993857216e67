import { open } from 'node:fs/promises'
import type { Reading } from './source.ts'

/** How much one call of the system reads. */
const roomBytes = 512 * 1024

/** Used again and again, for V8 collects garbage every few megabytes that are made anew. */
const free: Buffer[] = []

/** The bytes of a file from `start` on. A chunk stands until the next one is asked for: then others are read in its place. */
export async function* chunksPassing(
  file: string,
  start: number,
  { signal, chunkBytes }: Pick<Reading, 'signal' | 'chunkBytes'>,
): AsyncGenerator<Buffer> {
  const handle = await open(file)
  const rooms = [takeRoom(), takeRoom()] as const
  let at = start
  const fill = (room: Buffer) => {
    const filling = handle.read(room, 0, roomBytes, at)
    filling.catch(() => {}) // It is awaited in its turn, or nobody wants to know; until then its failure is not unhandled.
    return filling
  }
  let filling = fill(rooms[0])
  try {
    for (let i = 1; ; i += 1) {
      signal.throwIfAborted()
      const { bytesRead, buffer } = await filling
      if (bytesRead === 0) return
      at += bytesRead
      filling = fill(rooms[i % 2] as Buffer)
      for (let from = 0; from < bytesRead; from += chunkBytes) {
        yield buffer.subarray(from, Math.min(bytesRead, from + chunkBytes))
      }
    }
  } finally {
    await Promise.allSettled([filling]) // What is being read into is not free.
    free.push(...rooms)
    await handle.close()
  }
}

function takeRoom(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(roomBytes)
}
