import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { isTypeName } from './powershell.ts'

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

/** Of several members the first that says something. */
export function firstSaid(record: JsonObject, names: readonly string[]): Json | undefined {
  return names
    .map((name) => member(record, name))
    .find((value) => value !== undefined && value !== null && value !== '')
}

/** The members that say something. */
export function told<Value extends Json>(
  members: Readonly<Record<string, Value | undefined>>,
): Readonly<Record<string, Value>> {
  const some = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return Object.fromEntries(some) as Record<string, Value>
}

/** The object called `name`, empty where there is none. */
export function objectAt(record: JsonObject, name: string): JsonObject {
  const value = record[name]
  return isObject(value) ? value : {}
}

/** What a value says that is no list and no object. */
export function said(value: Json | undefined): string | undefined {
  return isEmpty(value) || typeof value === 'object' ? undefined : String(value).trim()
}

/** Whether a value says nothing; PowerShell writes the type of what it cannot write. */
export function isEmpty(value: Json | undefined): boolean {
  if (typeof value === 'object') return value === null || Object.keys(value).length === 0
  const text = value === undefined ? '' : String(value).trim()
  return text === '' || isTypeName(text)
}

/** The members that say something; undefined where none does. */
export function whole(members: Readonly<Record<string, Json | undefined>>): JsonObject | undefined {
  const told = Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
  return told.length === 0 ? undefined : (Object.fromEntries(told) as JsonObject)
}

/** A table to look up what a file calls something, which may be `constructor`. */
export function mapOf<Value>(table: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(table))
}
