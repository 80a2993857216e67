import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import type { Block, Position } from '#src/sources/files/frames.ts'
import { frameRecords, recordBytes, surveyJson } from '#src/sources/files/json-frames.ts'
import { readJson } from '#src/sources/files/json-text.ts'
import { createRandom, type Random } from '../../../samples/random.ts'
import { layouts, lineLayouts, randomRecord } from '../../support/json.ts'

const start: Position = { offset: 0, row: 1 }
const names = Object.keys(layouts)

test.each(names)('%s: every record is a row, with its number, however the bytes arrive', async (name) => {
  for (let seed = 1; seed <= 15; seed += 1) {
    const { records, bytes } = written(name, seed)

    for (const chunkSize of [1, 7, 64, 64 * 1024]) {
      const rows = rowsOf(await frame(bytes, { chunkSize }))
      expect(rows.map(({ text }) => read(text))).toEqual(records)
      expect(rows.map(({ row }) => row)).toEqual(records.map((_, i) => i + 1))
    }
  }
})

test.each(names)('%s: resuming behind any block gives exactly the rest', async (name) => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const { bytes } = written(name, seed)
    for (const chunkSize of [1, 7, 300]) {
      const blocks = await frame(bytes, { chunkSize })
      for (const [i, { next }] of blocks.entries()) {
        const rest = await frame(bytes, { from: next, chunkSize: 64 * 1024 })
        expect(rowsOf(rest)).toEqual(rowsOf(blocks.slice(i + 1)))
      }
    }
  }
})

test.each(names)('%s: the survey tells the first record and where reading begins', async (name) => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { records, bytes } = written(name, seed)

    const survey = surveyJson(bytes)

    expect(typeof survey?.first === 'string' ? read(survey.first) : survey?.first).toEqual(records[0])
    const rows = rowsOf(await frame(bytes, { from: survey?.start as Position, chunkSize: 64 * 1024 }))
    expect(rows.map(({ text }) => read(text))).toEqual(records)
  }
})

test.each(Object.keys(lineLayouts))('%s: a broken record costs one record', async (name) => {
  for (let seed = 1; seed <= 120; seed += 1) {
    const random = createRandom(seed)
    const records = Array.from({ length: random.whole(3, 6) }, () => randomRecord(random))
    const broken = random.whole(0, records.length - 1)
    const bytes = Buffer.from(withBroken(name, records, broken, random))

    const found = rowsOf(await frame(bytes, { chunkSize: 64 })).map(({ text }) => read(text))

    expect(found).toEqual(expect.arrayContaining(records.filter((_, i) => i !== broken)))
  }
})

test.each(
  names,
)('%s: whatever is broken in it, nothing is lost or doubled, and reading goes on behind any block', async (name) => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = createRandom(seed)
    const bytes = mutated(written(name, seed).bytes, random)

    const blocks = await frame(bytes, { chunkSize: random.whole(1, 100) })

    expect(lostIn(bytes.toString('latin1'), blocks)).toBe(undefined)
    for (const [i, { next }] of blocks.entries()) {
      const rest = rowsOf(await frame(bytes, { from: next, chunkSize: random.whole(1, 1000) }))
      expect(rest).toEqual(rowsOf(blocks.slice(i + 1)))
    }
  }
})

const [a, b, c] = [
  '{"CreationTime":"1","Id":"a"}',
  '{"CreationTime":"2","Id":"b"}',
  '{"CreationTime":"3","Id":"c"}',
] as const

