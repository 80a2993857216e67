import type { FileHandle } from 'node:fs/promises'

/** As many bytes of a file as there are at a place, up to this many. */
export async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
