import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { lowerCamel } from './camel.ts'
import { pathOf } from './entra-signins-simple-csv.ts'
import { nest } from './nest.ts'
import type { JsonShape } from './shape.ts'
import { signInOf } from './sign-in.ts'

/** What a sign-in has, and a user, an application or an audit record does not have together with a `createdDateTime`. */
const telling = ['ipAddress', 'appDisplayName', 'userPrincipalName', 'status', 'correlationId', 'clientAppUsed']
const others = ['auditData', 'operation', 'auditLogRecordType', 'resultType']

/** Graph's `signIn`, from the API or from PowerShell, whose names begin with capitals. */
export const graphSignIns: JsonShape = {
  name: 'graph-signins',
  title: "Sign-ins as Graph's API or Get-MgAuditLogSignIn gives them",
  recognizes(record) {
    const names = new Set(Object.keys(record).map(lowerCamel))
    if (!names.has('createdDateTime') || others.some((name) => names.has(name))) return false
    return telling.filter((name) => names.has(name)).length >= 2 && (names.has('id') || isObject(statusIn(record)))
  },
  read: (record, truncated) => signInOf(isFlat(record) ? nest(unflattened(record)) : record, truncated),
}

/** Whether what stands in its objects has members of the record's own, as pandas' `json_normalize` writes them: `status.errorCode`. */
function isFlat(record: JsonObject): boolean {
  return (
    !isObject(statusIn(record)) && Object.keys(record).some((name) => /^(?:status|deviceDetail|location)\./i.test(name))
  )
}

function* unflattened(record: JsonObject): Generator<[string, Json]> {
  for (const [name, value] of Object.entries(record)) if (value !== null && value !== '') yield [pathOf(name), value]
}

function statusIn({ status, Status }: JsonObject) {
  return status ?? Status
}
