import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { digestRows, restore } from '#src/sources/files/digest.ts'
import { createRandom } from '../../../samples/random.ts'
import { pythonString } from '../../../samples/retriever-csv.ts'
import { csvLine, plainCells, randomRows } from '../../support/csv.ts'
import { digestFile, header } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/retriever')
const time = '2018-06-20T08:00:00.019Z'
const good = (name: string) => `${time},Web,${name},,,,`

test.each<[string, string, string]>([
  ['too few columns', `${time},Web,Move`, '3 columns where the header has 7'],
  ['too many columns', `${good('Move')},`, '8 columns where the header has 7'],
  ['no time', ',Web,Move,,,,', 'no TimeStamp'],
  ['a time that is none', 'yesterday,Web,Move,,,,', 'TimeStamp is not a time'],
  ['a day that is none', '2018-02-31T08:00:00Z,Web,Move,,,,', 'TimeStamp is not a time'],
  ['a time that no date field holds', '9999-12-31T23:59:59-01:00,Web,Move,,,,', 'TimeStamp is not a time'],
  ['no operation', `${time},Web,,,,,`, 'no ActivityIdType'],
  ['a literal that breaks off', `${time},Web,Move,,,,{'a': 'b'`, 'found the end of the text at character 9'],
  ['a literal with a mistake', `${time},Web,Move,,,,{'a': b}`, 'found "b" at character 6'],
  ['a literal that is no dictionary', `${time},Web,Move,,,,[1]`, 'CustomProperties is not a dictionary'],
  ['JSON for the literal', `${time},Web,Move,,,,{'a': null}`, 'not a Python literal'],
  ['quotes inside unquoted cells on two lines', `${time},Web,Move,it"em\nmo"re,,,`, '2 rows in one'],
  ['a quote that is never closed', `${time},Web,Move,"a,,,`, 'a quote is opened and not closed'],
])('a row with %s is set aside as it is, with the reason, and all others are read', async (_, bad, reason) => {
  const path = fileOf([header, good('First'), '', bad, good('Second'), good('Third'), bad].join('\n'))

  const { activities, rejected } = await digestFile(path)

  expect(activities.map(({ operation, row }) => [operation, row])).toEqual([
    ['First', 2],
    ['Second', 5],
    ['Third', 6],
  ])
  expect(rejected.map(({ row, original }) => [row, Buffer.from(original).toString()])).toEqual([
    [4, bad],
    [7, bad],
  ])
  for (const rejection of rejected) expect(rejection.reason).toContain(reason)
})

test.each([
  ['as it is', header],
  ['behind a byte order mark, in quotes', `\uFEFF"${header.replaceAll(',', '","')}"`],
  ['in another case', header.toUpperCase()],
])('a header between the rows, as where files were put together, is set aside as what it is: %s', async (_, again) => {
  const { activities, rejected } = await digestFile(fileOf([header, good('A'), again, good('B')].join('\n')))

  expect(activities.map(({ row }) => row)).toEqual([2, 4])
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [3, expect.stringContaining('the header once more')],
  ])
})

test.each([
  ',',
  ';',
  '\t',
])('two quotes that are never closed cost two rows, with the delimiter %j', async (delimiter) => {
  const rows = [good('A'), `${time},Web,Move,"a,,,`, good('B'), good('C'), `${time},Web,Move,"a,,,`, good('D')]
  const path = fileOf([header, ...rows].join('\r\n').replaceAll(',', delimiter))

  const { activities, rejected } = await digestFile(path)

  expect(activities.map(({ operation, row }) => `${operation}${row}`)).toEqual(['A2', 'B4', 'C5', 'D7'])
  expect(rejected.map(({ row }) => row)).toEqual([3, 6])
})

test('a row that is longer than a row may be is rejected as such, and all others are read', async () => {
  const long = `${time},Web,Move,"${'a'.repeat(17 * 1024 * 1024)}",,,`

  const { activities, rejected } = await digestFile(fileOf([header, good('A'), long, good('B')].join('\n')))

  expect(activities.map(({ operation }) => operation)).toEqual(['A', 'B'])
  expect(rejected.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^longer than a row may be \(16 MB\)/),
  )
})

