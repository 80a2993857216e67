import { closeSync, openSync, readSync } from 'node:fs'
import { clixmlLines, isClixml } from './clixml.ts'
import { asContentError, type Content, reasonOf, type Unreadable } from './content.ts'
import { contentOf, readingOf } from './decoded.ts'
import { formatListLines, isFormatList } from './format-list.ts'
import { gunzip, unzstd } from './inflate.ts'
import {
  binaryReasonOf,
  documentReasonOf,
  headBytes,
  isWorkbook,
  type Packing,
  packingOf,
  rowFormatOf,
} from './magic.ts'
import { rowContent } from './row-content.ts'
import { isSentAuditLog, sentAuditLogLines } from './sent-audit-log.ts'
import { type Source, unpacked } from './source.ts'
import { listTar } from './tar-directory.ts'
import { tarMemberSource } from './tar-member.ts'
import { encodingOf } from './text-encoding.ts'
import { toldAsLines } from './told-as-lines.ts'
import { putOnDisk, type Unpacking } from './unpacking.ts'
import { unpackWorkbook } from './workbook.ts'
import { listZip, type Member } from './zip-directory.ts'
import { memberReasonOf, memberSource } from './zip-member.ts'

type Found = AsyncGenerator<Content | Unreadable>

/** Something packed into something packed. */
const maxDepth = 2

/** What is packed and cannot be unpacked is as likely evidence as anything beside it. */
const mayBeEvidence = true

/** All there is in a source: itself, or what it unpacks to. */
export async function* unpack(source: Source, at: Unpacking): Found {
  const { path, named } = source
  const { head, failure } = await headOf(source, at)
  const packing = packingOf(head)
  const unread =
    head.length === 0 && failure !== undefined ? { reason: reasonOf(failure), mayBeEvidence } : binaryReasonOf(head)
  const rows = rowFormatOf(head)
  if (unread !== undefined) yield { path, named, ...unread }
  else if (rows !== undefined) yield await rowContent(rows, source, at)
  else if (packing === undefined) {
    const content = contentOf(source, encodingOf(head), at.limits)
    const lines = linesIn(head, content, at)
    yield lines === undefined ? content : await toldAsLines(source, lines, at)
  } else if (depthOf(source, packing) < maxDepth)
    yield* unpackers[packing]({ ...source, depth: depthOf(source, packing) }, at)
  else
    yield { path, named, reason: 'packed more than twice: unpack what it lies in, and give the folder', mayBeEvidence }
}

/** What has records that stand in no lines, as lines of JSON. */
function linesIn(head: Buffer, { text }: Content, { signal, limits }: Unpacking): AsyncGenerator<Buffer> | undefined {
  if (isClixml(head)) return clixmlLines(text(0, signal), limits)
  if (isSentAuditLog(head)) return sentAuditLogLines(text(0, signal))
  return isFormatList(head) ? formatListLines(text(0, signal)) : undefined
}

/** A tar in a gzip is one thing, as a zip is. */
function depthOf({ depth, lying }: Source, packing: Packing): number {
  return packing === 'tar' && lying !== undefined ? depth - 1 : depth
}

async function headOf(source: Source, { signal, limits }: Unpacking): Promise<{ head: Buffer; failure?: unknown }> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    if (source.file !== undefined) return { head: headOfFile(source.file) }
    for await (const chunk of source.open(readingOf(signal, limits, headBytes), 0)) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= headBytes) break
    }
    return { head: Buffer.concat(chunks).subarray(0, headBytes) }
  } catch (error) {
    return { head: Buffer.concat(chunks), failure: asContentError(error, signal) }
  }
}

/** Without a stream: to have a thread open, read and close a small file takes longer than all else that is done with one that is known. */
function headOfFile(file: string): Buffer {
  const fd = openSync(file, 'r')
  try {
    const room = Buffer.allocUnsafe(headBytes)
    return room.subarray(0, readSync(fd, room, 0, headBytes, 0))
  } finally {
    closeSync(fd)
  }
}

const unpackers: Readonly<Record<Packing, (source: Source, at: Unpacking) => Found>> = {
  gzip: (source, at) => unpackStream(source, at, gunzip),
  tar: (source, at) => unpackOnDisk(source, at, unpackTar),
  zip: (source, at) => unpackOnDisk(source, at, unpackZip),
  zstd: (source, at) => unpackStream(source, at, unzstd),
}

async function* unpackStream(source: Source, at: Unpacking, open: typeof gunzip): Found {
  const { path, named, depth, modified, lying = source } = source
  const about = { path, named, depth: depth + 1, modified, lying }
  yield* unpack(
    unpacked(about, (reading) => open((again) => source.open(again, 0), reading)),
    at,
  )
}

/** What holds these bytes, and why they are not all, where they are not. */
interface Archive {
  readonly source: Source
  readonly file: string
  readonly cut?: string | undefined
}

/** A zip is read from its end, and the members of a tar again and again, so that one in a stream must be put on the disk first. */
async function* unpackOnDisk(
  source: Source,
  at: Unpacking,
  unpackFile: (archive: Archive, at: Unpacking) => Found,
): Found {
  const { path, named, file } = source
  if (file !== undefined) return yield* unpackFile({ source, file }, at)
  const put = await putOnDisk(source.open(readingOf(at.signal, at.limits), 0), at)
  if ('reason' in put) return yield { path, named, ...put }
  const { spooled, damage } = put
  let read = false
  for await (const found of unpackFile({ source, file: spooled.file, cut: damage?.message }, at)) {
    read ||= 'text' in found
    yield found
  }
  if (read) at.spooledBytes += spooled.size
  else await spooled.remove()
}

async function* unpackTar({ source, file, cut }: Archive, at: Unpacking): Found {
  const { path, named, depth } = source
  const listed = await listTar(file, at.limits, at.signal)
  for (const member of listed.members) {
    const { name, modified, unread } = member
    const about = { path: at.names.unique(path, name), named, depth: depth + 1, modified }
    if (unread !== undefined) yield { path: about.path, named, ...unread }
    else yield* unpack(tarMemberSource(file, member, about), at)
  }
  const incomplete = cut ?? listed.incomplete
  if (incomplete !== undefined) yield { path, named, reason: incomplete, mayBeEvidence }
  else if (listed.members.length === 0) yield { path, named, reason: 'the tar is empty' }
}

async function* unpackZip({ source, file, cut }: Archive, at: Unpacking): Found {
  const { path, named, depth } = source
  const { members, incomplete = cut } = await listZip(file, at.limits, at.signal)
  const names = new Set(members.flatMap(namesOf))
  if (isWorkbook(names) && incomplete === undefined) return yield* unpackWorkbook({ source, file, members }, at)
  const document = documentReasonOf(names)
  if (document !== undefined) return yield { path, named, ...document }
  for (const member of members) {
    const { name, modified } = member
    const about = { path: at.names.unique(path, name), named, depth: depth + 1, modified }
    const reason = memberReasonOf(member)
    if (reason !== undefined) yield { path: about.path, named, reason, mayBeEvidence }
    else yield* unpack(memberSource(file, member, about), at)
  }
  if (incomplete !== undefined) yield { path, named, reason: incomplete, mayBeEvidence }
  else if (members.length === 0) yield { path, named, reason: 'the zip is empty' }
}

/** Its name, and the folder it lies in. */
function namesOf({ name }: Member): string[] {
  return [name, name.slice(0, Math.max(0, name.indexOf('/')))]
}
