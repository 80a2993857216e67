import type { Json } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { numericTime } from './cell-patterns.ts'
import { jsonCell } from './json-cell.ts'
import { putBack } from './lifted.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

/**
 * Audit records with a column for each of their fields, as `ConvertFrom-Json | Export-Csv` makes them. Lists and objects survive only
 * where they were written as JSON: PowerShell writes `System.Object[]` in their place, and then the record's end counts as missing.
 */
export const auditColumnsCsv: CsvShape = columnsCsv({
  name: 'audit-columns-csv',
  title: 'audit records with a column for each field',
  prefix: '',
})

/** The same as Power Query, which Microsoft tells how to do it with, makes them of the column AuditData: what was not expanded is `[List]` or `[Record]`. */
export const auditDataColumnsCsv: CsvShape = columnsCsv({
  name: 'audit-data-columns-csv',
  title: 'AuditData expanded to columns (Power Query in Excel)',
  prefix: 'AuditData.',
})

function columnsCsv({ name, title, prefix }: { name: string; title: string; prefix: string }): CsvShape {
  return {
    form: 'csv',
    name,
    title,
    columns: ['CreationTime', 'Operation', 'UserId'].map((column) => prefix + column),
    oneOf: ['Workload', 'RecordType'].map((column) => prefix + column),
    optional: [`${prefix}Id`],
    lacks: ['AuditData'],
    times: [`${prefix}CreationTime`],
    startsRow: startsRowBy({
      [`${prefix}CreationTime`]: numericTime,
      [`${prefix}Id`]: /^[0-9a-f]{8}-[0-9a-f]{4}-/i,
    }),
    read(cells) {
      const own = ownCells(cells, prefix)
      const said = own.filter(([, cell]) => cell !== '' && !isTypeName(cell))
      const record = Object.fromEntries(said.map(([column, cell]): [string, Json] => [column, jsonCell(cell)]))
      return readAudit(
        putBack(record),
        own.some(([, cell]) => isTypeName(cell)),
        {},
        { inColumns: true },
      )
    },
  }
}

/** The cells of the record, whose columns begin so: others are of what wrapped it. */
function ownCells(cells: Cells, prefix: string): [string, string][] {
  const all = Object.entries(cells)
  return prefix === ''
    ? all
    : all.flatMap(([name, cell]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), cell]] : []))
}
