import { lastOf } from '../remember.ts'
import { clientFields } from './client-fields.ts'
import { whole, word, words } from './kinds.ts'
import { at, fieldsOf, type Leaves, leaf, restOf } from './leaves.ts'
import { one, parseAddress } from './readers.ts'
import type { DatasetTable } from './table.ts'

/** The columns of Get-MessageTrace, then those that only reports of historical searches have. */
const leaves: Leaves = {
  'o365.messagetrace.Organization': leaf('Organization', word),
  'o365.messagetrace.MessageTraceId': leaf('MessageTraceId', word),
  'o365.messagetrace.MessageId': leaf('MessageId', word),
  'o365.messagetrace.SenderAddress': leaf('SenderAddress', word),
  'o365.messagetrace.RecipientAddress': leaf('RecipientAddress', words),
  'o365.messagetrace.Subject': leaf('Subject', word),
  'o365.messagetrace.Status': leaf('Status', word),
  'o365.messagetrace.FromIP': leaf('FromIP', word),
  'o365.messagetrace.ToIP': leaf('ToIP', word),
  'o365.messagetrace.Size': leaf('Size', whole),
  'o365.messagetrace.StartDate': leaf('StartDate', word),
  'o365.messagetrace.EndDate': leaf('EndDate', word),
  'o365.messagetrace.Index': leaf('Index', word),
  'o365.messagetrace.RecipientStatus': leaf('RecipientStatus', word),
  'o365.messagetrace.Directionality': leaf('Directionality', word),
  'o365.messagetrace.ConnectorId': leaf('ConnectorId', word),
  'o365.messagetrace.DeliveryPriority': leaf('DeliveryPriority', word),
  'o365.messagetrace.EventId': leaf('EventId', word),
  'o365.messagetrace.Source': leaf('Source', word),
  'o365.messagetrace.SourceContext': leaf('SourceContext', word),
  'o365.messagetrace.ClientIP': leaf('ClientIP', word),
  'o365.messagetrace.ClientHostname': leaf('ClientHostname', word),
  'o365.messagetrace.ServerIP': leaf('ServerIP', word),
  'o365.messagetrace.ServerHostname': leaf('ServerHostname', word),
  'o365.messagetrace.OriginalServerIP': leaf('OriginalServerIP', word),
  'o365.messagetrace.InternalMessageId': leaf('InternalMessageId', word),
  'o365.messagetrace.RecipientCount': leaf('RecipientCount', whole),
  'o365.messagetrace.RelatedRecipientAddress': leaf('RelatedRecipientAddress', word),
  'o365.messagetrace.Reference': leaf('Reference', word),
  'o365.messagetrace.ReturnPath': leaf('ReturnPath', word),
  'o365.messagetrace.MessageInfo': leaf('MessageInfo', word),
  'o365.messagetrace.TenantId': leaf('TenantId', word),
  'o365.messagetrace.CustomData': leaf('CustomData', word),
}

const addressIn = lastOf(parseAddress)
// The address that the message came from, never that of the server of one's own which reports an event.
const clientAddress = at('FromIP', word)
const client = clientFields((record, activity) => addressIn(clientAddress(record, activity)))

const directions: ReadonlyMap<string, string> = new Map([
  ['incoming', 'inbound'],
  ['inbound', 'inbound'],
  ['originating', 'outbound'],
  ['outbound', 'outbound'],
  ['intra-org', 'internal'],
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
    'o365.messagetrace.Received': (_record, { time }) => new Date(time).toISOString(),
    'o365.messagetrace.Other': restOf(leaves, ['Received']),
  },
  platform: () => undefined,
  messages(record, activity) {
    const id = messageId(record, activity)
    if (id === undefined) return []
    const item = id.startsWith('<') ? id : `<${id}>` // As audit records have it.
    const received = new Date(activity.time).toISOString()
    const told = { subject: subject(record, activity), from: sender(record, activity) }
    return [{ item, rank: 0, ...told, received, messageId: item }]
  },
}
