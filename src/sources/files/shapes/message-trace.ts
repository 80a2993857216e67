import type { Json, JsonObject } from '../../../activity.ts'
import { lowered } from '../../../entry.ts'
import { hyphenated } from '../../../guid.ts'
import { parseCultureTime, whyNoTime } from '../../../time/culture-time.ts'
import { isWithheld } from '../../../withheld.ts'
import { isTooDeep } from '../depth.ts'
import { fullnessOf } from './fullness.ts'
import { mapOf, textOf } from './members.ts'
import { isOfSession, isTypeName, timeText } from './powershell.ts'
import { hashId } from './record-id.ts'
import type { CsvShape, JsonShape, Shaped } from './shape.ts'
import { guid, startsRowBy, time } from './starts-row.ts'

/** A message trace of whatever shape under Get-MessageTrace's names, or why it is none. Its mailbox is the first recipient's. */
export function traceOf(raw: JsonObject, truncated: boolean): Shaped | string {
  if (isTooDeep(raw)) return 'nested deeper than a message trace can be'
  const record = toCmdlet(raw)
  const received = timeText(record['Received'])
  const time = parseCultureTime(received)
  if (time === undefined)
    return received === undefined ? 'no time of receipt' : whyNoTime('the time of receipt', received)

  const recipients = listOf(record['RecipientAddress'])
  const status = textOf(record['Status'])?.split(',').at(-1)?.trim()
  const operation = textOf(record['EventId']) ?? status ?? 'MessageTrace'
  const mailbox = recipients.find((one) => !isWithheld(one))?.toLowerCase() ?? ''
  const own = { dataset: 'o365.messagetrace', time, operation, mailbox, record, truncated } as const
  return { ...own, ...identityOf(record, time, recipients.join(';').toLowerCase(), status) }
}

/** Statuses of a mail that is still on its way: Get-MessageTraceV2's and Graph's `exchangeMessageTraceStatus`, then those of reports. */
const onItsWay: ReadonlySet<string> = new Set([
  ...['', 'none', 'pending', 'gettingstatus', 'unknown', 'unknownfuturevalue'],
  ...['receive', 'submit', 'defer'],
])

/** Whether a trace with this status, in lower case, does not tell what became of its mail: none tells nothing at all. */
export function isOnItsWay(status: string): boolean {
  return onItsWay.has(status)
}

/**
 * One message to one recipient is one record, however exported; a trace with an event is one of many of its message, and
 * nothing less than all it says tells it from the others.
 */
function identityOf(
  record: JsonObject,
  time: number,
  recipients: string,
  status = '',
): Pick<Shaped, 'id' | 'fullness'> {
  // Reports may write it without hyphens (Microsoft, "Message trace in the new EAC": `1341ac7b13fb42ab4d4408cf7f55890f`).
  const traceId = hyphenated(textOf(record['MessageTraceId']) ?? '').toLowerCase()
  if (record['EventId'] !== undefined || isWithheld(traceId)) return { id: hashId(record), fullness: 0 }
  if (traceId !== '') {
    const lack = isOnItsWay(plain(status)) ? lowered.onItsWay : plain(status) === 'quarantined' ? lowered.heldBack : 0
    return { id: hashId([traceId, recipients]), fullness: fullnessOf(record) - lack }
  }
  const { MessageId = '', SenderAddress = '', Subject = '', Status = '' } = record
  return { id: hashId([time, recipients, MessageId, SenderAddress, Subject, Status]), fullness: fullnessOf(record) }
}

function toCmdlet(raw: JsonObject): JsonObject {
  const record: JsonObject = Object.fromEntries(
    Object.entries(raw)
      .filter(([name, value]) => value !== null && value !== '' && !isOfSession(name))
      .map(([name, value]) => [traceNames.get(plain(name)) ?? name, value]),
  )
  const told = recipientsTold(record['RecipientStatus'])
  const recipients = told.length > 0 ? told.map(({ address }) => address) : listOf(record['RecipientAddress'])
  return {
    ...record,
    ...(recipients.length > 0 && { RecipientAddress: recipients }),
    ...(told[0] !== undefined && { Status: told[0].status }),
  }
}

/** `a@contoso.example##Receive, Deliver;b@…##Receive, Fail`: the summary report has one row for all recipients. */
function recipientsTold(value: Json | undefined): { address: string; status: string }[] {
  return listOf(value)
    .map((part) => part.split('##').map((half) => half.trim()))
    .filter(([address, status]) => address !== '' && status !== undefined)
    .map(([address = '', status = '']) => ({ address, status }))
}

