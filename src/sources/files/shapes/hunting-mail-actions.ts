import type { Json, JsonObject } from '../../../activity.ts'
import { parseCultureTime } from '../../../time/culture-time.ts'
import { isoOf } from '../../../time/time.ts'
import { readAudit } from './audit-record.ts'
import { logTable } from './log-table.ts'
import { member, said } from './members.ts'
import { hashId } from './record-id.ts'
import type { Shaped } from './shape.ts'
import { guid } from './starts-row.ts'

// The audit log's names of what advanced hunting's EmailPostDeliveryEvents says (MicrosoftDocs/defender-docs,
// advanced-hunting-emailpostdeliveryevents-table.md). Nobody is named who did it, so its mailbox is the recipient's and it has no user.
// Sentinel adds TimeGenerated, and has the workspace in TenantId.
const names: ReadonlyMap<string, string> = new Map([
  ['RecipientEmailAddress', 'MailboxOwnerUPN'],
  ['SenderFromAddress', 'P2Sender'],
  ['ActionResult', 'ResultStatus'],
  ['TenantId', 'WorkspaceId'],
])

/** What Defender or an administrator did to mails after they were delivered: taken away, moved, given back. */
export const huntingMailActions = logTable({
  name: 'hunting-mail-actions',
  title: 'EmailPostDeliveryEvents of advanced hunting',
  columns: ['NetworkMessageId', 'RecipientEmailAddress', 'ActionType', 'ActionTrigger'],
  times: ['Timestamp', 'TimeGenerated'],
  begins: { NetworkMessageId: guid },
  read: actionOf,
})

function actionOf(row: JsonObject, truncated: boolean): Shaped | string {
  const at = said(member(row, 'Timestamp')) ?? said(member(row, 'TimeGenerated')) ?? ''
  const parsed = parseCultureTime(at)
  const others = Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value] as const)
  const own = (name: string) => said(member(row, name))?.toLowerCase() ?? ''
  const record: JsonObject = {
    ...(Object.fromEntries(others) as Record<string, Json>),
    CreationTime: parsed === undefined ? at : isoOf(parsed),
    // ReportId alone is not said to be unique.
    Id: hashId([
      parsed ?? at,
      own('ReportId'),
      own('NetworkMessageId'),
      own('RecipientEmailAddress'),
      own('ActionType'),
    ]),
    Operation: said(member(row, 'ActionType')) ?? '',
    Recipients: member(row, 'RecipientEmailAddress') ?? '',
    Workload: 'ThreatIntelligence',
  }
  return readAudit(record, truncated)
}
