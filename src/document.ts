import type ecs from '../mappings/components/hoofprint-ecs.json'
import type o365Activity from '../mappings/components/hoofprint-o365-activity.json'
import type { JsonObject } from './activity.ts'

/** Every field there is, by its dotted name: the mappings are the schema, so what is not mapped cannot be written. */
export type Field = FieldsOf<typeof ecs> | FieldsOf<typeof o365Activity>

type FieldsOf<Component extends { template: { mappings: { properties: object } } }> = Leaves<
  Component['template']['mappings']['properties']
>

type Leaves<Properties, Path extends string = ''> = {
  [Name in keyof Properties & string]: Properties[Name] extends { properties: infer Inner }
    ? Leaves<Inner, `${Path}${Name}.`>
    : `${Path}${Name}`
}[keyof Properties & string]

/** The values of ECS `event.category` that are used here (ECS 9 allows these and others). */
export type EventCategory = 'authentication' | 'configuration' | 'email' | 'file' | 'iam' | 'web'

/** The values of ECS `event.type` that are used here. */
export type EventType = 'access' | 'admin' | 'change' | 'creation' | 'deletion' | 'group' | 'info' | 'start' | 'user'

/** ECS `event.outcome`: `unknown` also where a logon was neither completed nor refused. */
export type Outcome = 'success' | 'failure' | 'unknown'

/** The activity category, the one tag that dashboards and reports split by. */
export type CategoryName =
  | 'logon'
  | 'read'
  | 'search'
  | 'attachment'
  | 'send'
  | 'delete'
  | 'move'
  | 'calendar'
  | 'delivery'
  | 'other'

/** How a logon was attributed to an activity: proved by a common session, or the nearest earlier one. */
export type LogonMethod = 'session' | 'nearest'

/** Fields whose value is not any text. */
interface Typed {
  'client.port': number
  'email.from.address': readonly string[]
  'email.to.address': readonly string[]
  'event.category': readonly EventCategory[]
  'event.outcome': Outcome
  'event.type': readonly EventType[]
  'hoofprint.category': CategoryName
  'hoofprint.evidence.row': number
  'hoofprint.logon.method': LogonMethod
  'o365.activity.CustomProperties': JsonObject
  'related.hash': readonly string[]
  'related.hosts': readonly string[]
  'related.ip': readonly string[]
  'related.user': readonly string[]
  'source.port': number
  tags: readonly string[]
}

export type Value<F extends Field> = F extends keyof Typed ? Typed[F] : string

/** Some fields of a document, keyed by ECS field name. */
export type Fields = { [F in Field]?: Value<F> }

/** The one document this connector produces, keyed by ECS field name. */
export type EcsDocument = Fields & {
  '@timestamp': string
  'event.id': string
  'event.action': string
  'event.outcome': Outcome
  'hoofprint.category': CategoryName
  'hoofprint.mailbox': string
}

/** The document as one line of JSON, as every sink stores it: dotted names become nested objects. */
export function encode(document: Fields): string {
  let json = ''
  let before = 0
  let found = 0
  for (let i = 1; i < known.length; i += 1) {
    const value = document[known[i] as Field]
    if (value === undefined) continue
    between[before * maxFields + i] ??= turn(known[before] as string, known[i] as string)
    json += between[before * maxFields + i] + toJson(value)
    before = i
    found += 1
  }
  if (found === countFields(document)) return `${json}${turn(known[before] as string, '')}`
  for (const field in document) if (!known.includes(field)) known.push(field)
  known.sort(byPath)
  between.length = 0
  return encode(document)
}

// Encoding is most of the work of writing a document out, so what lies between two fields is worked out once: `known` are
// the fields met so far, in the order of their paths ('' before the first), `between` the JSON from one to the next.
const known: string[] = ['']
const between: string[] = []
const maxFields = 1024

function countFields(document: Fields): number {
  let fields = 0
  for (const field in document) if (document[field as Field] !== undefined) fields += 1
  return fields
}

function byPath(a: string, b: string): number {
  const [left, right] = [a.replaceAll('.', '\0'), b.replaceAll('.', '\0')]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Closes what the one field is in and the other is not, and opens what leads to the other; '' is outside of all. */
function turn(from: string, to: string): string {
  const [left, right] = [from.split('.').slice(0, -1), to.split('.').slice(0, -1)]
  let shared = 0
  while (shared < left.length && left[shared] === right[shared]) shared += 1
  const closing = '}'.repeat(left.length - shared)
  if (to === '') return from === '' ? '{}' : `${closing}}`
  const opening = right
    .slice(shared)
    .map((key) => `${JSON.stringify(key)}:{`)
    .join('')
  return `${from === '' ? '{' : `${closing},`}${opening}${JSON.stringify(to.split('.').at(-1))}:`
}

// What JSON must escape, and lone surrogates, which JSON.stringify escapes too.
const special = /["\\\u0000-\u001f\ud800-\udfff]/

function toJson(value: unknown): string {
  return typeof value === 'string' && value.length < 100 && !special.test(value) ? `"${value}"` : JSON.stringify(value)
}
