import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { unlz4 } from '#src/sources/files/block-codecs.ts'
import { types } from '#src/sources/files/parquet-texts.ts'
import { valuesOf } from '#src/sources/files/parquet-values.ts'
import { streamedSignIn } from '../../support/avro.ts'
import { discovered, lines, only, readable, textOf } from '../../support/discovered.ts'
import { fileOf } from '../../support/folder.ts'
import { importSample } from '../../support/sample-case.ts'
import { zipOf } from '../../support/zip.ts'

type Written = Parameters<typeof parquetWriteBuffer>[0]
type Schema = NonNullable<Written['schema']>

const never = new AbortController().signal
const compressors = { GZIP: gzipSync, ZSTD: zstdCompressSync, BROTLI: brotliCompressSync, LZ4_RAW: storedLz4 }
const parquetOf = (options: Written) => Buffer.from(parquetWriteBuffer({ compressors, ...options }))

async function rowsOf(file: Buffer) {
  const { text, error } = await textOf(only(await discovered([fileOf(file, 'a.parquet')])))
  return { rows: text.toString().split('\n').slice(0, -1), error }
}

/** Literals alone. */
function storedLz4(bytes: Uint8Array): Buffer {
  const rest = bytes.length - 15
  const more = rest < 0 ? [] : [...Array(Math.floor(rest / 255)).fill(255), rest % 255]
  return Buffer.concat([Buffer.of(Math.min(bytes.length, 15) << 4, ...more), bytes])
}

