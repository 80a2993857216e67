import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { limits } from '#src/sources/files/limits.ts'
import {
  avroCodecs,
  avroOf,
  blockOf,
  bytes,
  captured,
  captureSchema,
  double,
  items,
  long,
  streamedSignIn,
  sync,
  text,
} from '../../support/avro.ts'
import { discovered, lines, only, readable, textOf } from '../../support/discovered.ts'
import { digestFile } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'
import { importSample } from '../../support/sample-case.ts'
import { zipOf } from '../../support/zip.ts'

const never = new AbortController().signal
const first = { records: [streamedSignIn(1), streamedSignIn(2)] }
const second = { records: [streamedSignIn(3)] }

async function linesOf(file: Buffer, options = {}) {
  const { text: told, error } = await textOf(only(await discovered([fileOf(file, 'a.avro')], options)))
  return { lines: told.toString().split('\n').slice(0, -1), error }
}

test.each(
  Object.keys(avroCodecs),
)('the records of captured events are read as Azure writes them elsewhere: %s', async (codec) => {
  const file = avroOf(captureSchema, [[captured(1, first)], [captured(2, second)]], codec)
  const path = fileOf(file, 'capture.avro')

  const content = only(await discovered([path]))
  const { files, rendered } = await importSample(path)

  expect((await textOf(content)).text.toString()).toBe(`${JSON.stringify(first)}\n${JSON.stringify(second)}\n`)
  expect((await content.hash(never)).sha256).toBe(createHash('sha256').update(file).digest('hex'))
  expect(files).toMatchObject([
    { shape: 'diagnostic-signins', counts: { read: 3, stored: 3, duplicate: 0, rejected: 0 } },
  ])
  expect(rendered.map(({ document }) => document['user.email'])).toEqual(Array(3).fill('alice@contoso.example'))
})

test('events without records are rejected one by one, with what they say and why', async () => {
  const heartbeat = { records: [{ TimeGenerated: '2026-03-01T10:00:00Z', Type: 'Heartbeat', Computer: 'a' }] }
  const bodies = [Buffer.alloc(0), undefined, Buffer.from('heartbeat'), Buffer.of(0x1f, 0x8b, 0xff), heartbeat, second]
  const path = fileOf(avroOf(captureSchema, [bodies.map((body, i) => captured(i, body))]), 'capture.avro')

  const { files } = await importSample(path)

  expect(files).toMatchObject([{ counts: { read: 6, stored: 1, duplicate: 0, rejected: 5 } }])
  const { text: told } = await textOf(only(await discovered([path])))
  const { rejected } = await digestFile(fileOf(told))
  expect(rejected.map(({ reason }) => reason)).toEqual([
    ...Array(4).fill('an event that Event Hubs captured, whose body holds no record of a kind that is known'),
    'a row of Heartbeat, a table of Log Analytics that is not read',
  ])
})

test('a file of a time without events is told as one without records', async () => {
  const path = fileOf(avroOf(captureSchema, []), 'capture.avro')

  expect(await discovered([path])).toEqual([{ path, named: true, reason: 'it holds no records' }])
})

