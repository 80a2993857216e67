import { type FileHandle, open } from 'node:fs/promises'
import { bytesAt } from './bytes-at.ts'
import { asContentError, ContentError } from './content.ts'
import { type Limits, tooMany } from './limits.ts'
import type { Unread } from './magic.ts'
import { blockBytes, isTarHeader, paxRecordsOf, type TarHeader, tarHeaderOf, textIn } from './tar-header.ts'

/** A file in a tar. */
export interface TarMember {
  /** As it stands there, and it may say anything. */
  readonly name: string
  /** Where its bytes begin, and how many there are. */
  readonly offset: number
  readonly size: number
  /** When it was changed last, where that is known: milliseconds since the epoch. */
  readonly modified: number | undefined
  /** Why it is not read. */
  readonly unread: Unread | undefined
}

interface TarListing {
  readonly members: readonly TarMember[]
  /** Why there are more than these, or not all of the last. */
  readonly incomplete?: string
}

/** The files in a tar, in its order. Headers alone are read: what lies between them is passed over. */
export async function listTar(file: string, limits: Limits, signal: AbortSignal): Promise<TarListing> {
  const members: TarMember[] = []
  try {
    await using tar = await open(file)
    for await (const member of membersIn(tar, signal)) {
      if (members.length === limits.members) return { members, incomplete: tooMany(limits.members) }
      members.push(member)
    }
    return { members }
  } catch (error) {
    return { members, incomplete: asContentError(error, signal).message }
  }
}

const unpack = 'unpack it and give the folder'
const link: Unread = { reason: 'a link, which is not followed: what it leads to is read where that lies' }
const device: Unread = { reason: 'it is a pipe or a device' }

/** What kinds of members are not read. What is of a kind that nobody knows is a file, as POSIX has it. */
const unreadKinds: Readonly<Record<string, Unread>> = {
  ...{ 1: link, 2: link, 3: device, 4: device, 6: device },
  M: { reason: `the end of a file that begins in another part of this tar: ${unpack}`, mayBeEvidence: true },
  S: { reason: `a sparse file, which is not read here: ${unpack}`, mayBeEvidence: true },
}

/** Links, devices and folders have nothing behind their header, whatever size it says. */
const hasNoBytes = /^[1-6]$/
/** Folders, a label, and what pax says of all. */
const isNoFile = /^[5DVg]$/
/** What GNU (L, K: long names) and pax put before a member because its header has no room for it. */
const saysOfNext = /^[LKxX]$/
const isOfLink = /^K$/

async function* membersIn(tar: FileHandle, signal: AbortSignal): AsyncGenerator<TarMember> {
  const { size: end } = await tar.stat()
  let isEnded = false
  let said: Said = {}
  for (let at = 0; at < end; ) {
    signal.throwIfAborted()
    const block = await bytesAt(tar, at, blockBytes)
    if (isEmpty(block)) {
      isEnded = true
      at = await afterEmpty(tar, at)
      continue
    }
    if (!isTarHeader(block)) throw new ContentError(isEnded ? behindEnd : block.length < blockBytes ? cutOff : damaged)
    isEnded = false
    const header = tarHeaderOf(block)
    const { type } = header
    const isOfNext = saysOfNext.test(type)
    const { name, size, modified, isSparse }: TarHeader & Said = isOfNext ? header : { ...header, ...said }
    const bytes = hasNoBytes.test(type) ? 0 : size
    const offset = at + blockBytes + (type === 'S' ? await mapBytes(tar, at) : 0)
    if (!(bytes >= 0 && Number.isSafeInteger(offset + bytes))) throw new ContentError(damaged)
    if (!isOfNext) {
      const unread = unreadKinds[isSparse ? 'S' : type]
      if (!isNoFile.test(type)) yield { name: name.replace(/^(?:\.\/)+/, ''), offset, size: bytes, modified, unread }
      said = {}
    } else if (!isOfLink.test(type)) said = { ...said, ...(await saidBy(tar, header, offset)) }
    if (offset + bytes > end) throw new ContentError(cutOff)
    at = offset + Math.ceil(bytes / blockBytes) * blockBytes
  }
  if (!isEnded) throw new ContentError('the tar has no end: it may be cut off, and members missing; get it again')
}

const damaged = 'the tar is damaged: what follows its members here cannot be read; get it again'
const cutOff = 'the tar is cut off: what comes after is missing; get it again'
const behindEnd = 'after its end there are more bytes, which are not read'

/** What stands before a header because that has no room for it. */
interface Said extends Partial<Pick<TarHeader, 'name' | 'size'>> {
  readonly isSparse?: boolean
}

const mostSaid = 1024 * 1024

async function saidBy(tar: FileHandle, { type, size }: TarHeader, offset: number): Promise<Said> {
  if (size > mostSaid) throw new ContentError(damaged)
  const bytes = await bytesAt(tar, offset, size)
  if (type === 'L') return { name: textIn(bytes) }
  const records = paxRecordsOf(bytes)
  const [name, length] = [records.get('GNU.sparse.name') ?? records.get('path'), records.get('size')]
  const isSparse = records.keys().some((record) => record.startsWith('GNU.sparse.'))
  return { ...(name !== undefined && { name }), ...(length !== undefined && { size: Number(length) }), isSparse }
}

/** How long GNU's list of a sparse file's pieces is that stands behind the header: each block of it says whether one more follows. */
async function mapBytes(tar: FileHandle, header: number): Promise<number> {
  let [at, more] = [header, 482]
  while ((await bytesAt(tar, at + more, 1))[0] === 1) [at, more] = [at + blockBytes, 504]
  return at - header
}

const mostEmpty = 64 * 1024

/** Where the next block stands that is not empty. */
async function afterEmpty(tar: FileHandle, start: number): Promise<number> {
  for (let at = start; ; at += mostEmpty) {
    const bytes = await bytesAt(tar, at, mostEmpty)
    const first = bytes.findIndex((byte) => byte !== 0)
    if (first !== -1) return at + Math.floor(first / blockBytes) * blockBytes
    if (bytes.length < mostEmpty) return at + bytes.length
  }
}

function isEmpty(block: Buffer): boolean {
  return block.every((byte) => byte === 0)
}
