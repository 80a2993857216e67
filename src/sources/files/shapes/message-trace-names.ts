import { mapOf } from './members.ts'

/** What Get-MessageTrace and extended reports call their columns. */
const names = [
  ...['Organization', 'MessageTraceId', 'MessageId', 'Received', 'SenderAddress', 'RecipientAddress', 'Subject'],
  ...['Status', 'FromIP', 'ToIP', 'Size', 'StartDate', 'EndDate', 'Index', 'RecipientStatus', 'Directionality'],
  ...[
    'ConnectorId',
    'DeliveryPriority',
    'EventId',
    'Source',
    'SourceContext',
    'ClientIP',
    'ClientHostname',
    'ServerIP',
  ],
  ...['ServerHostname', 'OriginalServerIP', 'InternalMessageId', 'RecipientCount', 'RelatedRecipientAddress'],
  ...['Reference', 'ReturnPath', 'MessageInfo', 'TenantId', 'CustomData'],
]

/** Get-MessageTrace's name, or one in its manner, of each column that reports and Graph's `exchangeMessageTrace` call otherwise. */
export const traceNames: ReadonlyMap<string, string> = mapOf({
  ...Object.fromEntries(names.map((name) => [name.toLowerCase(), name])),
  ...{ networkmessageid: 'MessageTraceId', id: 'MessageTraceId' }, // Graph's exchangeMessageTrace has it as its id.
  ...{ receiveddatetime: 'Received', origintimestamputc: 'Received', origintimestamp: 'Received' },
  ...{ datetimeutc: 'Received', datetime: 'Received', recipientaddresses: 'RecipientAddress' },
  ...{ messagesubject: 'Subject', originalclientip: 'FromIP', totalbytes: 'Size' },
})

/** The name without what differs between spellings: `message_trace_id` and `MessageTraceId` are one. */
export function plain(name: string): string {
  return name.replaceAll(/[_\s-]/g, '').toLowerCase()
}
