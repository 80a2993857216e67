import { isUtf8 } from 'node:buffer'
import { isoOf, within } from '../../time/time.ts'
import { readJson } from './json-text.ts'

// Values of binary formats as JSON that says neither less nor more.

/** A number of these digits, or their text where a double has others: what reads JSON would round it. */
export function numberText(digits: string): string {
  return String(Number(digits)) === digits ? digits : `"${digits}"`
}

/** A double; JSON has no word for what is no number. */
export function doubleText(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`
}

/** More digits than these no database has. */
const maxDigits = 1000

/** A decimal, without zeros at its end. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0 || scale > maxDigits) return numberText(String(unscaled))
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const fraction = digits.slice(-scale).replace(/0+$/, '')
  const whole = `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}`
  return numberText(fraction === '' ? whole : `${whole}.${fraction}`)
}

/** An integer with its sign, the highest byte first, as decimals have it; bytes of more than a decimal can have are no number. */
export function bigEndian(bytes: Buffer): bigint | undefined {
  if (bytes.length > maxDigits / 2) return undefined
  return bytes.length === 0 ? 0n : BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex')}`))
}

/** How many of them make a second, by how many decimals a second has in them. */
export type Decimals = 0 | 3 | 6 | 9

/** A time of so many units since 1970 began as ISO 8601, with `Z` where it is in UTC; one beyond ISO's years is the number that it is. */
export function timestampText(units: bigint | number, decimals: Decimals, isUtc: boolean): string {
  const perSecond = 10n ** BigInt(decimals)
  const all = BigInt(units)
  const rest = ((all % perSecond) + perSecond) % perSecond
  const ms = within(Number((all - rest) / perSecond) * 1000)
  if (ms === undefined) return numberText(String(all))
  return `"${isoOf(ms).slice(0, -5)}${fractionOf(rest, decimals)}${isUtc ? 'Z' : ''}"`
}

/** A day, as the number of days since 1970 began. */
export function dateText(days: number): string {
  const ms = within(days * 86_400_000)
  return ms === undefined ? numberText(String(days)) : `"${isoOf(ms).slice(0, 10)}"`
}

/** A time of day, as units since midnight. */
export function timeOfDayText(units: bigint | number, decimals: Decimals): string {
  const all = BigInt(units)
  const perSecond = 10n ** BigInt(decimals)
  const seconds = Number(all / perSecond)
  if (all < 0n || seconds >= 86_400) return numberText(String(all))
  return `"${isoOf(seconds * 1000).slice(11, 19)}${fractionOf(all % perSecond, decimals)}"`
}

function fractionOf(rest: bigint, decimals: Decimals): string {
  return rest === 0n ? '' : `.${String(rest).padStart(decimals, '0').replace(/0+$/, '')}`
}

/** A text; what is none, though it should be, in Base64. */
export function textText(bytes: Buffer): string {
  return isUtf8(bytes) ? JSON.stringify(bytes.toString('utf8')) : base64Text(bytes)
}

/** Bytes of which nothing says what they are: the object or the list that they are the JSON of, else their text, or Base64. */
export function bytesText(bytes: Buffer): string {
  if (!isUtf8(bytes)) return base64Text(bytes)
  const text = bytes.toString('utf8')
  return jsonIn(text) ?? JSON.stringify(text)
}

/** The JSON that a text is, where it is an object or a list. */
function jsonIn(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  const json = readJson(text)
  return typeof json === 'object' && !json.truncated ? text.trim() : undefined
}

export function base64Text(bytes: Buffer): string {
  return `"${bytes.toString('base64')}"`
}

/** Sixteen bytes as an id is written. */
export function uuidText(bytes: Buffer): string {
  return `"${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}"`
}

/** Makes an object of members of these names, from the JSON of each. */
export function objectText(names: readonly string[]): (texts: readonly string[]) => string {
  const keys = names.map((name, i) => `${i === 0 ? '' : ','}${JSON.stringify(name)}:`)
  return (texts) => {
    let text = '{'
    for (const [i, key] of keys.entries()) text += key + texts[i]
    return `${text}}`
  }
}

/** The JSON that a text is, itself the JSON of a text or not, where it is that of an object or a list. */
export function unquoted(text: string): string | undefined {
  if (text.startsWith('{') || text.startsWith('[')) return text
  return text.startsWith('"') ? jsonIn(JSON.parse(text) as string) : undefined
}