function listOf(value: Json | undefined): string[] {
  const parts = Array.isArray(value) ? value : typeof value === 'string' ? value.split(';') : []
  return parts
    .filter((part) => typeof part === 'string')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** What Get-MessageTrace and extended reports call their columns. */
const cmdletNames = `Organization MessageTraceId MessageId Received SenderAddress RecipientAddress Subject Status
  FromIP ToIP Size StartDate EndDate Index RecipientStatus Directionality ConnectorId DeliveryPriority EventId Source
  SourceContext ClientIP ClientHostname ServerIP ServerHostname OriginalServerIP InternalMessageId RecipientCount
  RelatedRecipientAddress Reference ReturnPath MessageInfo TenantId CustomData`.split(/\s+/)

/** Get-MessageTrace's name, or one in its manner, of each column that reports and Graph's `exchangeMessageTrace` call otherwise. */
const traceNames: ReadonlyMap<string, string> = mapOf({
  ...Object.fromEntries(cmdletNames.map((name) => [name.toLowerCase(), name])),
  ...{ networkmessageid: 'MessageTraceId', id: 'MessageTraceId' }, // Graph's exchangeMessageTrace has it as its id.
  ...{ receiveddatetime: 'Received', origintimestamputc: 'Received', origintimestamp: 'Received' },
  ...{ datetimeutc: 'Received', datetime: 'Received', recipientaddresses: 'RecipientAddress' },
  ...{ messagesubject: 'Subject', originalclientip: 'FromIP', totalbytes: 'Size' },
})

/** The name without what differs between spellings: `message_trace_id` and `MessageTraceId` are one. */
function plain(name: string): string {
  return name.replaceAll(/[_\s-]/g, '').toLowerCase()
}

/** The same as JSON: Get-MessageTrace piped to ConvertTo-Json, Graph's `exchangeMessageTrace`, a report that was converted. */
export const messageTraceJson: JsonShape = {
  name: 'message-trace-json',
  title: 'Message traces',
  recognizes(record) {
    const names = new Set(Object.keys(record).map((name) => traceNames.get(plain(name))))
    const hasRecipient = names.has('RecipientAddress') || names.has('RecipientStatus')
    return hasRecipient && names.has('SenderAddress') && names.has('Received')
  },
  read: traceOf,
}

const messageId = /^<[^<>]+>$/
const address = /^(<>|[^\s@]+@[^\s@]+)?$/

const read: CsvShape['read'] = (cells) => traceOf(cells, false)

/** Get-MessageTrace and Get-MessageTraceV2, or what Graph's SDK gives, piped to Export-Csv: a row for each recipient. */
export const messageTraceCsv: CsvShape = {
  read,
  name: 'message-trace-csv',
  title: 'Message traces saved by Get-MessageTrace',
  columns: ['SenderAddress', 'RecipientAddress'],
  oneOf: ['Received', 'ReceivedDateTime'],
  times: ['Received', 'ReceivedDateTime'],
  startsRow: startsRowBy({
    RunspaceId: guid,
    Received: time,
    ReceivedDateTime: time,
    MessageId: messageId,
    MessageTraceId: guid,
  }),
}

/** The summary report of a historical search: a row for each message, whatever its recipients. */
export const messageTraceSummaryCsv: CsvShape = {
  read,
  name: 'message-trace-summary-csv',
  title: 'Summary report of a message trace',
  columns: ['sender_address', 'recipient_status', 'message_subject', 'message_id'],
  times: ['origin_timestamp_utc', 'origin_timestamp'],
  startsRow: startsRowBy({ origin_timestamp_utc: time, origin_timestamp: time, sender_address: address }),
}

/** The extended report: a row for each event on the way of a message. */
export const messageTraceExtendedCsv: CsvShape = {
  read,
  name: 'message-trace-extended-csv',
  title: 'Extended report of a message trace',
  columns: ['event_id', 'source', 'message_id', 'recipient_address', 'sender_address'],
  times: ['date_time_utc', 'date_time'],
  startsRow: startsRowBy({ date_time_utc: time, date_time: time }),
}

/** Message tracking logs of Exchange Server (MSGTRK….LOG): what the extended report tells, as the server that a message passed wrote it. */
export const messageTrackingCsv: CsvShape = {
  read,
  name: 'message-tracking-csv',
  title: 'Message tracking log of Exchange Server',
  columns: ['date-time', 'event-id', 'source', 'message-id', 'recipient-address', 'sender-address'],
  times: ['date-time'],
  startsRow: startsRowBy({ 'date-time': time }),
}

/** What Get-MessageTrackingLog calls otherwise. */
const trackingNames: ReadonlyMap<string, string> = mapOf({
  ...{ Timestamp: 'Received', Sender: 'SenderAddress', Recipients: 'RecipientAddress' },
})

/** The same by Get-MessageTrackingLog, any columns selected: where Export-Csv wrote the type alone of its recipients, they count as cut off. */
export const messageTrackingLocalCsv: CsvShape = {
  name: 'message-tracking-local-csv',
  title: 'Message tracking log saved by Get-MessageTrackingLog',
  columns: ['Timestamp', 'EventId', 'Sender', 'Recipients'],
  times: ['Timestamp'],
  startsRow: startsRowBy({ RunspaceId: guid, Timestamp: time, EventId: /^[A-Z]+$/i }),
  read: (cells) => {
    const told = Object.entries(cells).filter(([, cell]) => !isTypeName(cell))
    const record = Object.fromEntries(told.map(([name, cell]) => [trackingNames.get(name) ?? name, cell]))
    return traceOf(record, record['RecipientAddress'] === undefined)
  },
}
