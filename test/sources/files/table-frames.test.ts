import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { restore } from '#src/sources/files/digest.ts'
import { framesOf } from '#src/sources/files/framed-rows.ts'
import { survey } from '#src/sources/files/survey.ts'
import { contentOf, digested, digestFile, never, surveyed } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'

const names = ['TimeGenerated', 'Id', 'UserPrincipalName', 'IPAddress', 'ResultType', 'Status', 'Note']
const signIn = (n: number, note: Json = null): Json[] => [
  ...[`2026-05-03T09:0${n}:00Z`, `2f0a0000-0000-4000-8000-00000000000${n}`, 'alice@contoso.example', '203.0.113.45'],
  ...[n === 2 ? '50126' : '0', JSON.stringify({ errorCode: n === 2 ? 50126 : 0 }), note],
]
const table = (rows: readonly Json[]) => ({
  name: 'PrimaryResult',
  columns: names.map((name) => ({ name, type: 'string' })),
  rows,
})
const answer = { tables: [table([signIn(1, 'a "]}, [{" b'), signIn(2), signIn(3)])] }

test.each([
  ['as it comes', JSON.stringify(answer)],
  ['printed over many lines', JSON.stringify(answer, undefined, 2)],
  ['with what else it says', JSON.stringify({ ...answer, statistics: { query: { rows: [[1]] } }, render: {} })],
  [
    'of Kusto',
    JSON.stringify({
      Tables: [{ TableName: 'T', Columns: names.map((ColumnName) => ({ ColumnName })), Rows: answer.tables[0]?.rows }],
    }),
  ],
])("the rows of an answer of Log Analytics' API are records under its columns' names: %s", async (_, text) => {
  const { activities, rejected, format } = await digestFile(fileOf(text))

  expect([format.shape, rejected]).toEqual(['sentinel-signinlogs', []])
  expect(activities.map(({ row, id }) => [row, id.slice(-1)])).toEqual([
    [1, '1'],
    [2, '2'],
    [3, '3'],
  ])
  expect(JSON.parse(activities[1]?.content ?? '')).toEqual(signIn(2))
  expect(activities[1] && restore(format, activities[1].content).record).toMatchObject({
    ...{ userPrincipalName: 'alice@contoso.example', ipAddress: '203.0.113.45', status: { errorCode: 50126 } },
  })
})

test('it is the same in chunks of any size, and from behind any block', async () => {
  const path = fileOf(JSON.stringify(answer))
  for (const size of [1, 2, 7, 64]) {
    const file = await surveyed(path, size)
    const blocks = await Array.fromAsync(framesOf(file, file.start, never))
    const ids = (from: number) => blocks.slice(from).flatMap((block) => idsIn(file.format, block))
    expect(ids(0)).toHaveLength(3)
    for (const [i, { next }] of blocks.entries()) {
      const rest = await Array.fromAsync(framesOf(file, next, never))
      expect(rest.flatMap((block) => idsIn(file.format, block))).toEqual(ids(i + 1))
    }
  }
})

test.each([
  ['a further table', `${JSON.stringify(answer).slice(0, -2)},${JSON.stringify(table([signIn(4)]))}]}`],
  ['a further answer', `${JSON.stringify(answer)}\n${JSON.stringify(answer)}`],
  ['an error of the service', JSON.stringify({ ...answer, error: { code: 'PartialError' } })],
])('what stands behind the rows and tells more is not passed over: %s', async (_, text) => {
  const { activities, rejected } = await digestFile(fileOf(text))

  expect(activities).toHaveLength(3)
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [4, expect.stringContaining('no row of the table')],
  ])
})

test('a row that is none costs itself alone', async () => {
  const rows = [signIn(1), { Exceptions: ['too much'] }, signIn(2).slice(1), 'word', signIn(3)]

  const { activities, rejected } = await digestFile(fileOf(JSON.stringify({ tables: [table(rows)] })))

  expect(activities.map(({ row }) => row)).toEqual([1, 5])
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [2, expect.stringContaining('no row')],
    [3, '6 values where the table has 7 columns'],
    [4, expect.stringContaining('no row')],
  ])
})

