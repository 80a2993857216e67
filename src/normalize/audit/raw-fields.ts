import { isObject, type Json, type JsonObject } from '../../activity.ts'
import { type Mapping, type Mappings, mappingsOf } from '../../mappings.ts'
import { booleanIn } from '../../microsoft/booleans.ts'
import { toIso } from '../../time/time.ts'
import { jsonText, tameMap } from '../open-map.ts'
import type { Reader } from '../table.ts'
import { jsonIn } from './json-in-text.ts'
import { changesByName, type Placed, textsByName } from './name-map.ts'
import { nameValues } from './name-values.ts'

type Place = (value: Json) => Placed

/** Elastic's integration moves these into ECS; they are not written twice. */
const moved: ReadonlySet<string> = new Set([
  ...['Id', 'Operation', 'Workload', 'OrganizationId', 'OrganizationName', 'UserAgent'],
])

/** Takes whatever is mapped nowhere, or is not what its mapping says. */
const elsewhere = 'Other'

/** Written as times, though mapped as text, as in Elastic's integration: older indices have them as dates and take nothing else. */
const times: ReadonlySet<string> = new Set(['CreationTime', 'IssuedAtTime'])

const scalars: Readonly<Record<string, Place>> = { boolean, long, flattened: (value) => ({ value: flattened(value) }) }
const mapping = mappingsOf('hoofprint-o365-audit')['o365']?.properties?.['audit']?.properties ?? {}
const places = placesOf(mapping)

/** `o365.audit`: the raw fields of a record as they are mapped. Whatever has no mapping, or another type, is in `Other`. */
export const rawFields: Reader<JsonObject> = (record) => {
  const { value, rest } = placeFields(places, record, moved)
  const all = rest === undefined ? value : { ...value, [elsewhere]: tameMap(rest) }
  return Object.keys(all).length === 0 ? undefined : all
}

/** The same of some names only. */
export function rawFieldsNamed(names: readonly string[]): Reader<JsonObject> {
  return (record, activity) => {
    const some: JsonObject = {}
    for (const name of names) {
      const value = record[name]
      if (value !== undefined) some[name] = value
    }
    return rawFields(some, activity)
  }
}

function placesOf(mappings: Mappings): ReadonlyMap<string, Place> {
  return new Map(Object.entries(mappings).map(([name, one]) => [name, placeOf(name, one)]))
}

function placeOf(name: string, { type, dynamic, properties = {} }: Mapping): Place {
  if (times.has(name)) return date
  if (dynamic === true) return name === 'ModifiedProperties' ? changesByName : textsByName
  if (type === undefined && 'flattened' in properties) return (value) => ({ value: { flattened: flattened(value) } })
  if (name === 'OperationProperties' || name === 'DeviceProperties') return pairs
  return type === undefined ? group(placesOf(properties)) : (scalars[type] ?? keyword)
}

function placeFields(
  places: ReadonlyMap<string, Place>,
  object: JsonObject,
  skipped?: ReadonlySet<string>,
): { value: JsonObject; rest: JsonObject | undefined } {
  const placed: JsonObject = {}
  const left: [string, Json][] = []
  for (const [name, given] of Object.entries(object)) {
    if (given === null || given === '' || (typeof given === 'string' && skipped?.has(name))) continue
    const place = name === elsewhere ? undefined : places.get(name)
    const { value, rest } = place === undefined ? { rest: given } : place(given)
    if (value !== undefined) placed[name] = value
    if (rest !== undefined) left.push([name, rest])
  }
  return { value: placed, rest: left.length === 0 ? undefined : Object.fromEntries(left) }
}

/** A list of texts, or one; what is no text becomes one. */
function keyword(value: Json): Placed {
  if (!Array.isArray(value)) return { value: typeof value === 'string' ? value : toText(value) }
  const texts = value.filter((item) => item !== null && item !== '').map(toText)
  return { value: texts.length === 0 ? undefined : texts }
}

function toText(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value)
}

function boolean(value: Json): Placed {
  const truth = typeof value === 'string' ? booleanIn(value) : value
  return typeof truth === 'boolean' ? { value: truth } : { rest: value }
}

function date(value: Json): Placed {
  const iso = typeof value === 'string' ? toIso(value) : undefined
  return iso === undefined ? { rest: value } : { value: iso }
}

/** `SizeInBytes` came as 1156492.00, counts as texts. */
function long(value: Json): Placed {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return Number.isSafeInteger(number) ? { value: number } : { rest: value }
}

/** `flattened` takes objects and lists of them; anything else becomes one. */
function flattened(value: Json): Json {
  const given = typeof value === 'string' ? (jsonIn(value) ?? value) : value
  const toObject = (one: Json) => tameMap(isObject(one) ? one : { _raw: one })
  return Array.isArray(given) ? given.map(toObject) : toObject(given)
}

/** `[{Name, Value}]` in whatever form it came, each name and value a text. */
function pairs(value: Json): Placed {
  const list = nameValues(value).flatMap(({ name, value: inner }) => {
    const { value: text } = inner === undefined || inner === null || inner === '' ? {} : keyword(inner)
    return text === undefined ? [] : [{ Name: name ?? '_raw', Value: text }]
  })
  return { value: list.length === 0 ? undefined : list }
}

/** An object with known fields, or a list of such; others of its fields are left over. */
function group(places: ReadonlyMap<string, Place>): Place {
  return (raw) => {
    const given = typeof raw === 'string' ? (jsonIn(raw) ?? raw) : raw
    if (!Array.isArray(given)) return placeObject(places, given)
    const placed = given.map((one) => placeObject(places, one))
    return { value: listOf(placed.map(({ value }) => value)), rest: listOf(placed.map(({ rest }) => rest)) }
  }
}

function placeObject(places: ReadonlyMap<string, Place>, given: Json): Placed {
  if (!isObject(given)) return { rest: given }
  const { value, rest } = placeFields(places, given)
  return { value: Object.keys(value).length === 0 ? undefined : value, rest }
}

function listOf(values: readonly (Json | undefined)[]): Json[] | undefined {
  const given = values.filter((value) => value !== undefined)
  return given.length === 0 ? undefined : given
}