test('a row that is not UTF-8 is set aside byte for byte, and all others are read', async () => {
  const bad = Buffer.concat([Buffer.from(`${time},Web,Move,caf`), Buffer.of(0xe9, 0xff, 0x00), Buffer.from(',,,')])
  const lines = [header, good('Café'), bad, good('Second')].map((line) =>
    Buffer.concat([Buffer.from(line), Buffer.of(10)]),
  )
  const path = fileOf(Buffer.concat(lines))

  const { activities, rejected } = await digestFile(path)

  expect(activities.map(({ operation, row }) => [operation, row])).toEqual([
    ['Café', 2],
    ['Second', 4],
  ])
  expect(rejected).toEqual([
    {
      row: 3,
      reason:
        'not valid UTF-8: import it into a new case with --encoding, or save the file as UTF-8 and import that too',
      original: new Uint8Array(bad),
    },
  ])
})

test('blank lines are no rows, but are counted as a spreadsheet counts them', async () => {
  const path = fileOf(`${header}\r\n\r\n${good('First')}\r\n\r\n\n${good('Second')}\n\n`)

  const { activities, rejected } = await digestFile(path)

  expect(activities.map(({ operation, row }) => [operation, row])).toEqual([
    ['First', 3],
    ['Second', 6],
  ])
  expect(rejected).toEqual([])
})

test('a row over several lines is one row, and has one number', async () => {
  const path = fileOf(`${header}\n${time},Web,First,"two\r\nlines",,,\n${good('Second')}\n`)

  const { activities } = await digestFile(path)

  expect(activities.map(({ record, row }) => [record['ActivityItemId'], row])).toEqual([
    ['two\r\nlines', 2],
    ['', 3],
  ])
})

test('a reason shows nothing of the row', async () => {
  const secret = 'hunter2'
  const rows = [
    `"${secret}" ${secret},`,
    `${secret},Web,Move,,,,`,
    `${good('Move')}{${secret}}`,
    `${time},Web,Move,"${secret}`,
    `${time},Web,${secret},,,,{'${secret}': ${secret}`,
  ]
  const path = fileOf([header, ...rows].join('\n'))

  const { rejected } = await digestFile(path)

  expect(rejected).toHaveLength(5)
  expect(rejected.filter(({ reason }) => reason.includes(secret))).toEqual([])
})

test('the original is the row byte for byte, and the record has its cells, however it is quoted', async () => {
  const extra = `${header},${['F', 'G', 'H', 'I', 'J'].join(',')}`

  for (let seed = 1; seed <= 60; seed += 1) {
    const random = createRandom(seed)
    const tails = randomRows(random).map((row) => plainCells(row))
    const rows = tails.map((tail) => {
      const cells = [time, 'Web', 'Move', '', '', '', '', ...tail.slice(0, 5), ...Array(5).fill('')].slice(0, 12)
      return csvLine(cells, { quoteAll: random.chance(0.5) })
    })
    const { activities, format } = await digestFile(fileOf([extra, ...rows].join(random.pick(['\n', '\r\n']))))

    const restored = activities.map(({ content }) => restore(format, content))

    expect(activities.map(({ content }) => content)).toEqual(rows)
    expect(restored.map(({ record }) => Object.values({ ...record, CustomProperties: '' }))).toEqual(
      rows.map(plainCells),
    )
    expect(restored.map(({ record }) => record)).toEqual(activities.map(({ record }) => record))
  }
})

