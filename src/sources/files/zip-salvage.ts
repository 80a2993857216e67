import { type FileHandle, open } from 'node:fs/promises'
import { Entry } from 'yauzl'
import { bytesAt } from './bytes-at.ts'

/** A member, and where its packed bytes begin. */
export interface Salvaged {
  readonly entry: Entry
  readonly dataAt: number
}

// APPNOTE.TXT 4.3.7 and 4.3.9.
const [headerSignature, headerBytes, descriptorSignature, descriptorBytes] = [0x04034b50, 30, 'PK\x07\x08', 16]
const isDescribedBehind = 8
const standsElsewhere = 0xffffffff

/** The members of a zip that lost its directory, by what stands before and behind each, as far as they are whole. */
export async function* salvagedMembers(file: string, signal: AbortSignal): AsyncGenerator<Salvaged> {
  await using zip = await open(file)
  const { size: end } = await zip.stat()
  for (let at = 0; ; ) {
    signal.throwIfAborted()
    const header = await bytesAt(zip, at, headerBytes)
    if (header.length < headerBytes || header.readUInt32LE(0) !== headerSignature) return
    const generalPurposeBitFlag = header.readUInt16LE(6)
    const [nameBytes, extraBytes] = [header.readUInt16LE(26), header.readUInt16LE(28)]
    const dataAt = at + headerBytes + nameBytes + extraBytes
    const isBehind = (generalPurposeBitFlag & isDescribedBehind) !== 0
    const sizes = isBehind ? await sizesBehind(zip, dataAt, signal) : sizesIn(header.subarray(14))
    if (sizes === undefined || sizes.compressedSize === standsElsewhere || dataAt + sizes.compressedSize > end) return
    const [compressionMethod, lastModFileTime, lastModFileDate] = [8, 10, 12].map((place) => header.readUInt16LE(place))
    const about = {
      compressionMethod,
      lastModFileTime,
      lastModFileDate,
      relativeOffsetOfLocalHeader: at,
      extraFields: [],
    }
    const fileNameRaw = await bytesAt(zip, at + headerBytes, nameBytes)
    yield { entry: Object.assign(new Entry(), { ...sizes, ...about, generalPurposeBitFlag, fileNameRaw }), dataAt }
    at = dataAt + sizes.compressedSize + (isBehind ? descriptorBytes : 0)
  }
}

type Sizes = Pick<Entry, 'crc32' | 'compressedSize' | 'uncompressedSize'>

function sizesIn(bytes: Buffer): Sizes {
  const [crc32 = 0, compressedSize = 0, uncompressedSize = 0] = [0, 4, 8].map((place) => bytes.readUInt32LE(place))
  return { crc32, compressedSize, uncompressedSize }
}

const chunkBytes = 64 * 1024

/** What was written without going back has its sizes behind it: where they are those of what lies between, it ends. */
async function sizesBehind(zip: FileHandle, dataAt: number, signal: AbortSignal): Promise<Sizes | undefined> {
  for (let at = dataAt; ; at += chunkBytes - descriptorBytes + 1) {
    signal.throwIfAborted()
    const bytes = await bytesAt(zip, at, chunkBytes)
    let i = bytes.indexOf(descriptorSignature, 0, 'latin1')
    for (; i !== -1 && i + descriptorBytes <= bytes.length; i = bytes.indexOf(descriptorSignature, i + 1, 'latin1')) {
      const sizes = sizesIn(bytes.subarray(i + 4))
      if (sizes.compressedSize === at + i - dataAt) return sizes
    }
    if (bytes.length < chunkBytes) return undefined
  }
}
