import { closeSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Reading } from './source.ts'

/** How much one call of the system reads. */
const roomBytes = 512 * 1024

/** For as many as read at once. Used again and again, for V8 collects garbage every few megabytes that are made anew. */
const free: Buffer[] = []

const readAhead = promisify(read)

/**
 * The bytes of a file from `start` on. A chunk stands until the next one is asked for: then others are read in its place. What follows is
 * read while it is used; not so a small file, which the system has at hand since it was looked at: to have a thread read it takes longer.
 */
export async function* chunksPassing(
  file: string,
  start: number,
  { signal, chunkBytes }: Pick<Reading, 'signal' | 'chunkBytes'>,
): AsyncGenerator<Buffer> {
  signal.throwIfAborted()
  const fd = openSync(file, 'r')
  let room = takeRoom()
  let other: Buffer | undefined
  let ahead: Promise<{ readonly bytesRead: number }> | undefined
  try {
    let at = start
    let length = readSync(fd, room, 0, roomBytes, at)
    while (length > 0) {
      at += length
      if (length === roomBytes) {
        other ??= takeRoom()
        ahead = readAhead(fd, other, 0, roomBytes, at)
        ahead.catch(() => {}) // It is awaited in its turn; until then its failure is not unhandled.
      }
      for (let from = 0; from < length; from += chunkBytes) {
        yield room.subarray(from, Math.min(length, from + chunkBytes))
        signal.throwIfAborted()
      }
      if (ahead === undefined || other === undefined) length = readSync(fd, room, 0, roomBytes, at)
      else {
        length = (await ahead).bytesRead
        ahead = undefined
        const filled = other
        other = room
        room = filled
      }
    }
  } finally {
    await Promise.allSettled([ahead]) // What is being read into is not free.
    free.push(room, ...(other === undefined ? [] : [other]))
    closeSync(fd)
  }
}

function takeRoom(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(roomBytes)
}
