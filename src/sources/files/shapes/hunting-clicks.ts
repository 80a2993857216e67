import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { logTable } from './log-table.ts'
import { member } from './members.ts'
import type { Shaped } from './shape.ts'

// The audit log's names (RecordType 41, TIUrlClickData) of what advanced hunting's UrlClickEvents says (MicrosoftDocs/defender-docs,
// advanced-hunting-urlclickevents-table.md). ReportId is one and the same for a click and the click through the warning, so it is no id.
// Sentinel adds TimeGenerated, and has the workspace in TenantId.
const names: ReadonlyMap<string, string> = new Map([
  ['Timestamp', 'CreationTime'],
  ['AccountUpn', 'UserId'],
  ['IPAddress', 'UserIp'],
  ['Workload', 'SourceWorkload'],
  ['TenantId', 'WorkspaceId'],
])

/** Clicks on links that Defender's Safe Links looked at: queried, streamed or exported. The audit log has those that it found malicious. */
export const huntingClicks = logTable({
  name: 'hunting-clicks',
  title: 'UrlClickEvents of advanced hunting',
  columns: ['Url', 'ActionType', 'AccountUpn', 'IsClickedThrough'],
  times: ['Timestamp', 'TimeGenerated'],
  read: clickOf,
})

function clickOf(row: JsonObject, truncated: boolean): Shaped | string {
  const others = Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value] as const)
  const record: JsonObject = {
    ...(Object.fromEntries(others) as Record<string, Json>),
    CreationTime: member(row, 'Timestamp') ?? member(row, 'TimeGenerated') ?? '',
    Operation: 'TIUrlClickData',
    RecordType: 41,
    Workload: 'ThreatIntelligence',
    // Of an empty cell and of a member that says nothing one thing is made: a click without a threat.
    ThreatTypes: member(row, 'ThreatTypes') ?? '',
  }
  return readAudit(record, truncated)
}
