import { expect, test } from '@jest/globals'
import { csvRows } from '#src/sources/files/csv-rows.ts'
import { type Block, frameRows, type Position } from '#src/sources/files/frames.ts'
import { retrieverCsv } from '#src/sources/files/shapes/retriever-csv.ts'
import { createRandom } from '../../../samples/random.ts'
import { plainCells, randomRows } from '../../support/csv.ts'

const start: Position = { offset: 0, row: 2 }
const never = () => false
const startsRow = (line: string) => retrieverCsv.startsRow(line, retrieverCsv.columns, ',')

test('rows are cut as they were written, with their numbers, however the bytes arrive', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const rows = randomRows(createRandom(seed))
    const size = Buffer.byteLength(rows.join(''))

    for (const chunkSize of [1, 2, 3, 7, 64, size]) {
      const framed = rowsOf(await frame(rows.join(''), { chunkSize }))
      expect(framed).toEqual(rows.map((text, i) => ({ row: i + 2, text: withLineEnd(text) })))
    }
  }
})

test('resuming behind any block gives exactly the rest', async () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const text = randomRows(createRandom(seed)).join('')
    const blocks = await frame(text, { chunkSize: (seed % 9) + 1 })

    for (const [i, { next }] of blocks.entries()) {
      const rest = await frame(text, { from: next, chunkSize: 5 })
      expect(rowsOf(rest)).toEqual(rowsOf(blocks.slice(i + 1)))
    }
  }
})

test('cells are those of a reader that goes through a row one character at a time', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const rows = randomRows(createRandom(seed))
    const blocks = await frame(rows.join(''), { chunkSize: 50 })

    const cells = blocks.flatMap(({ bytes, ends }) => [...csvRows(bytes, ends, ',')].map((row) => row?.cells))

    expect(cells).toEqual(rows.map((row) => (row.trim() === '' && !row.includes(' ') ? undefined : plainCells(row))))
  }
})

test('a row is read the same among others as alone, whatever quotes stand in it', async () => {
  const pieces = ['a', 'b', ',', '"', '"', '\n', '\r\n', '\r']

  for (let seed = 1; seed <= 5000; seed += 1) {
    const random = createRandom(seed)
    const text = Array.from({ length: random.whole(1, 40) }, () => random.pick(pieces)).join('')
    for (const { bytes, ends } of await frame(text, { chunkSize: 100 })) {
      const together = read(bytes, ends)
      const alone = rowsIn(bytes, ends).flatMap((row) => read(row, [row.length]))
      expect(JSON.stringify(together)).toBe(JSON.stringify(alone))
    }
  }
})

/** Each row's text and cells. */
function read(bytes: Buffer, ends: readonly number[]) {
  return [...csvRows(bytes, ends, ',')].map((row) => row && [bytes.toString('utf8', row.start, row.end), row.cells])
}

test('no byte is lost or doubled, and every block says where the next begins, whatever quotes stand in it', async () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = createRandom(seed)
    const text = Array.from({ length: random.whole(1, 60) }, () => random.pick(['a', ',', '"', '\n', '2018'])).join('')
    const blocks = await frame(text, { chunkSize: random.whole(1, 20) })

    expect(Buffer.concat(blocks.map(({ bytes }) => bytes)).toString()).toBe(withLineEnd(text))
    let position = start
    for (const { firstRow, bytes, ends, next } of blocks) {
      expect(firstRow).toBe(position.row)
      expect(next).toEqual({ offset: position.offset + bytes.length, row: position.row + ends.length })
      position = next
    }
  }
})

const time = '2018-06-20T08:00:00.019Z'
const good = (name: string) => `${time},Web,${name},,,,`

test.each([
  ['in the middle', [good('A'), `${time},Web,Move,"broken,,,`, good('B'), good('C')]],
  ['in the first row', [`${time},Web,Move,"broken,,,`, good('A'), good('B')]],
  ['in the last row', [good('A'), good('B'), `${time},Web,Move,"broken,,,`]],
  ['in several rows', [`"${time},Web,Move,,,,`, good('A'), `${time},Web,Move,"a"",b,,,`, good('B')]],
  ['before a row with quoted cells', [`${time},Web,Move,"broken,,,`, `${time},Web,Move,,,,"{'a': ""b""}"`, good('A')]],
  ['before a row quoted throughout', [`${time},Web,Move,"broken,,,`, `"${time}","Web","Move",,,,`, good('A')]],
])('a quote that is never closed costs one row, %s, when rows can be known by their beginning', async (_, rows) => {
  for (const chunkSize of [1, 10, 1000]) {
    expect(textsOf(await frame(rows.join('\n'), { chunkSize, startsRow }))).toEqual(rows)
    expect(textsOf(await frame(`${rows.join('\n')}\n`, { chunkSize, startsRow }))).toEqual(rows)
  }
})

