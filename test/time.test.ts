import { expect, test } from '@jest/globals'
import { dateOrderIn, isoOf, parseCultureTime, parseTime } from '#src/time.ts'
import { createRandom } from '../samples/random.ts'

test.each([
  ['2021-05-18T21:13:33', '2021-05-18T21:13:33.000Z'],
  ['2026-01-24T06:54:24.0000000Z ', '2026-01-24T06:54:24.000Z'],
  ['2021-05-18T21:13:33.1234567Z', '2021-05-18T21:13:33.123Z'],
  ['2021-05-18 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['2021-05-18T5:13:33.107Z', '2021-05-18T05:13:33.107Z'],
  ['2021-05-18T23:13:33+02:00', '2021-05-18T21:13:33.000Z'],
  ['5/18/2021 9:13:33 PM', '2021-05-18T21:13:33.000Z'],
  ['05/18/2021 09:13:33 pm', '2021-05-18T21:13:33.000Z'],
  ['5/8/2021 9:13:33 PM', '2021-05-08T21:13:33.000Z'],
  ['5/8/2021 1:00:00 AM', '2021-05-08T01:00:00.000Z'],
  ['5/8/2021 12:00:00 AM', '2021-05-08T00:00:00.000Z'],
  ['5/8/2021 12:00:00 PM', '2021-05-08T12:00:00.000Z'],
  ['5/18/2021 9:13:33\u202fPM', '2021-05-18T21:13:33.000Z'],
  ['5/18/2021, 9:13:33.250 PM', '2021-05-18T21:13:33.250Z'],
  ['18/05/2021 9:13:33 PM', '2021-05-18T21:13:33.000Z'],
  ['18/05/2021 9:13:33 p.m.', '2021-05-18T21:13:33.000Z'],
  ['18/05/2021 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['08/05/2021 21:13:33', '2021-05-08T21:13:33.000Z'],
  ['05/18/2021 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['18/05/2021 21:13', '2021-05-18T21:13:00.000Z'],
  ['18.05.2021 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['8.5.2021 9.13.33', '2021-05-08T09:13:33.000Z'],
  ['18. 5. 2021 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['18.05.2021, 21:13:33,123', '2021-05-18T21:13:33.123Z'],
  ['18-05-2021 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['2021/05/18 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['2021/5/8 9:13:33', '2021-05-08T09:13:33.000Z'],
  ['2021. 05. 18. 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['/Date(1621372413000)/', '2021-05-18T21:13:33.000Z'],
  ['\\/Date(1621372413123+0200)\\/', '2021-05-18T21:13:33.123Z'],
  ['/Date(-1)/', '1969-12-31T23:59:59.999Z'],
])('the time %j is %s', (text, iso) => {
  expect(new Date(parseCultureTime(text) ?? Number.NaN).toISOString()).toBe(iso)
})

test.each([
  undefined,
  '',
  'yesterday',
  '18/05/2021',
  '31/02/2021 10:00:00',
  '32.05.2021 10:00:00',
  '18.13.2021 10:00:00',
  '05.18.2021 10:00:00',
  '0/5/2021 1:00:00 PM',
  '5/18/2021 13:00:00 PM',
  '5/18/2021 0:00:00 AM',
  '18.05.2021 24:00:00',
  '18.05.2021 10:60:00',
  '18.05.21 10:00:00',
  '18/05-2021 10:00:00',
  '/Date(999999999999999)/',
  '/Date(soon)/',
  '1621372413000',
])('%j is no time', (text) => {
  expect(parseCultureTime(text)).toBeUndefined()
})

test('times are written and read as Date does, whatever came before', () => {
  const random = createRandom(24)
  const [first, last] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')]
  const times = Array.from({ length: 2000 }, () => first + Math.floor(random.fraction() * (last - first)))
  for (const time of [first, last, 0, -1, 59_999, 60_000, ...times]) {
    // The next of the same minute is made of what is remembered.
    for (const ms of [time, time - (time % 1000)]) {
      expect(isoOf(ms)).toBe(new Date(ms).toISOString())
      for (const read of [parseTime, parseCultureTime]) {
        expect(read(isoOf(ms))).toBe(ms)
        // As the audit log writes it, and exports of it.
        expect(read(isoOf(ms).slice(0, -5))).toBe(Math.floor(ms / 1000) * 1000)
        expect(read(`${isoOf(ms).slice(0, -1)}4567Z`)).toBe(ms)
      }
    }
  }
})

test.each([
  ['5/3/2026 9:10:00 AM', 'either'],
  ['05/03/2026 09:10:00', 'either'],
  ['3/05/2026 9:10:00 am', 'day'],
  ['25/5/2026 9:10', 'day'],
  ['5/25/2026, 9:10:00.123 PM', 'month'],
  ['5/5/2026 9:10', undefined],
  ['25/25/2026 9:10', undefined],
  ['2026/05/03 9:10', undefined],
  ['03.05.2026 09:10', undefined],
  ['2026-05-03T09:10:00Z', undefined],
  ['', undefined],
])('%j tells what stands first: %s', (text, expected) => {
  expect(dateOrderIn(text)).toBe(expected)
})

test.each([
  ['3/05/2026 9:10:00 am', undefined, '2026-05-03T09:10:00.000Z'],
  ['5/3/2026 9:10', undefined, '2026-05-03T09:10:00.000Z'],
  ['3/5/2026 9:10:00', undefined, '2026-05-03T09:10:00.000Z'],
  ['05/03/2026 09:10:00', 'month', '2026-05-03T09:10:00.000Z'],
  ['5/3/2026 9:10:00 AM', 'day', '2026-03-05T09:10:00.000Z'],
  ['25/5/2026 9:10:00', 'month', '2026-05-25T09:10:00.000Z'],
] as const)('%j, where %s is first, is %s', (text, order, expected) => {
  const ms = parseCultureTime(text, order)

  expect(ms && isoOf(ms)).toBe(expected)
})
