import { ConfigError } from './errors.ts'

/**
 * Reads what may change while it is used: gives what `read` gives, or what it gave last while it throws `ConfigError`, which `onFault` hears once
 * for as long as it lasts. A file may be away or half written for a moment. Throws what `read` throws where it never gave anything.
 */
export function lastGood<Value>(read: () => Value, onFault: (fault: ConfigError) => void): () => Value {
  let last: { readonly value: Value } | undefined
  let told: string | undefined
  return () => {
    try {
      last = { value: read() }
      told = undefined
    } catch (error) {
      if (last === undefined || !(error instanceof ConfigError)) throw error
      if (error.message !== told) onFault(error)
      told = error.message
    }
    return last.value
  }
}
