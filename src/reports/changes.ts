import { isObject, type JsonObject } from '../activity.ts'
import type { EcsDocument } from '../document.ts'
import { namesIn } from '../microsoft/alert-names.ts'
import { objectIdIn } from '../microsoft/mailbox-cmdlets.ts'
import { ruleWords } from '../microsoft/rule-words.ts'
import { valueText } from '../value-text.ts'
import { namesFirst, told } from './changed-values.ts'
import { auditList, auditMap, auditText, auditValue, text } from './raw.ts'
import { alertAuditNames, alertNamingNames, changeAuditNames } from './report-fields.ts'
import { identityOf, isTrue, joined, parametersOf } from './said.ts'

type Reader = (document: EcsDocument) => string | undefined

/** Everything a record says of a rule or of forwarding: the cmdlet's parameters, or what Outlook says in their place. */
const ruleParameters = (document: EcsDocument): JsonObject => ({
  ...auditMap(document, 'OperationProperties'),
  ...parametersOf(document),
})

/** What the rule is called: some are called `.` or nothing at all, which is a finding. */
export const ruleName: Reader = (document) => {
  const { Name, RuleName, Identity, RuleId } = ruleParameters(document)
  return valueText(Name ?? RuleName) ?? lastPart(auditText(document, 'ObjectId')) ?? valueText(Identity ?? RuleId)
}

/** What the rule or the forwarding does, in one sentence. */
export const ruleText: Reader = (document) => document['hoofprint.rule.summary']

/** When the rule applies. */
export const ruleConditions: Reader = (document) => {
  const { conditions, exceptions } = ruleWords(ruleParameters(document))
  return list([...conditions, ...exceptions.map((exception) => `not when ${exception}`)])
}

/** What the rule does to a mail. */
export const ruleActions: Reader = (document) => list(ruleWords(ruleParameters(document)).actions)

/** Where mail is sent on to. */
export const forwardedTo: Reader = (document) =>
  joined(document['email.to.address']) ?? list(ruleWords(ruleParameters(document)).targets)

/** Whether the mailbox keeps a copy of what it sends on, as recorded. */
export const keepsCopy: Reader = (document) => valueText(parametersOf(document)['DeliverToMailboxAndForward'])

/** What a change was made to: a mailbox, a folder, an application, a role; or which mail was looked at. */
export const objectOf: Reader = (document) =>
  identityOf(document) ??
  targetName(document) ??
  auditText(document, 'ObjectId') ??
  joined(document['email.message_id'])

/** Who gets or loses a permission. */
export const grantee: Reader = (document) => {
  const { User, Trustee, Member, GrantSendOnBehalfTo } = parametersOf(document)
  const told = valueText(User ?? Trustee ?? Member ?? GrantSendOnBehalfTo) ?? folderMember(document, 'MemberUpn')
  const named = document['hoofprint.grantee']
  return told === undefined || named === undefined || objectIdIn(told) === undefined || named === told
    ? told
    : `${named} (${told})`
}

/** Which permissions. */
export const rights: Reader = (document) => {
  const { AccessRights, GrantSendOnBehalfTo } = parametersOf(document)
  const onBehalf = GrantSendOnBehalfTo === undefined ? undefined : 'SendOnBehalf'
  return valueText(AccessRights) ?? onBehalf ?? folderMember(document, 'MemberRights')
}

/** On which mailbox or folder. */
export const permissionObject: Reader = (document) =>
  identityOf(document) ?? folderMember(document, 'Path') ?? objectOf(document)

const permissionVerbs = {
  given: { added: ['gives', 'to'], removed: ['takes', 'from'] },
  denied: { added: ['denies', 'to'], removed: ['no longer denies', 'to'] },
} as const

