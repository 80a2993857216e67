import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { exchangeLog } from './exchange-log.ts'
import { jsonCell } from './json-cell.ts'
import { isEmpty, said, whole } from './members.ts'
import { isOfSession, isTypeName, timeText } from './powershell.ts'
import type { CsvShape } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

/**
 * Administrator audit logs as `Search-AdminAuditLog` gives them: of Exchange Server, and of Exchange Online until 2024. They are the unified
 * audit log's records of cmdlets (RecordType 1) under other names.
 */
export const adminAudit = exchangeLog({
  name: 'admin-audit',
  cmdlet: 'Search-AdminAuditLog',
  time: 'RunDate',
  columns: ['RunDate', 'CmdletName', 'Caller'],
  recordOf,
  isHollow,
})

/** The same as Hawk's older versions save it beside (`Simple_…`): each cmdlet as it could be typed, and times in UTC. */
export const adminAuditSimpleCsv: CsvShape = {
  name: 'admin-audit-simple-csv',
  title: "Hawk's table of Search-AdminAuditLog",
  columns: ['Caller', 'Cmdlet', 'FullCommand', 'RunDate(UTC)'],
  times: ['RunDate(UTC)'],
  startsRow: startsRowBy({ Cmdlet: /^[A-Z][a-z]+-[A-Z]\w+$/ }),
  read: (cells) => {
    const { Cmdlet: cmdlet = '', FullCommand: command = '', 'RunDate(UTC)': run = '', ...others } = cells
    const typed = { CmdletName: cmdlet, RunDate: run, CmdletParameters: parametersIn(command) }
    return readAudit(recordOf({ ...others, ...typed, FullCommand: command }), false)
  },
}

const placed: ReadonlySet<string> = new Set([
  ...['CmdletName', 'CmdletParameters', 'ModifiedProperties', 'Caller', 'RunDate', 'ObjectModified', 'Succeeded'],
])

function recordOf(row: JsonObject): JsonObject {
  const at = (name: string) => said(row[name])
  const others = Object.entries(row).filter(
    ([name, value]) => !placed.has(name) && !isOfSession(name) && !isEmpty(value),
  )
  return {
    ...Object.fromEntries(others),
    ...whole({
      CreationTime: timeText(row['RunDate']),
      RecordType: 1,
      Workload: 'Exchange',
      Operation: at('CmdletName'),
      // `True` and `False`, as the unified log has it.
      ResultStatus: at('Succeeded')?.replace(/^./, (first) => first.toUpperCase()),
      UserId: at('Caller'),
      ObjectId: at('ObjectModified'),
    }),
    ...listsIn(row),
  }
}

const lists = { CmdletParameters: 'Parameters', ModifiedProperties: 'ModifiedProperties' } as const

/** The lists of `{Name, Value}` under the schema's names; where only its type or its names are left, the text keeps its own. */
function listsIn(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([name, schema]) => {
      const value = row[name] ?? ''
      return isEmpty(value) ? [] : [[isEmptied(value) ? name : schema, jsonCell(value)] as const]
    }),
  )
}

function isHollow(row: JsonObject): boolean {
  return Object.keys(lists).some((name) => isEmptied(row[name]))
}

/** ``MultiValuedProperty`1[…]``, or as Exchange prints it: `{Identity, ForwardTo}`. */
function isEmptied(value: Json | undefined): boolean {
  return typeof value === 'string' && (isTypeName(value) || /^\s*\{\w[^":]*\}\s*$/.test(value))
}

/** `New-InboxRule -Name . -DeleteMessage:$True -ForwardTo "a b";c`: each parameter with its value. */
function parametersIn(command: string): JsonObject[] {
  return [...command.matchAll(/ -(\w+)(?::\$(\w+)| (.*?))(?= -[A-Za-z]\w*(?::\$| )|$)/gs)].map(
    ([, Name = '', flag, text = '']) => ({ Name, Value: flag ?? text.replaceAll('"', '') }),
  )
}
