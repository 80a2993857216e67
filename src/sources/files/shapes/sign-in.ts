import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { sessionTold, transferTold } from '../../../entry.ts'
import { parseCultureTime, whyNoTime } from '../../../time/culture-time.ts'
import { isWithheld } from '../../../withheld.ts'
import { isTooDeep } from '../depth.ts'
import { lowerCamel, lowerCamelKeys } from './camel.ts'
import { fullnessOf } from './fullness.ts'
import { isOfSession, timeText } from './powershell.ts'
import { hashId, ownId } from './record-id.ts'
import type { Shaped } from './shape.ts'
import { unfold } from './unfold.ts'

const operation = 'Sign-in activity' // What Azure calls every sign-in; Graph's records have no name for it.

/** A sign-in of whatever shape as Graph's `signIn`, or why it is none. `names` has what the shape calls otherwise. */
export function signInOf(
  raw: JsonObject,
  truncated: boolean,
  names: ReadonlyMap<string, string> = new Map(),
): Shaped | string {
  if (isTooDeep(raw)) return 'nested deeper than a sign-in can be'
  const record = toGraph(raw, names)
  const created = timeText(record['createdDateTime']) ?? timeText(record['timeGenerated']) ?? timeText(record['time'])
  const time = parseCultureTime(created)
  if (time === undefined) return created === undefined ? 'no createdDateTime' : whyNoTime('createdDateTime', created)

  const id = textOf(record['id'])
  const user = textOf(record['userPrincipalName'])?.trim().toLowerCase() ?? ''
  const mailbox = isWithheld(user) ? '' : user
  const own = { dataset: 'azure.signinlogs', time, operation, mailbox, record, truncated } as const
  return id === undefined || isWithheld(id)
    ? { ...own, id: hashId(record), fullness: 0 }
    : { ...own, id: ownId(id), fullness: fullnessOf(record) + outweighing(record) }
}

// Entra writes a sign-in again once it has judged its risk, with some more filled, but then without how its token came to the device that has it (seen
// in three rows of one id each in SigninLogs): that somebody's code was entered on another device is how many are deceived, and stands nowhere else.
function outweighing(record: JsonObject): number {
  const session = textOf(record['sessionId']) === undefined ? 0 : sessionTold
  return session + (tellsTransfer(record) ? transferTold : 0)
}

const noTransfer: ReadonlySet<string> = new Set(['none', 'unknownfuturevalue'])

/** Some exports tell of it as the protocol alone, which others leave out, such as downloads from the portal. */
function tellsTransfer({ originalTransferMethod: method = null, authenticationProtocol = null }: JsonObject): boolean {
  if (textOf(method) !== undefined && !noTransfer.has(String(method).trim().toLowerCase())) return true
  return /^\s*device ?code\s*$/i.test(textOf(authenticationProtocol) ?? '')
}

/** Graph's name of what PowerShell and Log Analytics call otherwise, apart from capitals. */
const graphNames: ReadonlyMap<string, string> = new Map([
  ['riskEventTypesV2', 'riskEventTypes_v2'],
  ['riskEventTypes_V2', 'riskEventTypes_v2'],
  ['conditionalAccessPolicies', 'appliedConditionalAccessPolicies'],
  ['processingTimeInMs', 'processingTimeInMilliseconds'],
])

/** Properties that are objects or lists, and come as text from what knows only text. */
const structured: ReadonlySet<string> = new Set([
  ...['status', 'deviceDetail', 'location', 'mfaDetail', 'riskEventTypes', 'riskEventTypes_v2', 'signInEventTypes'],
  ...['appliedConditionalAccessPolicies', 'authenticationDetails', 'authenticationProcessingDetails'],
  ...['authenticationRequirementPolicies', 'networkLocationDetails', 'tokenProtectionStatusDetails', 'agent'],
  ...['managedServiceIdentity', 'appliedEventListeners', 'authenticationContextClassReferences'],
  'conditionalAccessAudiences',
])

function toGraph(raw: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const record: JsonObject = Object.fromEntries(
    Object.entries(raw)
      .filter(([key]) => !isOfSession(key))
      .map(([key, value]) => {
        const camel = lowerCamel(key)
        const name = names.get(camel) ?? graphNames.get(camel) ?? camel
        return [name, lowerCamelKeys(structured.has(name) ? unfold(value) : value)]
      }),
  )
  const { status: told = null, location: place } = record
  const status = { ...whatLogAnalyticsTells(record), ...(isObject(told) ? told : statusOf(told)) }
  return {
    ...record,
    ...(Object.keys(status).length > 0 && { status }),
    ...(typeof place === 'string' && place !== '' && { location: placeOf(place) }),
  }
}

/** Log Analytics has the error code beside the status, and often there alone. */
function whatLogAnalyticsTells({ resultType = null, resultDescription = null }: JsonObject): JsonObject {
  return {
    ...(resultType !== null && resultType !== '' && { errorCode: resultType }),
    ...(resultDescription !== null && resultDescription !== '' && { failureReason: resultDescription }),
  }
}

/** The status of which there is only one word or one code. */
export function statusOf(value: Json): JsonObject {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value))) return { errorCode: value }
  return value === null || value === '' ? {} : { result: value }
}

/** `City, State, CC`, as the portal writes it; of what has fewer parts the last is the country. */
function placeOf(text: string): JsonObject {
  const parts = text.split(',').map((part) => part.trim())
  const [countryOrRegion = '', state = '', ...city] = parts.reverse()
  return parts.length < 3
    ? { city: state, countryOrRegion }
    : { city: city.reverse().join(', '), state, countryOrRegion }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
