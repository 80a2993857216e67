import { expect, test } from '@jest/globals'
import { html, toText, value } from '#src/reports/html/html.ts'
import { cell } from '#src/reports/tsv/cell.ts'
import { visible } from '#src/reports/visible.ts'

test.each([
  ['invoice\u202egpj.exe', 'invoice\\u202egpj.exe'],
  ['pay\u200bpal\u0000', 'pay\\u200bpal\\u0000'],
  ['\u001b[2Jgone', '\\u001b[2Jgone'],
  ['soft\u00adhyphen\u061c\ufeff', 'soft\\u00adhyphen\\u061c\\ufeff'],
  ['half \ud800 and tag \u{e0041}', 'half \\ud800 and tag \\u{e0041}'],
  ['a\tb\r\nc', 'a\\tb\\r\\nc'],
  ['café 日本 ❤️ 😀', 'café 日本 ❤️ 😀'],
  ['plain', 'plain'],
])('the terminal, the tables and the page show the same of value %#', (text, shown) => {
  const page = toText(html`${value(text)}`).replaceAll(/<[^>]*>/g, '')

  expect([visible(text), cell(text), page]).toEqual([shown, shown, shown])
})
