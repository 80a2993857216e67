import type { Json, JsonObject } from '../../../activity.ts'
import { logTable } from './log-table.ts'
import { traceOf } from './message-trace.ts'
import type { Shaped } from './shape.ts'
import { guid } from './starts-row.ts'

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

/** Mails that Defender saw: advanced hunting's EmailEvents, queried, streamed or exported, a record for each recipient. */
export const huntingMails = logTable({
  name: 'hunting-mails',
  title: 'EmailEvents of advanced hunting',
  columns: ['NetworkMessageId', 'RecipientEmailAddress', 'DeliveryAction'],
  optional: [...renamed],
  times: ['Timestamp', 'TimeGenerated'],
  begins: { NetworkMessageId: guid },
  read: readMail,
})

/** A mail to one recipient is one record with its trace: NetworkMessageId is the trace's id. */
function readMail(row: JsonObject, truncated: boolean): Shaped | string {
  const others = Object.entries(row).filter(([name]) => !renamed.has(name))
  const own = Object.entries(sources).map(([name, from]) => [name, firstSaid(row, from)] as const)
  return traceOf(Object.fromEntries([...own, ...others]), truncated)
}

function firstSaid(row: JsonObject, names: readonly string[]): Json {
  return names.map((name) => row[name] ?? null).find((value) => value !== null && value !== '') ?? null
}