test('a carriage return ends a row where what follows can only be one, and no cell', async () => {
  const rows = [
    `${good('A')}\r`,
    `${time},Web,Move,"b\r${good('B')}",,,\r\n`,
    `${time},Web,a\rb,,,,\n`,
    `${good('C')}\r\r`,
  ]

  for (const chunkSize of [1, 10, 1000]) {
    const framed = rowsOf(await frame(`${rows.join('')}${good('D')}\n`, { chunkSize, startsRow }))
    expect(framed.map(({ text }) => text)).toEqual([...rows, `${good('D')}\n`])
  }
})

test.each([
  ['in the middle', ['a,b', 'a,"broken', 'c,d', 'e,"f"']],
  ['in the first row', ['"broken', 'a,b', 'c,d']],
  ['in the last row', ['a,b', 'c,d', 'e,"']],
  ['alone', ['"']],
])('a quote that is never closed costs one row, %s, when only the end of the file tells', async (_, rows) => {
  for (const chunkSize of [1, 10, 1000]) {
    expect(textsOf(await frame(rows.join('\n'), { chunkSize }))).toEqual(rows)
    expect(textsOf(await frame(`${rows.join('\n')}\n`, { chunkSize }))).toEqual(rows)
  }
})

test('a quote that is not closed for very long is given up, and the rows behind it are read', async () => {
  const rows = ['a,"broken', ...Array.from({ length: 300_000 }, (_, i) => `${i},${'x'.repeat(50)}`)]

  const blocks = await frame(rows.join('\n'), { chunkSize: 1024 * 1024 })

  expect(blocks.length).toBeGreaterThan(1)
  expect(textsOf(blocks).join('\n') === rows.join('\n')).toBe(true)
})

test('of very many lines behind a quote that nobody closed no block has more than memory should hold', async () => {
  const lines = ['"open', ...Array.from({ length: 150_000 }, (_, i) => String(i))]

  const blocks = await frame(`${lines.join('\n')}\n`, { chunkSize: 128 * 1024 })

  expect(textsOf(blocks)).toEqual(lines)
  expect(blocks.map(({ firstRow }) => firstRow)).toEqual(blocks.map((_, i) => 2 + i * 1024))
  expect(Math.max(...blocks.map(({ ends }) => ends.length))).toBeLessThanOrEqual(1024)
})

test.each([
  '\n',
  '\r\n',
])('of millions of blank lines that end in %j no block tells where each ends, and the row behind them has its number', async (end) => {
  const text = `a,b${end}${end.repeat(3_000_000)}"c\nd",e${end}`

  const blocks = await frame(text, { chunkSize: 128 * 1024 })

  expect(blocks.reduce((sum, { ends }) => sum + ends.length, 0)).toBeLessThan(30_000)
  expect(rowsOf(blocks).at(-1)).toEqual({ row: 3_000_003, text: `"c\nd",e${end}` })
  const rest = await frame(text, { from: blocks[0]?.next as Position, chunkSize: 128 * 1024 })
  expect(rowsOf(rest).at(-1)?.row).toBe(3_000_003)
})

test('a file of nothing has no rows', async () => {
  expect(await frame('', { chunkSize: 1 })).toEqual([])
})

interface Framing {
  from?: Position
  chunkSize: number
  startsRow?: (line: string) => boolean
}

async function frame(text: string, { from = start, chunkSize, startsRow = never }: Framing): Promise<Block[]> {
  return Array.fromAsync(frameRows(chunksOf(Buffer.from(text).subarray(from.offset), chunkSize), from, startsRow))
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function rowsOf(blocks: readonly Block[]) {
  return blocks.flatMap(({ bytes, ends, firstRow }) =>
    rowsIn(bytes, ends).map((row, i) => ({ row: firstRow + i, text: row.toString() })),
  )
}

function textsOf(blocks: readonly Block[]): string[] {
  return rowsOf(blocks).map(({ text }) => text.replace(/\n$/, ''))
}

function rowsIn(bytes: Buffer, ends: readonly number[]): Buffer[] {
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
}

function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