test('values are told exactly, whatever JSON has for them', async () => {
  const fields: [string, Json, Buffer, unknown][] = [
    ['nothing', 'null', Buffer.alloc(0), null],
    ['yes', 'boolean', Buffer.of(1), true],
    ['most', 'long', long(2n ** 63n - 1n), '9223372036854775807'],
    ['least', 'long', long(-(2n ** 63n)), '-9223372036854775808'],
    ['small', 'int', long(-65), -65],
    ['third', 'double', double(1 / 3), 1 / 3],
    ['none', 'double', double(Number.NaN), 'NaN'],
    ['price', { type: 'bytes', logicalType: 'decimal', scale: 2 }, bytes(Buffer.of(0xff, 0x38)), -2],
    [
      'long',
      { type: 'bytes', logicalType: 'decimal', scale: 4 },
      bytes(Buffer.alloc(9, 0x11)),
      '31482443219130968.0913',
    ],
    [
      'at',
      { type: 'long', logicalType: 'timestamp-micros' },
      long(1_772_359_205_123_450n),
      '2026-03-01T10:00:05.12345Z',
    ],
    ['before', { type: 'long', logicalType: 'timestamp-millis' }, long(-1), '1969-12-31T23:59:59.999Z'],
    [
      'there',
      { type: 'long', logicalType: 'local-timestamp-nanos' },
      long(1_772_359_205_000_000_001n),
      '2026-03-01T10:00:05.000000001',
    ],
    ['beyond', { type: 'long', logicalType: 'timestamp-millis' }, long(2n ** 62n), '4611686018427387904'],
    ['day', { type: 'int', logicalType: 'date' }, long(-1), '1969-12-31'],
    ['clock', { type: 'int', logicalType: 'time-millis' }, long(3_723_004), '01:02:03.004'],
    ['word', { type: 'enum', name: 'Word', symbols: ['A', 'B'] }, long(1), 'B'],
    ['again', 'Word', long(0), 'A'],
    ['fixed', { type: 'fixed', name: 'Two', size: 2 }, Buffer.of(0xff, 0), '/wA='],
    ['text', 'string', text('Zürich "\n'), 'Zürich "\n'],
    ['notText', 'string', bytes(Buffer.of(0xff)), '/w=='],
    ['json', 'bytes', text(' {"a": [1]}\n'), { a: [1] }],
    ['noJson', 'bytes', text('{"a": [1'), '{"a": [1'],
    [
      'list',
      { type: 'array', items: ['null', 'string'] },
      items(long(0), Buffer.concat([long(1), text('x')])),
      [null, 'x'],
    ],
    ['sized', { type: 'array', items: 'int' }, Buffer.concat([long(-2), long(2), long(1), long(2), long(0)]), [1, 2]],
    ['map', { type: 'map', values: 'int' }, items(Buffer.concat([text('k'), long(7)])), { k: 7 }],
    [
      'inner',
      { type: 'record', name: 'In', fields: [{ name: 'next', type: ['null', 'In'] }] },
      Buffer.concat([long(1), long(0)]),
      { next: { next: null } },
    ],
  ]
  const schema = { type: 'record', name: 'R', namespace: 'a.b', fields: fields.map(([name, type]) => ({ name, type })) }

  const told = await linesOf(avroOf(schema, [[Buffer.concat(fields.map(([, , value]) => value))]]))

  expect(told.error).toBeUndefined()
  expect(JSON.parse(told.lines[0] ?? '')).toEqual(Object.fromEntries(fields.map(([name, , , value]) => [name, value])))
})

test('records without lists and objects stand as the table that they are', async () => {
  const names = ['CreationDate', 'UserIds', 'Operations', 'AuditData']
  const fields = names.map((name) => ({ name, type: ['null', 'string'] }))
  const audit = {
    Id: 'a-1',
    CreationTime: '2026-03-01T10:00:00',
    Operation: 'Send',
    RecordType: 2,
    UserId: 'alice@contoso.example',
  }
  const said = ['2026-03-01T10:00:00', 'alice@contoso.example', 'Send', JSON.stringify(audit)]
  const row = Buffer.concat(said.map((cell) => Buffer.concat([long(1), text(cell)])))
  const path = fileOf(avroOf({ type: 'record', name: 'R', fields }, [[row, Buffer.of(0, 0, 0, 0)]]), 'ual.avro')

  const { files } = await importSample(path)

  expect(files).toMatchObject([{ shape: 'compliance-csv', counts: { read: 2, stored: 1, rejected: 1 } }])
})

