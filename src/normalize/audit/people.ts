import { isObject, type Json } from '../../activity.ts'
import { isOnMailbox, mailboxParameters, objectIdIn } from '../../microsoft/mailbox-cmdlets.ts'
import { lastOf } from '../../remember.ts'
import { firstOf, type Reader, text } from '../table.ts'
import { partsOf, splitUser } from '../users.ts'
import { directoryDetail, objectsIn, parameter, within } from './name-values.ts'
import { recipientsIn } from './recipients.ts'
import { recordTypeName } from './record-types.ts'

/** Who did it, as the record says; `UserId` is often no address. */
export const actor: Reader<string> = firstOf(
  text('UserId', 'LogonUserSid'),
  // Records of data loss prevention may name nobody but the author or sender of what leaked.
  within('SharePointMetaData', 'From'),
  within('ExchangeMetaData', 'From'),
)

/** The actor's address as name and domain, where it is one. */
export const actorParts = partsOf(actor)

/** To whom or whose it was done, where that is somebody else or an object of Entra. */
export const target: Reader<string> = (record, activity) => {
  if (recordTypeName(record, activity) === 'AzureActiveDirectory') return entraObject(record, activity)
  const shared = groupTypes.has(sharedWithType(record, activity) ?? '') ? undefined : sharedWith(record, activity)
  if (shared !== undefined) return shared
  const owner = activity.mailbox
  const isActors = owner === '' || owner === actor(record, activity)?.toLowerCase()
  return isActors ? mailboxId(record, activity) : owner
}

const mailboxObjects = [...mailboxParameters.map((name) => parameter(name)), text('ObjectId')]

/**
 * The mailbox that a cmdlet was on, where the record has no address of it, but an id: of those whose objects are named by it, that of their owner
 * in Entra.
 */
const mailboxId: Reader<string> = (record, activity) => {
  if (!isOnMailbox(activity.operation)) return undefined
  return mailboxObjects.map((read) => objectIdIn(read(record, activity) ?? '')).find((id) => id !== undefined)
}

const sharedWith = text('TargetUserOrGroupName', 'UserSharedWith')
const sharedWithType = text('TargetUserOrGroupType')
const groupTypes: ReadonlySet<string> = new Set(['SharePointGroup', 'SecurityGroup'])

const objectId = text('ObjectId')
const entraObject: Reader<string> = (record, activity) => {
  const id = objectId(record, activity)
  return id === 'Not Available' ? undefined : id
}

/** The target's address as name and domain; Entra's `Target` names it where `ObjectId` is only an id. */
export const targetParts: Reader<[string, string]> = (record, activity) => {
  const id = target(record, activity)
  if (id === undefined) return undefined
  return splitTarget(id) ?? splitTarget(principalName(record['Target'])) ?? splitTarget(invited(record))
}
const invited = directoryDetail('invitedUserEmailAddress')
const splitTarget = lastOf(splitUser)

/** IdentityType 5 is UPN, in Microsoft's schema of Actor and Target. */
function principalName(list: Json | undefined): string | undefined {
  const found = (Array.isArray(list) ? list : []).find((one) => isObject(one) && String(one['Type']) === '5')
  return textIn(found, 'ID')
}

const team = text('TeamName', 'GroupName')

/** The team, or the group that something was shared with. */
export const groupName: Reader<string> = (record, activity) => {
  const group = groupTypes.has(sharedWithType(record, activity) ?? '') ? sharedWith(record, activity) : undefined
  return team(record, activity) ?? group
}

const trustees = ['User', 'Trustee', 'GrantSendOnBehalfTo', 'Member', 'Delegate', 'Members'].map((name) =>
  parameter(name),
)

/** Others whom the record names: who was given a permission, who was added to a team or to a group of Entra, who was invited. */
export const othersNamed: Reader<readonly string[]> = (record, activity) => {
  const members = Array.isArray(record['Members']) ? record['Members'].map((one) => textIn(one, 'UPN') ?? '') : []
  const folder = objectsIn(objectsIn(record['Item'])[0]?.['ParentFolder'])[0]
  const given = trustees.map((read) => read(record, activity) ?? '')
  return recipientsIn(...given, ...members, folder?.['MemberUpn'], ...addressed(record['Target']), invited(record))
}

/** The users among what was changed in Entra. */
function addressed(list: Json | undefined): string[] {
  const ids = (Array.isArray(list) ? list : []).map((one) => textIn(one, 'ID') ?? '')
  return ids.filter((id) => /^[^\s@:/]+@[^\s@:/]+$/.test(id))
}

/** Who gets or loses a permission, as the cmdlet or the folder names him. */
export const grantee: Reader<string> = firstOf(
  ...['User', 'Trustee', 'Member', 'GrantSendOnBehalfTo'].map((name) => parameter(name)),
  (record) => textIn(objectsIn(objectsIn(record['Item'])[0]?.['ParentFolder'])[0], 'MemberUpn'),
)

function textIn(value: Json | undefined, key: string): string | undefined {
  const inner = isObject(value) ? value[key] : undefined
  return typeof inner === 'string' && inner !== '' ? inner : undefined
}
