import { expect, test } from '@jest/globals'
import { dateOrderIn, isCoarseTime, isSureTime, parseCultureTime, whyNoTime } from '#src/time/culture-time.ts'
import { isoOf, parseTime } from '#src/time/time.ts'
import { createRandom } from '../../samples/random.ts'

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
  ['18/05/2021 9:13:33 p. m.', '2021-05-18T21:13:33.000Z'],
  ['5/8/2021 9:13:33 p.\u00a0m.', '2021-08-05T21:13:33.000Z'],
  ['18/05/2021 9:13:33 μμ', '2021-05-18T21:13:33.000Z'],
  ['18/5/2021 12:13:33 π.μ.', '2021-05-18T00:13:33.000Z'],
  ['2021-05-18 오후 9:13:33', '2021-05-18T21:13:33.000Z'],
  ['2021. 5. 18. 오전 9:13:33', '2021-05-18T09:13:33.000Z'],
  ['2021/5/18 下午 09:13:33', '2021-05-18T21:13:33.000Z'],
  ['2021/05/18 午前 9:13:33', '2021-05-18T09:13:33.000Z'],
  ['18\u200f/5\u200f/2021 9:13:33 م', '2021-05-18T21:13:33.000Z'],
  ['18.05.2021 г. 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['２０２１/０５/１８ ２１：１３：３３', '2021-05-18T21:13:33.000Z'],
  ['May 18, 2021 9:13:33 PM', '2021-05-18T21:13:33.000Z'],
  ['May 18, 2021, 9:13:33\u202fPM', '2021-05-18T21:13:33.000Z'],
  ['May 8, 2021 18:41:25.123', '2021-05-08T18:41:25.123Z'],
  ['18/05/2021, 9:13:33.988 pm', '2021-05-18T21:13:33.988Z'],
  ['18 Sept 2021, 21:13:33', '2021-09-18T21:13:33.000Z'],
  ['18 févr. 2021, 21:13:33', '2021-02-18T21:13:33.000Z'],
  ['18 de mai. de 2021, 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['18. März 2021 21:13:33', '2021-03-18T21:13:33.000Z'],
  ['2021年5月18日 下午9:13:33', '2021-05-18T21:13:33.000Z'],
  ['5/18/2021 9:13:33 PM +00:00', '2021-05-18T21:13:33.000Z'],
  ['5/8/2021 9:13:33 PM +00:00', '2021-05-08T21:13:33.000Z'],
  ['5/8/2021 9:13:33 PM Z', '2021-05-08T21:13:33.000Z'],
  ['5/8/2021 9:13:33 PM+0000', '2021-05-08T21:13:33.000Z'],
  ['18.05.2021 21:13:33 +02:00', '2021-05-18T19:13:33.000Z'],
  ['18/05/2021 21:13:33 -0330', '2021-05-19T00:43:33.000Z'],
  ['18/5/2564 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['2564-05-18 21:13:33', '2021-05-18T21:13:33.000Z'],
  ['2564-05-18T21:13:33.123Z', '2021-05-18T21:13:33.123Z'],
  ['29/2/2567 21:13:33', '2024-02-29T21:13:33.000Z'],
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
  '1405/9/8 19:41:00',
  '18 lis 2021, 21:13:33',
  'Smarch 13, 2021 9:13:33 PM',
  'May 32, 2021 9:13:33 PM',
  'May 18, 2021',
  '1405-09-08T19:41:00',
  '19/06/1448 07:41:00 م',
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

// What .NET makes of a time: CLDR's short date and its time with seconds, of every region where Exchange Online is sold.
const cultures =
  `am ar-AE ar-EG ar-MA ar-SA az bg-BG bn-BD bs ca cs-CZ cy da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-HK en-IE en-IN en-NZ en-PH
  en-SG en-US en-ZA es-AR es-CO es-ES es-MX es-US et-EE eu fa-IR fi-FI fil fr-BE fr-CA fr-CH fr-FR ga gl gu-IN he-IL hi-IN hr-HR hu-HU hy id-ID is-IS
  it-CH it-IT ja-JP ka kk-KZ km kn ko-KR lo lt-LT lv-LV mk ml mn mr ms-MY my nb-NO ne nl-BE nl-NL pa pl-PL ps-AF pt-BR pt-PT ro-RO ru-RU si sk-SK
  sl-SI sq sr-RS sv-FI sv-SE sw ta te th-TH tr-TR uk-UA ur-PK uz vi-VN zh-CN zh-HK zh-SG zh-TW zu`.split(/\s+/)
// Calendars with months of their own, hours between letters, words for the evening: what nobody reads is refused.
const refused = ['fa-IR', 'fr-CA', 'ps-AF', 'zh-TW']

test.each(cultures)('a time of %s is read right or not at all', (culture) => {
  const time = Date.UTC(2026, 10, 29, 19, 41, 3)
  const common = { timeZone: 'UTC', numberingSystem: 'latn' } as const
  const date = new Intl.DateTimeFormat(culture, { ...common, year: 'numeric', month: 'numeric', day: 'numeric' })
  const clock = new Intl.DateTimeFormat(culture, { ...common, timeStyle: 'medium' })

  const read = parseCultureTime(`${date.format(time)} ${clock.format(time)}`)

  expect(read).toBe(refused.includes(culture) ? undefined : time)
})

test.each([
  ['2026/03/05 21:13:33', true],
  ['05.03.2026 21:13:33', true],
  ['5/3/2026 21:13:33', false],
  ['5-3-2026 21:13:33', false],
  ['5/13/2026 9:13:33 PM', true],
  ['Mar 5, 2026 9:13:33 PM', true],
  ['5 mars 2026 21:13:33', true],
  ['13\u200f/5\u200f/2026 9:13:33 م', true],
  ['5\u200f/3\u200f/2026 9:13:33 م', false],
])('whether %s tells its day from its month: %s', (text, isSure) => {
  expect(isSureTime(text)).toBe(isSure)
})

test.each([
  ['5/18/2021 9:13 PM', true],
  ['18/5/2021 9:13 p. m.', true],
  ['18/5/2021 9:13 μμ', true],
  ['2021-05-18 오후 9:13', true],
  ['18.05.2021 г. 21:13', true],
  ['2021-05-18T21:13', true],
  ['5/18/2021 9:13 PM +00:00', true],
  ['2021-05-18T21:13+02:00', true],
  ['2021-05-18 21:13:33 +02:00', false],
  ['18.05.2021 21:13:33 +02:00', false],
  ['18/5/2021 9:13:33 μμ', false],
  ['2021-05-18T21:13:33', false],
])('whether %s was cut to the minute: %s', (text, isCoarse) => {
  expect(isCoarseTime(text)).toBe(isCoarse)
})

test('times are written and read as Date does, whatever came before', () => {
  const random = createRandom(24)
  const [first, last] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')]
  const times = Array.from({ length: 2000 }, () => first + Math.floor(random.fraction() * (last - first)))
  for (const time of [first, last, 0, -1, 59_999, 60_000, ...times]) {
    // The next of the same minute is made of what is remembered.
    for (const ms of [time, time - (time % 1000)]) {
      expect(isoOf(ms)).toBe(new Date(ms).toISOString())
      // Years of which those of other calendars are told apart.
      const isOurs = ms >= Date.UTC(1500, 0) && ms < Date.UTC(2500, 0)
      for (const read of isOurs ? [parseTime, parseCultureTime] : [parseTime]) {
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
  ['5\u200f/3\u200f/2026 9:10:00 م', 'either'],
  ['25\u200f/5\u200f/2026 9:10:00 م', 'day'],
  ['2026/05/03 9:10', undefined],
  ['03.05.2026 09:10', undefined],
  ['2026-05-03T09:10:00Z', undefined],
  ['05-03-2026 09:10:00 PM', 'either'],
  ['25-03-2026 09:10:00', 'day'],
  ['03-25-2026 09:10:00 PM', 'month'],
  ['3/25/26 21:13', 'month'],
  ['3/5/26 21:13', 'either'],
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
  ['03-05-2026 09:10:00', undefined, '2026-05-03T09:10:00.000Z'],
  ['05-03-2026 09:10:00 AM', 'month', '2026-05-03T09:10:00.000Z'],
  ['05-25-2026 09:10:00 AM', undefined, '2026-05-25T09:10:00.000Z'],
  ['5/3/26 9:10', undefined, '2026-05-03T09:10:00.000Z'],
  ['25/5/26 9:10', undefined, '2026-05-25T09:10:00.000Z'],
] as const)('%j, where %s is first, is %s', (text, order, expected) => {
  const ms = parseCultureTime(text, order)

  expect(ms && isoOf(ms)).toBe(expected)
})

test.each([
  [
    '18.05.21 10:00:00',
    'the year in CreationTime has two digits, and may stand first or last: export it with dates such as 2026-05-03',
  ],
  [
    '21-05-18 10:00:00 AM',
    'the year in CreationTime has two digits, and may stand first or last: export it with dates such as 2026-05-03',
  ],
  [
    '26/03/05 21:13',
    'the year in CreationTime has two digits, and may stand first or last: export it with dates such as 2026-05-03',
  ],
  ['yesterday', 'CreationTime is not a time'],
  ['18.05.2021 24:00:00', 'CreationTime is not a time'],
])('why %j is no time is told', (text, why) => {
  expect(parseCultureTime(text)).toBeUndefined()
  expect(whyNoTime('CreationTime', text)).toBe(why)
})
