import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { cellValue } from './json-cell.ts'
import { isLeftOut } from './left-out.ts'
import { logTable } from './log-table.ts'
import { numbered } from './numbered.ts'
import type { Shaped } from './shape.ts'

/**
 * The audit log as collectors keep it in a table of their own in Log Analytics, by its HTTP Data Collector API, which puts a type behind each name
 * and lays objects flat: `Operation_s`, `Id_g`, `AppAccessContext_AADSessionId_g`, of a list its JSON
 * (learn.microsoft.com/azure/azure-monitor/logs/data-collector-api). Microsoft's MPARR writes AuditExchange_CL so, its playbook Get-O365Data O365API_CL.
 */
export const auditTable = logTable({
  name: 'audit-table',
  title: "the audit log in a table of Log Analytics of somebody's own (Operation_s)",
  columns: ['Operation_s', 'UserId_s', 'Workload_s'],
  times: ['CreationTime_t', 'CreationTime_s'],
  read: readRow,
})

const typed = /_[sdbtg]$/

function readRow(row: JsonObject, truncated: boolean): Shaped | string {
  const record: JsonObject = {}
  let isCut = truncated
  for (const [column, value] of Object.entries(row)) {
    // What has no type is the table's own: `TenantId` is its workspace, `Type` its name.
    if (!typed.test(column) || value === null || value === '') continue
    const name = column.replace(typed, '').replaceAll(/_(?=[A-Z])/g, '.')
    const told = cellValue(value)
    isCut ||= told.truncated
    record[name] ??= numbered(name, told.value) as Json
  }
  return readAudit(record, isCut || isLeftOut(record, Object.keys(record)), {}, { inColumns: true })
}
