import type { Activity, Dataset, Origin } from '../activity.ts'
import {
  blankDocument,
  type CategoryName,
  type EcsDocument,
  type Field,
  type Fields,
  fields,
  type Outcome,
  unknownOperation,
} from '../document.ts'
import type { Keys, Logon, Usage } from '../entry.ts'
import { auditRecord } from './audit-record.ts'
import { categories } from './categories/index.ts'
import { messageTrace } from './message-trace.ts'
import { outlookActivity } from './outlook-activity.ts'
import { relate } from './related.ts'
import { signIn } from './sign-in.ts'
import { type Category, type DatasetTable, type FieldTable, operationsOf, type Reader } from './table.ts'

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
const datasets: readonly DatasetTable[] = [outlookActivity, auditRecord, signIn, messageTrace]

/** What every document has. */
const always: readonly Field[] = [
  '@timestamp',
  'ecs.version',
  'data_stream.type',
  'data_stream.dataset',
  'event.id',
  'event.dataset',
  'event.action',
  'event.original',
  'event.outcome',
  'tags',
  'hoofprint.category',
  'hoofprint.mailbox',
  'hoofprint.source',
  'hoofprint.evidence.file',
  'hoofprint.evidence.sha256',
  'hoofprint.evidence.row',
  'related.ip',
  'related.hosts',
  'related.hash',
  'related.user',
  'data_stream.namespace',
  'event.ingested',
]

/** What joins and look-ups fill when a document is made. */
const filledLater =
  /^(source\.(geo|as)\.|user_agent\.|email\.(subject|from\.address|message_id|delivery_timestamp)$|hoofprint\.(logon|session)\.|hoofprint\.(actor|first_seen))/

type Entry = readonly [Field, unknown]

interface Compiled {
  readonly dataset: DatasetTable
  readonly category: CategoryName
  /** What tags say of all of its documents: the category first. */
  readonly tags: readonly string[]
  readonly entries: readonly Entry[]
  readonly outcome: Reader<Outcome>
  readonly userAgent: Reader<string>
  readonly ip: Reader<string>
  readonly session: Reader<string>
  readonly email: Reader<string>
  readonly user: Reader<string>
}

/** The tables of one dataset's operations, and the one for all others. */
interface CompiledDataset {
  readonly table: DatasetTable
  readonly operations: ReadonlyMap<string, Compiled>
  readonly unknown: Compiled
  /** What its documents are copies of. */
  readonly blank: Fields
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
    document: (activity, origin) => toDocument(tablesOf(activity.dataset).blank, tableOf(activity), activity, origin),
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
  for (const category of list) {
    for (const { ecs = category.ecs, fields: shared, operations: own } of operationsOf(category, table.operations)) {
      const words = { 'event.category': [...table.ecsCategory, ...ecs.category], 'event.type': ecs.type }
      for (const [operation, fields] of Object.entries(own)) {
        if (operations.has(normalized(operation))) throw new Error(`two categories claim ${operation}`)
        const compiled = flatten(category.name, table, { ...words, ...shared, ...fields }, wanted)
        operations.set(operation, compiled).set(normalized(operation), compiled)
      }
    }
  }
  const unknown = { 'event.category': table.ecsCategory, 'event.type': ['info'] } as const
  const other = { ...flatten('other', table, unknown, wanted), tags: ['other', unknownOperation] }
  return { table, operations, unknown: other, blank: blankOf([...operations.values(), other], wanted) }
}

/** Room for what these tables, joins and look-ups may fill. */
function blankOf(tables: readonly Compiled[], wanted: ReadonlySet<Field> | undefined): Fields {
  const filled = tables.flatMap(({ entries }) => entries.map(([field]) => field))
  const later = fields.filter((field) => filledLater.test(field) && (wanted?.has(field) ?? true))
  return blankDocument(new Set([...always, ...filled, ...later]))
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
    tags: [category],
    // Object.entries knows no literal key types. An empty list says nothing, so it is no field.
    entries: (Object.entries(table) as unknown as Entry[]).filter(
      ([field, entry]) => (wanted?.has(field) ?? true) && !(Array.isArray(entry) && entry.length === 0),
    ),
    outcome: reader(table['event.outcome']),
    userAgent: reader(table['user_agent.original']),
    ip: reader(table['source.ip']),
    session: reader(table['session.id']),
    email: reader(table['user.email']),
    user: reader(table['user.id']),
  }
}

function reader<T>(entry: T | Reader<T> | undefined): Reader<T> {
  return typeof entry === 'function' ? (entry as Reader<T>) : () => entry
}

function toDocument(blank: Fields, table: Compiled, activity: Activity, origin: Origin): EcsDocument {
  const { record } = activity
  const document: Fields = {
    ...blank,
    '@timestamp': new Date(activity.time).toISOString(),
    'ecs.version': '9.0.0',
    'data_stream.type': 'logs',
    'data_stream.dataset': activity.dataset,
    'event.id': activity.id,
    'event.dataset': activity.dataset,
    'event.action': activity.operation,
    'event.original': activity.original,
    'event.outcome': 'unknown',
    tags: tagsOf(table, activity),
    'hoofprint.category': table.category,
    'hoofprint.mailbox': activity.mailbox === '' ? undefined : activity.mailbox,
    'hoofprint.source': origin.source,
    'hoofprint.evidence.file': origin.file,
    'hoofprint.evidence.content_id': origin.contentId,
    'hoofprint.evidence.query_id': origin.queryId,
    'hoofprint.evidence.sha256': origin.sha256,
    'hoofprint.evidence.row': origin.row,
  }
  const writable = document as Record<string, unknown>
  for (const [field, entry] of table.entries) {
    const value = typeof entry === 'function' ? entry(record, activity) : entry
    if (value !== undefined) writable[field] = value
  }
  relate(document)
  return document as EcsDocument
}

function tagsOf({ tags, dataset }: Compiled, activity: Activity): readonly string[] {
  const markers = dataset.markers?.(activity.record, activity) ?? []
  return [...tags, ...markers, ...(activity.truncated === true ? ['truncated'] : [])]
}

function toKeys(table: Compiled, activity: Envelope): Keys {
  const { record } = activity
  return {
    session: table.session(record, activity),
    sessionIds: table.dataset.sessionIds?.(record, activity) ?? noIds,
    messages: table.dataset.messages(record, activity, table.category),
    logon: table.category === 'logon' ? toLogon(table, activity) : undefined,
    usage: table.category === 'delivery' ? undefined : toUsage(table, activity), // A delivery's address is its sender's.
  }
}

const noIds: readonly string[] = []

function toUsage(table: Compiled, activity: Envelope): Usage | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.dataset.markers?.(record, activity)?.includes('microsoft-service')) return undefined
  const user = table.email(record, activity) ?? table.user(record, activity)?.toLowerCase()
  const isOwn = user === activity.mailbox && table.outcome(record, activity) !== 'failure'
  return { ip, userAgent: table.userAgent(record, activity), isOwn, asks: isOwn && table.category === 'account' }
}

function toLogon(table: Compiled, activity: Envelope): Logon | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.outcome(record, activity) === 'failure') return undefined
  const platform = table.dataset.platform(record, activity) ?? ''
  return { platform, ip, userAgent: table.userAgent(record, activity) }
}
