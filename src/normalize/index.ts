import type { Activity, Dataset, Origin } from '../activity.ts'
import {
  type CategoryName,
  type EcsDocument,
  type Field,
  type Fields,
  unknownOperation,
  withheldTag,
} from '../document.ts'
import type { Keys } from '../entry.ts'
import { blankDocument, fields } from '../mappings.ts'
import { plainOperation } from '../microsoft/operation-name.ts'
import { once } from '../remember.ts'
import { isoOf } from '../time/time.ts'
import { isWithheld } from '../withheld.ts'
import { auditRecord } from './audit-record.ts'
import { categories } from './categories/index.ts'
import { graphRequest } from './graph-request.ts'
import { type Envelope, type KeyReaders, toKeys } from './keys.ts'
import { messageTrace } from './message-trace.ts'
import { outlookActivity } from './outlook-activity.ts'
import { relate } from './related.ts'
import { signIn } from './sign-in.ts'
import { state } from './state.ts'
import { type Category, type DatasetTable, type FieldTable, operationsOf, type Reader } from './table.ts'

export interface Normalizer {
  /** The document of an activity. Never throws: what no table knows is kept, as `other`. */
  document(activity: Activity, origin: Origin): EcsDocument
  keys(activity: Envelope): Keys
}

/** Every dataset there is. A new one is one file beside this and one line here. */
const datasets: readonly DatasetTable[] = [outlookActivity, auditRecord, signIn, graphRequest, messageTrace, state]

/** What every document has, or may get from its other fields: `related` only where all of its fields are wanted. */
const always: readonly Field[] = [
  ...(['@timestamp', 'ecs.version', 'data_stream.type', 'data_stream.dataset', 'event.id'] as const),
  ...(['event.dataset', 'event.action', 'event.original', 'event.outcome', 'tags'] as const),
  ...(['hoofprint.category', 'hoofprint.mailbox', 'hoofprint.source', 'hoofprint.evidence.file'] as const),
  ...(['hoofprint.evidence.sha256', 'hoofprint.evidence.row', 'related.ip', 'related.hosts'] as const),
  ...(['related.hash', 'related.user', 'data_stream.namespace', 'event.ingested', 'hoofprint.case.id'] as const),
]

/** What joins and look-ups fill when a document is made. */
const filledLater =
  /^(source\.(geo|as)\.|user\.(email|name|domain)$|user_agent\.|email\.(subject|from\.address|message_id|delivery_timestamp)$|hoofprint\.(from|logon|session)\.|hoofprint\.(actor|first_seen|summary))/

type FieldReader = readonly [Field, Reader<unknown>]

interface Compiled extends KeyReaders {
  /** What tags say of all of its documents: the category first. */
  readonly tags: readonly string[]
  /** The fields that are the same in all of its documents. */
  readonly constants: Fields
  readonly readers: readonly FieldReader[]
  /** What its documents are copies of: made when the first of them is. */
  blank?: Fields
}

/** The tables of one dataset's operations, and the one for all others. */
interface CompiledDataset {
  readonly table: DatasetTable
  /** Made when the first record of the operation comes: of nine hundred a case has some dozens. */
  readonly operations: ReadonlyMap<string, () => Compiled>
  readonly unknown: () => Compiled
  /** Room for every field that any of its documents may have. */
  readonly blank: Fields
}

/** Some fields and no others, and readers that stand in for those of the tables. */
export interface Lean {
  readonly wanted: ReadonlySet<Field>
  readonly instead: FieldTable
}

/**
 * Spreads each category into one flat table per operation. Throws when two categories claim the same. With `lean`,
 * documents have no other fields but those that every document has, and nothing is `related`.
 */
export function compile(list: readonly Category[], lean?: Lean): Normalizer {
  const compiled = new Map<Dataset, CompiledDataset>(
    datasets.map((table) => [table.dataset, compileDataset(table, list, lean)]),
  )
  const tablesOf = (dataset: Dataset): CompiledDataset => {
    const tables = compiled.get(dataset)
    if (tables === undefined) throw new TypeError(`no table normalizes ${dataset}`)
    return tables
  }
  function tableOf(activity: Envelope): Compiled {
    const { table, operations, unknown } = tablesOf(activity.dataset)
    const operation = table.variant?.(activity.record, activity) ?? activity.operation
    const own = operations.get(operation) ?? operations.get(plainOperation(operation))
    return (own ?? operations.get(table.kin?.(activity.record, activity) ?? '') ?? unknown)()
  }

  return {
    document(activity, origin) {
      const table = tableOf(activity)
      table.blank ??= blankOf(tablesOf(activity.dataset).blank, table)
      const document = toDocument(table.blank, table, activity, origin)
      if (lean === undefined) relate(document)
      return document
    },
    keys: (activity) => toKeys(tableOf(activity), activity),
  }
}

