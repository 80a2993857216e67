import { crc32, deflateRawSync } from 'node:zlib'

/** A member to be packed; what is not said is as an honest packer does it. */
export interface ZipMember {
  readonly name: string
  readonly content?: string | Uint8Array
  /** The bytes as they lie in the zip, when they are not to be made from the content. */
  readonly packed?: Uint8Array
  /** 0 is stored, 8 deflated, anything else only said. */
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  readonly size?: number
  /** The day of its last change, as MS-DOS writes it: year - 1980, month, day. */
  readonly changed?: readonly [year: number, month: number, day: number]
  /** Where its local header is said to be. */
  readonly offset?: number
}

const utf8Names = 0x800

/** A zip of these members, APPNOTE.TXT 4.3. */
export function zipOf(...members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const content = Buffer.from(member.content ?? '')
    const method = member.method ?? 8
    const packed = member.packed ?? (method === 8 ? deflateRawSync(content) : content)
    const name = Buffer.from(member.name)
    const header = headerOf({ ...member, method, content, packed, name })
    locals.push(Buffer.from('PK\x03\x04'), header, name, Buffer.from(packed))
    directory.push(directoryEntry(header, member.offset ?? offset), name)
    offset += 4 + header.length + name.length + packed.length
  }
  const entries = Buffer.concat(directory)
  return Buffer.concat([...locals, entries, endOf(members.length, entries.length, offset)])
}

interface Packed extends Omit<ZipMember, 'name' | 'content'> {
  readonly method: number
  readonly content: Buffer
  readonly packed: Uint8Array
  readonly name: Buffer
}

/** What local header and directory have in common: version to extract … length of the extra field. */
function headerOf({ method, flags = utf8Names, content, packed, name, ...said }: Packed): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(20, 0)
  header.writeUInt16LE(flags, 2)
  header.writeUInt16LE(method, 4)
  const [year, month, day] = said.changed ?? [0, 0, 0]
  header.writeUInt16LE((year << 9) | (month << 5) | day, 8)
  header.writeUInt32LE(said.crc ?? crc32(content), 10)
  header.writeUInt32LE(packed.length, 14)
  header.writeUInt32LE(said.size ?? content.length, 18)
  header.writeUInt16LE(name.length, 22)
  return header
}

function directoryEntry(header: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.of(20, 0), header, rest])
}

function endOf(members: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(members, 8)
  end.writeUInt16LE(members, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
