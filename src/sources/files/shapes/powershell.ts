import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { parseCultureTime } from '../../../time/culture-time.ts'
import { isoOf } from '../../../time/time.ts'

const sessionColumns = /^(PSComputerName|RunspaceId|PSShowComputerName)$/i

/** Whether remote PowerShell added it to the object: then it is of the operator's session, not of the record. */
export function isOfSession(name: string): boolean {
  return sessionColumns.test(name)
}

/** The text of a time; ConvertTo-Json of old makes `{"value":"\/Date(…)\/","DateTime":"…"}` of some. */
export function timeText(value: Json | undefined): string | undefined {
  const text = isObject(value) ? value['value'] : value
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}

/** One time in one form, however it was exported; undefined for what is none. */
export function isoTime(value: Json | undefined): string | undefined {
  const time = parseCultureTime(timeText(value))
  return time === undefined ? undefined : isoOf(time)
}

/**
 * Whether a cell has only the type of what PowerShell could not write: `System.Object[]`, ``System.Collections.Generic.Dictionary`2[…]``; or what Power
 * Query shows of what nobody expanded.
 */
export function isTypeName(cell: string): boolean {
  return /^(?:(?:System|Microsoft)\.[\w.`[\],]+|\[(?:List|Record|Table)\])$/.test(cell)
}

/** What PowerShell makes of an object where it was not told to go deeper. */
interface Form {
  readonly whole: RegExp
  readonly between: RegExp
  readonly pair: RegExp
}

// `@{ErrorCode=0; FailureReason=Other.}`: a PSCustomObject. `class SignInStatus {⏎  ErrorCode: 0⏎}`: AzureADPreview's own.
const forms: readonly Form[] = [
  { whole: /^@\{(.*)\}$/s, between: /;\s+(?=\w+=)/, pair: /^\s*(\w+)=(.*)$/s },
  { whole: /^class \w+ \{(.*)\}$/s, between: /\r?\n/, pair: /^\s*(\w+): ?(.*)$/s },
]
// The value of such a pair stands last, and may itself look like pairs.
const nameAndValue = /^@\{Name=(.*?); Value=(.*)\}$/s

// No object of a record has so many: more are made to cost memory.
const mostPairs = 5000

/** The object that such a text was, with texts for values; undefined where it is none. */
export function powerShellObject(text: string): JsonObject | undefined {
  if (!text.endsWith('}')) return undefined // Else each place where a value may begin is tried to the end of a text of megabytes.
  const named = nameAndValue.exec(text)
  if (named !== null) return { Name: named[1] as string, Value: named[2] as string }
  for (const { whole, between, pair } of forms) {
    const inner = whole.exec(text)?.[1]
    if (inner === undefined) continue
    const parts = inner.split(between, mostPairs + 1)
    if (parts.length > mostPairs) return undefined
    const pairs = parts.map((part) => pair.exec(part))
    return Object.fromEntries(
      pairs.filter((found) => found !== null).map(([, name, value]) => [name, withSureDate(value?.trim() ?? '')]),
    )
  }
  return undefined
}

/** Within an object PowerShell writes dates as no culture does, the month first; elsewhere the same text has the day first. */
function withSureDate(value: string): string {
  return value.replace(/^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/, '$3-$1-$2T$4')
}

/** A record with the objects that stand in it as such texts; `isHollow` where of a list or an object only its type is left. */
export function unflattened(record: JsonObject): { readonly record: JsonObject; readonly isHollow: boolean } {
  const seen = { isHollow: false }
  return { record: inside(record, seen, 0) as JsonObject, ...seen }
}

type Seen = { isHollow: boolean }

// What people write may look so too, and is no object.
const words: ReadonlySet<string> = new Set(['Subject', 'QueryText', 'Value', 'NewValue', 'OldValue', 'Name'])
// Records of which anything is known have lists in lists in lists.
const maxDepth = 6

/** The same value where nothing in it is such a text. */
function inside(value: JsonObject | Json[], seen: Seen, depth: number): JsonObject | Json[] {
  if (Array.isArray(value)) {
    const whole = value.map((one) =>
      typeof one === 'object' || typeof one === 'string' ? shown(one, seen, depth) : one,
    )
    return whole.every((one, i) => one === value[i]) ? value : whole.flat()
  }
  let whole = value
  for (const name in value) {
    const own = value[name] as Json
    if ((typeof own !== 'string' && typeof own !== 'object') || words.has(name)) continue
    const now = shown(own, seen, depth)
    if (now === own) continue
    if (whole === value) whole = { ...value }
    whole[name] = now
  }
  return whole
}

function shown(value: string | JsonObject | Json[] | null, seen: Seen, depth: number): Json {
  if (value === null) return value
  if (typeof value === 'object') return depth < maxDepth ? inside(value, seen, depth + 1) : value
  const first = value.charCodeAt(0) // Nearly no text of a record begins so, and to look once is cheaper than to match.
  if (first === capitalS && typeName.test(value)) seen.isHollow = true
  if (first !== atSign || !value.startsWith('@{')) return value
  // ConvertTo-Json writes the elements of a list one by one, or, a level higher, one behind the other.
  const objects = value.split(/(?<=\})\s(?=@\{)/).map((text) => powerShellObject(text) ?? text)
  seen.isHollow ||= objects.some(isEmptied)
  return objects
}

/** Whether of a list or an object in it only the type is left. */
function isEmptied(one: Json): boolean {
  return isObject(one) && Object.values(one).some((inner) => typeof inner === 'string' && typeName.test(inner))
}

const [capitalS, atSign] = ['S'.charCodeAt(0), '@'.charCodeAt(0)] as const
const typeName = /^System\.(?:Object\[\]$|Collections\.|Management\.Automation\.)/
