import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib'
import { codeOf } from '../../errors.ts'
import { count, damaged, varint } from './byte-cursor.ts'
import { ContentError } from './content.ts'

/** What a block of a file is unpacked with, where it has at most so many bytes then; throws `ContentError`. */
export type Unpack = (packed: Buffer, maxBytes: number) => Buffer

/** No honest writer makes a block of more bytes: DuckDB's pages of Parquet have 100 MB at most, others 1 MB or so. */
export const maxBlockBytes = 256 * 1024 * 1024

/** As it stands. */
export const stored: Unpack = (packed) => packed

/** Of what is cut off, all there is. */
export const inflateRaw: Unpack = zlib((packed, maxOutputLength) =>
  inflateRawSync(packed, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
)
export const gunzip: Unpack = zlib((packed, maxOutputLength) => gunzipSync(packed, { maxOutputLength }))
export const brotli: Unpack = zlib((packed, maxOutputLength) => brotliDecompressSync(packed, { maxOutputLength }))
export const zstd: Unpack = zlib((packed, maxOutputLength) => zstdDecompressSync(packed, { maxOutputLength }))

const badBlock = 'what is packed in it cannot be unpacked'

function zlib(unpack: Unpack): Unpack {
  return (packed, maxBytes) => {
    try {
      return unpack(packed, Math.max(maxBytes, 1))
    } catch (error) {
      if (codeOf(error) === undefined) throw error
      throw damaged(badBlock)
    }
  }
}

/** Snappy's format without frames (google/snappy, format_description.txt). */
export const unsnap: Unpack = (packed, maxBytes) => {
  const cursor = { bytes: packed, at: 0 }
  const size = count(varint(cursor))
  if (size > maxBytes) throw damaged(badBlock)
  const out = roomOf(size)
  for (let at = cursor.at; at < packed.length; ) {
    const tag = byteAt(packed, at)
    const kind = tag & 3
    at += 1
    if (kind === 0) {
      const extra = Math.max(0, (tag >> 2) - 59)
      const length = (extra === 0 ? tag >> 2 : lowFirst(packed, at, extra)) + 1
      at += extra
      out.literal(packed, at, length)
      at += length
    } else if (kind === 1) {
      out.copy(((tag >> 5) << 8) | byteAt(packed, at), ((tag >> 2) & 7) + 4)
      at += 1
    } else {
      const bytes = kind === 2 ? 2 : 4
      out.copy(lowFirst(packed, at, bytes), (tag >> 2) + 1)
      at += bytes
    }
  }
  return out.whole()
}

/** A block of LZ4 (lz4/lz4, lz4_Block_format.md), which has to have exactly so many bytes. */
export const unlz4: Unpack = (packed, size) => {
  const out = roomOf(size)
  let at = 0
  const lengthOf = (nibble: number): number => {
    let length = nibble
    for (let more = nibble === 15 ? 255 : 0; more === 255; at += 1) {
      more = byteAt(packed, at)
      length += more
    }
    return length
  }
  while (at < packed.length) {
    const token = byteAt(packed, at)
    at += 1
    const literals = lengthOf(token >> 4)
    out.literal(packed, at, literals)
    at += literals
    if (at >= packed.length) break
    const offset = lowFirst(packed, at, 2)
    at += 2
    out.copy(offset, lengthOf(token & 15) + 4)
  }
  return out.whole()
}

/** Not read: the reason says what to do. */
export function unread(name: string): Unpack {
  const shown = /^[\w -]{1,20}$/.test(name) ? name : 'something'
  return () => {
    throw new ContentError(`packed with ${shown}, which is not read here: write it again with another codec, or as CSV`)
  }
}

/** What is unpacked, piece by piece. */
function roomOf(size: number) {
  const out = Buffer.allocUnsafe(size)
  let at = 0
  return {
    literal(from: Buffer, start: number, length: number): void {
      if (start + length > from.length || at + length > size) throw damaged(badBlock)
      from.copy(out, at, start, start + length)
      at += length
    },
    copy(offset: number, length: number): void {
      if (offset === 0 || offset > at || at + length > size) throw damaged(badBlock)
      if (offset >= length) out.copyWithin(at, at - offset, at - offset + length)
      else for (let i = at; i < at + length; i += 1) out[i] = out[i - offset] as number
      at += length
    },
    whole(): Buffer {
      if (at !== size) throw damaged(badBlock)
      return out
    },
  }
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw damaged(badBlock)
  return byte
}

function lowFirst(bytes: Buffer, at: number, length: number): number {
  if (at + length > bytes.length) throw damaged(badBlock)
  return bytes.readUIntLE(at, length)
}
