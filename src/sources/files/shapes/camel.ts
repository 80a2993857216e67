import { isObject, type Json } from '../../../activity.ts'

/** The name as Graph writes it: `IPAddress` is `ipAddress`, `AppId` is `appId`. */
export function lowerCamel(name: string): string {
  if (name >= 'a') return name // Nearly all are, and a comparison costs less than a search.
  return name.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z])/, (capitals) => capitals.toLowerCase())
}

/** The name as the audit log writes it: `riskState` is `RiskState`. */
export function upperCamel(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The value with all names in it as Graph writes them. Not for values that may be nested deeper than the stack. */
export function lowerCamelKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowerCamelKeys)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [lowerCamel(name), lowerCamelKeys(inner)]))
}
