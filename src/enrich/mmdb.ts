import { ConfigError, codeOf, messageOf } from '../errors.ts'
import { type MmdbMap, type MmdbValue, valueAt } from './mmdb-values.ts'
import { openPaged, type PagedFile } from './paged-file.ts'

/** What a MaxMind DB file says of itself. */
interface Metadata {
  readonly type: string
  readonly builtAt: Date
  readonly ipVersion: 4 | 6
  readonly nodes: number
  readonly recordBits: 24 | 28 | 32
}

/** A MaxMind DB file, open. */
export interface Mmdb extends Pick<Metadata, 'builtAt' | 'ipVersion'> {
  /** What it calls itself, such as `GeoLite2-City`. */
  readonly type: string
  /** What it holds for an address given as its 4 or 16 bytes. Throws `ConfigError` when the file is damaged. */
  find(address: Uint8Array): MmdbValue | undefined
  close(): void
}

const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
const markerWithin = 128 * 1024

/** Opens a MaxMind DB file (format 2.0), whoever made it. Throws `ConfigError` when it is none. */
export function openMmdb(path: string): Mmdb {
  const file = open(path)
  try {
    return reader(file, metadataOf(file))
  } catch (cause) {
    file.close()
    throw new ConfigError(`${path} is no database of addresses (.mmdb): ${messageOf(cause)}`, { cause })
  }
}

function open(path: string): PagedFile {
  try {
    return openPaged(path)
  } catch (cause) {
    const why = codeOf(cause) === 'ENOENT' ? 'there is no such file' : messageOf(cause)
    throw new ConfigError(`cannot read the database ${path}: ${why}`, { cause })
  }
}

function metadataOf(file: PagedFile): Metadata {
  const from = Math.max(0, file.size - markerWithin)
  const at = file.read(from, markerWithin).lastIndexOf(marker)
  if (at === -1) throw new RangeError('it has no MaxMind DB metadata')
  const start = from + at + marker.length
  return toMetadata(valueAt(file, start, start))
}

/** By hand, for a schema library takes 3 MB in each worker. */
function toMetadata(value: MmdbValue): Metadata {
  const get = (key: string): MmdbValue | undefined =>
    typeof value === 'object' && Object.hasOwn(value, key) ? (value as MmdbMap)[key] : undefined
  const [type, built, nodes] = [get('database_type'), Number(get('build_epoch')), Number(get('node_count'))]
  const [format, ipVersion, recordBits] = [get('binary_format_major_version'), get('ip_version'), get('record_size')]
  if (format !== 2) throw new RangeError('it is not of format 2')
  if (ipVersion !== 4 && ipVersion !== 6) throw new RangeError('its ip_version is neither 4 nor 6')
  if (recordBits !== 24 && recordBits !== 28 && recordBits !== 32) throw new RangeError('its record_size is unknown')
  if (typeof type !== 'string' || !(built > 0 && built < 1e11) || !(nodes > 0))
    throw new RangeError('its metadata lack something')
  return { type, builtAt: new Date(built * 1000), ipVersion, nodes, recordBits }
}

function reader(file: PagedFile, { type, builtAt, ipVersion, nodes, recordBits: bits }: Metadata): Mmdb {
  const nodeBytes = bits / 4
  const treeBytes = nodes * nodeBytes

  function child(node: number, bit: number): number {
    const bytes = file.read(node * nodeBytes, nodeBytes)
    if (bits === 24) return bytes.readUIntBE(bit * 3, 3)
    if (bits === 32) return bytes.readUInt32BE(bit * 4)
    const middle = bytes[3] as number // Its halves lead the two records.
    return bit === 0
      ? (middle >> 4) * 2 ** 24 + bytes.readUIntBE(0, 3)
      : (middle & 15) * 2 ** 24 + bytes.readUIntBE(4, 3)
  }

  function walk(from: number, address: Uint8Array): number {
    let node = from
    for (let i = 0; i < address.length * 8 && node < nodes; i += 1) {
      node = child(node, ((address[i >> 3] as number) >> (7 - (i & 7))) & 1)
    }
    return node
  }

  // IPv4 addresses stand at ::/96 of a tree for IPv6.
  const root4 = ipVersion === 4 ? 0 : walk(0, new Uint8Array(12))

  return {
    type,
    builtAt,
    ipVersion,
    find(address) {
      if (address.length === 16 && ipVersion === 4) return undefined
      try {
        const found = walk(address.length === 4 ? root4 : 0, address)
        // From the tree's end on, records point into the data section, which 16 bytes separate from the tree.
        return found <= nodes ? undefined : valueAt(file, treeBytes + 16, found - nodes + treeBytes)
      } catch (cause) {
        throw new ConfigError(`the database ${file.path} is damaged: ${messageOf(cause)}`, { cause })
      }
    },
    close: file.close,
  }
}
