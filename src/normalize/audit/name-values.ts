import { isObject, type Json, type JsonObject } from '../../activity.ts'
import { lastOf } from '../../remember.ts'
import { jsonText } from '../open-map.ts'
import { type Reader, text } from '../table.ts'
import { jsonIn } from './json-in-text.ts'

/** One entry of Parameters, ExtendedProperties and the like. */
export interface NameValue {
  /** Undefined for what has none: a plain text where a list should be, a list's text. */
  readonly name: string | undefined
  readonly value: Json | undefined
  /** What it stood in. */
  readonly whole: Json
}

/** The entries of a list of `{Name, Value}`, of one such, of a map, of any of them as JSON in a text, or of a plain text. */
export function nameValues(value: Json | undefined): NameValue[] {
  if (value === undefined || value === null || value === '') return []
  const given = typeof value === 'string' ? (jsonIn(value) ?? value) : value
  if (Array.isArray(given)) return given.map(nameValueOf)
  if (!isObject(given) || typeof given['Name'] === 'string') return [nameValueOf(given)]
  return Object.entries(given).map(([name, inner]) => ({ name, value: inner, whole: inner }))
}

/** Readers of the values in one such field of a record, by name; of two with one name the last counts. */
export function namedIn(key: string): (...names: string[]) => Reader<string> {
  const texts = lastOf((record: JsonObject) => valuesByName(record[key]))
  return (...names) =>
    (record) => {
      const values = texts(record)
      for (const name of names) {
        const value = toText(values.get(name))
        if (value !== undefined) return value
      }
      return undefined
    }
}

export const parameter = namedIn('Parameters')
export const extended = namedIn('ExtendedProperties')
export const deviceProperty = namedIn('DeviceProperties')
export const operationProperty = namedIn('OperationProperties')

type ValuesByName = ReadonlyMap<string | undefined, Json | undefined>
const nothing: ValuesByName = new Map()

function valuesByName(value: Json | undefined): ValuesByName {
  if (value === undefined) return nothing // Most records have none of them.
  return new Map(nameValues(value).map(({ name, value: inner }) => [name, inner]))
}

function nameValueOf(whole: Json): NameValue {
  const name = isObject(whole) ? toText(whole['Name']) : undefined
  return name === undefined ? { name, value: whole, whole } : { name, value: (whole as JsonObject)['Value'], whole }
}

/** Lists of texts are joined as PowerShell joins them; what holds more is its JSON text. */
function toText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'object') return String(value)
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(';') : jsonText(value)
}

/** Reads texts of an object that a record holds, as an object or as its JSON text. */
export function within(key: string, ...names: string[]): Reader<string> {
  const read = text(...names)
  return (record, activity) => {
    const inner = objectsIn(record[key])[0]
    return inner === undefined ? undefined : read(inner, activity)
  }
}

const directoryDetails = lastOf((record: JsonObject): JsonObject | undefined => {
  const found = nameValues(record['ExtendedProperties']).find(({ name }) => name === 'additionalDetails')
  return objectsIn(found?.value)[0]
})

/** Reads what the directory says of a change besides: `additionalDetails` of Entra, as one JSON text. */
export function directoryDetail(name: string): (record: JsonObject) => string | undefined {
  return (record) => {
    const value = directoryDetails(record)?.[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
}

const none: readonly JsonObject[] = []

/** The objects in a list, or the one object, given as such or as JSON text. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  if (value === undefined || value === null) return none // Most records have none of what is asked for.
  const given = typeof value === 'string' ? jsonIn(value) : value
  if (Array.isArray(given)) return given.filter(isObject)
  return isObject(given) ? [given] : none
}
