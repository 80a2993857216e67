import type { Json } from '../../../activity.ts'
import { logTableCsv } from './log-table.ts'
import type { JsonShape } from './shape.ts'
import { signInOf } from './sign-in.ts'
import { signInColumns } from './sign-in-columns.ts'
import { guid } from './starts-row.ts'
import { ofOneTable } from './union-rows.ts'
import { inUtc } from './zoned-times.ts'

/** The tables of Log Analytics that hold sign-ins. */
export const signInTables = [
  ...['SigninLogs', 'AADNonInteractiveUserSignInLogs', 'AADServicePrincipalSignInLogs'],
  ...['AADManagedIdentitySignInLogs', 'ADFSSignInLogs'],
]
const tables: ReadonlySet<Json> = new Set(signInTables)

/** In Log Analytics `TenantId` is the workspace, and `Location` the code of the country. */
const names: ReadonlyMap<string, string> = new Map([
  ['tenantId', 'workspaceId'],
  ['aadTenantId', 'tenantId'],
  ['location', 'locationCode'],
  ['locationDetails', 'location'],
])

const name = 'sentinel-signinlogs'

/** Sign-ins from a workspace of Log Analytics, where Sentinel has them, as its API gives them. */
export const sentinelSignInLogs: JsonShape = {
  name,
  title: "Sign-ins from Log Analytics' tables, such as Sentinel's SigninLogs",
  recognizes: (record) =>
    tables.has(record['Type'] ?? null) || ['ResultType', 'IPAddress', 'TimeGenerated'].every((key) => key in record),
  read(record, truncated) {
    const row = inUtc(record) // As the page's CSV has it, once somebody has made JSON of that.
    return typeof row === 'string' ? row : signInOf(ofOneTable(row), truncated, names)
  },
}

/** The same as its page exports them: times carry their zone in the column's name. */
export const sentinelSignInLogsCsv = logTableCsv({
  name: `${name}-csv`,
  title: "Sign-ins exported from Log Analytics' page, such as Sentinel's SigninLogs",
  columns: ['ResultType', 'IPAddress'],
  optional: signInColumns,
  times: ['TimeGenerated', 'CreatedDateTime'],
  begins: { CorrelationId: guid },
  read: (row, truncated) => signInOf(ofOneTable(row), truncated, names),
})
