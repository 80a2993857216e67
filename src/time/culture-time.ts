import { monthOf } from './month-names.ts'
import { isRealDay, parseTime, usualMs, within } from './time.ts'

// `5/18/2021 9:13 PM`: what PowerShell's `Get-Date -Format g` leaves of a time, and what a spreadsheet saves of one that it shows so.
const toMinute = /[\sT]\d{1,2}[:.]\d\d(?:\s?[AP]\.?\s?M\.?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?$/i

/** Whether a time was cut to the minute: then what it is of may be up to a minute later. */
export function isCoarseTime(value: string): boolean {
  if (value.charAt(4) === '-' && value.charAt(16) === ':') return false // Nearly all are ISO 8601 with seconds.
  return toMinute.test(inUsualSigns(value.trim()))
}

// What PowerShell and Excel make of a time, in whatever culture the operator has: `5/18/2021 9:13:33 PM`, `18.05.2021 21:13:33`,
// `2021/05/18 21:13:33`. ICU puts a narrow no-break space before AM and PM since its version 72, Spanish of Latin America one in
// them (`p. m.`), Log Analytics a comma after the date.
const culture =
  /^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?,?\s+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?(?:\s?([AP])\.?\s?M\.?)?(?:\s?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d))?$/i

// What cultures of which the clock has twice twelve hours write for AM and PM, wherever it stands: CLDR's abbreviated day periods, and
// Windows' (NLS) where it has others.
const halves: readonly (readonly [half: 'am' | 'pm', words: RegExp])[] = [
  ['am', /上午|午前|오전|π\.?μ\.?|ص|ጥዋት|\bPG\b|p\.d\./u],
  ['pm', /下午|午後|오후|μ\.?μ\.?|م|ከሰዓት|\bPTG\b|m\.d\./u],
]
/** Signs that say no more than in which direction is written. */
const directions = /[\u061c\u200e\u200f]/g
/** Bulgarian and Macedonian put the word for year behind it. */
const wordForYear = /(?<=\d)\sг\.(?=,?\s)/

// Advanced hunting's exports have times as the browser's language writes them, since September 2023 (MicrosoftDocs/WDAC-Toolkit#380): `Apr 15, 2024
// 11:09:27 AM`, `May 7, 2024 18:41:25.123`; other languages put the day first, Chinese signs behind the numbers.
const withNames: readonly RegExp[] = [
  /^(?<month>\p{L}+)\.? (?<day>\d{1,2}),? (?<year>\d{4}),? (?<clock>\d.*)$/u,
  /^(?<day>\d{1,2})\.? (?:de )?(?<month>\p{L}+)\.?,? (?:de )?(?<year>\d{4})\.?,? (?<clock>\d.*)$/u,
  /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日 ?(?<clock>\d.*)$/,
]

// .NET writes dates of Thailand by the Buddhist calendar, and those of a format of one's own too: its years are 543 more, its months and days
// the same (ThaiBuddhistCalendar). Those of Iran and Afghanistan (PersianCalendar) and Saudi Arabia (UmAlQuraCalendar) have other months, and
// years that nothing was logged in.
const buddhist = { from: 2500, to: 2800, ahead: 543 } as const
const buddhistYear = /^2[567]\d\d(?=[./-])/
const islamic = { from: 1300, to: 1500 } as const
const islamicYear = /^1[34]\d\d[./-]/
const [islamicEnd, buddhistStart] = [Date.UTC(islamic.to, 0), Date.UTC(buddhist.from, 0)]

// `\/Date(1621372413000)\/`: what PowerShell's ConvertTo-Json made of times before version 6. A zone changes nothing.
const jsonDate = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/

// Excel for Mac saves `3/14/26 21:13`. With slashes the year stands last where it has two digits; with dots or dashes it may stand first, too. Before 2010
// Exchange logged nothing: `26/03/05 21:13` is of Japan.
const shortYear = /^(\d{1,2}\/\d{1,2}\/)([1-4]\d)(?=,?\s\d)/
const unsureYear = /^(\d{1,2})([./-])\s?\d{1,2}\2\s?\d{1,2}[,.]?\s+\d/

type Order = readonly ['year' | 'month' | 'day', 'year' | 'month' | 'day', 'year' | 'month' | 'day']

/** What stands first in a date with slashes or dashes: `5/18/2021` or `18/05/2021`. */
export type DateOrder = 'day' | 'month'

const slashed: Readonly<Record<DateOrder, readonly Order[]>> = {
  day: [
    ['day', 'month', 'year'],
    ['month', 'day', 'year'],
  ],
  month: [
    ['month', 'day', 'year'],
    ['day', 'month', 'year'],
  ],
}

// Of the cultures that put the month first (the United States, the Philippines) none fills it up with a zero and leaves the day, or
// the day and leaves the month: `3/05/2021` is of Australia or New Zealand, which write AM and PM too; and what is `am` or `a.m.` is theirs,
// India's or of Latin America. Excel saves what the United States
// write as `5/18/2021 21:13`, and .NET without any culture as `05/18/2021 21:13:33`; the latter is told apart where it is known.
const ofAustralia = /^\d\/0\d\//
const likely: readonly { readonly when: RegExp; readonly order: DateOrder }[] = [
  { when: ofAustralia, order: 'day' },
  { when: /M(?:\s?(?:Z|[+-]\d\d:?\d\d))?$/, order: 'month' },
  { when: /^(?:\d\/\d|\d\d\/\d|\d\/\d\d)\/\d{4} \d{1,2}:\d\d$/, order: 'month' },
  { when: /./, order: 'day' },
]

const inEitherOrder = /^(\d{1,2})([/-])(\d{1,2})\2\d{4}\D/

