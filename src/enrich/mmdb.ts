import { z } from 'zod'
import { ConfigError, messageOf } from '../errors.ts'
import { type MmdbValue, valueAt } from './mmdb-values.ts'
import { openPaged, type PagedFile } from './paged-file.ts'

/** What a MaxMind DB file says of itself. */
const Metadata = z.looseObject({
  binary_format_major_version: z.literal(2),
  build_epoch: z.union([z.bigint(), z.number()]).transform(Number),
  database_type: z.string(),
  ip_version: z.literal([4, 6]),
  node_count: z.int().min(1),
  record_size: z.literal([24, 28, 32]),
})

/** A MaxMind DB file, open. */
export interface Mmdb {
  /** What it calls itself, such as `GeoLite2-City`. */
  readonly type: string
  readonly builtAt: Date
  readonly ipVersion: 4 | 6
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
    throw new ConfigError(`cannot read the database ${path}: ${messageOf(cause)}`, { cause })
  }
}

function metadataOf(file: PagedFile): z.output<typeof Metadata> {
  const from = Math.max(0, file.size - markerWithin)
  const at = file.read(from, markerWithin).lastIndexOf(marker)
  if (at === -1) throw new RangeError('it has no MaxMind DB metadata')
  const start = from + at + marker.length
  return Metadata.parse(valueAt(file, start, start))
}

function reader(file: PagedFile, metadata: z.output<typeof Metadata>): Mmdb {
  const { node_count: nodes, ip_version: ipVersion, record_size: bits } = metadata
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
    type: metadata.database_type,
    builtAt: new Date(metadata.build_epoch * 1000),
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
