import type { Json, JsonObject } from '../../../activity.ts'
import { isTooDeep } from '../depth.ts'

/**
 * The object or list that a text stands for: JSON, as Log Analytics writes it, or what Export-Csv makes of an object. Any
 * other value stays as it is.
 */
export function unfold(value: Json): Json {
  if (typeof value !== 'string') return value
  const text = value.trim()
  return fromJson(text) ?? fromPowerShell(text) ?? value
}

function fromJson(text: string): Json | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  try {
    const value: Json = JSON.parse(text)
    return isTooDeep(value) ? undefined : value
  } catch {
    return undefined // Then it's a text that only looks like it, and stays one.
  }
}

// `@{ErrorCode=0; FailureReason=Other.}`: a PSCustomObject. `class SignInStatus {⏎  ErrorCode: 0⏎}`: AzureADPreview's own.
const forms = [
  { whole: /^@\{(.*)\}$/s, parts: /;\s/, pair: /^\s*(\w+)=(.*)$/s },
  { whole: /^class \w+ \{(.*)\}$/s, parts: /\r?\n/, pair: /^\s*(\w+): ?(.*)$/s },
]

function fromPowerShell(text: string): JsonObject | undefined {
  for (const { whole, parts, pair } of forms) {
    const inner = whole.exec(text)?.[1]
    if (inner === undefined) continue
    const pairs = inner.split(parts).map((part) => pair.exec(part))
    return Object.fromEntries(
      pairs.filter((found) => found !== null).map(([, name, value]) => [name, value?.trim() ?? '']),
    )
  }
  return undefined
}
