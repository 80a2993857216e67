import { createReadStream } from 'node:fs'
import type { Limits } from './limits.ts'

/** Bytes that can be read again and again, wherever they lie. */
export interface Source {
  /** Where they are, to be shown. */
  readonly path: string
  readonly named: boolean
  /** How many archives and packings they were taken out of. */
  readonly depth: number
  /** The file that holds exactly these bytes, if one does. */
  readonly file?: string
  /** The archive on the disk that they are taken out of, if they are. */
  readonly within?: string
  /** When it was changed last, where that is known: milliseconds since the epoch. */
  readonly modified?: number | undefined
  /** The bytes from `offset` on; throws `ContentError` after all that can be had. */
  open(reading: Reading, offset: number): AsyncIterable<Buffer>
  /** The bytes that evidence is known by, where these are not: those of the `.gz`. */
  readonly lying?: Source
}

/** One pass over a content. */
export interface Reading {
  readonly signal: AbortSignal
  readonly chunkBytes: number
  readonly limits: Limits
  /** How many bytes were taken from the disk; what is unpacked is measured against them. */
  packedBytes: number
}

/** A file on the disk, read from where one wants. */
export function fileSource(file: string, path: string, named: boolean, modified?: number): Source {
  async function* open(reading: Reading, start: number): AsyncGenerator<Buffer> {
    const { chunkBytes: highWaterMark, signal } = reading
    for await (const chunk of createReadStream(file, { start, highWaterMark, signal })) {
      reading.packedBytes += chunk.length
      yield chunk
    }
  }
  return { path, named, depth: 0, file, modified, open }
}

/** A source that can only be read from its beginning. */
export function unpacked(
  about: Omit<Source, 'open' | 'file'>,
  open: (reading: Reading) => AsyncIterable<Buffer>,
): Source {
  return { ...about, open: (reading, offset) => skip(open(reading), offset) }
}

/** What comes after the first `count` bytes. */
export async function* skip(bytes: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count
  for await (const chunk of bytes) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
