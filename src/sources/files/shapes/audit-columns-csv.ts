import type { Json } from '../../../activity.ts'
import { type JsonText, readJson } from '../json-text.ts'
import { readAudit } from './audit-record.ts'
import { cellValue } from './json-cell.ts'
import { isLeftOut } from './left-out.ts'
import { putBack } from './lifted.ts'
import { numbered } from './numbered.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { numericTime, startsRowBy } from './starts-row.ts'

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
    name,
    title,
    columns: ['CreationTime', 'Operation', 'UserId'].map((column) => prefix + column),
    oneOf: ['Workload', 'RecordType'].map((column) => prefix + column),
    optional: [`${prefix}Id`],
    lacks: ['AuditData'],
    times: [`${prefix}CreationTime`],
    startsRow: startsRowBy({
      [`${prefix}CreationTime`]: numericTime,
      [`${prefix}Id`]: /^"?[0-9a-f]{8}-[0-9a-f]{4}-/i,
    }),
    read(cells) {
      const created = cells[`${prefix}CreationTime`] ?? ''
      if (localTime.test(created)) return isLocal
      const own = ownCells(cells, prefix)
      const toValue = created.startsWith('"') ? jsonValue : cellValue
      const said = own.filter(([column, cell]) => cell !== '' && !isTypeName(cell) && !isSecond(column, cell, cells))
      const values = said.map(([column, cell]) => ({ column, ...toValue(cell) }))
      const record = Object.fromEntries(
        values.map(({ column, value }): [string, Json] => [column, numbered(column, value)]),
      )
      const whole = putBack(record)
      const columns = own.map(([column]) => column)
      const isHollow = own.some(([, cell]) => isTypeName(cell)) || isLeftOut(whole, columns)
      const isCut = values.some(({ truncated }) => truncated)
      return readAudit(whole, isHollow || isCut, {}, { inColumns: true })
    },
  }
}

// AzureHunter's RecordTypeExporter puts times into its computer's zone and writes them so: `dd-MM-yyy hh:mm:ss tt`.
const localTime = /^\d\d-\d\d-\d{4} (?:0\d|1[0-2]):\d\d:\d\d [AP]M$/i
const isLocal =
  'its time is as AzureHunter writes it, in the time zone of the computer that it ran on: import what Search-UnifiedAuditLog gave, with AuditData (the UAL.Exporter playbook saves it)'

/** Whether a column of a name that another one has (`Id (2)`) says the same again. */
function isSecond(column: string, cell: string, cells: Cells): boolean {
  const first = column.endsWith(')') ? / \(\d+\)$/.exec(column) : null
  return first !== null && cells[column.slice(0, first.index)] === cell
}

/** office365-audit-log-collector writes each cell as JSON, texts too, and columns that several kinds of logs have several times (its file_interface.rs). */
function jsonValue(cell: string): JsonText {
  const json = readJson(cell)
  return typeof json === 'string' ? { value: cell, truncated: false } : json
}

/** The cells of the record, whose columns begin so: others are of what wrapped it. */
function ownCells(cells: Cells, prefix: string): [string, string][] {
  const all = Object.entries(cells)
  return prefix === ''
    ? all
    : all.flatMap(([name, cell]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), cell]] : []))
}
