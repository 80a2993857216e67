import type { Field, Fields } from './document.ts'
import { fields } from './mappings.ts'

/** The document as one line of JSON, as every sink stores it: dotted names become nested objects. */
export function encode(document: Fields): string {
  let json = ''
  let before = 0
  for (const field in document) {
    const value = document[field as Field]
    if (value === undefined) continue
    const at = places.get(field) as number
    // What a blank had no room for stands behind all the rest: then the fields of one object don't stand together.
    if (at < before) return encode(inOrder(document))
    const last = lasts[at] as Written
    if (last.value !== value || last.before !== before) {
      last.json = turn(before, at) + jsonOf(value)
      last.value = value
      last.before = before
    }
    json += last.json
    before = at
  }
  return json + turn(before, 0)
}

function inOrder(document: Fields): Fields {
  const byPlace = ([a]: [string, unknown], [b]: [string, unknown]) =>
    (places.get(a) as number) - (places.get(b) as number)
  return Object.fromEntries(Object.entries(document).sort(byPlace)) as Fields
}

// Encoding is most of the work of writing a document out, so what lies between any two fields is worked out once:
// `turns[i][j]` is the JSON from the value of one to the value of the other; 0 stands for the ends of the document.
const nodes: readonly string[] = ['', ...fields]
const places: ReadonlyMap<string, number> = new Map(nodes.map((field, i) => [field, i]))
const turns: string[][] = nodes.map(() => [])

/** What was written of a field's value behind that of the field `before`. */
interface Written {
  before: number
  value: unknown
  json: string
}

// Most of a document says what the one before it says: who, with what, of which file.
const lasts: readonly Written[] = nodes.map(() => ({ before: -1, value: undefined, json: '' }))

// Asking whether there is anything to escape is quicker than having it asked, as long as the text is short.
const escaped = /["\\\p{Cc}\p{Cs}]/u
const shortLength = 128

function jsonOf(value: unknown): string {
  if (typeof value !== 'string' || value.length > shortLength || escaped.test(value)) return JSON.stringify(value)
  return `"${value}"`
}

function turn(from: number, to: number): string {
  const known = (turns[from] as string[])[to]
  if (known !== undefined) return known
  const made = between(nodes[from] as string, nodes[to] as string)
  ;(turns[from] as string[])[to] = made
  return made
}

/** Closes what the one field is in and the other is not, and opens what leads to the other; '' is outside of all. */
function between(from: string, to: string): string {
  if (to === '' && from === '') return '{}'
  const [left, right] = [from.split('.').slice(0, -1), to.split('.').slice(0, -1)]
  let shared = 0
  while (shared < left.length && left[shared] === right[shared]) shared += 1
  const closing = '}'.repeat(left.length - shared)
  if (to === '') return `${closing}}`
  const opening = right.slice(shared).map((key) => `${JSON.stringify(key)}:{`)
  return `${from === '' ? '{' : `${closing},`}${opening.join('')}${JSON.stringify(to.split('.').at(-1))}:`
}
