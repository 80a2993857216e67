import { expect, test } from '@jest/globals'
import { inUtf8 } from '#src/sources/files/code-page.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

function recoded(rows: readonly Buffer[], encoding?: string) {
  let end = 0
  const ends = rows.map((row) => {
    end += row.length
    return end
  })
  const found = inUtf8({ bytes: Buffer.concat(rows), ends }, encoding)
  return found && { ...found, bytes: Buffer.from(found.bytes).toString() }
}

test('rows in UTF-8 stay as they are, and cost nothing', () => {
  expect(recoded([Buffer.from('a,é\r\n'), Buffer.from('b\n')])).toBeUndefined()
})

test('a row that Western Windows wrote is the same in UTF-8, beside rows that are in it', () => {
  const rows = [Buffer.from('a,é\r\n'), latin1('b,J\xf6rg \x93M\xfcller\x94 \x80\r\n'), Buffer.from('c\n')]

  expect(recoded(rows)).toEqual({
    bytes: 'a,é\r\nb,Jörg “Müller” €\r\nc\n',
    ends: [6, 33, 35],
    recoded: 1,
  })
})

test.each([
  ['a zero', 'caf\xe9\x00'],
  ['a byte that no character has', 'caf\xe9\x81'],
  ['what is UTF-8 with a damage', 'caf\xc3\xa9 \xe9'],
])('a row with %s is not taken for Windows-1252', (_, row) => {
  expect(recoded([latin1(row)])).toBeUndefined()
})

test.each([
  ['windows-1250', '\xe8', 'č'],
  ['shift_jis', '\x8d\xbf', '坐'],
])('who knows that it is in %s has its letters', (encoding, bytes, text) => {
  expect(recoded([latin1(`a,${bytes}\n`)], encoding)?.bytes).toBe(`a,${text}\n`)
})

test('what is not in the encoding that somebody named stays as it is', () => {
  expect(recoded([latin1('a,\x8d\n')], 'shift_jis')).toBeUndefined()
})
