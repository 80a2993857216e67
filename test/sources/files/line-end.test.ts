import { expect, test } from '@jest/globals'
import { endsInReturns } from '#src/sources/files/line-end.ts'
import { digestFile } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'
import { readWhole } from '../../support/whole-file.ts'

const header = 'Received,SenderAddress,RecipientAddress,Subject,MessageTraceId'
const row = (number: number, subject: string) =>
  `2026-03-0${number}T08:00:00Z,bob@fabrikam.example,alice@contoso.example,${subject},0f3c1a52-1111-4e77-8a55-08de5b0c9d0${number}`

test('rows that end in a carriage return alone are rows, and what stands in their cells stays', async () => {
  const rows = [header, row(1, 'Invoice'), '', row(2, '"two\rlines,\nand ""three"""'), row(3, 'x')]

  for (const end of ['', '\r', '\r\n']) {
    const { activities, rejected } = await digestFile(fileOf(rows.join('\r') + end))

    expect(rejected).toEqual([])
    expect(activities.map(({ row }) => row)).toEqual([2, 4, 5])
    expect(activities.map(({ record }) => record['Subject'])).toEqual(['Invoice', 'two\rlines,\nand "three"', 'x'])
  }
})

test('rows that end in two carriage returns and a newline end before them', async () => {
  const rows = [`${header},Received (2)`, `${row(1, 'Invoice')},"a, b"`, `${row(2, 'x')},c`]

  const { activities } = await readWhole(rows.map((line) => `${line}\r\r\n`).join(''))

  expect(activities.map(({ record }) => record['Received (2)'])).toEqual(['a, b', 'c'])
})

test.each([
  ['\r', '\n'],
  ['\n', '\r'],
  ['\r', '\r\n'],
  ['\r\n', '\r'],
  ['\r', '\r\r\n'],
  ['\r\n', '\n'],
])('a header that ends in %j stands before rows that end in %j', async (ofHeader, ofRows) => {
  const rows = [row(1, 'Invoice'), row(2, '"two\rlines,\nand ""three"""'), row(3, 'x')]

  const { activities } = await readWhole(header + ofHeader + rows.map((line) => line + ofRows).join(''))

  expect(activities.map(({ row }) => row)).toEqual([2, 3, 4])
  expect(activities.map(({ record }) => record['Subject'])).toEqual(['Invoice', 'two\rlines,\nand "three"', 'x'])
})

test('rows whose ends are mixed are rows, with their numbers', async () => {
  const ends = ['\n', '\r', '\r\n']
  const subjects = ['Invoice', '"two\rlines,\nand ""three"""', 'a', 'b', 'c', 'd', 'e', 'f']

  for (const first of ends) {
    for (let shift = 0; shift < ends.length; shift += 1) {
      const rows = subjects.map((subject, i) => row(i + 1, subject) + ends[(i + shift) % ends.length])
      const { activities } = await readWhole(header + first + rows.join(''))

      expect(activities.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
      expect(activities.map(({ record }) => record['Subject'])).toContain('two\rlines,\nand "three"')
    }
  }
})

test.each([
  ['\n', '\r'],
  ['\r', '\n'],
  ['\r', '\r\n'],
  ['\r\n', '\r'],
])('rows that end in %j stand before those of another file that end in %j, with their numbers', async (first, further) => {
  const rows = [1, 2, 3].map((number) => row(number, 'a') + first)
  const others = [4, 5, 6].map((number) => row(number, '"b\rc"') + further)

  const { activities } = await readWhole(`${header}${first}${rows.join('')}${others.join('')}`)

  expect(activities.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7])
})

test('more rows than a line may be long are read where they end otherwise than those before them', async () => {
  const subject = 'x'.repeat(1024 * 1024)
  const others = Array.from({ length: 20 }, () => row(2, subject))

  const { activities, rejected } = await digestFile(fileOf(`${header}\n${row(1, 'a')}\n${others.join('\r')}\r`))

  expect([activities.length, rejected.length]).toEqual([21, 0])
})

test('rows tell by where they end, not by where their header does, that they do not stand in the cells of a sheet', async () => {
  const rows = [row(1, '"x, \r\n"""",\n"'), row(2, '"\r\n"'), row(3, 'x')]

  const { activities } = await readWhole(`${header}\n${rows.join('\r')}\r`)

  expect(activities.map(({ row }) => row)).toEqual([2, 3, 4])
})

test('titles, dates and a quote that nobody closes are read there as elsewhere', async () => {
  const rows = ['Report', '', header, row(1, 'a'), row(2, '"open'), row(3, 'c')].join('\r')

  const { activities, rejected } = await digestFile(
    fileOf(rows.replaceAll(/2026-03-0(\d)T08:00:00Z/g, '2$1/03/2026 08:00:00')),
  )

  expect(activities.map(({ time }) => new Date(time).toISOString())).toEqual([
    '2026-03-21T08:00:00.000Z',
    '2026-03-23T08:00:00.000Z',
  ])
  expect(rejected).toMatchObject([{ row: 5, reason: 'a quote is opened and not closed' }])
})

test.each<[string, boolean]>([
  ['a,b\r1,2\r', true],
  ['a,b\r', true],
  ['"a\r",b\n1,2\n', false],
  ['"a\n",b\r1,2\r', true],
  ['a,b\r\n1,2\r\n', false],
  ['a,b\r\r\n1,2\r\r\n', false],
  ['a,b\n1\r,2\n', false],
  ['a,b', false],
])('of %j the lines end in returns: %s', (text, isSo) => {
  expect(endsInReturns(Buffer.from(text))).toBe(isSo)
})
