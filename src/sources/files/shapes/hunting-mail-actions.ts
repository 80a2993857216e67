import type { Json, JsonObject } from '../../../activity.ts'
import { isoOf, parseCultureTime } from '../../../time.ts'
import { readAudit } from './audit-record.ts'
import { guid, time } from './cell-patterns.ts'
import { said } from './exchange-log.ts'
import { hasAll, member } from './members.ts'
import { portalRow } from './portal-row.ts'
import { hashId } from './record-id.ts'
import type { CsvShape, JsonShape, Shaped } from './shape.ts'
import { startsRowBy } from './starts-row.ts'
import { inUtc } from './zoned-times.ts'

// The audit log's names of what advanced hunting's EmailPostDeliveryEvents says (MicrosoftDocs/defender-docs,
// advanced-hunting-emailpostdeliveryevents-table.md). Nobody is named who did it, so its mailbox is the recipient's and it has no user.
// Sentinel adds TimeGenerated, and has the workspace in TenantId.
const names: ReadonlyMap<string, string> = new Map([
  ['RecipientEmailAddress', 'MailboxOwnerUPN'],
  ['SenderFromAddress', 'P2Sender'],
  ['ActionResult', 'ResultStatus'],
  ['TenantId', 'WorkspaceId'],
])

const told = 'EmailPostDeliveryEvents of advanced hunting'
const columns = ['NetworkMessageId', 'RecipientEmailAddress', 'ActionType', 'ActionTrigger']

/** What Defender or an administrator did to mails after they were delivered: taken away, moved, given back. */
export const huntingMailActions: JsonShape = {
  form: 'json',
  name: 'hunting-mail-actions',
  title: `${told} as JSON`,
  recognizes: (record) => hasAll(record, ...columns),
  read: actionOf,
}

/** The same as portals export it. */
export const huntingMailActionsCsv: CsvShape = {
  form: 'csv',
  name: 'hunting-mail-actions-csv',
  title: `${told} as CSV`,
  columns,
  times: ['Timestamp', 'Timestamp [UTC]', 'TimeGenerated', 'TimeGenerated [UTC]'],
  shown: ['Timestamp'],
  startsRow: startsRowBy({
    ...{ TenantId: guid, Timestamp: time, 'Timestamp [UTC]': time, 'TimeGenerated [UTC]': time },
    NetworkMessageId: guid,
  }),
  read(cells) {
    const row = portalRow(cells)
    return typeof row === 'string' ? row : actionOf(row, false)
  },
}

function actionOf(given: JsonObject, truncated: boolean): Shaped | string {
  const row = inUtc(given)
  if (typeof row === 'string') return row
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
