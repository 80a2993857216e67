import { expect, test } from '@jest/globals'
import { table } from '#src/reports/text/table.ts'
import { widthOf } from '#src/reports/wrapped.ts'

test('what is shortened fits into the terminal also where its characters take two columns, or none', () => {
  const rows = ['請求書の支払い期限について確認してください'.repeat(3), 'e\u0301te\u0301 '.repeat(30)]

  const lines = table(
    rows,
    [
      ['from', () => '203.0.113.66'],
      ['first queries', (row) => row],
    ],
    { columns: 40, spare: [], shortens: true },
  )

  expect(lines.map((line) => widthOf(line) <= 40)).toEqual([true, true, true])
  expect(lines[1]).toMatch(/^ {2}203\.0\.113\.66 {2}請求.*…/)
  expect(widthOf('e\u0301te\u0301')).toBe(3)
})