const nested: Schema = [
  { name: 'root', num_children: 5 },
  { name: 'n', type: 'INT32', repetition_type: 'REQUIRED' },
  { name: 'folders', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', repetition_type: 'OPTIONAL', num_children: 2 },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'mails', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'status', repetition_type: 'OPTIONAL', num_children: 1 },
  { name: 'errorCode', type: 'INT32', repetition_type: 'OPTIONAL' },
  { name: 'more', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'MAP' },
  { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
  { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'value', type: 'INT32', repetition_type: 'OPTIONAL' },
  { name: 'always', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
]
const some = [
  {
    folders: [{ path: '\\Inbox', mails: ['<m1@contoso.example>', null] }, null],
    status: { errorCode: 0 },
    more: { a: 1, b: null },
  },
  { folders: [], status: { errorCode: null }, more: {} },
  { folders: null, status: null, more: null },
  {
    folders: [
      { path: null, mails: [] },
      { path: '\\Sent', mails: null },
    ],
    status: { errorCode: 5 },
    more: { c: 3 },
  },
]
const rows = Array.from({ length: 2000 }, (_, i) => ({
  n: i,
  ...(some[i % 4] as (typeof some)[0]),
  always: 'the same',
}))
const columnsOf = (all: readonly object[]) =>
  Object.keys(all[0] ?? {}).map((name) => ({ name, data: all.map((row) => Reflect.get(row, name)) }))
const written = (options: Partial<Written> = {}) =>
  parquetOf({ columnData: columnsOf(rows), schema: nested, ...options })

test.each<[string, Partial<Written>]>([
  ['SNAPPY', {}],
  ['GZIP', { codec: 'GZIP' }],
  ['ZSTD', { codec: 'ZSTD' }],
  ['BROTLI', { codec: 'BROTLI' }],
  ['LZ4_RAW', { codec: 'LZ4_RAW' }],
  ['nothing', { codec: 'UNCOMPRESSED' }],
  ['SNAPPY, in small pages and groups', { pageSize: 100, rowGroupSize: 300 }],
])('rows are told with the lists and objects in them, whatever they are packed with: %s', async (_, options) => {
  const file = written(options)
  const told = await rowsOf(file)

  expect(told.error).toBeUndefined()
  expect(told.rows.map((row) => JSON.parse(row))).toEqual(rows)
})

test('values are told exactly, whatever JSON has for them', async () => {
  const most = 2n ** 63n - 1n
  const time = (unit: 'MILLIS' | 'MICROS' | 'NANOS', isAdjustedToUTC: boolean) =>
    ({ type: 'INT64', logical_type: { type: 'TIMESTAMP', unit, isAdjustedToUTC } }) as const
  const columns: [string, Omit<Schema[number], 'name'>, unknown, unknown][] = [
    ['yes', { type: 'BOOLEAN' }, true, true],
    ['most', { type: 'INT64' }, most, '9223372036854775807'],
    ['small', { type: 'INT64' }, -7n, -7],
    ['unsigned', { type: 'INT32', converted_type: 'UINT_32' }, 4294967295, 4294967295],
    ['third', { type: 'DOUBLE' }, 1 / 3, 1 / 3],
    ['none', { type: 'DOUBLE' }, Number.NaN, 'NaN'],
    ['at', time('MICROS', true), 1_772_359_205_123_450n, '2026-03-01T10:00:05.12345Z'],
    ['there', time('NANOS', false), 1_772_359_205_000_000_001n, '2026-03-01T10:00:05.000000001'],
    ['then', { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, -1n, '1969-12-31T23:59:59.999Z'],
    ['raw', { type: 'BYTE_ARRAY' }, Buffer.of(0xff, 0), '/wA='],
    ['json', { type: 'BYTE_ARRAY' }, Buffer.from('{"a": [1]}'), { a: [1] }],
    ['text', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, 'Zürich "\n', 'Zürich "\n'],
    ['list', { num_children: 1, repetition_type: 'REQUIRED' }, { a: 1 }, { a: 1 }], // So that it is no table.
  ]
  const schema = [
    { name: 'root', num_children: columns.length },
    ...columns.map(([name, element]): Schema[number] => ({ name, repetition_type: 'REQUIRED', ...element })),
    { name: 'a', type: 'INT32', repetition_type: 'REQUIRED' },
  ] as Schema
  const columnData = columns.map(([name, , value]) => ({ name, data: [value] }))

  const told = await rowsOf(parquetOf({ columnData, schema }))

  expect(told.error).toBeUndefined()
  expect(JSON.parse(told.rows[0] ?? '')).toEqual(Object.fromEntries(columns.map(([name, , , value]) => [name, value])))
})

const longs = Array.from({ length: 1000 }, (_, i) => BigInt(i % 7 === 0 ? -(2 ** 40) * i : i * i))
const texts = longs.map((value, i) => `row ${Math.floor(i / 3)} of ${value}`)

test.each([
  ['PLAIN', 'INT64', longs],
  ['DELTA_BINARY_PACKED', 'INT64', longs],
  ['DELTA_BINARY_PACKED', 'INT32', longs.map((value) => Number(BigInt.asIntN(32, value)))],
  ['BYTE_STREAM_SPLIT', 'DOUBLE', longs.map(Number)],
  ['RLE', 'BOOLEAN', longs.map((value) => value % 3n === 0n)],
  ['PLAIN', 'BOOLEAN', longs.map((value) => value % 3n === 0n)],
  ['PLAIN', 'STRING', texts],
  ['DELTA_LENGTH_BYTE_ARRAY', 'STRING', texts],
  ['DELTA_BYTE_ARRAY', 'STRING', texts],
  ['RLE_DICTIONARY', 'STRING', texts.map((_, i) => `word ${i % 100}`)],
] as const)('values are read however they are written: %s of %s', async (encoding, type, data) => {
  const columnData = [
    { name: 'a', data: [...data.slice(1), null], type, encoding, pageSize: 1000 },
    { name: 'b', data: [...data], type, encoding, nullable: false },
  ] as Written['columnData']

  const told = await rowsOf(parquetOf({ columnData, rowGroupSize: 600 }))

  expect(told.error).toBeUndefined()
  expect(told.rows.slice(1)).toEqual(
    data.map((value, i) =>
      [data[i + 1] ?? '', value].map((cell) => (type === 'STRING' && cell !== '' ? `"${cell}"` : String(cell))).join(),
    ),
  )
})

test('a table of Log Analytics is read as its CSV is, under the SHA-256 of the file', async () => {
  const columns: [string, string[]][] = [
    ['TimeGenerated', ['2026-03-01T10:00:09.5Z', '2026-03-01T10:01:09.5Z']],
    ['OfficeWorkload', ['Exchange', 'Exchange']],
    ['Operation', ['MailItemsAccessed', 'Send']],
    ['UserId', ['alice@contoso.example', 'alice@contoso.example']],
    ['RecordType', ['ExchangeItemAggregated', 'ExchangeItem']],
    ['OfficeId', ['a-1', 'a-2']],
    [
      'Folders',
      [JSON.stringify([{ FolderItems: [{ InternetMessageId: '<m1@contoso.example>' }], Path: '\\Inbox' }]), ''],
    ],
    ['Type', ['OfficeActivity', 'OfficeActivity']],
  ]
  const file = parquetOf({ columnData: columns.map(([name, data]) => ({ name, data, type: 'STRING' })) })
  const path = fileOf(file, 'OfficeActivity.parquet')

  const { files, rendered } = await importSample(path)

  expect(files).toMatchObject([{ shape: 'sentinel-officeactivity-csv', counts: { read: 2, stored: 2, rejected: 0 } }])
  expect(rendered[0]?.document).toMatchObject({ 'email.message_id': '<m1@contoso.example>' })
  expect((await only(await discovered([path])).hash(never)).sha256).toBe(
    createHash('sha256').update(file).digest('hex'),
  )
})

test('JSON in the bytes of a table is one cell', async () => {
  const columnData = [
    { name: 'a', data: ['[1,2]', '{"b":\n"c"}', '{}'].map((text) => Buffer.from(text)), type: 'BYTE_ARRAY' },
    { name: 'n', data: [1, 2, 3], type: 'INT32' },
  ] as Written['columnData']

  const { rows: told } = await rowsOf(parquetOf({ columnData }))

  expect(told).toEqual(['"a","n"', '"[1,2]",1', '"{""b"":', '""c""}",2', '"{}",3'])
})

test.each([
  [
    'as Stream Analytics captures them',
    { records: [streamedSignIn(1), streamedSignIn(2)] },
    'EventEnqueuedUtcTime',
    'records',
  ],
  ['in the body of an event', { Body: { records: [streamedSignIn(1), streamedSignIn(2)] } }, 'EnqueuedTimeUtc', 'Body'],
])('records that stand in one member of a row are rows of their own: %s', async (_, row, beside, name) => {
  const columnData = [
    { name, data: [JSON.stringify(Reflect.get(row, name))], type: 'STRING' },
    { name: beside, data: ['2026-03-01T10:00:00Z'], type: 'STRING' },
  ] as Written['columnData']

  const { files } = await importSample(fileOf(parquetOf({ columnData }), 'a.parquet'))

  expect(files).toMatchObject([{ shape: 'diagnostic-signins', counts: { read: 2, stored: 2, rejected: 0 } }])
})

test('it is read packed and in an archive, and leaves nothing behind that it was unpacked to', async () => {
  const file = written()
  const zip = zipOf({ name: 'one.parquet', content: file }, { name: 'two.parquet.gz', content: gzipSync(file) })
  const whole = await rowsOf(file)

  const found = (await discovered([fileOf(zip, 'a.zip'), fileOf(gzipSync(file), 'a.parquet.gz')])).map(readable)

  expect(found).toHaveLength(3)
  for (const each of found) expect((await textOf(each)).text.toString()).toBe(`${whole.rows.join('\n')}\n`)
  expect((await found[0]?.hash(never))?.sha256).toBe(createHash('sha256').update(file).digest('hex'))
})

test('a damaged group of rows costs its own rows, and how many were read is told', async () => {
  const columnData = [
    { name: 'a', data: texts, type: 'STRING' },
    { name: 'b', data: longs, type: 'INT64' },
  ] as Written['columnData']
  const file = parquetOf({ columnData, codec: 'ZSTD', rowGroupSize: 250 })
  file.fill(0xff, file.length >> 2, (file.length >> 2) + 20)

  const { rows: told, error } = await rowsOf(file)

  expect(error).toMatch(/^\d+ of its 1,000 rows were read: it is damaged \(.*\); get it again$/)
  const read = Number(error?.split(' ')[0])
  expect(read).toBeGreaterThanOrEqual(500)
  expect(read).toBeLessThan(1000)
  expect(told).toHaveLength(1 + read)
})

/** A file of nothing else: such as one list of two million structs without members. */
function footerOf(...parts: readonly Buffer[]): Buffer {
  const footer = Buffer.concat(parts)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(footer.length)
  return Buffer.concat([Buffer.from('PAR1\x15'), footer, length, Buffer.from('PAR1')])
}

test.each<[string, Buffer]>([
  ['it is cut off', written().subarray(0, -100)],
  ['it is encrypted', Buffer.concat([written().subarray(0, -4), Buffer.from('PARE')])],
  [
    'it is damaged (what it says of itself)',
    Buffer.concat([written().subarray(0, -8), Buffer.of(0xff, 0xff, 0xff, 0x7f), Buffer.from('PAR1')]),
  ],
  [
    'it is damaged (what it says of itself)',
    footerOf(Buffer.of(0xf9, 0xfc, 0x80, 0x89, 0x7a), Buffer.alloc(2_000_001)),
  ],
])('what cannot be read at all is told, and may be evidence: %s', async (reason, file) => {
  const path = fileOf(file, 'a.parquet')
  const found = await discovered([path])

  expect(found).toMatchObject([
    { reason: expect.stringContaining(reason.replace('it is encrypted', 'encrypted')), mayBeEvidence: true },
  ])
  expect(lines(found, path)).toHaveLength(1)
})

test('whatever is changed in a file ends as rows or as a reason', async () => {
  const file = written({ pageSize: 300, rowGroupSize: 500, codec: 'UNCOMPRESSED' })
  for (let i = 0; i < 60; i += 1) {
    const at = 5 + ((i * 7919) % (file.length - 13)) // Behind what tells that it is one.
    const changed = Buffer.from(file)
    changed[at] = (file[at] as number) ^ (1 << (i % 8)) ^ 0x80
    for (const found of await discovered([fileOf(changed, 'a.parquet')])) {
      const { text, error } = 'reason' in found ? { text: '', error: found.reason } : await textOf(found)
      const count = text.toString().split('\n').length - 1
      if (error === undefined) expect(count).toBe(2000)
      else expect(count).toBeLessThanOrEqual(2000)
    }
  }
})

test('lengths that repeat do not fill memory', () => {
  const total = Buffer.of(0x80, 0x80, 0x80, 0x80, 0x10) // 4,294,967,296, all of them 0.
  const bytes = Buffer.concat([total, Buffer.of(1), total, Buffer.alloc(20)])

  for (const encoding of [6, 7])
    expect(() => valuesOf(encoding, { bytes, entries: 2 ** 40, type: types.bytes, length: 0 })).toThrow(
      'more values than there are',
    )
})

test('LZ4 that repeats what came before, also what it repeats itself, is unpacked', () => {
  const packed = Buffer.of(0x35, ...Buffer.from('abc'), 3, 0, 0x10, ...Buffer.from('!'))

  expect(unlz4(packed, 13).toString()).toBe('abcabcabcabc!')
  expect(() => unlz4(packed, 12)).toThrow('cannot be unpacked')
  expect(() => unlz4(Buffer.of(0x10, 0x61, 2, 0), 20)).toThrow('cannot be unpacked')
})
