import { expect, test } from '@jest/globals'
import { serialText, timeShownBy } from '#src/sources/files/serial-dates.ts'

const both = { date: true, clock: true }
const date = { date: true, clock: false }
const clock = { date: false, clock: true }

test.each<[number, string | undefined, unknown]>([
  [0, undefined, undefined],
  [2, undefined, undefined],
  [14, undefined, date],
  [20, undefined, clock],
  [22, undefined, both],
  [46, undefined, clock],
  [49, undefined, undefined],
  [164, 'General', undefined],
  [164, '0.00E+00', undefined],
  [164, '#,##0;[Red]-#,##0', undefined],
  [164, '"days "0', undefined],
  [164, '0\\d', undefined],
  [164, 'm/d/yyyy\\ h:mm', both],
  [164, '[$-409]m/d/yy\\ h:mm\\ AM/PM;@', both],
  [164, 'yyyy\\-mm\\-dd', date],
  [164, 'mmm', date],
  [164, 'mm:ss.0', clock],
  [164, '[h]:mm:ss', clock],
  [22, '0', undefined],
])('what number format %j %j shows of a time', (id, code, shown) => {
  expect(timeShownBy(id, code)).toEqual(shown)
})

test.each<[string, Parameters<typeof serialText>[1], boolean, string]>([
  ['44334.884409722226', both, false, '2021-05-18T21:13:33'],
  ['44334.884', both, false, '2021-05-18T21:12:57.600'],
  ['44334.884027777778', both, false, '2021-05-18T21:13'],
  ['44334.884409722226', date, false, '2021-05-18T21:13:33'],
  ['44334', date, false, '2021-05-18'],
  ['44334', both, false, '2021-05-18T00:00'],
  ['42872.884409722226', both, true, '2021-05-18T21:13:33'],
  ['0.884409722222222', clock, false, '21:13:33'],
  ['44334.884409722226', clock, false, '2021-05-18T21:13:33'],
  ['1', date, false, '1900-01-01'],
  ['59', date, false, '1900-02-28'],
  ['61', date, false, '1900-03-01'],
  ['4.4334884409722226E4', both, false, '2021-05-18T21:13:33'],
  ['-1', both, false, '-1'],
  ['2958466', both, false, '2958466'],
  ['nonsense', both, false, 'nonsense'],
])('the days %s are a time', (number, shown, is1904, text) => {
  expect(serialText(number, shown, is1904)).toBe(text)
})
