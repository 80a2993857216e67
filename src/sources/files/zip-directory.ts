import { open, stat } from 'node:fs/promises'
import { Entry, getFileNameLowLevel, openPromise } from 'yauzl'
import { messageOf } from '../../errors.ts'
import { bombReason, isBomb, type Limits, maxRatio, tooMany } from './limits.ts'
import { type Salvaged, salvagedMembers } from './zip-salvage.ts'

/** A member of a zip, as its central directory has it, or, where that is cut off, what stands before and behind the member. */
export interface Member {
  /** As it stands there, and it may say anything. */
  readonly name: string
  readonly entry: Entry
  /** Where its bytes begin, when there is no directory by which to find them. */
  readonly dataAt?: number | undefined
  /** When it was changed last, milliseconds since the epoch: where the zip has it as its packer's clock showed it, that is taken for UTC. */
  readonly modified: number
  /** Why it is not unpacked: of what stands behind it more may fit. */
  readonly beyond?: string
}

/** The files in a zip, in its order; `incomplete` says why there are more than these. */
export async function listZip(
  file: string,
  limits: Limits,
  signal: AbortSignal,
): Promise<{ readonly members: readonly Member[]; readonly incomplete?: string }> {
  const members: Member[] = []
  let expanded = 0
  try {
    const { size } = await stat(file)
    for await (const { entry, dataAt } of entriesIn(file, signal)) {
      signal.throwIfAborted()
      const member = { ...memberOf(entry), dataAt }
      if (member.name.endsWith('/') && entry.uncompressedSize === 0) continue
      if (members.length === limits.members) return { members, incomplete: tooMany(limits.members) }
      const grown = expanded + Math.min(entry.uncompressedSize, entry.compressedSize * maxRatio)
      const isBeyond = isBomb(grown, size, limits)
      members.push(isBeyond ? { ...member, beyond: bombReason(grown, size, 'with it the zip unpacks') } : member)
      if (!isBeyond) expanded = grown
    }
    return { members }
  } catch (error) {
    signal.throwIfAborted()
    return { members, incomplete: damageOf(error) }
  }
}

async function* entriesIn(
  file: string,
  signal: AbortSignal,
): AsyncGenerator<Partial<Salvaged> & Pick<Salvaged, 'entry'>> {
  await refuseWildOffset(file)
  const options = { decodeStrings: false, validateEntrySizes: false }
  const zip = await openPromise(file, options).catch((error: unknown) => ({ error }))
  if ('error' in zip) {
    if (damageOf(zip.error) === cutOff) yield* salvagedMembers(file, signal)
    throw zip.error
  }
  for await (const entry of zip.eachEntry()) yield { entry }
}

const cutOff = 'the zip is damaged: it is cut off, and all but the members that are whole is missing; get it again'

/** What is wrong with a zip, in words that say what to do. */
export function damageOf(error: unknown): string {
  const message = messageOf(error)
  return reasons.find(([words]) => message.includes(words))?.[1] ?? `the zip is damaged: ${message}; get it again`
}

// What yauzl 3 says.
const reasons = [
  ['strong encryption', 'password protected: unpack it and give the folder'],
  ['multi-disk', 'one part of a zip in several parts: join or unpack them, and give the folder'],
  ['End of central directory record signature not found', cutOff],
  ['Invalid comment length', 'the zip is damaged: it is cut off, or something follows its end; get it again'],
] as const

/** Only what reading it takes: there may be very many. */
function memberOf(entry: Entry): Member {
  const { generalPurposeBitFlag, compressionMethod, crc32, compressedSize, uncompressedSize } = entry
  const { relativeOffsetOfLocalHeader } = entry
  const kept = { generalPurposeBitFlag, compressionMethod, crc32, compressedSize, uncompressedSize }
  return {
    name: getFileNameLowLevel(generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
    modified: entry.getLastModDate({ timezone: 'UTC' }).getTime(),
    entry: Object.assign(new Entry(), { ...kept, relativeOffsetOfLocalHeader }),
  }
}

// APPNOTE.TXT 4.3.15 and 4.3.16: the sizes of what stands at the end, and of the longest comment behind it.
const end = { signature: 'PK\x05\x06', bytes: 22 + 0xffff }
const locator = { signature: 'PK\x06\x07', bytes: 20, offsetAt: 8 }

/** yauzl 3.4 gives this offset to `fs.read` in a callback, where nobody can catch what that throws of one beyond 2^53. */
async function refuseWildOffset(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const bytes = Math.min(size, end.bytes + locator.bytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, size - bytes)
    const tail = buffer.subarray(0, bytesRead)
    const at = tail.lastIndexOf(end.signature, -22, 'latin1') - locator.bytes
    if (at < 0 || !tail.subarray(at, at + 4).equals(Buffer.from(locator.signature, 'latin1'))) return
    if (tail.readBigUInt64LE(at + locator.offsetAt) >= size) throw new Error('its directory lies beyond its end')
  } finally {
    await file.close()
  }
}
