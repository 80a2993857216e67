import type { JsonObject } from '../../../activity.ts'
import { parseCultureTime } from '../../../time/culture-time.ts'
import { isoOf } from '../../../time/time.ts'
import { readAudit } from './audit-record.ts'
import { logTable } from './log-table.ts'
import { firstSaid, member, said } from './members.ts'
import { traceOf } from './message-trace.ts'
import { hashId } from './record-id.ts'
import { guid } from './starts-row.ts'

// Advanced hunting's tables of mail (MicrosoftDocs/defender-docs, advanced-hunting-emailevents-table.md, -urlclickevents- and
// -emailpostdeliveryevents-). Sentinel adds TimeGenerated, and has the workspace in TenantId.
const times = ['Timestamp', 'TimeGenerated']

// Message traces' names of what EmailEvents says; of several the first that says it. As in the message tracking log the sender is that of the From
// header, and the return path that of MAIL FROM.
const sources: Readonly<Record<string, readonly string[]>> = {
  Received: times,
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
const replaced: ReadonlySet<string> = new Set(Object.values(sources).flat())

/** Mails that Defender saw: EmailEvents, a record for each recipient. NetworkMessageId is the id of the mail's trace, with which it is one record. */
export const huntingMails = logTable({
  name: 'hunting-mails',
  title: 'EmailEvents of advanced hunting',
  columns: ['NetworkMessageId', 'RecipientEmailAddress', 'DeliveryAction'],
  optional: [...replaced],
  times,
  begins: { NetworkMessageId: guid },
  read(row, truncated) {
    const others = Object.entries(row).filter(([name]) => !replaced.has(name))
    const own = Object.entries(sources).map(([name, from]) => [name, firstSaid(row, from) ?? null] as const)
    return traceOf(Object.fromEntries([...own, ...others]), truncated)
  },
})

// The audit log's names (RecordType 41, TIUrlClickData) of what UrlClickEvents says. ReportId is one and the same for a click and the click through
// the warning, so it is no id.
const ofClicks: ReadonlyMap<string, string> = new Map([
  ['Timestamp', 'CreationTime'],
  ['AccountUpn', 'UserId'],
  ['IPAddress', 'UserIp'],
  ['Workload', 'SourceWorkload'],
  ['TenantId', 'WorkspaceId'],
])

/** Clicks on links that Defender's Safe Links looked at: UrlClickEvents. The audit log has those that it found malicious. */
export const huntingClicks = logTable({
  name: 'hunting-clicks',
  title: 'UrlClickEvents of advanced hunting',
  columns: ['Url', 'ActionType', 'AccountUpn', 'IsClickedThrough'],
  times,
  read: (row, truncated) =>
    readAudit(
      {
        ...renamed(row, ofClicks),
        CreationTime: member(row, 'Timestamp') ?? member(row, 'TimeGenerated') ?? '',
        Operation: 'TIUrlClickData',
        RecordType: 41,
        Workload: 'ThreatIntelligence',
        // Of an empty cell and of a member that says nothing one thing is made: a click without a threat.
        ThreatTypes: member(row, 'ThreatTypes') ?? '',
      },
      truncated,
    ),
})

// The audit log's names of what EmailPostDeliveryEvents says. Nobody is named who did it, so its mailbox is the recipient's and it has no user.
const ofActions: ReadonlyMap<string, string> = new Map([
  ['RecipientEmailAddress', 'MailboxOwnerUPN'],
  ['SenderFromAddress', 'P2Sender'],
  ['ActionResult', 'ResultStatus'],
  ['TenantId', 'WorkspaceId'],
])
// ReportId alone is not said to be unique.
const idOfActions = ['ReportId', 'NetworkMessageId', 'RecipientEmailAddress', 'ActionType']

/** What Defender or an administrator did to mails after they were delivered, taken away, moved, given back: EmailPostDeliveryEvents. */
export const huntingMailActions = logTable({
  name: 'hunting-mail-actions',
  title: 'EmailPostDeliveryEvents of advanced hunting',
  columns: ['NetworkMessageId', 'RecipientEmailAddress', 'ActionType', 'ActionTrigger'],
  times,
  begins: { NetworkMessageId: guid },
  read(row, truncated) {
    const at = said(member(row, 'Timestamp')) ?? said(member(row, 'TimeGenerated')) ?? ''
    const parsed = parseCultureTime(at)
    const own = idOfActions.map((name) => said(member(row, name))?.toLowerCase() ?? '')
    const record = {
      ...renamed(row, ofActions),
      CreationTime: parsed === undefined ? at : isoOf(parsed),
      Id: hashId([parsed ?? at, ...own]),
      Operation: said(member(row, 'ActionType')) ?? '',
      Recipients: member(row, 'RecipientEmailAddress') ?? '',
      Workload: 'ThreatIntelligence',
    }
    return readAudit(record, truncated)
  },
})

function renamed(row: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value]))
}