test.each<[string, string, string[]]>([
  ['a line that is cut', `${a}\n{"CreationTime":"2","Id":"b\n${c}\n`, [a, '{"CreationTime":"2","Id":"b', c]],
  ['a line cut behind a list', `${a}\n{"CreationTime":"2","p":[\n${c}\n`, [a, '{"CreationTime":"2","p":[', c]],
  [
    'a line that lacks its beginning',
    `${a}\n"x","p":[{"Name":"n"}],"q":1}\n${c}`,
    [a, '"x","p":[{"Name":"n"}],"q":1}', c],
  ],
  ['a line of text', `${a}\nERROR [x] {y}\r\n${c}`, [a, 'ERROR [x] {y}', c]],
  ['zeros from a crash', `${a}\n\0\0\0\0${c}\n${b}`, [a, '\0\0\0\0', c, b]],
  ['text between records', `[${a}, garbage, ${b}, ${c}]`, [a, 'garbage,', b, c]],
  ['text before the first record', `# exported\n${a}\n${b}`, ['# exported', a, b]],
  [
    'an open brace on one line',
    `[${a},{"CreationTime":"2","p":{"q":1},${c}]`,
    [a, '{"CreationTime":"2","p":{"q":1},', c],
  ],
  ['an open string on one line', `[${a},{"CreationTime":"2,${c}]`, [a, '{"CreationTime":"2,', c]],
  [
    'an open list on one line',
    `[${a},{"CreationTime":"2","p":[{"q":1},${c}]`,
    [a, '{"CreationTime":"2","p":[{"q":1},', c],
  ],
  [
    'a page cut off before the next',
    `{"value":[${a},{"CreationTime":"2\n{"value":[${c}]}`,
    [a, '{"CreationTime":"2', c],
  ],
  ['a first key without its quote', `[${a},{CreationTime":"2"},${b},${c}]`, [a, '{CreationTime":"2"},', b, c]],
  ['an array cut off before the next', `[${a},{"CreationTime":"2",\n[${b},${c}]`, [a, '{"CreationTime":"2",', b, c]],
  [
    'an open string among strings',
    '["{\\"a\\":1}","{\\"a\\":2,"{\\"a\\":3}"]',
    ['"{\\"a\\":1}"', '"{\\"a\\":2,', '"{\\"a\\":3}"'],
  ],
  ['a member of a page nobody knows', `{"value":[${a}],"verdict":"bad"}`, [a, '"verdict":"bad"}']],
  ['lists that are no records', '[1,2]', ['1,2]']],
])('%s costs what is broken, and not a byte', async (_, text, rows) => {
  for (const chunkSize of [1, 1000]) {
    const found = rowsOf(await frame(Buffer.from(text), { chunkSize }))
    expect(found).toEqual(rows.map((row, i) => ({ row: i + 1, text: row })))
  }
})

test.each([
  '{"Records":[{"CreationTime":1}],"Id":"x"}',
  '{"creationTime":1,"data":[{"a":1}]}',
  '{"data":[1]}',
  '{"value":"text"}',
  '{"list":[{"CreationTime":1}]}',
  '{"alerts":[{"a":1}],"records":[{"b":1}]}',
  '{}',
])('%s is a record, not a page of records', async (text) => {
  const rows = rowsOf(await frame(Buffer.from(`${text}\n${text}`), { chunkSize: 5 }))

  expect(rows.map((row) => row.text)).toEqual([text, text])
})

const schema = [
  { name: 'Timestamp', type: 'DateTime' },
  { name: 'RawEventData', type: 'Object' },
]

test.each<[string, (results: readonly JsonObject[]) => JsonObject]>([
  ['Graph', (results) => ({ '@odata.context': 'x', schema, results: [...results] })],
  ['Graph, sorted', (results) => ({ results: [...results], schema })],
  [
    'Defender',
    (results) => ({ Stats: { ExecutionTime: 1, dataset_statistics: [{}] }, Schema: schema, Results: [...results] }),
  ],
  ["Log Analytics' module", (results) => ({ Results: [...results], Render: null, Statistics: null, Error: null })],
  ["Graph's modules", (results) => ({ Results: [...results], Schema: schema, AdditionalProperties: { x: [{}] } })],
  [
    'Elasticsearch',
    (results) => ({
      ...{ took: 1, _shards: { total: 2, failures: [{ shard: 0 }] } },
      hits: { total: { value: results.length, relation: 'eq' }, max_score: null, hits: [...results] },
      aggregations: { users: { buckets: [{ key: 'a', doc_count: 1 }] } },
    }),
  ],
  [
    'Splunk',
    (results) => ({
      ...{ preview: false, messages: [{ type: 'INFO', text: 'x' }], fields: [{ name: '_raw' }] },
      ...{ results: [...results], highlighted: {} },
    }),
  ],
  ['Datadog', (results) => ({ data: [...results], meta: { page: { after: 'x' } }, links: { next: 'x' } })],
])('what describes the rows of an answer is none of them: %s', async (_, answer) => {
  const results = [a, b, c].map((record) => ({ RawEventData: JSON.parse(record) as Json }))

  for (const indent of [0, 2]) {
    const text = JSON.stringify(answer(results), null, indent)
    for (const chunkSize of [1, 7, 1000]) {
      const rows = rowsOf(await frame(Buffer.from(`${text}\n${text}`), { chunkSize }))
      expect(rows.map((row) => read(row.text))).toEqual([...results, ...results])
    }
  }
})