/** The normalizer with every category there is. */
export const normalizer: Normalizer = compile(categories)

function compileDataset(table: DatasetTable, list: readonly Category[], lean: Lean | undefined): CompiledDataset {
  const operations = new Map<string, () => Compiled>()
  const filled = new Set(Object.keys(table.fields))
  for (const category of list) {
    for (const { ecs = category.ecs, fields: shared, operations: own } of operationsOf(category, table.operations)) {
      const common = { 'event.category': [...table.ecsCategory, ...ecs.category], 'event.type': ecs.type, ...shared }
      for (const field in common) filled.add(field)
      for (const [operation, fields] of Object.entries(own)) {
        const name = plainOperation(operation)
        if (operations.has(name)) throw new Error(`two categories claim ${operation}`)
        const compiled = once(() => flatten(category.name, table, { ...common, ...fields }, lean))
        operations.set(operation, compiled).set(name, compiled)
        for (const field in fields) filled.add(field)
      }
    }
  }
  const unknown = { 'event.category': table.ecsCategory, 'event.type': ['info'] } as const
  const other = once(() => ({ ...flatten('other', table, unknown, lean), tags: ['other', unknownOperation] }))
  return { table, operations, unknown: other, blank: roomFor(filled, lean) }
}

/** Room for what these tables, joins and look-ups may fill. */
function roomFor(filled: ReadonlySet<string>, lean: Lean | undefined): Fields {
  const some = fields.filter((field) => filled.has(field) || filledLater.test(field))
  return blankDocument(new Set([...always, ...some.filter((field) => lean?.wanted.has(field) ?? true)]))
}

/** What is the same in all documents of an operation. */
function blankOf(room: Fields, { dataset: { dataset }, category, constants }: Compiled): Fields {
  return {
    ...room,
    'ecs.version': '9.0.0',
    'data_stream.type': 'logs',
    'data_stream.dataset': dataset,
    'event.dataset': dataset,
    'event.outcome': 'unknown',
    'hoofprint.category': category,
    ...constants,
  }
}

function flatten(category: CategoryName, dataset: DatasetTable, own: FieldTable, lean: Lean | undefined): Compiled {
  const table: FieldTable = { ...dataset.fields, ...own }
  // Object.entries knows no literal key types. An empty list says nothing, so it is no field.
  const entries = (Object.entries(table) as unknown as [Field, unknown][])
    .filter(([field, entry]) => (lean?.wanted.has(field) ?? true) && !(Array.isArray(entry) && entry.length === 0))
    .map(([field, entry]) => [field, lean?.instead[field] ?? entry] as const)
  const isReader = (entry: readonly [Field, unknown]): entry is FieldReader => typeof entry[1] === 'function'
  return {
    dataset,
    category,
    tags: [category],
    constants: Object.fromEntries(entries.filter((entry) => !isReader(entry))) as Fields,
    readers: entries.filter(isReader),
    isAlert: table['event.kind'] === 'alert',
    outcome: reader(table['event.outcome']),
    userAgent: reader(table['user_agent.original']),
    client: reader(table['hoofprint.client.name']),
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
  const { record, mailbox } = activity
  const document: Fields = { ...blank }
  document['@timestamp'] = isoOf(activity.time)
  document['event.id'] = activity.id
  document['event.action'] = activity.operation
  if (!secret.has(activity.operation)) document['event.original'] = activity.original
  document.tags = tagsOf(table, activity)
  if (mailbox !== '') document['hoofprint.mailbox'] = mailbox
  document['hoofprint.source'] = origin.source
  document['hoofprint.evidence.file'] = origin.file
  document['hoofprint.evidence.content_id'] = origin.contentId
  document['hoofprint.evidence.query_id'] = origin.queryId
  document['hoofprint.evidence.sha256'] = origin.sha256
  document['hoofprint.evidence.row'] = origin.row
  const writable = document as Record<string, unknown>
  const { readers } = table
  for (let i = 0; i < readers.length; i += 1) {
    const [field, read] = readers[i] as FieldReader
    const value = read(record, activity)
    if (value !== undefined) writable[field] = value
  }
  return document as EcsDocument
}

/** What is listed with secrets beside it: those stand in the case's rows, as they came, and leave it nowhere. */
const secret: ReadonlySet<string> = new Set(['ApplicationCredential'])

function tagsOf({ tags, dataset }: Compiled, activity: Activity): readonly string[] {
  const { record, truncated } = activity
  const markers = dataset.markers?.(record, activity) ?? none
  const isShown = dataset.telling?.some((read) => isWithheld(read(record, activity) ?? '')) !== true
  if (markers.length === 0 && truncated !== true && isShown) return tags
  return [...tags, ...markers, ...(isShown ? [] : [withheldTag]), ...(truncated === true ? ['truncated'] : [])]
}

const none: readonly string[] = []
