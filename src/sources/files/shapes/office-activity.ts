import type { Json, JsonObject } from '../../../activity.ts'
import { parseCultureTime } from '../../../time/culture-time.ts'
import { readAudit } from './audit-record.ts'
import { cellValue } from './json-cell.ts'
import { logTable } from './log-table.ts'
import { mapOf } from './members.ts'
import { numbered } from './numbered.ts'
import type { Shaped } from './shape.ts'

// Where Log Analytics' table OfficeActivity has another name for a field of the audit log
// (learn.microsoft.com/azure/azure-monitor/reference/tables/officeactivity).
const names = mapOf({
  OfficeWorkload: 'Workload',
  OfficeObjectId: 'ObjectId',
  Client_IPAddress: 'ClientIPAddress',
  Logon_Type: 'LogonType',
  Event_Data: 'EventData',
  Site_: 'Site',
  Source_Name: 'SourceName',
  DestMailboxOwnerUPN: 'DestMailboxOwnerUPN',
  SourceRecordId: 'Id',
  OfficeId: 'Id',
  TimeGenerated: 'CreationTime',
})

// Log Analytics' own columns, and doubles of others under a name with a trailing underscore.
const own = new Set(['TenantId', 'SourceSystem', 'Type', 'MG', 'ManagementGroupName', 'ElevationTime', 'Start_Time'])

/** OfficeActivity of Log Analytics: the audit log in other columns. */
export const officeActivity = logTable({
  name: 'sentinel-officeactivity',
  title: 'OfficeActivity of Log Analytics or Sentinel',
  columns: ['OfficeWorkload', 'Operation', 'UserId'],
  times: ['TimeGenerated'],
  keepsEmpty: true,
  recognizes: (record) => 'OfficeWorkload' in record && 'Operation' in record,
  read: readRow,
})

function readRow(row: JsonObject, truncated: boolean): Shaped | string {
  const record: JsonObject = {}
  let isCut = truncated
  for (const [name, value] of Object.entries(row)) {
    if (own.has(name) || name.startsWith('_') || value === null || value === '') continue
    const field = names.get(name) ?? name
    if (field.endsWith('_') && field.slice(0, -1) in row) continue
    const told = cellValue(value)
    isCut ||= told.truncated
    record[field] ??= numbered(field, told.value)
  }
  const spoilt = spoiltTime(record['CreationTime'], row['Start_Time'])
  if (spoilt === undefined) return readAudit(record, isCut)
  return readAudit({ ...record, CreationTime: new Date(spoilt).toISOString() }, true)
}

/**
 * Spreadsheets save what they show of a time: `12:36 PM`, or `36:15.0`, which lacks the hour. `Start_Time`, which is a text to them, is that of
 * a batch, minutes later (seen in one export): of the moments before it this is the last that the cell can mean. Undefined for a whole time.
 */
function spoiltTime(shown: Json = '', startTime: Json = ''): number | undefined {
  const later = typeof startTime === 'string' ? parseCultureTime(startTime) : undefined
  if (later === undefined || (typeof shown === 'string' && parseCultureTime(shown) !== undefined)) return undefined
  for (const { form, everyMs, units } of clocks) {
    const match = form.exec(String(shown).trim())
    if (match === null) continue
    const shownMs = units.reduce((sum, unit, i) => sum + unit * Number(match[i + 1] ?? 0), 0)
    const [, noon] = /([ap]m)$/i.exec(match[0]) ?? []
    const ms = noon === undefined ? shownMs : (shownMs % halfDay) + (noon.toLowerCase() === 'pm' ? halfDay : 0)
    return later - ((((later - ms) % everyMs) + everyMs) % everyMs)
  }
  return later
}

const [second, minute, hour, halfDay] = [1000, 60_000, 3_600_000, 12 * 3_600_000] as const
/** What is left of a time, and how often a clock shows it. */
const clocks = [
  { form: /^(\d{1,2}):(\d{2}\.\d)$/, everyMs: hour, units: [minute, second] },
  { form: /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?[ap]m)?$/i, everyMs: 2 * halfDay, units: [hour, minute, second] },
] as const