test('it is read packed, in an archive, and several behind each other', async () => {
  const file = avroOf(captureSchema, [[captured(1, first)]], 'deflate')
  const zip = zipOf({ name: 'one.avro', content: file }, { name: 'two.avro.gz', content: gzipSync(file) })
  const told = `${JSON.stringify(first)}\n`

  const members = (await discovered([fileOf(zip, 'a.zip')])).map(readable)

  for (const member of members) expect((await textOf(member, 5)).text.toString()).toBe(told.slice(5))
  expect((await linesOf(Buffer.concat([file, file]))).lines).toEqual([told.trim(), told.trim()])
})

test.each([
  ['an end that is missing', (file: Buffer) => file.subarray(0, -sync.length - 40), [1, 2], 'it is cut off'],
  ['a length that is wrong', (file: Buffer) => write(file, secondBlock + 1, 0x7f), [1, 3], 'a block of records'],
  [
    'a marker that is wrong, by which the next block is known too',
    (file: Buffer) => write(file, thirdBlock - 3, 0),
    [1],
    'a block of records',
  ],
  ['a value that is wrong', (file: Buffer) => write(file, secondBlock + 3, 0xff), [1, 3], 'it is damaged'],
  ['fewer records than there are', (file: Buffer) => write(file, secondBlock, 0), [1, 3], 'more in a block'],
])('what is damaged costs its own records or those of its block, and is told: %s', async (_, damage, left, reason) => {
  const { lines: told, error } = await linesOf(damage(Buffer.from(threeBlocks)))

  expect(told.map((line) => JSON.parse(line))).toEqual(left.map((number) => ({ n: number, l: [], t: 'x'.repeat(50) })))
  expect(error).toContain(reason)
})

const plain: Json = {
  type: 'record',
  name: 'R',
  fields: [
    { name: 'n', type: 'long' },
    { name: 'l', type: { type: 'array', items: 'long' } },
    { name: 't', type: 'string' },
  ],
}
const plainRecord = (number: number) => Buffer.concat([long(number), long(0), text('x'.repeat(50))])
const threeBlocks = avroOf(plain, [[plainRecord(1)], [plainRecord(2)], [plainRecord(3)]])
const blockBytes = blockOf(1, plainRecord(1)).length
const secondBlock = threeBlocks.length - 2 * blockBytes
const thirdBlock = threeBlocks.length - blockBytes

function write(file: Buffer, at: number, byte: number): Buffer {
  file[at] = byte
  return file
}

test('what costs a file nothing does not fill memory or the disk', async () => {
  const small = { ...limits, expandedBytes: 2 ** 20 }
  const nulls = { type: 'record', name: 'R', fields: [{ name: 'l', type: { type: 'array', items: 'null' } }] }
  const itself = { type: 'record', name: 'R', fields: [{ name: 'r', type: 'R' }] }
  const empty = { type: 'record', name: 'R', fields: [] as Json[] }
  const header = (schema: Json) => avroOf(schema, [])

  const lists = await discovered([
    fileOf(Buffer.concat([header(nulls), blockOf(1, Buffer.concat([long(2n ** 60n), long(0)]))])),
  ])
  const loops = await discovered([fileOf(Buffer.concat([header(itself), blockOf(1, Buffer.alloc(0))]))])
  const many = await linesOf(Buffer.concat([header(empty), blockOf(2 ** 40, Buffer.alloc(0))]), { limits: small })

  expect(lines(lists, '')).toEqual([expect.stringContaining('a record in it is too large')])
  expect(lines(loops, '')).toEqual([expect.stringContaining('nested deeper')])
  expect(many.error).toContain('it unpacks to')
})

test.each<[string, Buffer]>([
  ['packed with xz, which is not read here', avroOf(captureSchema, [[captured(1, first)]], 'xz')],
  ['it is damaged (its schema)', avroOf('Unknown', [])],
  ['it is damaged', Buffer.from('Obj\x01\x04', 'latin1')],
])('what cannot be read at all is told, and may be evidence: %s', async (reason, file) => {
  const found = await discovered([fileOf(file, 'a.avro')])

  expect(found).toMatchObject([{ reason: expect.stringContaining(reason), mayBeEvidence: true }])
})