test.each([
  ['quote is opened', (row: string) => row.replace('alice', 'ali"ce')],
  ['quote is missing', (row: string) => row.replace('["', '[')],
  ['bracket is missing', (row: string) => row.replace(/\]$/, '')],
  ['bracket too many stands behind it', (row: string) => `${row}]`],
  ['bracket is missing before it', (row: string) => row.slice(1)],
  ['nest is too deep', (row: string) => row.replace('["', `[${'['.repeat(200)}"`)],
])('a row that is broken costs itself alone, in chunks of any size: a %s', async (_, broken) => {
  for (const place of [0, 1, 5]) {
    const rows = Array.from({ length: 6 }, (_, i) => JSON.stringify(signIn(i, [['a', [1, 2, 3]], ['b'], 'c, [1]'])))
    const damaged = rows.map((row, i) => (i === place ? broken(row) : row))
    const path = fileOf(JSON.stringify({ tables: [table([])] }).replace('"rows":[]', `"rows":[${damaged.join(', ')}]`))
    const ids = Array.from(rows, (_, i) => String(i)).filter((id) => id !== String(place))
    for (const size of [1, 64, 128 * 1024]) {
      const file = await surveyed(path, size)
      const blocks = await Array.fromAsync(framesOf(file, file.start, never))

      const read = blocks.flatMap((block) => idsIn(file.format, block)).map((id) => id.slice(-1))
      // What lacks no more than its end is an event.
      expect(read.filter((id) => id !== String(place))).toEqual(ids)
    }
  }
})

test('very many broken rows are read in no time, each beside the one that follows it', async () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => JSON.stringify(signIn(i % 10)))
  const damages = [(row: string) => row.replace('Z"', 'Z'), (row: string) => row.slice(0, -1)]
  const damaged = rows.map((row, i) => (i % 2 === 0 ? (damages[(i / 2) % 2]?.(row) ?? row) : row))
  const text = JSON.stringify({ tables: [table([])] }).replace('"rows":[]', `"rows":[${damaged.join(',')}]`)
  const file = await surveyed(fileOf(text))

  const began = performance.now()
  const blocks = await Array.fromAsync(framesOf(file, file.start, never))

  expect(blocks.reduce((sum, { ends }) => sum + ends.length, 0)).toBe(40_000)
  expect(performance.now() - began).toBeLessThan(20_000)
})

// Of the longer one the end is not among the bytes that are looked at first.
test.each([
  30, 1200,
])('what looks like %d rows in a text of a row is none, whatever chunks it comes in', async (times) => {
  const alike = JSON.stringify(signIn(9)).replaceAll('"', "'")
  const lists = `,[${'1,'.repeat(names.length - 1)}1]`.repeat(times)
  const path = fileOf(JSON.stringify({ tables: [table([signIn(1, alike + lists), signIn(2)])] }))

  for (const size of [1, 64, 128 * 1024]) {
    const file = await surveyed(path, size)
    const blocks = await Array.fromAsync(framesOf(file, file.start, never))

    expect(blocks.flatMap((block) => idsIn(file.format, block)).map((id) => id.slice(-1))).toEqual(['1', '2'])
    expect(blocks.reduce((sum, { ends }) => sum + ends.length, 0)).toBe(2)
  }
})

test('what follows a row that is too long for one is a piece, however many values it has', async () => {
  const tooLong = `[${'1,'.repeat(8.5 * 1024 * 1024)}1]`
  const text = JSON.stringify(answer).replace(']]}]}', `],${tooLong}]}]}`)

  const file = await surveyed(fileOf(text), 1024 * 1024)
  const blocks = await Array.fromAsync(framesOf(file, file.start, never))

  expect(blocks.reduce((sum, { ends }) => sum + ends.length, 0)).toBeLessThan(10)
  expect(blocks.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(tooLong.length)
})

test('an answer that breaks off in its first row is known by what is left of it', async () => {
  const text = JSON.stringify({ tables: [table([signIn(1, 'a note of some length')])] }).slice(0, -20)

  const { activities, format } = await digestFile(fileOf(text))

  expect([format.shape, activities.map(({ truncated }) => truncated)]).toEqual(['sentinel-signinlogs', [true]])
})

test('an answer that breaks off is told, and what is left of its last row is an event', async () => {
  const file = await surveyed(fileOf(JSON.stringify(answer).slice(0, -20)))
  let isCut = false
  const blocks = await Array.fromAsync(framesOf(file, file.start, never, () => (isCut = true)))

  const last = blocks.flatMap((block) => digested({ format: file.format, ...block, mailbox: '' }).activities).at(-1)
  expect([isCut, last?.row, last?.truncated]).toEqual([true, 3, true])
})

test.each([
  [
    { tables: [{ columns: [{ name: 'Computer' }, { name: 'CounterValue' }], rows: [['a', 1]] }] },
    'its columns are Computer, CounterValue',
  ],
  [{ tables: [{ columns: [{ name: 'Id' }], rows: [] }] }, 'a table without rows'],
])('a table of others says what it is of', async (given, reason) => {
  expect(await survey(contentOf(fileOf(JSON.stringify(given))), never)).toMatchObject({
    reason: expect.stringContaining(reason),
  })
})

function idsIn(
  format: Parameters<typeof restore>[0],
  block: Omit<Parameters<typeof digested>[0], 'format' | 'mailbox'>,
) {
  return digested({ format, ...block, mailbox: '' }).activities.map(({ id }) => id)
}
