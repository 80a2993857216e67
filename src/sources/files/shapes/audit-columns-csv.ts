import type { Json } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { jsonCell } from './json-cell.ts'
import { isTypeName } from './powershell.ts'
import type { CsvShape } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

/**
 * Audit records with a column for each of their fields, as `ConvertFrom-Json | Export-Csv` makes them. Lists and objects survive only
 * where they were written as JSON: PowerShell writes `System.Object[]` in their place, and then the record's end counts as missing.
 */
export const auditColumnsCsv: CsvShape = {
  form: 'csv',
  name: 'audit-columns-csv',
  title: 'audit records with a column for each field',
  columns: ['CreationTime', 'Operation', 'Workload', 'UserId'],
  lacks: ['AuditData'],
  times: ['CreationTime'],
  startsRow: startsRowBy({
    CreationTime: /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\d/,
    Id: /^[0-9a-f]{8}-[0-9a-f]{4}-/i,
  }),
  read(cells) {
    const said = Object.entries(cells).filter(([, cell]) => cell !== '' && !isTypeName(cell))
    const record = Object.fromEntries(said.map(([column, cell]): [string, Json] => [column, jsonCell(cell)]))
    return readAudit(record, Object.values(cells).some(isTypeName), {}, { inColumns: true })
  },
}
