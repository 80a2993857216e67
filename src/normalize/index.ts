import type { Activity, Dataset, Origin } from '../activity.ts'
import {
  type CategoryName,
  type EcsDocument,
  emptyDocument,
  type Field,
  type Fields,
  type Outcome,
} from '../document.ts'
import type { Keys, Logon, Message } from '../entry.ts'
import { categories } from './categories/index.ts'
import { outlookActivity } from './outlook-activity.ts'
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

const datasets: Readonly<Record<Dataset, DatasetTable>> = { 'o365.activity': outlookActivity }

type Entry = readonly [Field, unknown]

interface Compiled {
  readonly category: CategoryName
  readonly entries: readonly Entry[]
  readonly outcome: Reader<Outcome>
  readonly userAgent: Reader<string>
  readonly ip: Reader<string>
  readonly session: Reader<string>
}

/**
 * Spreads each category into one flat table per operation. Throws when two categories claim the same. With `wanted`,
 * documents have no other fields but those that every document has.
 */
export function compile(list: readonly Category[], wanted?: ReadonlySet<Field>): Normalizer {
  const tables = new Map<Dataset, Map<string, Compiled>>([['o365.activity', tablesOf(outlookActivity, list, wanted)]])
  const unknown = new Map<Dataset, Compiled>([
    ['o365.activity', flatten('other', outlookActivity, { 'event.type': ['info'] }, wanted)],
  ])

  function lookUp({ dataset, operation }: { dataset: Dataset; operation: string }): Compiled | undefined {
    return tables.get(dataset)?.get(operation) ?? tables.get(dataset)?.get(normalized(operation))
  }
  const tableOf = (activity: Envelope) => lookUp(activity) ?? (unknown.get(activity.dataset) as Compiled)

  return {
    document: (activity, origin) => toDocument(tableOf(activity), activity, origin),
    keys: (activity) => toKeys(datasets[activity.dataset], tableOf(activity), activity),
    knows: (dataset, operation) => lookUp({ dataset, operation }) !== undefined,
  }
}

/** The normalizer with every category there is. */
export const normalizer: Normalizer = compile(categories)

function tablesOf(
  dataset: DatasetTable,
  list: readonly Category[],
  wanted: ReadonlySet<Field> | undefined,
): Map<string, Compiled> {
  const tables = new Map<string, Compiled>()
  for (const { name, ecs, activity } of list) {
    const shared: FieldTable = {
      'event.type': ecs.type,
      ...(ecs.category.length > 0 && { 'event.category': ecs.category }),
    }
    for (const [operation, own] of Object.entries(activity.operations)) {
      if (tables.has(normalized(operation))) throw new Error(`two categories claim ${operation}`)
      const table = flatten(name, dataset, { ...shared, ...activity.fields, ...own }, wanted)
      tables.set(operation, table).set(normalized(operation), table)
    }
  }
  return tables
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
    category,
    // Object.entries knows no literal key types.
    entries: (Object.entries(table) as unknown as Entry[]).filter(([field]) => wanted?.has(field) ?? true),
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
    tags: [table.category],
    'hoofprint.category': table.category,
    'hoofprint.mailbox': activity.mailbox,
    'hoofprint.source': origin.source,
    'hoofprint.evidence.file': origin.file,
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

function toKeys(dataset: DatasetTable, table: Compiled, activity: Envelope): Keys {
  const { record } = activity
  const item = dataset.item(record, activity)
  return {
    session: table.session(record, activity),
    item,
    message: item === undefined ? undefined : toMessage(dataset, table, activity),
    logon: table.category === 'logon' ? toLogon(dataset, table, activity) : undefined,
  }
}

function toMessage({ message }: DatasetTable, table: Compiled, activity: Envelope): Message | undefined {
  const { record } = activity
  const subject = message.subject(record, activity)
  const from = message.from(record, activity)
  const received = message.received(record, activity)
  const messageId = message.messageId(record, activity)
  if (subject === undefined && from === undefined && received === undefined && messageId === undefined) return undefined
  const rank = table.category === 'delivery' ? 0 : 1 // The server's record of the delivery is whole, a client's is not.
  return { rank, subject, from, received, messageId }
}

function toLogon(dataset: DatasetTable, table: Compiled, activity: Envelope): Logon | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.outcome(record, activity) === 'failure') return undefined
  const platform = dataset.platform(record, activity) ?? ''
  return { platform, ip, userAgent: table.userAgent(record, activity) }
}
