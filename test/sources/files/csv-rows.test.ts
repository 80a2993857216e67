import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { csvLine, csvRows } from '#src/sources/files/csv-rows.ts'
import { createRandom } from '../../../samples/random.ts'

const delimiter = ','

test('the cells of any row are those that csv-parse finds', () => {
  for (let seed = 1; seed <= 20_000; seed += 1) {
    const random = createRandom(seed)
    const pieces = ['"', '""', ',', 'a', 'é', ' ', '\r', '"a"', ',"', '",', "'", '\t', '{""b"": ""c""}']
    const line = Array.from({ length: random.whole(1, 9) }, () => random.pick(pieces)).join('')

    if (line === '\r') continue // Blank.
    const row = rowOf(`${line}\n`)

    expect([line, row?.cells]).toEqual([line, cellsByLibrary(`${line}\n`)])
  }
})

test('a row that a writer of its file makes of its cells needs no original', () => {
  const cells = ['a', 'b "c"', 'd,e', '', 'f\ng']
  const minimal = csvLine(cells, { delimiter })
  const all = csvLine(cells, { delimiter, quoteAll: true })

  expect(minimal).toBe('a,"b ""c""","d,e",,"f\ng"')
  expect(all).toBe('"a","b ""c""","d,e","","f\ng"')
  expect(rowOf(minimal)).toMatchObject({ cells, plain: true })
  expect(rowOf(all)).toMatchObject({ cells, plain: false })
  expect(rowOf(all, true)).toMatchObject({ cells, plain: true })
  expect(rowOf(minimal, true)).toMatchObject({ cells, plain: false })
})

test('bytes that are no UTF-8 cost their own row', () => {
  const good = Buffer.from('a,é\n')
  const bad = Buffer.from([0x61, 0x2c, 0xe9, 0x0a])

  const rows = [...csvRows(Buffer.concat([good, bad, good]), [5, 9, 14], { delimiter })]

  expect(rows.map((row) => row?.cells ?? row?.reason)).toEqual([['a', 'é'], 'not valid UTF-8', ['a', 'é']])
})

function rowOf(line: string, quoteAll = false) {
  const bytes = Buffer.from(line)
  return [...csvRows(bytes, [bytes.length], { delimiter, quoteAll })][0]
}

function cellsByLibrary(line: string): string[] | undefined {
  try {
    const rows: string[][] = parse(line, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n'],
    })
    return rows.length === 1 ? rows[0] : undefined
  } catch {
    return undefined
  }
}
