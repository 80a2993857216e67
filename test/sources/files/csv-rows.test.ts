import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { csvRows } from '#src/sources/files/csv-rows.ts'
import { createRandom } from '../../../samples/random.ts'

const delimiter = ','

test('the cells of any row are those that csv-parse finds', () => {
  for (let seed = 1; seed <= 20_000; seed += 1) {
    const random = createRandom(seed)
    const pieces = [
      '"',
      '""',
      ',',
      'a',
      'é',
      ' ',
      '\r',
      '"a"',
      ',"',
      '",',
      "'",
      '\t',
      '{""b"": ""c""}',
      'é'.repeat(150),
    ]
    const line = Array.from({ length: random.whole(1, 9) }, () => random.pick(pieces)).join('')

    const withoutEnd = line.replace(/\r+$/, '')
    if (withoutEnd === '') continue // Blank.
    const row = rowOf(`${line}\n`)

    const cells = typeof row?.cells === 'string' ? undefined : row?.cells
    expect([line, cells]).toEqual([line, cellsByLibrary(`${withoutEnd}\n`)])
  }
})

test('a row is the same cells however its writer quotes, and keeps its own text', () => {
  const cells = ['a', 'b "c"', 'd,e', '', 'f\ng']
  const texts = ['a,"b ""c""","d,e",,"f\ng"', '"a","b ""c""","d,e","","f\ng"', 'a,"b ""c""","d,e","","f\ng"']

  for (const text of texts) expect(rowOf(`${text}\r\n`)).toEqual({ cells, start: 0, end: text.length })
})

test.each([
  '"a ""b""",',
  '"é ""b""",',
  '"a","b""",',
  'a,"",',
])('a row of very many cells such as %s is read once', (some) => {
  const cells = rowOf(`${some.repeat(300_000)}end\n`)?.cells

  const expected = cellsByLibrary(`${some}end\n`)?.slice(0, -1) ?? []
  expect(cells?.length).toBe(300_000 * expected.length + 1)
  expect(cells?.slice(0, expected.length)).toEqual(expected)
  expect(cells?.slice(-1 - expected.length)).toEqual([...expected, 'end'])
})

test('bytes that are no UTF-8 cost their own row', () => {
  const good = Buffer.from('a,é\n')
  const bad = Buffer.from([0x61, 0x2c, 0xe9, 0x0a])

  const rows = [...csvRows(Buffer.concat([good, bad, good]), [5, 9, 14], delimiter)]

  expect(rows.map((row) => row?.cells)).toEqual([
    ['a', 'é'],
    'not valid UTF-8: import it into a new case with --encoding, or save the file as UTF-8 and import that too',
    ['a', 'é'],
  ])
})

function rowOf(line: string) {
  const bytes = Buffer.from(line)
  return [...csvRows(bytes, [bytes.length], delimiter)][0]
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
