import { crc32 } from 'node:zlib'
import { type Records, recordsOfSchema, type ValueCursor } from './avro-values.ts'
import { inflateRaw, maxBlockBytes, stored, type Unpack, unread, unsnap, zstd } from './block-codecs.ts'
import { type Cursor, count, damaged, take, zigzag } from './byte-cursor.ts'
import { ContentError } from './content.ts'
import { maxRowBytes } from './frames.ts'
import { type HeldBytes, heldBytes } from './held-bytes.ts'
import { readJson } from './json-text.ts'
import { bombReason, isBomb, type Limits } from './limits.ts'

const magic = 'Obj\x01'

/** How much the schema may have, and whatever else stands at the beginning. */
const maxHeaderBytes = 16 * 1024 * 1024
const syncBytes = 16
const pieceLength = 256 * 1024

/**
 * The records of an Avro container (Avro 1.12, "Object Container Files"), or of several one behind the other, each on a line of its own. Behind a
 * block that is damaged it goes on with the next. Throws `ContentError` behind all that can be read.
 */
export async function* avroLines(chunks: AsyncIterable<Buffer>, limits: Limits): AsyncGenerator<Buffer> {
  const held = heldBytes(chunks)
  let told = 0
  let damage: ContentError | undefined
  let container: Container | undefined
  const onDamage = (error: ContentError) => {
    damage ??= error
  }
  try {
    while (await held.fill(1)) {
      await held.fill(magic.length)
      if (held.bytes().toString('latin1', 0, magic.length) === magic) {
        const before = container
        container = await readHeader(held)
        if (before === undefined) yield Buffer.from(container.records.head)
        else if (before.records.head !== container.records.head) throw new ContentError(others)
      }
      if (container === undefined) throw damaged('its beginning')
      for (const piece of linesOf(await nextBlock(held, container), container, onDamage)) {
        told += piece.length
        if (isBomb(told, held.given(), limits)) throw new ContentError(bombReason(told, held.given()))
        yield piece
      }
    }
  } finally {
    await held.close()
  }
  const end = held.failure() ?? damage
  if (end !== undefined) throw end
}

const others = 'behind its end stand records of other columns, which are not read: save them as a file of their own'

interface Container {
  readonly records: Records
  readonly unpack: Unpack
  readonly sync: Buffer
}

async function readHeader(held: HeldBytes): Promise<Container> {
  const { members, sync } = await headerOf(held)
  const schema = readJson(members.get('avro.schema')?.toString('utf8') ?? '')
  if (typeof schema === 'string' || schema.truncated) throw damaged('its schema')
  const codec = members.get('avro.codec')?.toString('latin1') ?? 'null'
  return { sync, unpack: codecs.get(codec) ?? unread(codec), records: recordsOfSchema(schema.value) }
}

interface Header {
  readonly members: ReadonlyMap<string, Buffer>
  readonly sync: Buffer
}

async function headerOf(held: HeldBytes): Promise<Header> {
  for (let size = 64 * 1024; ; size *= 4) {
    const mayBeMore = (await held.fill(size)) && size < maxHeaderBytes
    const cursor = { bytes: held.bytes(), at: magic.length }
    try {
      const members = membersAt(cursor)
      const sync = Buffer.from(take(cursor, syncBytes))
      held.drop(cursor.at)
      return { members, sync }
    } catch (error) {
      if (!mayBeMore) throw error
    }
  }
}

function membersAt(cursor: Cursor): Map<string, Buffer> {
  const members = new Map<string, Buffer>()
  for (let length = Number(zigzag(cursor)); length !== 0; length = Number(zigzag(cursor))) {
    if (length < 0) zigzag(cursor)
    for (let i = 0; i < Math.abs(length); i += 1) {
      const name = take(cursor, count(zigzag(cursor))).toString('utf8')
      members.set(name, Buffer.from(take(cursor, count(zigzag(cursor)))))
    }
  }
  return members
}

const codecs: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['null', stored],
  ['deflate', inflateRaw],
  ['zstandard', zstd],
  ['snappy', checkedSnappy],
])

/** Behind each block stands the CRC-32 of what it unpacks to, the highest byte first. */
function checkedSnappy(packed: Buffer, maxBytes: number): Buffer {
  const end = Math.max(0, packed.length - 4)
  const bytes = unsnap(packed.subarray(0, end), maxBytes)
  if (packed.readUInt32BE(end) !== crc32(bytes)) throw damaged('a checksum')
  return bytes
}

/** Records, or why some are missing, or both. */
interface Block {
  readonly records: number
  readonly packed: Buffer
  readonly damage?: ContentError
}

const none: Block = { records: 0, packed: Buffer.alloc(0) }
const maxVarints = 20

async function nextBlock(held: HeldBytes, { sync }: Container): Promise<Block> {
  if (!(await held.fill(1))) return none
  await held.fill(maxVarints)
  const head = blockHead(held.bytes())
  if (head === undefined) return skipped(held, sync)
  const { at, records, size } = head
  const end = at + size
  if (await held.fill(end + syncBytes)) {
    if (
      !held
        .bytes()
        .subarray(end, end + syncBytes)
        .equals(sync)
    )
      return skipped(held, sync)
    const packed = held.bytes().subarray(at, end)
    held.drop(end + syncBytes)
    return { records, packed }
  }
  if (held.bytes().includes(sync)) return skipped(held, sync)
  const packed = held.bytes().subarray(at, end)
  held.drop(held.bytes().length)
  return { records, packed, damage: new ContentError('it is cut off: what comes after is missing; get it again') }
}

function blockHead(bytes: Buffer): { at: number; records: number; size: number } | undefined {
  const cursor = { bytes, at: 0 }
  try {
    const [records, size] = [count(zigzag(cursor)), count(zigzag(cursor))]
    return size > maxBlockBytes ? undefined : { at: cursor.at, records, size }
  } catch {
    return undefined
  }
}

/** Goes to behind the next marker, or to the end. */
async function skipped(held: HeldBytes, sync: Buffer): Promise<Block> {
  for (;;) {
    const at = held.bytes().indexOf(sync)
    if (at >= 0) held.drop(at + syncBytes)
    else held.drop(Math.max(0, held.bytes().length - syncBytes + 1))
    if (at >= 0) break
    if (!(await held.fill(held.bytes().length + 1))) {
      held.drop(held.bytes().length)
      break
    }
  }
  return { ...none, damage: damaged('a block of records, or more: they are missing') }
}

/** The lines of a block, as far as it can be read. */
function* linesOf(
  { records, packed, damage }: Block,
  { records: { line }, unpack }: Container,
  onDamage: (damage: ContentError) => void,
): Generator<Buffer> {
  if (damage !== undefined) onDamage(damage)
  let text = ''
  try {
    const from: ValueCursor = { bytes: unpack(packed, maxBlockBytes), at: 0, room: maxRowBytes, depth: 0 }
    for (let i = 0; i < records; i += 1) {
      from.room = maxRowBytes
      from.depth = 0
      text += line(from)
      if (text.length < pieceLength) continue
      yield Buffer.from(text)
      text = ''
    }
    if (from.at < from.bytes.length) throw damaged('more in a block than its records')
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    onDamage(error)
  }
  if (text !== '') yield Buffer.from(text)
}
