import type { JsonObject } from '../../activity.ts'
import { isGuid } from '../../guid.ts'
import { applicationId } from '../../microsoft/applications.ts'
import { lastOf } from '../../remember.ts'
import type { Reader } from '../table.ts'
import { objectsIn } from './name-values.ts'

interface Initiator {
  readonly id: string | undefined
  readonly name: string | undefined
}

const servicePrincipal = /^ServicePrincipal_(.+)$/

/**
 * The application that changed something in the directory in its own name: as actor the audit log has its name (type 1 of Microsoft's schema of Actor and
 * Target), its id and that of its service principal, this also as `ServicePrincipal_<id>` (type 2), as seen of Azure MFA StrongAuthenticationService.
 */
const initiator = lastOf((record: JsonObject): Initiator | undefined => {
  const actors = objectsIn(record['Actor']).flatMap(({ ID, Type }) =>
    typeof ID === 'string' && ID !== '' ? [{ id: ID, type: String(Type) }] : [],
  )
  const object = actors.map(({ id }) => servicePrincipal.exec(id)?.[1]).find((id) => id !== undefined)
  if (object === undefined) return undefined
  const own = actors.find(({ id, type }) => type === '2' && id !== object && isGuid(id))
  return {
    id: own === undefined ? undefined : applicationId(own.id),
    name: actors.find(({ type }) => type === '1')?.id,
  }
})

export const initiatorId: Reader<string> = (record) => initiator(record)?.id

export const initiatorName: Reader<string> = (record) => initiator(record)?.name