test('what a page says behind its records and is not nothing is a row', async () => {
  const text = `{"Results":[${a}],"Render":null,"Error":"PartialError"}`

  const rows = rowsOf(await frame(Buffer.from(text), { chunkSize: 5 })).map((row) => row.text)

  expect(rows).toEqual([a, '"Error":"PartialError"}'])
})

test('an object whose schema holds records is no page', async () => {
  const text = `{"schema":[${a}],"results":[${b}]}`

  expect(rowsOf(await frame(Buffer.from(text), { chunkSize: 5 }))).toEqual([{ row: 1, text }])
})

test.each([
  '',
  ' \r\n',
  '\uFEFF',
  '[]',
  '{"value":[]}',
  '[[],\n[]]',
  '{"value":[],"@odata.nextLink":"x"}',
])('%j has no rows', async (text) => {
  expect(await frame(Buffer.from(text), { chunkSize: 2 })).toEqual([])
})

test('a record over 16 MiB is rows of at most that size, and the next line is read as usual', async () => {
  const long = Buffer.concat([Buffer.from('{"Id":"'), Buffer.alloc(40 * 1024 * 1024, 'x'), Buffer.from('"}')])
  const bytes = Buffer.concat([Buffer.from(`${a}\n`), long, Buffer.from(`\n${b}\n${c}\n`)])

  const rows = rowsOf(await frame(bytes, { chunkSize: 128 * 1024 })).map(({ text }) => text)

  expect(rows.map(({ length }) => length)).toEqual([
    a.length,
    2 ** 24,
    2 ** 24,
    long.length - 2 ** 25,
    b.length,
    c.length,
  ])
  expect([rows[0], ...rows.slice(-2)]).toEqual([a, b, c])
})

test.each([
  '[',
  '{"a":',
  '{"value":[',
  '"',
  '\\',
  '{',
  ']"@":{{\n',
  '{"a":[\n',
  '{"a":"{\n',
  '"{\n',
  '{"Id":[{"Id":1},',
  ' ',
  '{,',
])('1 MB of %j is no trouble', async (piece) => {
  const bytes = Buffer.from(piece.repeat(2 ** 20 / piece.length))
  const began = process.cpuUsage()

  const blocks = await frame(bytes, { chunkSize: 128 * 1024 })

  expect(process.cpuUsage(began).user).toBeLessThan(10_000_000)
  expect(blocks.reduce((sum, block) => sum + block.bytes.length, 0)).toBeLessThanOrEqual(bytes.length)
})

test.each([
  '',
  ' ',
  'CreationTime,Operation\n',
  '"CreationDate","UserIds"\n"2024","x"\n',
  '[section]\nkey=1',
  '<xml/>',
  '{text}',
])('the survey of %j says that it is no JSON', (text) => {
  expect(surveyJson(Buffer.from(text))).toBeUndefined()
})

test.each<[string, number, Json]>([
  [' []', 0, null],
  ['{"value":[]}', 0, null],
  ['{"value":[\n  {"a":1},', 10, { a: 1 }],
  ['[{"a":1,"b":"cut', 1, { a: 1 }],
  ['\uFEFF{"a":1}', 0, { a: 1 }],
  ['[ "{\\"a\\":1', 1, '{"a":1'],
  ['["text",\n{"a":1}]', 1, { a: 1 }],
])('the survey of %j says where reading begins, and the first record as far as it goes', (text, offset, first) => {
  expect(surveyJson(Buffer.from(text))).toMatchObject({ start: { offset, row: 1 }, first })
})

test.each([
  [',\r\n  {"a":1}\r\n', '{"a":1}'],
  ['}]}\uFEFF[[{"a":[1,', '{"a":[1,'],
  ['\n"{}"', '"{}"'],
  [' ,[]} ', ''],
  ['', ''],
])('the record in the row %j is %j', (row, record) => {
  expect(recordBytes(Buffer.from(row)).toString()).toBe(record)
})