/** Whether a date is written so that day and month may stand in either order: with slashes or dashes, the year behind. */
export function mayTellOrder(value: string): boolean {
  return inEitherOrder.test(inFullYears(value))
}

/** Which number of a date with slashes or dashes is the day, as far as it tells that itself; `either` where it may be both, undefined where it is none or both are one. */
export function dateOrderIn(value: string): DateOrder | 'either' | undefined {
  const text = inFullYears(value)
  const [, first = '', , second = ''] = inEitherOrder.exec(text) ?? []
  if (first === '' || Number(first) === Number(second)) return undefined
  if (Number(first) > 12) return Number(second) > 12 ? undefined : 'day'
  if (Number(second) > 12) return 'month'
  return ofAustralia.test(text) ? 'day' : 'either'
}

/** The orders in which the numbers of a date are tried: where the first gives no day of the calendar, the next may. */
function ordersOf(text: string, given: DateOrder | undefined): readonly Order[] {
  if (/^\d{4}/.test(text)) return [['year', 'month', 'day']]
  if (/^\d{1,2}-/.test(text)) return slashed[given ?? 'day']
  if (!text.includes('/')) return [['day', 'month', 'year']]
  return slashed[given ?? likely.find(({ when }) => when.test(text))?.order ?? 'day']
}

/**
 * Milliseconds since the epoch of a time in any form that exports have, taken as UTC without a zone. Undefined for anything else. `order` is
 * what dates with slashes or dashes have first, where that is known of where it stands.
 */
export function parseCultureTime(value: string | undefined, order?: DateOrder): number | undefined {
  const given = value?.trim() ?? ''
  const utc = usualMs(given)
  if (utc !== undefined && utc >= islamicEnd && utc < buddhistStart) return utc
  const text = inUsualSigns(given)
  if (islamicYear.test(text)) return undefined
  const ms = jsonDate.exec(text)?.[1]
  if (ms !== undefined) return within(Number(ms))
  const match = culture.exec(text)
  if (match === null) return parseTime(text)
  const clock = clockOf(match.slice(5))
  if (clock === undefined) return parseTime(text)
  const numbers = [match[1], match[3], match[4]].map(Number)
  for (const parts of ordersOf(text, order)) {
    const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => numbers[parts.indexOf(part)] as number)
    const midnight = dateOf(year as number, month as number, day as number)
    if (midnight !== undefined) return within(midnight + clock - zoneMs(match[10]))
  }
  return undefined
}

/** With digits, blanks and halves of the day as they are in English, and the year of a date that begins with it by our calendar. */
function inUsualSigns(text: string): string {
  const plain = inFullYears(text.normalize('NFKC')).replace(wordForYear, '')
  const dated = plain.replace(buddhistYear, (year) => String(Number(year) - buddhist.ahead))
  const half = halves.find(([, words]) => words.test(dated))
  return inNumbers(half === undefined ? dated : `${dated.replace(half[1], ' ').trim()} ${half[0]}`)
}

/** Without signs of direction, and with all digits of a year that stands behind slashes. */
function inFullYears(text: string): string {
  return text.replaceAll(directions, '').trim().replace(shortYear, '$120$2')
}

/** A date whose month has a name, with the year first. */
function inNumbers(text: string): string {
  if (!/[\p{L}年]/u.test(text)) return text
  const spaced = text.replaceAll(/\s+/g, ' ')
  for (const form of withNames) {
    const { year, month = '', day = '', clock } = form.exec(spaced)?.groups ?? {}
    if (year === undefined) continue
    const number = /\d/.test(month) ? Number(month) : monthOf(month)
    return number === undefined ? text : `${year}-${number}-${day} ${clock}`
  }
  return text
}

function dateOf(told: number, month: number, day: number): number | undefined {
  const year = told >= buddhist.from && told < buddhist.to ? told - buddhist.ahead : told
  if (year < islamic.to || year > 9999 || month < 1 || month > 12 || day < 1 || !isRealDay(year, month, day))
    return undefined
  return Date.UTC(year, month - 1, day)
}

/** Why what a column says is no time, and what can be done where its year has two digits. */
export function whyNoTime(column: string, value: string): string {
  const isUnsure = unsureYear.test(inUsualSigns(value.trim()))
  return isUnsure
    ? `the year in ${column} has two digits, and may stand first or last: export it with dates such as 2026-05-03`
    : `${column} is not a time`
}

/** How far a zone is ahead of UTC, as .NET writes it behind a DateTimeOffset. */
function zoneMs(zone = 'Z'): number {
  if (!/\d/.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** Milliseconds since midnight. */
function clockOf([hour, minute, second = '0', fraction = '', half]: (string | undefined)[]): number | undefined {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)]
  if (minutes > 59 || seconds > 59 || hours > 23 || (half !== undefined && (hours < 1 || hours > 12))) return undefined
  const shift = half === undefined ? hours : (hours % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
  return ((shift * 60 + minutes) * 60 + seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
}

/** Whether such a time, wherever it was written, tells its day from its month: those with the year first, with dots or with the month's name do. */
export function isSureTime(value: string | undefined): boolean {
  if (parseTime(value) !== undefined) return true
  const text = inUsualSigns(value ?? '')
  const [, first = '', second = ''] = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\D/.exec(text) ?? []
  const isTold = first !== '' && (Number(first) > 12 || Number(second) > 12 || Number(first) === Number(second))
  return (isTold || tellsOrder.test(text)) && parseCultureTime(value) !== undefined
}

const tellsOrder = /^\s*(?:\d{4}[./-]|\d{1,2}\.\s?\d{1,2}\.)/