/** Who was given or deprived of what. */
export const permissionText: Reader = (document) => {
  const action = document['event.action']
  const who = grantee(document)
  const what = rights(document)
  if (who === undefined && what === undefined) {
    if (/^set-mailbox$/i.test(action)) return 'takes SendOnBehalf from everybody' // The list of who may is set, and empty.
    return sharedWith(document) ?? changesOf(document)
  }
  // An entry may also deny: that outweighs what is given, until the entry is removed.
  const denies = isTrue.test(valueText(parametersOf(document)['Deny']) ?? '')
  const [verb, toOrFrom] = permissionVerbs[denies ? 'denied' : 'given'][/^remove/i.test(action) ? 'removed' : 'added']
  return `${verb} ${what ?? 'rights'} ${toOrFrom} ${who ?? 'somebody not named'}`
}

/** The application that is consented to. */
export const applicationOf: Reader = (document) => {
  const told = text(document, 'application.name')
  if (told !== undefined) return told
  const { DisplayName, App } = parametersOf(document)
  const modified = modifiedText(document, 'ServicePrincipal_DisplayName') ?? modifiedText(document, 'DisplayName')
  return targetName(document) ?? modified ?? valueText(DisplayName ?? App) ?? auditText(document, 'ObjectId')
}

/** The permissions consented to: OAuth scopes and application roles. */
export const scopesOf: Reader = (document) => {
  const consented = modifiedText(document, 'ConsentAction_Permissions') ?? ''
  // `[…] => [[Id: …, ClientId: …, ConsentType: AllPrincipals, Scope: Mail.Read offline_access, …]]`: what is new stands behind the arrow.
  const scopes = [...consented.slice(consented.indexOf('=>') + 1).matchAll(/Scope: ?([^,\]]+)/g)].map(([, one]) => one)
  const others = ['DelegatedPermissionGrant_Scope', 'AppRole_Value'].map((name) => modifiedText(document, name))
  const known = [...scopes, ...others].flatMap((scope) => scope?.trim().split(/\s+/) ?? [])
  return list([...new Set(known.filter((scope) => scope !== ''))])
}

/** For whom: one user, or everybody in the organization. */
export const consentScope: Reader = (document) => {
  const types = [
    modifiedText(document, 'ConsentContext_OnBehalfOfAll') === 'True' ? 'AllPrincipals' : undefined,
    modifiedText(document, 'DelegatedPermissionGrant_ConsentType'),
    /ConsentType: ?(\w+)/.exec(modifiedText(document, 'ConsentAction_Permissions') ?? '')?.[1],
  ]
  const type = types.find((one) => one !== undefined)
  return type === 'AllPrincipals' ? 'everybody' : type === 'Principal' ? 'one user' : type
}

/** Who may do what from now on, through the application. */
export const consentText: Reader = (document) => {
  const scopes = scopesOf(document)
  const whom = consentScope(document)
  return scopes === undefined ? changesOf(document) : `${scopes}${whom === undefined ? '' : ` for ${whom}`}`
}

/** Through whose mailboxes, and which sites, an administrator's tool searched, and what it did with what it found; nothing of a search in one's own. */
export const searchedThrough: Reader = (document) => {
  const { ExchangeLocation, SharePointLocation, PublicFolderLocation, SourceMailboxes, ...more } =
    parametersOf(document)
  const { DeleteContent, TargetMailbox } = more
  const target = valueText(TargetMailbox)
  const mailboxes = /^search-mailbox$/i.test(document['event.action']) ? identityOf(document) : undefined
  const exchange =
    mailboxes ?? valueText(ExchangeLocation ?? SourceMailboxes) ?? auditText(document, 'ExchangeLocations')
  const sites = valueText(SharePointLocation) ?? auditText(document, 'SharepointLocations')
  const folders = valueText(PublicFolderLocation) ?? auditText(document, 'PublicFolderLocations')
  return list([
    exchange === undefined ? undefined : `mailboxes: ${exchange}`,
    sites === undefined ? undefined : `sites: ${sites}`,
    folders === undefined ? undefined : `public folders: ${folders}`,
    target === undefined ? undefined : `copies what it finds to ${target}`,
    isTrue.test(valueText(DeleteContent) ?? '') ? 'deletes what it finds' : undefined,
  ])
}

/** Whose account was changed. */
export const accountOf: Reader = (document) =>
  document['user.target.email'] ?? targetName(document) ?? auditText(document, 'ObjectId')

