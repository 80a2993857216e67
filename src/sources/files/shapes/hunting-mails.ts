import type { Json, JsonObject } from '../../../activity.ts'
import { guid, time } from './cell-patterns.ts'
import { hasAll } from './members.ts'
import { traceOf } from './message-trace.ts'
import type { CsvShape, JsonShape, Shaped } from './shape.ts'
import { startsRowBy } from './starts-row.ts'
import { inUtc } from './zoned-times.ts'

// Message traces' names of what advanced hunting's EmailEvents says (MicrosoftDocs/defender-docs, advanced-hunting-emailevents-table.md); of several
// the first that says it. As in the message tracking log the sender is that of the From header, and the return path that of MAIL FROM.
// Sentinel adds TimeGenerated, and has the workspace in TenantId.
const sources: Readonly<Record<string, readonly string[]>> = {
  Received: ['Timestamp', 'TimeGenerated'],
  MessageTraceId: ['NetworkMessageId'],
  MessageId: ['InternetMessageId'],
  SenderAddress: ['SenderFromAddress', 'SenderMailFromAddress'],
  ReturnPath: ['SenderMailFromAddress'],
  RecipientAddress: ['RecipientEmailAddress'],
  FromIP: ['SenderIPv4', 'SenderIPv6'],
  Status: ['DeliveryAction'],
  Directionality: ['EmailDirection'],
  WorkspaceId: ['TenantId'],
}
const renamed: ReadonlySet<string> = new Set(Object.values(sources).flat())

const told = 'EmailEvents of advanced hunting'
const columns = ['NetworkMessageId', 'RecipientEmailAddress', 'DeliveryAction']

/** Mails that Defender saw: advanced hunting's EmailEvents, queried or streamed, a record for each recipient. */
export const huntingMails: JsonShape = {
  form: 'json',
  name: 'hunting-mails',
  title: `${told} as JSON`,
  recognizes: (record) => hasAll(record, ...columns),
  read: readMail,
}

/** The same as portals export it. */
export const huntingMailsCsv: CsvShape = {
  form: 'csv',
  name: 'hunting-mails-csv',
  title: `${told} as CSV`,
  columns,
  times: ['Timestamp', 'Timestamp [UTC]'],
  shown: ['Timestamp'],
  startsRow: startsRowBy({
    Timestamp: time,
    'Timestamp [UTC]': time,
    'TimeGenerated [UTC]': time,
    NetworkMessageId: guid,
  }),
  read(cells) {
    const named = inUtc(cells)
    return typeof named === 'string' ? named : readMail(named, false)
  },
}

/** A mail to one recipient is one record with its trace: NetworkMessageId is the trace's id. */
function readMail(row: JsonObject, truncated: boolean): Shaped | string {
  const others = Object.entries(row).filter(([name]) => !renamed.has(name))
  const own = Object.entries(sources).map(([name, from]) => [name, firstSaid(row, from)] as const)
  return traceOf(Object.fromEntries([...own, ...others]), truncated)
}

function firstSaid(row: JsonObject, names: readonly string[]): Json {
  return names.map((name) => row[name] ?? null).find((value) => value !== null && value !== '') ?? null
}
