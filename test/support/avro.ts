import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import type { Json } from '#src/activity.ts'

/** How the blocks of a container are packed, by its name in the header. */
export const avroCodecs: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  null: (bytes) => bytes,
  deflate: (bytes) => deflateRawSync(bytes),
  zstandard: (bytes) => zstdCompressSync(bytes),
  snappy(bytes) {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(bytes))
    return Buffer.concat([snappyCompress(bytes), sum])
  },
}

export const sync = Buffer.from('fedcba9876543210')

/** A container (Avro 1.12, "Object Container Files") of these blocks of records, each as `avroValue` wrote it. */
export function avroOf(schema: Json, blocks: readonly (readonly Buffer[])[], codec = 'null'): Buffer {
  const meta = [text('avro.schema'), text(JSON.stringify(schema)), text('avro.codec'), text(codec)]
  const header = Buffer.concat([Buffer.from('Obj\x01', 'latin1'), long(2), ...meta, long(0), sync])
  const packed = blocks.map((records) =>
    blockOf(records.length, (avroCodecs[codec] ?? ((one) => one))(Buffer.concat(records))),
  )
  return Buffer.concat([header, ...packed])
}

/** A block that says that it has so many records. */
export function blockOf(records: number, packed: Buffer): Buffer {
  return Buffer.concat([long(records), long(packed.length), packed, sync])
}

/** Zigzag, in groups of seven bits. */
export function long(value: bigint | number): Buffer {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n))
  const bytes: number[] = []
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...bytes, Number(rest)])
}

export function bytes(value: Uint8Array): Buffer {
  return Buffer.concat([long(value.length), value])
}

export function text(value: string): Buffer {
  return bytes(Buffer.from(value))
}

export function double(value: number): Buffer {
  const room = Buffer.alloc(8)
  room.writeDoubleLE(value)
  return room
}

/** A list or a map of these items, in one block. */
export function items(...all: readonly Buffer[]): Buffer {
  return all.length === 0 ? long(0) : Buffer.concat([long(all.length), ...all, long(0)])
}

/** What Azure's Event Hubs captures (learn.microsoft.com/azure/event-hubs/explore-captured-avro-files). */
export const captureSchema: Json = {
  type: 'record',
  name: 'EventData',
  namespace: 'Microsoft.ServiceBus.Messaging',
  fields: [
    { name: 'SequenceNumber', type: 'long' },
    { name: 'Offset', type: 'string' },
    { name: 'EnqueuedTimeUtc', type: 'string' },
    { name: 'SystemProperties', type: { type: 'map', values: ['long', 'double', 'string', 'bytes'] } },
    { name: 'Properties', type: { type: 'map', values: ['long', 'double', 'string', 'bytes', 'null'] } },
    { name: 'Body', type: ['null', 'bytes'] },
  ],
}

/** An event with this body, which may be JSON to be. */
export function captured(sequence: number, body: Json | Buffer | undefined): Buffer {
  const inner = Buffer.isBuffer(body) || body === undefined ? body : Buffer.from(JSON.stringify(body))
  return Buffer.concat([
    ...[long(sequence), text(String(sequence * 400)), text('3/1/2026 10:00:05 AM')],
    items(Buffer.concat([text('x-opt-sequence-number'), long(0), long(sequence)])),
    items(Buffer.concat([text('source'), long(2), text('entra')])),
    ...(inner === undefined ? [long(0)] : [long(1), bytes(inner)]),
  ])
}

/** A sign-in as Entra's diagnostic settings stream it. */
export function streamedSignIn(number: number) {
  const at = `2026-03-0${1 + (number % 9)}T10:00:${String(number % 60).padStart(2, '0')}Z`
  return {
    ...{ time: at, operationName: 'Sign-in activity', category: 'SignInLogs', resultType: '0', tenantId: 'tenant-1' },
    properties: {
      ...{
        id: `33333333-0000-4000-8000-${String(number).padStart(12, '0')}`,
        createdDateTime: at,
        isInteractive: true,
      },
      ...{
        userPrincipalName: 'alice@contoso.example',
        userId: 'u-1',
        ipAddress: '192.0.2.7',
        status: { errorCode: 0 },
      },
      ...{ appId: 'a-1', appDisplayName: 'Office 365 Exchange Online', clientAppUsed: 'Browser' },
    },
  }
}
