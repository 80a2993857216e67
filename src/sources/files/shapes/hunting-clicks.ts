import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { guid, time } from './cell-patterns.ts'
import { hasAll, member } from './members.ts'
import { portalRow } from './portal-row.ts'
import type { CsvShape, JsonShape, Shaped } from './shape.ts'
import { startsRowBy } from './starts-row.ts'
import { inUtc } from './zoned-times.ts'

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

const told = 'UrlClickEvents of advanced hunting'
const columns = ['Url', 'ActionType', 'AccountUpn', 'IsClickedThrough']

/** Clicks on links that Defender's Safe Links looked at: queried or streamed. The audit log has those that it found malicious. */
export const huntingClicks: JsonShape = {
  form: 'json',
  name: 'hunting-clicks',
  title: `${told} as JSON`,
  recognizes: (record) => hasAll(record, ...columns),
  read: clickOf,
}

/** The same as portals export it. */
export const huntingClicksCsv: CsvShape = {
  form: 'csv',
  name: 'hunting-clicks-csv',
  title: `${told} as CSV`,
  columns,
  times: ['Timestamp', 'Timestamp [UTC]', 'TimeGenerated', 'TimeGenerated [UTC]'],
  shown: ['Timestamp'],
  startsRow: startsRowBy({ TenantId: guid, Timestamp: time, 'Timestamp [UTC]': time, 'TimeGenerated [UTC]': time }),
  read(cells) {
    const row = portalRow(cells)
    return typeof row === 'string' ? row : clickOf(row, false)
  },
}

function clickOf(given: JsonObject, truncated: boolean): Shaped | string {
  const row = inUtc(given)
  if (typeof row === 'string') return row
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
