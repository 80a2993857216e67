import { isObject } from '../../../activity.ts'
import { isTooDeep } from '../depth.ts'
import type { JsonShape } from './shape.ts'
import { signInOf } from './sign-in.ts'
import { unfold } from './unfold.ts'

/** Sign-ins as Azure's diagnostic settings send them to storage and event hubs: Graph's record inside Azure's envelope. */
export const diagnosticSignIns: JsonShape = {
  name: 'diagnostic-signins',
  title: "Sign-ins as Azure's diagnostic settings store them",
  recognizes: ({ category = null, operationName = null, properties = null, time = null }) =>
    time !== null &&
    properties !== null &&
    (operationName === 'Sign-in activity' || (typeof category === 'string' && /SignInLogs$/i.test(category))),
  read(record, truncated) {
    const { properties = null, ...envelope } = record
    const inner = isTooDeep(properties) ? null : unfold(properties)
    if (!isObject(inner)) return 'its properties are no sign-in'
    const { callerIpAddress = '', resourceId: provider = '', location: locationCode = '', ...rest } = envelope
    // The envelope's resource is Entra ID itself, its location a code; the sign-in's own say more.
    return signInOf({ ipAddress: callerIpAddress, ...rest, provider, locationCode, ...inner }, truncated)
  },
}
