import type { Json, JsonObject } from '../../../activity.ts'
import { parseCultureTime } from '../../../time.ts'
import { readAudit } from './audit-record.ts'
import { jsonCell } from './json-cell.ts'
import type { Cells, CsvShape, JsonShape, Shaped } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

// Where Log Analytics' table OfficeActivity has another name for a field of the audit log
// (learn.microsoft.com/azure/azure-monitor/reference/tables/officeactivity).
const names: Readonly<Record<string, string>> = {
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
  'TimeGenerated [UTC]': 'CreationTime',
}

// Log Analytics' own columns, and doubles of others under a name with a trailing underscore.
const own = new Set(['TenantId', 'SourceSystem', 'Type', 'MG', 'ManagementGroupName', 'ElevationTime', 'Start_Time'])

// Log Analytics names what the audit log numbers (the schema's AuditLogUserType and ExchangeLogonType).
const userTypes = 'Regular,Reserved,Admin,DcAdmin,System,Application,ServicePrincipal,CustomPolicy,SystemPolicy'
const logonTypes = 'Owner,Admin,Delegated,Transport,SystemService,BestAccess,DelegatedAdmin'
const numbers: Readonly<Record<string, readonly string[]>> = {
  UserType: userTypes.split(','),
  LogonType: logonTypes.split(','),
}

const told = 'OfficeActivity of Log Analytics or Sentinel'

/** OfficeActivity of Log Analytics as JSON: the audit log in other columns. */
export const officeActivityJson: JsonShape = {
  form: 'json',
  name: 'sentinel-officeactivity',
  title: `${told} as JSON`,
  recognizes: (record) => 'OfficeWorkload' in record && 'Operation' in record,
  read: readOfficeActivity,
}

/** The same as the portal's "Export to CSV" writes it. */
export const officeActivityCsv: CsvShape = {
  form: 'csv',
  name: 'sentinel-officeactivity-csv',
  title: `${told} as CSV`,
  columns: ['OfficeWorkload', 'Operation', 'UserId'],
  startsRow: startsRowBy({
    TimeGenerated: /^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}[T, ]/,
    'TimeGenerated [UTC]': /^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}[T, ]/,
  }),
  read: (cells: Cells) => readOfficeActivity(cells as Record<string, string>, false),
}

function readOfficeActivity(row: JsonObject, truncated: boolean): Shaped | string {
  const record: JsonObject = {}
  for (const [name, value] of Object.entries(row)) {
    if (own.has(name) || name.startsWith('_') || value === null || value === '') continue
    const field = names[name] ?? name
    if (field.endsWith('_') && field.slice(0, -1) in row) continue
    record[field] ??= numbered(field, jsonCell(value))
  }
  return readAudit(timed(record, row['Start_Time']), truncated)
}

/** Spreadsheets show `09:15.0` for a time of the day, and save what they show; `Start_Time` beside it is a text, and may be whole. */
function timed(record: JsonObject, startTime: Json = null): JsonObject {
  const { CreationTime: created = '' } = record
  const isTime = (value: Json) => typeof value === 'string' && parseCultureTime(value) !== undefined
  return isTime(created) || !isTime(startTime) ? record : { ...record, CreationTime: startTime }
}

function numbered(field: string, value: Json): Json {
  const number = typeof value === 'string' ? (numbers[field]?.indexOf(value) ?? -1) : -1
  return number === -1 ? value : number
}