test.each([
  'retriever-crowdstrike.csv',
  'retriever-lmg-with-apostrophes.csv',
])('every row of %s gives back its record and its text from what is kept', async (name) => {
  const lines = (await readFile(join(fixtures, name), 'utf8')).trimEnd().split('\n').slice(1)

  const { activities, rejected, format } = await digestFile(join(fixtures, name))

  const restored = activities.map(({ content }) => restore(format, content))
  expect(rejected).toEqual([])
  expect(activities.map(({ content }) => content)).toEqual(lines)
  expect(restored.map(({ record }) => record)).toEqual(activities.map(({ record }) => record))
})

test('the records of a CSV are those that the API gave for it', async () => {
  const page: { value: Record<string, unknown>[] } = JSON.parse(await readFile(join(fixtures, 'page-1.json'), 'utf8'))

  const { activities } = await digestFile(join(fixtures, 'retriever-crowdstrike.csv'))

  const expected = page.value.map(({ Id, CustomProperties, ...rest }) => ({
    ...rest,
    CustomProperties: Object.fromEntries(
      ((CustomProperties ?? []) as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
    ),
  }))
  expect(activities.map(({ record }) => record)).toEqual(expected)
})

test('an apostrophe costs nothing', async () => {
  const { activities } = await digestFile(join(fixtures, 'retriever-lmg-with-apostrophes.csv'))

  const last = activities.slice(-2).map(({ record }) => record['CustomProperties'])
  expect(last).toMatchObject([{ Query: "o'neil contract" }, { UserName: "o'neil@contoso.example" }])
})

test('whatever text a property holds, it is read as it was written', async () => {
  const random = createRandom(7)
  const parts = ["'", '"', '\\', '\n', '\r', '\t', ',', ';', 'é', '😀', '\u2028', '\u0000', 'a']
  const texts = Array.from({ length: 300 }, () => Array.from({ length: 8 }, () => random.pick(parts)).join(''))
  const rows = texts.map((text) => csvLine([time, 'Web', 'Move', '', '', '', `{'Subject': ${pythonString(text)}}`]))

  const { activities } = await digestFile(fileOf([header, ...rows].join('\n')))

  expect(activities.map(({ record }) => record['CustomProperties'])).toEqual(texts.map((Subject) => ({ Subject })))
})

test('an id depends on the mailbox and the seven columns, and on nothing else', async () => {
  const row = `${time},Web,Move,item,,session,{'a': 'b'}`
  const reordered =
    'CustomProperties;ClientSessionId;Extra;ActivityCreationTime;ActivityItemId;ActivityIdType;AppIdType;TimeStamp'
  const files = [
    fileOf([header, row, row].join('\n')),
    fileOf([header, '', `"${time}",Web,"Move",item,,session,{'a': 'b'}`].join('\r\n')),
    fileOf([reordered, `{'a': 'b'};session;more;;item;Move;Web;${time}`].join('\n')),
  ]

  const ids = (await Promise.all(files.map((path) => digestFile(path)))).flatMap(({ activities }) =>
    activities.map(({ id }) => id),
  )
  const others = await Promise.all([
    digestFile(fileOf([header, row].join('\n')), 'bob@contoso.example'),
    digestFile(fileOf([header, row.replace('item,,', ',item,')].join('\n'))),
  ])

  expect(new Set(ids).size).toBe(1)
  expect(ids).toHaveLength(4)
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set(others.map(({ activities }) => activities[0]?.id)).add(ids[0]).size).toBe(3)
})

test('rejected rows stand where they were read, for room of its own for each of a million would be half a gigabyte', () => {
  const rows = Buffer.from('a\nb\nc\n')
  const bytes = new Uint8Array(rows)
  const format = { shape: 'retriever-csv', columns: header.split(','), delimiter: ',' }

  const digest = digestRows({ format, mailbox: '', firstRow: 2, bytes, ends: [2, 4, 6] })
  const read = [...digest.activities]
  const { rejected } = digest.rest()

  expect(read).toEqual([])
  expect(rejected.map(({ original }) => Buffer.from(original).toString())).toEqual(['a', 'b', 'c'])
  expect(new Set(rejected.map(({ original }) => original.buffer))).toEqual(new Set([bytes.buffer]))
})
