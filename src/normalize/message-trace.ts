import type { Field } from '../document.ts'
import { isoOf } from '../time/time.ts'
import { isWithheld } from '../withheld.ts'
import { addressIn, clientFields } from './client-fields.ts'
import { at, fieldsOf, type Leaves, leaf, restOf, whole, word, words } from './leaves.ts'
import { type DatasetTable, one } from './table.ts'

type Column = Field extends infer F ? (F extends `o365.messagetrace.${infer Name}` ? Name : never) : never

/** The columns of Get-MessageTrace, then those that only reports of historical searches have. */
const columns: readonly Column[] = [
  ...(['Organization', 'MessageTraceId', 'MessageId', 'SenderAddress', 'Subject', 'Status', 'FromIP', 'ToIP'] as const),
  ...(['StartDate', 'EndDate', 'Index', 'RecipientStatus', 'Directionality', 'ConnectorId'] as const),
  ...(['DeliveryPriority', 'EventId', 'Source', 'SourceContext', 'ClientIP', 'ClientHostname', 'ServerIP'] as const),
  ...(['ServerHostname', 'OriginalServerIP', 'InternalMessageId', 'RelatedRecipientAddress', 'Reference'] as const),
  ...(['ReturnPath', 'MessageInfo', 'TenantId', 'CustomData'] as const),
]
const leaves: Leaves = {
  ...Object.fromEntries(columns.map((column) => [`o365.messagetrace.${column}`, leaf(column, word)])),
  'o365.messagetrace.RecipientAddress': leaf('RecipientAddress', words),
  'o365.messagetrace.RecipientCount': leaf('RecipientCount', whole),
  'o365.messagetrace.Size': leaf('Size', whole),
}

// The address that the message came from, never that of the server of one's own which reports an event.
const client = clientFields(addressIn(at('FromIP', word)))

const directions: ReadonlyMap<string, string> = new Map([
  ['incoming', 'inbound'],
  ['inbound', 'inbound'],
  ['originating', 'outbound'],
  ['outbound', 'outbound'],
  ['intra-org', 'internal'],
  ...([
    ['1', 'inbound'],
    ['2', 'outbound'],
  ] as const), // As Microsoft describes the summary report's; seen are words.
])
const directionality = at('Directionality', word)

const messageId = at('MessageId', word)
const subject = at('Subject', word)
const sender = at('SenderAddress', word)

/** Message traces of Exchange Online, as Get-MessageTrace gives them: what servers did, so no user is named. */
export const messageTrace: DatasetTable = {
  dataset: 'o365.messagetrace',
  operations: 'trace',
  ecsCategory: [],
  // Whatever word a report has for what became of it, or for what happened on its way, it is a mail that was to be delivered.
  kin: () => 'MessageTrace',
  fields: {
    ...fieldsOf(leaves),
    'event.kind': 'event',
    'event.module': 'o365',
    'event.provider': 'Exchange',
    'event.outcome': 'unknown',
    ...client,
    'email.message_id': messageId,
    'email.subject': subject,
    'email.from.address': one(sender),
    'email.sender.address': sender,
    'email.to.address': at('RecipientAddress', words),
    'email.direction': (record, activity) => directions.get(directionality(record, activity)?.toLowerCase() ?? ''),
    'o365.messagetrace.Received': (_record, { time }) => isoOf(time),
    'o365.messagetrace.Other': restOf(leaves, ['Received']),
  },
  telling: [at('MessageTraceId', word), messageId, sender, at('RecipientAddress', word), at('FromIP', word)],
  messages(record, activity) {
    const id = messageId(record, activity)
    if (id === undefined || isWithheld(id)) return [] // It is no mail's.
    const item = id.startsWith('<') ? id : `<${id}>` // As audit records have it.
    const received = isoOf(activity.time)
    const told = { subject: subject(record, activity), from: sender(record, activity) }
    return [{ item, rank: 0, ...told, received, messageId: item }]
  },
}
