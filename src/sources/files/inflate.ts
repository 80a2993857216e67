import type { Transform } from 'node:stream'
import { createGunzip, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { codeOf, messageOf } from '../../errors.ts'
import { ContentError } from './content.ts'
import { bombReason, isBomb } from './limits.ts'
import { type Reading, skip } from './source.ts'

type Open = (reading: Reading) => AsyncIterable<Buffer>

/** The content of a gzip of one part or of many; yields all that comes before a damage, then throws `ContentError`. */
export function gunzip(open: Open, reading: Reading): AsyncGenerator<Buffer> {
  return inflate({ create: createGunzip, inputPerChunk: deflated }, open, reading)
}

/** The content of a zip's deflated member; yields all that comes before a damage, then throws `ContentError`. */
export function inflateRaw(open: Open, reading: Reading): AsyncGenerator<Buffer> {
  return inflate({ create: createInflateRaw, inputPerChunk: deflated }, open, reading)
}

/** The content of zstd (RFC 8878) of one frame or of many; yields all that comes before a damage, then throws `ContentError`. */
export function unzstd(open: Open, reading: Reading): AsyncGenerator<Buffer> {
  return inflate({ create: createZstdDecompress, inputPerChunk: zstd }, open, reading)
}

interface Unpacker {
  create(options: { readonly chunkSize: number }): Engine
  /** How much of a chunk is written at once. */
  readonly inputPerChunk: number
}

type Engine = Pick<Transform, 'on' | 'once' | 'end' | 'destroy'> & {
  readonly bytesWritten: number
  write(piece: Buffer, done: () => void): boolean
}

/**
 * Honest content fills a chunk with it; what comes out of one write can still be held: of deflate 1,032 times as much at most, of zstd 128 KB for
 * each four bytes (RFC 8878, 3.1.1.2: a block that repeats one byte).
 */
const [deflated, zstd] = [1 / 8, 1 / 32] as const

/**
 * A failing write of zlib gives nothing of what it had made. So that nothing is lost, the input is then read once more, and
 * byte by byte from that write on.
 */
async function* inflate({ create, inputPerChunk }: Unpacker, open: Open, reading: Reading): AsyncGenerator<Buffer> {
  const engineOf = () => create({ chunkSize: reading.chunkBytes })
  const size = Math.ceil(reading.chunkBytes * inputPerChunk)
  const done = { taken: 0, given: 0 }
  try {
    const input = pieces(open(reading), { size, singleFrom: Number.POSITIVE_INFINITY })
    return yield* pass(engineOf(), input, reading, done)
  } catch (error) {
    if (codeOf(error) !== 'Z_DATA_ERROR' && codeOf(error)?.startsWith(zstdError) !== true) throw told(error)
  }
  reading.packedBytes = 0
  try {
    const input = pieces(open(reading), { size, singleFrom: done.taken })
    yield* skip(pass(engineOf(), input, reading, { taken: 0, given: 0 }), done.given)
  } catch (error) {
    throw told(error)
  }
}

async function* pass(
  engine: Engine,
  input: AsyncIterable<Buffer>,
  reading: Reading,
  done: { taken: number; given: number },
): AsyncGenerator<Buffer> {
  const { out, settle } = watch(engine)
  let over = false
  try {
    for await (const piece of input) {
      if (!over) await settle((resolve) => engine.write(piece, () => resolve()))
      const rest: number = over ? piece.length : done.taken + piece.length - engine.bytesWritten
      done.taken += piece.length
      for (const chunk of out.splice(0)) {
        done.given += chunk.length
        yield chunk
      }
      over = rest > 0
      if (over) rejectRest(piece.subarray(-rest))
      if (isBomb(done.given, reading.packedBytes, reading.limits)) {
        throw new ContentError(bombReason(done.given, reading.packedBytes))
      }
    }
    if (!over) await settle((resolve) => engine.once('end', resolve).end())
    yield* out
  } finally {
    engine.destroy()
  }
}

/** What comes out, and a way to wait for what `start` asks for, or for the failure. */
function watch(engine: Engine): { out: Buffer[]; settle: (start: (resolve: () => void) => void) => Promise<void> } {
  const out: Buffer[] = []
  let fail: (error: Error) => void = () => {}
  engine.on('data', (chunk: Buffer) => out.push(chunk))
  engine.on('error', (error) => fail(error))
  const settle = (start: (resolve: () => void) => void) =>
    new Promise<void>((resolve, reject) => {
      fail = reject
      start(resolve)
    })
  return { out, settle }
}

/** In pieces of at most this size, and byte by byte from a place on. */
async function* pieces(
  bytes: AsyncIterable<Buffer>,
  { size, singleFrom }: { size: number; singleFrom: number },
): AsyncGenerator<Buffer> {
  let taken = 0
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; ) {
      const piece = chunk.subarray(start, start + (taken < singleFrom ? Math.min(size, singleFrom - taken) : 1))
      start += piece.length
      taken += piece.length
      yield piece
    }
  }
}

/** Tapes and block devices fill up with zeros, which is no loss; anything else is. */
function rejectRest(rest: Buffer): void {
  if (rest.some((byte) => byte !== 0)) throw new ContentError('after its end there are more bytes, which are not read')
}

const zstdError = 'ZSTD_error_'

/** What zlib says (Z_DATA_ERROR, Z_BUF_ERROR and the like) in words for people; anything else as it is. */
function told(error: unknown): unknown {
  if (!['Z_', zstdError].some((prefix) => codeOf(error)?.startsWith(prefix))) return error
  const message = messageOf(error)
  const known = reasons.find(([words]) => message.includes(words))?.[1]
  return new ContentError(known ?? `it is damaged from here on (${message}); get it again`, { cause: error })
}

const checksum = 'it is damaged: its content does not match its checksum; get it again'

// zlib's inflate.c, zstd's error_private.c, and Node of Z_BUF_ERROR at the end of the input.
const reasons = [
  ['unexpected end of file', 'it is cut off: what comes after is missing; get it again'],
  ['incorrect data check', checksum],
  ["doesn't match checksum", checksum],
  [
    'requires too much memory',
    'packed with more than 128 MB to look back at (zstd --long): unpack it and give the folder',
  ],
  ['incorrect length check', 'it is damaged: its content does not have the length it should; get it again'],
  ['incorrect header check', 'it is damaged: what follows here is not gzip; get it again'],
] as const
