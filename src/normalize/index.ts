import type { Activity, Dataset, Origin } from '../activity.ts'
import {
  type CategoryName,
  type EcsDocument,
  emptyDocument,
  type Field,
  type Fields,
  type Outcome,
} from '../document.ts'
import type { Keys, Logon } from '../entry.ts'
import { categories } from './categories/index.ts'
import { messageTrace } from './message-trace.ts'
import { outlookActivity } from './outlook-activity.ts'
import { signIn } from './sign-in.ts'
import type { Category, DatasetTable, FieldTable, Reader } from './table.ts'

/** What of an activity the tables read. */
export type Envelope = Omit<Activity, 'original'>

export interface Normalizer {
  /** The document of an activity. Never throws: what no table knows is kept, as `other`. */
  document(activity: Activity, origin: Origin): EcsDocument
  keys(activity: Envelope): Keys
  /** Whether some table lists this operation. */
  knows(dataset: Dataset, operation: string): boolean
}

/** Every dataset there is. A new one is one file beside this and one line here. */
const datasets: readonly DatasetTable[] = [outlookActivity, signIn, messageTrace]

type Entry = readonly [Field, unknown]

interface Compiled {
  readonly dataset: DatasetTable
  readonly category: CategoryName
  readonly entries: readonly Entry[]
  readonly outcome: Reader<Outcome>
  readonly userAgent: Reader<string>
  readonly ip: Reader<string>
  readonly session: Reader<string>
}

/** The tables of one dataset's operations, and the one for all others. */
interface CompiledDataset {
  readonly table: DatasetTable
  readonly operations: ReadonlyMap<string, Compiled>
  readonly unknown: Compiled
}

/**
 * Spreads each category into one flat table per operation. Throws when two categories claim the same. With `wanted`,
 * documents have no other fields but those that every document has.
 */
export function compile(list: readonly Category[], wanted?: ReadonlySet<Field>): Normalizer {
  const compiled = new Map<Dataset, CompiledDataset>(
    datasets.map((table) => [table.dataset, compileDataset(table, list, wanted)]),
  )
  const tablesOf = (dataset: Dataset): CompiledDataset => {
    const tables = compiled.get(dataset)
    if (tables === undefined) throw new TypeError(`no table normalizes ${dataset}`)
    return tables
  }
  function tableOf(activity: Envelope): Compiled {
    const { table, operations, unknown } = tablesOf(activity.dataset)
    const operation = table.variant?.(activity.record, activity) ?? activity.operation
    return operations.get(operation) ?? operations.get(normalized(operation)) ?? unknown
  }

  return {
    document: (activity, origin) => toDocument(tableOf(activity), activity, origin),
    keys: (activity) => toKeys(tableOf(activity), activity),
    knows(dataset, operation) {
      const { operations } = tablesOf(dataset)
      return operations.has(operation) || operations.has(normalized(operation))
    },
  }
}

/** The normalizer with every category there is. */
export const normalizer: Normalizer = compile(categories)

function compileDataset(
  table: DatasetTable,
  list: readonly Category[],
  wanted: ReadonlySet<Field> | undefined,
): CompiledDataset {
  const operations = new Map<string, Compiled>()
  for (const { name, ecs, [table.operations]: own } of list) {
    if (own === undefined) continue
    const shared: FieldTable = { 'event.type': ecs.type, ...own.fields }
    for (const [operation, fields] of Object.entries(own.operations)) {
      if (operations.has(normalized(operation))) throw new Error(`two categories claim ${operation}`)
      const category = { 'event.category': [...table.ecsCategory, ...ecs.category] }
      const compiled = flatten(name, table, { ...category, ...shared, ...fields }, wanted)
      operations.set(operation, compiled).set(normalized(operation), compiled)
    }
  }
  const unknown = { 'event.category': table.ecsCategory, 'event.type': ['info'] } as const
  return { table, operations, unknown: flatten('other', table, unknown, wanted) }
}

/** Operations match whatever their case, surrounding blanks and a final dot: Entra's end in one, sometimes. */
function normalized(operation: string): string {
  return operation.trim().toLowerCase().replace(/\.$/, '')
}

function flatten(
  category: CategoryName,
  dataset: DatasetTable,
  own: FieldTable,
  wanted: ReadonlySet<Field> | undefined,
): Compiled {
  const table: FieldTable = { ...dataset.fields, ...own }
  return {
    dataset,
    category,
    // Object.entries knows no literal key types. An empty list says nothing, so it is no field.
    entries: (Object.entries(table) as unknown as Entry[]).filter(
      ([field, entry]) => (wanted?.has(field) ?? true) && !(Array.isArray(entry) && entry.length === 0),
    ),
    outcome: reader(table['event.outcome']),
    userAgent: reader(table['user_agent.original']),
    ip: reader(table['source.ip']),
    session: reader(table['session.id']),
  }
}

function reader<T>(entry: T | Reader<T> | undefined): Reader<T> {
  return typeof entry === 'function' ? (entry as Reader<T>) : () => entry
}

function toDocument(table: Compiled, activity: Activity, origin: Origin): EcsDocument {
  const { record } = activity
  const document: Fields = {
    ...emptyDocument,
    '@timestamp': new Date(activity.time).toISOString(),
    'ecs.version': '9.0.0',
    'data_stream.type': 'logs',
    'data_stream.dataset': activity.dataset,
    'event.id': activity.id,
    'event.dataset': activity.dataset,
    'event.action': activity.operation,
    'event.original': activity.original,
    'event.outcome': 'unknown',
    tags: activity.truncated === true ? [table.category, 'truncated'] : [table.category],
    'hoofprint.category': table.category,
    'hoofprint.mailbox': activity.mailbox === '' ? undefined : activity.mailbox,
    'hoofprint.source': origin.source,
    'hoofprint.evidence.file': origin.file,
    'hoofprint.evidence.content_id': origin.contentId,
    'hoofprint.evidence.query_id': origin.queryId,
    'hoofprint.evidence.sha256': origin.sha256,
    'hoofprint.evidence.row': origin.row,
  }
  const fields = document as Record<string, unknown>
  for (const [field, entry] of table.entries) {
    const value = typeof entry === 'function' ? entry(record, activity) : entry
    if (value !== undefined) fields[field] = value
  }
  relate(document)
  return document as EcsDocument
}

const users = ['user.id', 'user.email', 'user.name', 'hoofprint.mailbox'] as const

/** ECS `related.*`: every address, user and domain of the document, once. */
function relate(document: Fields): void {
  if (document['source.ip'] !== undefined) document['related.ip'] = [document['source.ip'] as string]
  if (document['user.domain'] !== undefined) document['related.hosts'] = [document['user.domain'] as string]
  const names: string[] = []
  for (const field of users) {
    const name = document[field] as string | undefined
    if (name !== undefined && !names.includes(name)) names.push(name)
  }
  document['related.user'] = names
}

function toKeys(table: Compiled, activity: Envelope): Keys {
  const { record } = activity
  return {
    session: table.session(record, activity),
    messages: table.dataset.messages(record, activity, table.category),
    logon: table.category === 'logon' ? toLogon(table, activity) : undefined,
  }
}

function toLogon(table: Compiled, activity: Envelope): Logon | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.outcome(record, activity) === 'failure') return undefined
  const platform = table.dataset.platform(record, activity) ?? ''
  return { platform, ip, userAgent: table.userAgent(record, activity) }
}
