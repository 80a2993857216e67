import { isObject, type Json, type JsonObject } from '../../activity.ts'
import { jsonText } from '../open-map.ts'
import { type NameValue, nameValues } from './name-values.ts'

// Each new name is a new field of the index for ever, so one record may bring only so many, and only so long ones.
const maxNames = 200
const maxNameLength = 256

const nameless = '_raw'

/** What becomes of a raw value: what is written where it is mapped, and what is left for the place that takes everything. */
export interface Placed {
  readonly value?: Json | undefined
  readonly rest?: Json | undefined
}

/** `{Name: text}` for an open object of the mapping, with no name and no value that Elasticsearch could refuse. */
export function textsByName(value: Json): Placed {
  return byName(value, ({ value }) => textOrTexts(value))
}

/** `{Name: {NewValue, OldValue}}` alike. What has no name is a text, under a name that no object gets. */
export function changesByName(value: Json): Placed {
  return byName(value, ({ name, value, whole }) => {
    if (name === undefined) return textOrTexts(value)
    const change = isObject(whole) ? whole : { NewValue: whole }
    const [now, before] = [textOrTexts(change['NewValue'] ?? change['Value']), textOrTexts(change['OldValue'])]
    if (now === undefined && before === undefined) return undefined
    return { ...(now !== undefined && { NewValue: now }), ...(before !== undefined && { OldValue: before }) }
  })
}

/** Names beyond the limit are left over; what two of one name say stands there as a list. */
function byName(value: Json, make: (entry: NameValue) => Json | undefined): Placed {
  const map = new Map<string, Json>()
  const rest: Json[] = []
  for (const entry of nameValues(value)) {
    const made = make(entry)
    if (made === undefined) continue
    const name = safeName(entry.name)
    const known = map.get(name)
    if (known === undefined && map.size === maxNames) rest.push({ Name: entry.name ?? nameless, Value: made })
    else map.set(name, known === undefined ? made : joined(known, made))
  }
  return { value: map.size === 0 ? undefined : Object.fromEntries(map), rest: rest.length === 0 ? undefined : rest }
}

/** A dot would nest, blanks are refused, and a lone surrogate can't be kept in the cluster's state. */
function safeName(name: string | undefined): string {
  if (name === undefined) return nameless
  const safe =
    name
      .slice(0, maxNameLength)
      .toWellFormed()
      .replace(/[\s.\p{Cc}\p{Cf}\p{Cn}]/gu, '_') || '_'
  return safe === nameless ? `_${safe}` : safe
}

function textOrTexts(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return toText(value)
  const texts = value.map(toText).filter((text) => text !== undefined)
  return texts.length > 1 ? texts : texts[0]
}

function toText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : jsonText(value)
}

function joined(known: Json, more: Json): Json {
  if (!isObject(known) || !isObject(more)) return [known, more].flat()
  const change: JsonObject = { ...known }
  for (const [key, value] of Object.entries(more))
    change[key] = key in change ? joined(change[key] as Json, value) : value
  return change
}
