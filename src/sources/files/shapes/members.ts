import type { Json, JsonObject } from '../../../activity.ts'

/** The member called `name`, whatever its case: Graph writes `auditData` where PowerShell writes `AuditData`. */
export function member(record: JsonObject, name: string): Json | undefined {
  const exact = record[name]
  if (exact !== undefined) return exact
  const lower = name.toLowerCase()
  for (const key in record) if (key.length === name.length && key.toLowerCase() === lower) return record[key]
  return undefined
}

/** Whether a record has all of these members, whatever their case. */
export function hasAll(record: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => member(record, name) !== undefined)
}

/** The text of a value without blanks around it; undefined for what is none, or says nothing. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
