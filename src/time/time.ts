// ISO 8601 as Microsoft writes it: UTC whether or not it says so, up to seven decimals, sometimes a blank for the T, and in the risk
// detections of diagnostic settings hours of one digit.
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?$/

// The forms nearly all of them have, with days that every month has: as it is written here, and as the audit log has it too.
const toSecond = /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d/.source
const canonical = new RegExp(`^${toSecond}\\.\\d{3}Z$`)
const usual = new RegExp(`^${toSecond}(?:\\.\\d{3,9})?Z?$`)

// Elasticsearch's dates have four digits for the year, and a zone can push a time of the year 9999 beyond them.
const earliest = Date.parse('0000-01-01T00:00:00.000Z')
const latest = Date.parse('9999-12-31T23:59:59.999Z')

/** A time that Elasticsearch takes; undefined for one that it does not. */
export function within(time: number): number | undefined {
  return time >= earliest && time <= latest ? time : undefined
}

/** Milliseconds since the epoch of an ISO 8601 time; no zone means UTC. Undefined for anything else. */
export function parseTime(value: string | undefined): number | undefined {
  const ms = value === undefined ? undefined : usualMs(value)
  if (ms !== undefined) return ms
  const match = iso.exec(value?.trim() ?? '')
  if (match === null) return undefined
  const [, year, month, day, hour = '', minute, second = '00', fraction = '', zone = 'Z'] = match
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const time = Date.parse(
    `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`,
  )
  return isRealDay(Number(year), Number(month), Number(day)) ? within(time) : undefined // NaN is within nothing.
}

// A case has a few hundred days, and a million times, each written by `Date`, take a second.
const days = Array.from({ length: 64 }, () => ({ day: Number.NaN, text: '' }))
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/** ISO 8601 in UTC with milliseconds, of whole milliseconds since the epoch: what `Date` writes. Throws what that throws. */
export function isoOf(ms: number): string {
  const day = Math.floor(ms / dayMs)
  const rest = ms - day * dayMs
  const minutes = Math.floor(rest / 60_000)
  const seconds = Math.floor(rest / 1000) % 60
  const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds]}`
  return `${dayText(day)}${clock}.${String(rest % 1000).padStart(3, '0')}Z`
}

function dayText(day: number): string {
  const known = days[day & (days.length - 1)] as (typeof days)[number] // As many as the mask tells apart.
  if (known.day === day) return known.text
  known.text = new Date(day * dayMs).toISOString().slice(0, -13)
  known.day = day
  return known.text
}

/** Whether a month has that day: V8 takes 31 February for 3 March. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

// `MM/DD/YYYY HH:MM:SS AM`, UTC, as MessageDelivered writes ReceivedTime.
const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d):(\d\d) ?(AM|PM)$/i

/** Milliseconds since the epoch of a time in US form, taken as UTC. Undefined for anything else. */
export function parseUsTime(value: string | undefined): number | undefined {
  const match = us.exec(value?.trim() ?? '')
  if (match === null) return undefined
  const [month, day, year] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])]
  if (month < 1 || month > 12 || day < 1 || !isRealDay(year, month, day)) return undefined
  if (hour < 1 || hour > 12 || minute > 59 || second > 59) return undefined
  const afternoon = match[7]?.toUpperCase() === 'PM' ? 12 : 0
  return Date.UTC(year, month - 1, day, (hour % 12) + afternoon, minute, second)
}

/** The time as ISO 8601 in UTC with milliseconds. Undefined for anything that is no time. */
export function toIso(value: string | undefined): string | undefined {
  if (value !== undefined && canonical.test(value)) return value
  const ms = parseAnyTime(value)
  return ms === undefined ? undefined : isoOf(ms)
}

/** The same as `Date.parse` of a time in UTC, in a third of the time; undefined for one in another form. */
export function usualMs(value: string): number | undefined {
  if (!usual.test(value)) return undefined
  const [year, month] = [digits(value, 0, 4), digits(value, 5, 2)]
  if (year < 100) return undefined // Which `Date.UTC` takes for one of the 20th century.
  const clock = (digits(value, 11, 2) * 60 + digits(value, 14, 2)) * 60 + digits(value, 17, 2)
  const fraction = value.length > 22 ? digits(value, 20, 3) : 0
  return Date.UTC(year, month - 1, digits(value, 8, 2)) + clock * 1000 + fraction
}

function digits(text: string, start: number, count: number): number {
  let number = 0
  for (let at = start; at < start + count; at += 1) number = number * 10 + text.charCodeAt(at) - 48
  return number
}

/** Milliseconds since the epoch of a time in ISO or US form. Undefined for anything else. */
export function parseAnyTime(value: string | undefined): number | undefined {
  return value?.includes('/') === true ? parseUsTime(value) : parseTime(value)
}

/** `2026-03-12`: the day that is so many days after 1970 began. */
export function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().replace(/T.*/, '')
}
