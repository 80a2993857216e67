import { readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/** As many bytes of a file as there are at a place, up to this many. */
export async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** The same of a file that is open otherwise, at once. */
export function bytesAtSync(fd: number, position: number, length: number): Buffer {
  const room = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const more = readSync(fd, room, filled, length - filled, position + filled)
    if (more === 0) break
    filled += more
  }
  return room.subarray(0, filled)
}
