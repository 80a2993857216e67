import { isObject, type Json, type JsonObject } from '../../../activity.ts'

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

/** The object that such a text was, with texts for values; undefined where it is none. */
export function powerShellObject(text: string): JsonObject | undefined {
  if (!text.endsWith('}')) return undefined // Else each place where a value may begin is tried to the end of a text of megabytes.
  const named = nameAndValue.exec(text)
  if (named !== null) return { Name: named[1] as string, Value: named[2] as string }
  for (const { whole, between, pair } of forms) {
    const inner = whole.exec(text)?.[1]
    if (inner === undefined) continue
    const pairs = inner.split(between).map((part) => pair.exec(part))
    return Object.fromEntries(
      pairs.filter((found) => found !== null).map(([, name, value]) => [name, value?.trim() ?? '']),
    )
  }
  return undefined
}

/** A record with the objects that stand in it as such texts; `isHollow` where of a list or an object only its type is left. */
export function unflattened(record: JsonObject): { readonly record: JsonObject; readonly isHollow: boolean } {
  let whole = record
  let isHollow = false
  for (const name in record) {
    const value = record[name] as Json
    const flat = Array.isArray(value) ? value[0] : value
    if (typeof flat !== 'string') continue
    const first = flat.charCodeAt(0) // Nearly no text of a record begins so, and to look once is cheaper than to match.
    if (first === capitalS && typeName.test(flat)) isHollow = true
    if (first !== atSign || !flat.startsWith('@{')) continue
    // ConvertTo-Json writes the elements of a list one by one, or, a level higher, one behind the other.
    const texts = Array.isArray(value) ? value : flat.split(/(?<=\})\s(?=@\{)/)
    const objects = texts.map((text) => (typeof text === 'string' ? (powerShellObject(text) ?? text) : text))
    isHollow ||= objects.some(isEmptied)
    if (whole === record) whole = { ...record }
    whole[name] = objects
  }
  return { record: whole, isHollow }
}

/** Whether of a list or an object in it only the type is left. */
function isEmptied(one: Json): boolean {
  return isObject(one) && Object.values(one).some((inner) => typeof inner === 'string' && typeName.test(inner))
}

const [capitalS, atSign] = ['S'.charCodeAt(0), '@'.charCodeAt(0)] as const
const typeName = /^System\.(?:Object\[\]$|Collections\.|Management\.Automation\.)/
