import type { JsonObject } from '../../../activity.ts'
import { valueText } from '../../../value-text.ts'
import { readDirectoryAudit } from './directory-audit.ts'
import { hasAll, mapOf } from './members.ts'
import { hashId } from './record-id.ts'
import type { Cells, CsvShape, JsonShape, Shaped } from './shape.ts'
import { guid, startsRowBy, time } from './starts-row.ts'

const columns = ['Date (UTC)', 'CorrelationId', 'Activity', 'ActorType', 'Target1Type']

/**
 * Audit logs downloaded from the Entra admin center as CSV: Graph's `directoryAudit` laid flat, without its id. Correlation id, activity and time
 * are shared by records of one action, so that no row is known again in an export that has ids: it is identified by all that it says.
 */
export const entraAuditCsv: CsvShape = {
  name: 'entra-audit-csv',
  title: 'Audit logs downloaded from the Entra admin center',
  columns,
  times: ['Date (UTC)'],
  startsRow: startsRowBy({ 'Date (UTC)': time, CorrelationId: guid }),
  read: readRow,
}

/** The same by Import-Csv and ConvertTo-Json: each row the event that it is in the CSV. */
export const entraAuditJson: JsonShape = {
  name: 'entra-audit-json',
  title: 'Audit logs downloaded from the Entra admin center',
  recognizes: (record) => hasAll(record, ...columns),
  read: (record) =>
    readRow(Object.fromEntries(Object.entries(record).map(([name, value]) => [name, valueText(value) ?? '']))),
}

/**
 * The portal's name of each column that Microsoft-Analyzer-Suite (EntraAuditLogs-Analyzer.ps1) gives the same: its Untouched.csv, then its Hunt.csv.
 * Quotes and brackets of values are gone there, and all but few details.
 */
const suiteNames: ReadonlyMap<string, string> = mapOf({
  ActivityDateTime: 'Date (UTC)',
  ActivityDisplayName: 'Activity',
  LoggedByService: 'Service',
  Status: 'Result',
  StatusReason: 'ResultReason',
  UserAgent: 'User Agent',
  UserId: 'ActorObjectId',
  'InitiatedBy (UPN)': 'ActorUserPrincipalName',
  AppDisplayName: 'ActorDisplayName',
  ServicePrincipalId: 'ActorServicePrincipalId',
  Target1Id: 'Target1ObjectId',
  Target2Id: 'Target2ObjectId',
  Target3Id: 'Target3ObjectId',
})

/** Graph's directory audits as Microsoft-Analyzer-Suite lays them flat, with their ids. */
export const entraAuditSuiteCsv: CsvShape = {
  name: 'entra-audit-suite-csv',
  title: "Microsoft-Analyzer-Suite's table of Entra audit logs",
  columns: ['ActivityDateTime', 'InitiatedBy (UPN)', 'CorrelationId', 'Target1Type', 'Id'],
  times: ['ActivityDateTime'],
  startsRow: startsRowBy({ ActivityDateTime: time, CorrelationId: guid }),
  read(cells) {
    const named = saidIn(cells).map(([column, cell]) => [suiteNames.get(column) ?? column, cell] as const)
    return readDirectoryAudit({ ...toGraph(Object.fromEntries(named)), id: cells['Id'] ?? '' }, true)
  },
}

/** The columns of what there is room for last: who fills them may have had more. */
const lastSlots = /^(?:Target3|Target\dModifiedProperty5|AdditionalDetail6)/

function readRow(cells: Cells): Shaped | string {
  const said = saidIn(cells)
  const isFull = said.some(([column]) => lastSlots.test(column))
  const shaped = readDirectoryAudit(toGraph(Object.fromEntries(said)), isFull)
  return typeof shaped === 'string' ? shaped : { ...shaped, id: hashId(said.toSorted()), fullness: 0 }
}

function saidIn(cells: Cells): [string, string][] {
  return Object.entries(cells).filter(([, cell]) => cell.trim() !== '')
}

/** Of the actor the portal writes one name, whether it is a user or an application. */
function toGraph(cells: Cells): JsonObject {
  const at = (column: string) => cells[column] ?? ''
  return {
    activityDateTime: at('Date (UTC)'),
    activityDisplayName: at('Activity'),
    correlationId: at('CorrelationId'),
    loggedByService: at('Service'),
    category: at('Category'),
    result: at('Result'),
    resultReason: at('ResultReason'),
    userAgent: at('User Agent'),
    initiatedBy: {
      user: { id: at('ActorObjectId'), userPrincipalName: at('ActorUserPrincipalName'), ipAddress: at('IPAddress') },
      app: {
        displayName: at('ActorServicePrincipalName') || at('ActorDisplayName'),
        servicePrincipalId: at('ActorServicePrincipalId'),
      },
    },
    targetResources: slots(cells, 'Target').map((target) => ({
      id: at(`${target}ObjectId`),
      type: at(`${target}Type`),
      displayName: at(`${target}DisplayName`),
      userPrincipalName: at(`${target}UserPrincipalName`),
      modifiedProperties: slots(cells, `${target}ModifiedProperty`).map((property) => ({
        displayName: at(`${property}Name`),
        oldValue: at(`${property}OldValue`),
        newValue: at(`${property}NewValue`),
      })),
    })),
    additionalDetails: slots(cells, 'AdditionalDetail').map((detail) => ({
      key: at(`${detail}Key`),
      value: at(`${detail}Value`),
    })),
  }
}

/** `Target1`, `Target2` …: those of which a column says something. */
function slots(cells: Cells, name: string): string[] {
  const columns = Object.keys(cells)
  const all = Array.from({ length: 6 }, (_, i) => `${name}${i + 1}`)
  return all.filter((slot) => columns.some((column) => column.startsWith(slot)))
}
