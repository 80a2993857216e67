import { dayMs, isoOf } from '../../time/time.ts'

/** What of a time a number format shows. */
export interface ShownTime {
  readonly date: boolean
  readonly clock: boolean
}

/** What a number format of a spreadsheet shows of a time, by its id and its code where the workbook has one; undefined where it shows a number. */
export function timeShownBy(id: number, code: string | undefined): ShownTime | undefined {
  if (code === undefined) return built.find(({ from, to }) => id >= from && id <= to)?.shows
  const signs = (code.slice(0, longestCode).split(';')[0] ?? '').replaceAll(noSign, '').toLowerCase()
  const clock = /[hs]/.test(signs)
  const date = /[yd]/.test(signs) || (!clock && signs.includes('m'))
  return date || clock ? { date, clock } : undefined
}

// Excel takes no longer ones, and brackets without an end would have all behind them looked through again and again.
const longestCode = 255

/** Words, escaped characters, filling, and colours and languages, but hours, minutes and seconds without end (`[h]`) are signs. */
const noSign = /"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general/gi

const [date, clock] = [
  { date: true, clock: false },
  { date: false, clock: true },
]

// ECMA-376 part 1, 18.8.30: what these ids mean needs no code; some of them in East Asian languages only.
const built = [
  { from: 14, to: 17, shows: date },
  { from: 18, to: 21, shows: clock },
  { from: 22, to: 22, shows: { date: true, clock: true } },
  { from: 27, to: 31, shows: date },
  { from: 32, to: 35, shows: clock },
  { from: 36, to: 36, shows: date },
  { from: 45, to: 47, shows: clock },
  { from: 50, to: 58, shows: date },
] as const

/** 1 January 1970, and what the calendar that begins in 1904 is behind. */
const [epochDay, daysOf1904] = [25_569, 1_462] as const
/** Behind the last day of the year 9999. */
const endDay = 2_958_466

/**
 * A number of days as ISO 8601 without a zone, as far as it says a time: a clock alone, a day alone, or both. A time of whole minutes has no
 * seconds, for a spreadsheet that read one to the minute keeps the same. What is no such number stays as it is.
 */
export function serialText(number: string, shown: ShownTime, is1904: boolean): string {
  const serial = Number(number)
  if (!(number.trim() !== '' && serial >= 0 && serial < endDay)) return number
  // The calendar of 1900 has a 29 February that never was, so that the days before it are one less (18.17.4.1).
  const days = is1904 ? serial + daysOf1904 : serial < 60 ? serial + 1 : serial
  const text = isoOf(Math.round((days - epochDay) * dayMs)).replace(/(?::00)?\.000Z$|Z$/, '')
  if (!shown.date && serial < 1) return text.slice(11)
  return shown.clock || !text.endsWith('T00:00') ? text : text.slice(0, 10)
}
