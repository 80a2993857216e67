import { clixmlLines, isClixml } from './clixml.ts'
import { asContentError, type Content, isDenied, reasonOf, type Unreadable } from './content.ts'
import { contentOf, readingOf } from './decoded.ts'
import { gunzip } from './inflate.ts'
import { binaryReasonOf, documentReasonOf, headBytes, isWorkbook, type Packing, packingOf } from './magic.ts'
import { isSentAuditLog, sentAuditLogLines } from './sent-audit-log.ts'
import { type Source, unpacked } from './source.ts'
import { encodingOf } from './text-encoding.ts'
import { toldAsLines } from './told-as-lines.ts'
import { putOnDisk, type Unpacking } from './unpacking.ts'
import { unpackWorkbook } from './workbook.ts'
import { listZip, type Member } from './zip-directory.ts'
import { memberReasonOf, memberSource } from './zip-member.ts'

type Found = AsyncGenerator<Content | Unreadable>

/** Something packed into something packed. */
const maxDepth = 2

/** All there is in a source: itself, or what it unpacks to. */
export async function* unpack(source: Source, at: Unpacking): Found {
  const { path, named } = source
  const { head, failure } = await headOf(source, at)
  const packing = packingOf(head)
  const reason = head.length === 0 && failure !== undefined ? reasonOf(failure) : binaryReasonOf(head)
  if (reason !== undefined) yield { path, named: named || isDenied(failure), reason }
  else if (packing === undefined) {
    const content = contentOf(source, encodingOf(head), at.limits)
    const lines = linesIn(head, content, at)
    yield lines === undefined ? content : await toldAsLines(source, lines, at)
  } else if (source.depth < maxDepth) yield* unpackers[packing](source, at)
  else yield { path, named, reason: 'packed more than twice: unpack what it lies in, and give the folder' }
}

/** What has records that stand in no lines, as lines of JSON. */
function linesIn(head: Buffer, { text }: Content, { signal, limits }: Unpacking): AsyncGenerator<Buffer> | undefined {
  if (isClixml(head)) return clixmlLines(text(0, signal), limits)
  return isSentAuditLog(head) ? sentAuditLogLines(text(0, signal)) : undefined
}

async function headOf(source: Source, { signal, limits }: Unpacking): Promise<{ head: Buffer; failure?: unknown }> {
  const chunks: Buffer[] = []
  let length = 0
  try {
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

const unpackers: Readonly<Record<Packing, (source: Source, at: Unpacking) => Found>> = {
  gzip: unpackGzip,
  zip: unpackZip,
}

async function* unpackGzip(source: Source, at: Unpacking): Found {
  const { path, named, depth, modified, lying = source } = source
  const about = { path, named, depth: depth + 1, modified, lying }
  yield* unpack(
    unpacked(about, (reading) => gunzip((again) => source.open(again, 0), reading)),
    at,
  )
}

/** A zip is read from its end, so that one in a stream must be put on the disk first. */
async function* unpackZip(source: Source, at: Unpacking): Found {
  if (source.file !== undefined) return yield* unpackMembers(source, source.file, at)
  const { path, named } = source
  const spooled = await putOnDisk(source.open(readingOf(at.signal, at.limits), 0), at)
  if ('reason' in spooled) return yield { path, named, reason: spooled.reason }
  let read = false
  for await (const found of unpackMembers(source, spooled.file, at)) {
    read ||= 'text' in found
    yield found
  }
  if (read) at.spooledBytes += spooled.size
  else await spooled.remove()
}

async function* unpackMembers(source: Source, file: string, at: Unpacking): Found {
  const { path, named, depth } = source
  const { members, incomplete } = await listZip(file, at.limits, at.signal)
  const names = new Set(members.flatMap(namesOf))
  if (isWorkbook(names) && incomplete === undefined) return yield* unpackWorkbook({ source, file, members }, at)
  const document = documentReasonOf(names)
  if (document !== undefined) return yield { path, named, reason: document }
  for (const member of members) {
    const { name, modified } = member
    const about = { path: at.names.unique(path, name), named, depth: depth + 1, modified }
    const reason = memberReasonOf(member)
    if (reason !== undefined) yield { path: about.path, named, reason }
    else yield* unpack(memberSource(file, member, about), at)
  }
  if (incomplete !== undefined) yield { path, named, reason: incomplete }
  else if (members.length === 0) yield { path, named, reason: 'the zip is empty' }
}

/** Its name, and the folder it lies in. */
function namesOf({ name }: Member): string[] {
  return [name, name.slice(0, Math.max(0, name.indexOf('/')))]
}
