import { isObject, type JsonObject } from '../../../activity.ts'
import { lowerCamel } from './camel.ts'
import type { JsonShape } from './shape.ts'
import { signInOf } from './sign-in.ts'

/** What a sign-in has, and a user, an application or an audit record does not have together with a `createdDateTime`. */
const telling = ['ipAddress', 'appDisplayName', 'userPrincipalName', 'status', 'correlationId', 'clientAppUsed']
const others = ['auditData', 'operation', 'auditLogRecordType', 'resultType']

/** Graph's `signIn`, from the API or from PowerShell, whose names begin with capitals. */
export const graphSignIns: JsonShape = {
  form: 'json',
  name: 'graph-signins',
  title: "Sign-ins as Graph's API or Get-MgAuditLogSignIn gives them",
  recognizes(record) {
    const names = new Set(Object.keys(record).map(lowerCamel))
    if (!names.has('createdDateTime') || others.some((name) => names.has(name))) return false
    return telling.filter((name) => names.has(name)).length >= 2 && (names.has('id') || isObject(statusIn(record)))
  },
  read: (record, truncated) => signInOf(record, truncated),
}

function statusIn({ status, Status }: JsonObject) {
  return status ?? Status
}
