import { open } from 'node:fs/promises'
import type { Reading } from './source.ts'

/** One system call reads so many chunks. */
const chunksRead = 4

/** Room to read into, by its size: it is used again and again, for V8 collects garbage every few megabytes that are made anew. */
const free = new Map<number, Buffer[]>()

/** The bytes of a file from `start` on. A chunk stands until the next one is asked for: then others are read in its place. */
export async function* chunksPassing(
  file: string,
  start: number,
  { signal, chunkBytes }: Pick<Reading, 'signal' | 'chunkBytes'>,
): AsyncGenerator<Buffer> {
  const handle = await open(file)
  const size = chunksRead * chunkBytes
  const rooms = [takeRoom(size), takeRoom(size)] as const
  let at = start
  const fill = (room: Buffer) => handle.read(room, 0, size, at)
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
    await filling.catch(() => {}) // Whoever gave up does not want to know; what is being read into is not free.
    for (const room of rooms) giveBack(room)
    await handle.close()
  }
}

function takeRoom(size: number): Buffer {
  return free.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size)
}

function giveBack(room: Buffer): void {
  const others = free.get(room.length)
  if (others === undefined) free.set(room.length, [room])
  else others.push(room)
}