/** Each property or parameter with its new value, and the old one where that is known. */
export const changesOf: Reader = (document) => {
  const properties = Object.entries(auditMap(document, 'ModifiedProperties'))
  const modified = properties.toSorted(namesFirst).map(([name, change]) => told(name, change))
  const parameters = Object.entries(parametersOf(document)).map(([name, value]) => told(name, value))
  const own = changeAuditNames.map((name) => told(name, auditValue(document, name) ?? null))
  return list([...modified, ...parameters, ...own])
}

/** What became of an account: what the directory says of it, such as which method was registered, before what it changed. */
export const accountText: Reader = (document) => list([auditText(document, 'LogonError'), changesOf(document)])

/** The file or folder, by its address where that is known. */
export const fileOf: Reader = (document) =>
  auditText(document, 'ObjectId') ?? text(document, 'url.original') ?? text(document, 'file.name')

/** With whom it was shared, and with which rights. */
export const sharedWith: Reader = (document) => {
  const who = auditText(document, 'TargetUserOrGroupName')
  const kind = auditText(document, 'TargetUserOrGroupType')
  // EventData is XML without a root, such as `<Permissions granted>Edit</Permissions granted>`.
  const data = auditText(document, 'EventData')
    ?.replaceAll(/<\/[^<>]*>/g, ' ')
    .replaceAll(/<([^<>]*)>/g, '$1: ')
  return list([who === undefined || kind === undefined ? who : `${who} (${kind})`, data?.trim()])
}

/** What the alert is called. */
export const alertName: Reader = (document) =>
  text(document, 'rule.name') ??
  auditText(document, 'Name') ??
  auditText(document, 'AlertEntityId') ??
  joined(document['email.subject'])

/** How grave the alert is, of what kind and about what, and whom its evidence names. */
export const alertText: Reader = (document) => {
  const told = alertAuditNames.map((name) => auditText(document, name))
  return list([...new Set([...told, ...namedIn(document)])])
}

const mostNamed = 50

function namedIn(document: EcsDocument): readonly string[] {
  const held = alertNamingNames.map((name) => [name, auditValue(document, name)] as const)
  const said = held.filter(([, value]) => value !== undefined)
  if (said.length === 0) return []
  const { users, addresses } = namesIn(Object.fromEntries(said) as JsonObject)
  return [...users, ...addresses].slice(0, mostNamed)
}

function list(parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.filter((part) => part !== undefined && part !== '')
  return known.length === 0 ? undefined : known.join('; ')
}

/** The path's last part: a rule's name stands behind the mailbox's. */
function lastPart(path: string | undefined): string | undefined {
  return path?.includes('\\') === true ? path.slice(path.lastIndexOf('\\') + 1) : undefined
}

/** The display name among the targets of an Entra record; type 1 is a name, 5 a user's principal name. */
function targetName(document: EcsDocument): string | undefined {
  const targets = auditList(document, 'Target')
  const named = ['1', 'Name', '5', 'UPN'].map((type) => targets.find((target) => String(target['Type']) === type))
  return valueText(named.find((target) => target !== undefined)?.['ID'])
}

function folderMember(document: EcsDocument, key: string): string | undefined {
  const [item] = auditList(document, 'Item')
  const folder = item?.['ParentFolder']
  return isObject(folder) ? valueText(folder[key]) : undefined
}

/** The new value of a property that a change names. Names of properties have `_` for blanks and dots in documents. */
export function modifiedText(document: EcsDocument, name: string): string | undefined {
  const modified = auditMap(document, 'ModifiedProperties')[name]
  return isObject(modified) ? valueText(modified['NewValue'])?.replaceAll(/^"|"$/g, '') : undefined
}

const forest = /^[\w.-]{1,100}\/Microsoft Exchange Hosted Organizations\//

/** An object without what Exchange puts before every one of a tenant: a line has no room for it. */
export function withoutForest(object: string | number | null | undefined): string | undefined {
  return object?.toString().replace(forest, '')
}
