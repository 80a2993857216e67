import { createReadStream } from 'node:fs'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise } from 'yauzl'
import { codeOf } from '../../errors.ts'
import { ContentError } from './content.ts'
import { inflateRaw, unzstd } from './inflate.ts'
import { type Reading, type Source, unpacked } from './source.ts'
import { damageOf, type Member } from './zip-directory.ts'

/** A member of the zip in `file`, to be shown as `path`. */
export function memberSource(file: string, member: Member, about: Omit<Source, 'open' | 'file'>): Source {
  const { entry } = member
  const packed = (reading: Reading) => packedBytes(file, member, reading)
  const unpack = read[entry.compressionMethod] ?? stored
  return unpacked({ ...about, within: file }, (reading) => checked(unpack(packed, reading), entry))
}

/** Why a member cannot be unpacked, by what the directory says of it; undefined when it can. */
export function memberReasonOf({ entry, beyond }: Member): string | undefined {
  if (beyond !== undefined) return beyond
  if (entry.isEncrypted()) return 'password protected: unpack it and give the folder'
  const { compressionMethod: method, relativeOffsetOfLocalHeader: offset } = entry
  if (!Number.isSafeInteger(offset)) return damageOf('it lies beyond the end')
  if (method in read) return undefined
  return `packed with ${unread[method] ?? `method ${method}`}, which is not read here: unpack it and give the folder`
}

// APPNOTE.TXT 4.4.5. Windows packs with Deflate64 what has more than 2 GB.
const stored: typeof inflateRaw = async function* (open, reading) {
  yield* open(reading)
}
const read: Readonly<Record<number, typeof inflateRaw>> = { 0: stored, 8: inflateRaw, 93: unzstd }
const unread: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  95: 'xz',
  98: 'PPMd',
}

async function* packedBytes(file: string, { entry, dataAt }: Member, reading: Reading): AsyncGenerator<Buffer> {
  if (dataAt !== undefined && entry.compressedSize === 0) return
  const end = (dataAt ?? 0) + entry.compressedSize - 1
  const stream = dataAt === undefined ? await openMember(file, entry) : createReadStream(file, { start: dataAt, end })
  for await (const chunk of stream) {
    reading.signal.throwIfAborted()
    reading.packedBytes += chunk.length
    yield chunk
  }
}

async function openMember(file: string, entry: Entry): Promise<AsyncIterable<Buffer>> {
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
  const zip = await openPromise(file, options).catch((error: unknown) => {
    if (codeOf(error) !== undefined) throw error
    throw new ContentError(damageOf(error), { cause: error }) // It was a zip when its members were listed.
  })
  zip.on('error', () => {}) // Of closing it, when all has been read.
  try {
    return await zip.openReadStreamPromise(entry, { decodeFileData: false })
  } catch (error) {
    throw new ContentError(damageOf(error), { cause: error })
  } finally {
    zip.close() // It stays open for the stream.
  }
}

/** The directory says how long a member is: more is not read, for it may never end. */
async function* checked(bytes: AsyncIterable<Buffer>, entry: Entry): AsyncGenerator<Buffer> {
  let size = 0
  let sum = 0
  for await (const chunk of bytes) {
    const expected = chunk.subarray(0, entry.uncompressedSize - size)
    size += chunk.length
    sum = crc32(expected, sum)
    if (expected.length > 0) yield expected
    if (size > entry.uncompressedSize) throw new ContentError('it is damaged: it is longer than the zip says')
  }
  if (size < entry.uncompressedSize)
    throw new ContentError('it is damaged: it is shorter than the zip says; get it again')
  if (sum !== entry.crc32)
    throw new ContentError('it is damaged: its content does not match its checksum; get it again')
}
