import type { Json } from '../../../activity.ts'
import { logTable } from './log-table.ts'
import { signInOf } from './sign-in.ts'
import { signInColumns } from './sign-in-columns.ts'
import { guid } from './starts-row.ts'
import { ofOneTable } from './union-rows.ts'

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

/** Sign-ins from a workspace of Log Analytics, where Sentinel has them. */
export const sentinelSignInLogs = logTable({
  name: 'sentinel-signinlogs',
  title: "Sign-ins from Log Analytics' tables, such as Sentinel's SigninLogs",
  columns: ['ResultType', 'IPAddress'],
  optional: signInColumns,
  times: ['TimeGenerated', 'CreatedDateTime'],
  begins: { CorrelationId: guid },
  recognizes: (record) =>
    tables.has(record['Type'] ?? null) || ['ResultType', 'IPAddress', 'TimeGenerated'].every((key) => key in record),
  read: (row, truncated) => signInOf(ofOneTable(row), truncated, names),
})
