import { writeFileSync } from 'node:fs'
import { bytesOf } from '#src/bytes/address-bytes.ts'

/** What a record of a database may hold here. */
export type Value = string | number | boolean | Value[] | { [key: string]: Value }

interface Options {
  readonly type?: string
  readonly ipVersion?: 4 | 6
  readonly recordSize?: 24 | 28 | 32
  readonly builtAt?: Date
}

/** A node has two children: another node, the offset of a record in the data section, or nothing. */
interface Node {
  readonly children: [Node | number | undefined, Node | number | undefined]
}

/** Writes a MaxMind DB file (format 2.0) that holds `records` by range in CIDR notation, such as `192.0.2.0/24`. */
export function writeMmdb(path: string, records: Readonly<Record<string, Value>>, options: Options = {}): string {
  const { type = 'Test', ipVersion = 6, recordSize = 28, builtAt = new Date('2026-03-01T00:00:00Z') } = options
  const root: Node = { children: [undefined, undefined] }
  const data: Buffer[] = []
  let length = 0
  for (const [range, value] of Object.entries(records)) {
    insert(root, bitsOf(range, ipVersion), length)
    const encoded = encode(value)
    data.push(encoded)
    length += encoded.length
  }
  const nodes = nodesOf(root)
  const metadata = {
    ...{ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: builtAt.getTime() / 1000 },
    ...{ database_type: type, ip_version: ipVersion, node_count: nodes.length, record_size: recordSize },
    ...{ languages: ['en'], description: { en: 'Made in a test' } },
  }
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
  const tree = Buffer.concat(nodes.map((node) => encodeNode(node, nodes, recordSize)))
  writeFileSync(path, Buffer.concat([tree, Buffer.alloc(16), ...data, marker, encode(metadata)]))
  return path
}

function bitsOf(range: string, ipVersion: 4 | 6): number[] {
  const [address = '', prefix] = range.split('/')
  const bytes = bytesOf(address) ?? new Uint8Array()
  const bits = [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1))
  const lead = ipVersion === 6 && bytes.length === 4 ? new Array<number>(96).fill(0) : []
  return [...lead, ...bits.slice(0, Number(prefix))]
}

function insert(root: Node, bits: readonly number[], offset: number): void {
  let node = root
  for (const [i, bit] of bits.entries()) {
    if (i === bits.length - 1) {
      node.children[bit] = offset
      return
    }
    const child = node.children[bit]
    const next: Node = typeof child === 'object' ? child : { children: [undefined, undefined] }
    node.children[bit] = next
    node = next
  }
}

function nodesOf(root: Node): Node[] {
  const nodes = [root]
  for (const { children } of nodes) for (const child of children) if (typeof child === 'object') nodes.push(child)
  return nodes
}

function encodeNode({ children }: Node, nodes: readonly Node[], recordSize: 24 | 28 | 32): Buffer {
  const [left, right] = children.map((child) => {
    if (child === undefined) return nodes.length
    return typeof child === 'number' ? nodes.length + 16 + child : nodes.indexOf(child)
  }) as [number, number]
  if (recordSize === 28) {
    const middle = ((left >>> 24) << 4) | (right >>> 24)
    return Buffer.concat([number(left & 0xffffff, 3), number(middle, 1), number(right & 0xffffff, 3)])
  }
  return Buffer.concat([number(left, recordSize / 8), number(right, recordSize / 8)])
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') return sized(2, Buffer.from(value))
  if (typeof value === 'boolean') return control(14, value ? 1 : 0)
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)])
  if (typeof value === 'object') {
    const entries = Object.entries(value)
    return Buffer.concat([
      control(7, entries.length),
      ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)]),
    ])
  }
  if (Number.isInteger(value) && value >= 0)
    return value < 2 ** 32 ? sized(6, number(value, 4)) : sized(9, number(value, 6))
  const double = Buffer.alloc(8)
  double.writeDoubleBE(value)
  return sized(3, double)
}

function sized(type: number, bytes: Buffer): Buffer {
  return Buffer.concat([control(type, bytes.length), bytes])
}

function control(type: number, size: number): Buffer {
  const [short, more] =
    size < 29 ? [size, Buffer.alloc(0)] : size < 285 ? [29, number(size - 29, 1)] : [30, number(size - 285, 2)]
  const first = type <= 7 ? [(type << 5) | short] : [short, type - 7]
  return Buffer.concat([Buffer.from(first), more])
}

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}
