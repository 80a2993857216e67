import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { jsonCell } from './json-cell.ts'
import { logTable } from './log-table.ts'
import { mapOf, member, said } from './members.ts'
import { nest } from './nest.ts'
import type { Shaped } from './shape.ts'
import { signInOf } from './sign-in.ts'
import { guid } from './starts-row.ts'

// Where Graph has what advanced hunting's IdentityLogonEvents says (MicrosoftDocs/defender-docs, advanced-hunting-identitylogonevents-table.md).
// Its application is the product that is connected to Defender, not what somebody signed in to.
const paths: ReadonlyMap<string, string> = mapOf({
  ActionType: 'status.result',
  FailureReason: 'status.failureReason',
  AccountDisplayName: 'userDisplayName',
  AccountObjectId: 'userId',
  AccountUpn: 'userPrincipalName',
  DeviceName: 'deviceDetail.displayName',
  OSPlatform: 'deviceDetail.operatingSystem',
  Location: 'location.countryOrRegion',
})
const results: ReadonlyMap<string, string> = new Map([
  ['logonsuccess', 'Success'],
  ['logonfailed', 'Failure'],
])

/**
 * Logons that Defender repeats from other logs. Those of Entra have the id of the sign-in, so they are the same event as the sign-in wherever
 * that is told, which says more; of others nothing proves that no other log has them, so none is counted.
 */
export const huntingLogons = logTable({
  name: 'hunting-logons',
  title: 'IdentityLogonEvents of advanced hunting',
  columns: ['ActionType', 'LogonType', 'FailureReason', 'AccountUpn', 'IPAddress', 'AdditionalFields'],
  optional: [...paths.keys()],
  times: ['Timestamp', 'TimeGenerated'],
  read: logonOf,
})

// A copy that says less than any sign-in does, but is not cut off.
const leastOfAll = 1

function logonOf(row: JsonObject, truncated: boolean): Shaped | string {
  const further = jsonCell(member(row, 'AdditionalFields') ?? null)
  const id = isObject(further) ? said(further['Request ID']) : undefined
  if (id === undefined || !guid.test(id)) {
    return 'a logon that Defender repeats without the request id of a sign-in (one of Active Directory, or of another application): nothing tells it from those of other logs, so it is not counted'
  }
  const created = said(member(row, 'Timestamp')) ?? said(member(row, 'TimeGenerated'))
  const named = nest(toGraph(row))
  const shaped = signInOf({ ...named, id, ...(created !== undefined && { createdDateTime: created }) }, truncated)
  return typeof shaped === 'string' ? shaped : { ...shaped, fullness: leastOfAll }
}

function* toGraph(row: JsonObject): Generator<[string, Json]> {
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === '') continue
    const path = paths.get(name) ?? name.replaceAll('.', ' ')
    yield [path, path === 'status.result' ? (results.get(String(value).trim().toLowerCase()) ?? value) : value]
  }
}
