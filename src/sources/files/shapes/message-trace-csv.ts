import { guid, time } from './cell-patterns.ts'
import { traceOf } from './message-trace.ts'
import type { CsvShape } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

const messageId = /^<[^<>]+>$/
const address = /^(<>|[^\s@]+@[^\s@]+)?$/

/** What all reports are alike in. */
const common = {
  form: 'csv',
  read: (cells: Readonly<Record<string, string>>) => traceOf(cells, false),
} as const

/** Get-MessageTrace and Get-MessageTraceV2, piped to Export-Csv: a row for each recipient. */
export const messageTraceCsv: CsvShape = {
  ...common,
  name: 'message-trace-csv',
  title: 'Message traces saved by Get-MessageTrace',
  columns: ['Received', 'SenderAddress', 'RecipientAddress'],
  times: ['Received'],
  startsRow: startsRowBy({ RunspaceId: guid, Received: time, MessageId: messageId, MessageTraceId: guid }),
}

/** The summary report of a historical search: a row for each message, whatever its recipients. */
export const messageTraceSummaryCsv: CsvShape = {
  ...common,
  name: 'message-trace-summary-csv',
  title: 'Summary report of a message trace',
  columns: ['sender_address', 'recipient_status', 'message_subject', 'message_id'],
  times: ['origin_timestamp_utc', 'origin_timestamp'],
  startsRow: startsRowBy({ origin_timestamp_utc: time, origin_timestamp: time, sender_address: address }),
}

/** The extended report: a row for each event on the way of a message. */
export const messageTraceExtendedCsv: CsvShape = {
  ...common,
  name: 'message-trace-extended-csv',
  title: 'Extended report of a message trace',
  columns: ['event_id', 'source', 'message_id', 'recipient_address', 'sender_address'],
  times: ['date_time_utc', 'date_time'],
  startsRow: startsRowBy({ date_time_utc: time, date_time: time }),
}
