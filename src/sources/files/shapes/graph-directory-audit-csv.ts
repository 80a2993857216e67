import { lowerCamel } from './camel.ts'
import { readDirectoryAudit } from './directory-audit.ts'
import { nest } from './nest.ts'
import { isTypeName } from './powershell.ts'
import type { CsvShape } from './shape.ts'
import { numericTime, startsRowBy } from './starts-row.ts'

/** What scripts call the names that they take out of who did it and of what it was done to. */
const names: readonly (readonly [string, string])[] = [
  ...['InitiatedByUPN', 'InitiatedByUser', 'InitiatedByApp', 'Initiator', 'Actor'].map(
    (column) => [column, 'initiatedBy'] as const,
  ),
  ...['Target', 'Targets', 'TargetResource', 'TargetUser', 'TargetUPN', 'TargetDisplayName'].map(
    (column) => [column, 'targetResources'] as const,
  ),
]
const takenOut: ReadonlyMap<string, string> = new Map([
  ...names,
  ...['InitiatedByIP', 'IPAddress', 'ClientIP'].map((column) => [column, 'callerIpAddress'] as const),
])

/**
 * Get-MgAuditLogDirectoryAudit | Export-Csv, which has no more than the type of who did it and of what it was done to, unless they were converted, or
 * flattened before (`TargetResources.1.ModifiedProperties.1.NewValue` of ConvertTo-FlatObject), or a script took their names out.
 */
export const graphDirectoryAuditCsv: CsvShape = {
  name: 'graph-directory-audit-csv',
  title: 'Get-MgAuditLogDirectoryAudit',
  columns: ['ActivityDateTime', 'ActivityDisplayName'],
  oneOf: [
    ...['TargetResources', 'InitiatedBy'],
    ...[0, 1].flatMap((first) => [`TargetResources.${first}.Id`, `TargetResources/${first}/Id`]),
    ...names.map(([column]) => column),
  ],
  times: ['ActivityDateTime'],
  startsRow: startsRowBy({ ActivityDateTime: numericTime }),
  read(cells) {
    const said = Object.entries(cells).filter(([, cell]) => cell !== '' && !isTypeName(cell))
    const isHollow = ['InitiatedBy', 'TargetResources'].some((name) => isTypeName(cells[name] ?? ''))
    // What a script took out counts where nothing else says it.
    const [out, own] = [
      said.filter(([column]) => takenOut.has(column)),
      said.filter(([column]) => !takenOut.has(column)),
    ]
    const whole = nest(
      [...own, ...out].map(([column, cell]) => [takenOut.get(column) ?? pathOf(column), cell] as const),
      longestPath,
    )
    return readDirectoryAudit(whole, isHollow)
  },
}

/** `TargetResources.1.ModifiedProperties.1.NewValue` has as many parts. */
const longestPath = 5

function pathOf(column: string): string {
  return column.split(/[./]/).map(lowerCamel).join('.')
}