interface Framing {
  from?: Position
  chunkSize: number
}

async function frame(bytes: Buffer, { from = start, chunkSize }: Framing): Promise<Block[]> {
  return Array.fromAsync(frameRecords(chunksOf(bytes.subarray(from.offset), chunkSize), from))
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function rowsOf(blocks: readonly Block[]) {
  return blocks.flatMap(({ bytes, ends, firstRow }) =>
    ends.map((end, i) => ({ row: firstRow + i, text: recordBytes(bytes.subarray(ends[i - 1] ?? 0, end)).toString() })),
  )
}

function written(name: string, seed: number): { records: JsonObject[]; bytes: Buffer } {
  const random = createRandom(seed)
  const records = Array.from({ length: random.whole(1, 6) }, () => randomRecord(random))
  return { records, bytes: Buffer.from(layoutOf(name)(records)) }
}

function layoutOf(name: string): (records: readonly JsonObject[]) => string {
  return layouts[name] as (typeof layouts)[string]
}

/** What a row says, read again when it is a string. */
function read(text: string): Json | undefined {
  const json = readJson(text)
  if (typeof json === 'string' || json.truncated) return undefined
  return typeof json.value === 'string' ? read(json.value) : json.value
}

/** The text with one record broken: cut off, or with a byte too much or too little between its id and its last member. */
function withBroken(name: string, records: readonly JsonObject[], broken: number, random: Random): string {
  const mark = 'end-of-the-broken-record'
  const text = layoutOf(name)(records.map((record, i) => (i === broken ? { ...record, Version: mark } : record)))
  const end = text.indexOf(mark) - '"Version": "'.length
  const at = random.whole(text.indexOf(records[broken]?.['Id'] as string) + 40, end)
  const ways = [
    () => text.slice(0, at) + text.slice(text.indexOf(mark) + mark.length + 1).replace(/^[^\n]*/, ''),
    () => text.slice(0, at) + random.pick(['"', '{', '[', '}', ']', '","', 'garbage']) + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1),
  ]
  return random.pick(ways)()
}

/** The bytes with up to three of them changed, cut out, doubled, or others put in. */
function mutated(bytes: Buffer, random: Random): Buffer {
  let text = bytes.toString('latin1')
  const pieces = [
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\',
    '\n',
    'x',
    '\0',
    '{"',
    '"{',
    '\n{',
    '},{',
    '"}',
    '\n "',
    'null',
    '\xef\xbb\xbf',
  ]
  for (let times = random.whole(1, 3); times > 0; times -= 1) {
    const at = random.whole(0, text.length)
    const to = random.pick([at, at + 1, at + random.whole(1, 200)])
    text = text.slice(0, at) + random.pick(['', ...pieces, text.slice(at, to).repeat(2)]) + text.slice(to)
  }
  return Buffer.from(text, 'latin1')
}

/** What a page has besides its records; a record's keys are not among them. */
const pageText =
  /"(?!(?:CreationTime|Id|UserType|Workload|ObjectId|Parameters|Actor|ID|Items|Nested|AuditData|Version|Name|Value)")(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.]+|\{[^[]*\[1\]\}|(?=\[))|"hits"\s*:\s*(?=\{)/gs

/** The text and the rows found in it, when something between them is neither separator nor page; else undefined. */
function lostIn(text: string, blocks: readonly Block[]): string | undefined {
  const rows = blocks.flatMap(({ bytes, ends }) =>
    ends.map((end, i) => recordBytes(bytes.subarray(ends[i - 1] ?? 0, end)).toString('latin1')),
  )
  const isWhole = (from: number, i: number): boolean => {
    const row = rows[i]
    if (row === undefined) return isGap(text.slice(from))
    for (let at = text.indexOf(row, from); at !== -1 && row !== ''; at = text.indexOf(row, at + 1)) {
      if (isGap(text.slice(from, at)) && isWhole(at + row.length, i + 1)) return true
    }
    return false
  }
  return isWhole(0, 0) ? undefined : `${text}\n---\n${rows.join('\n--\n')}`
}

function isGap(text: string): boolean {
  return /^(?:[\s,[\]}]|\xef\xbb\xbf|\{(?=\s*$))*$/.test(text.replace(pageText, '').replaceAll('{', ''))
}
