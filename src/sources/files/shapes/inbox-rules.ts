import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { member, textOf } from './members.ts'
import { mailAddress } from './starts-row.ts'
import { type StateForm, stateShapes, withoutDashes } from './states.ts'

const sendingOn = ['ForwardTo', 'RedirectTo', 'ForwardAsAttachmentTo']
const whose = ['UserPrincipalName', 'PrimarySmtpAddress', 'MailboxOwnerId']
const reportColumns = ['Forward To', 'Redirect To', 'Forward As Attachment To']
const scriptNames = {
  ...{ mailbox: 'MailboxOwnerId', 'mailbox name': 'MailboxOwnerId' },
  ...{ upn: 'UserPrincipalName', 'user principal name': 'UserPrincipalName' },
  ...{ rulename: 'Name', 'inbox rule': 'Name', 'inbox rule name': 'Name', ruledescription: 'Description' },
  ...{ 'stop processing rules': 'StopProcessingRules', 'rule status': 'Enabled' },
  ...{ ruleid: 'Identity', 'rule identity': 'Identity' },
  ...{ 'forward to': 'ForwardTo', 'redirect to': 'RedirectTo', 'forward as attachment to': 'ForwardAsAttachmentTo' },
  ...{ externalrecipients: 'ForwardTo', forwardrecipients: 'ForwardTo' },
  ...{ 'move to folder': 'MoveToFolder', 'delete message': 'DeleteMessage', 'mark as read': 'MarkAsRead' },
}

// Columns: Get-InboxRule of Exchange Online, Get-HawkUserInboxRule of Hawk, which saves all of them, and Get-MailboxRules of
// Microsoft-Extractor-Suite, whose versions have RuleEnabled or Enabled; 17-Search-MailboxSuspiciousRules of M365IRScripts; reports of AdminDroid;
// those that scripts give them, of which administrators copied and changed these for years: o365reports.com ("Find all inbox rules with external
// forwarding"), gcits.com ("Find inbox rules which forward mail externally"), where forwarding of whatever kind is ExternalRecipients, and Microsoft's
// O365-InvestigationTooling, of which DumpDelegatesandForwardingRules.ps1 says of no rule whose it is.
const forms: readonly StateForm[] = [
  {
    name: 'inbox-rules',
    title: 'Inbox rules listed by Get-InboxRule, or by Hawk',
    operation: 'InboxRule',
    columns: ['MailboxOwnerId', 'Name'],
    oneOf: ['RuleIdentity', 'ForwardTo', 'RedirectTo', 'ForwardAsAttachmentTo', 'MoveToFolder', 'DeleteMessage'],
    whose: ['MailboxOwnerId'],
    begins: { RuleIdentity: /^\d+$/ },
  },
  {
    name: 'mailbox-rules',
    title: 'Inbox rules listed by Get-MailboxRules of Microsoft-Extractor-Suite',
    operation: 'InboxRule',
    columns: ['UserName', 'RuleName'],
    oneOf: ['RuleEnabled', 'Enabled', 'ForwardTo', 'RedirectTo', 'MoveToFolder'],
    whose: ['UserName'],
    names: {
      ...{ rulename: 'Name', ruleenabled: 'Enabled' },
      ...{ copytofolder: 'CopyToFolder', movetofolder: 'MoveToFolder' },
    },
    begins: { UserName: mailAddress },
  },
  {
    name: 'suspicious-rules',
    title: 'Inbox rules listed by M365IRScripts',
    operation: 'InboxRule',
    columns: ['PrimarySmtpAddress', 'RuleName', 'RuleIdentity'],
    whose: ['PrimarySmtpAddress'],
    names: {
      ...{ rulename: 'Name', ruleenabled: 'Enabled', rulepriority: 'Priority', ruledescription: 'Description' },
      ...{ ruleforwardto: 'ForwardTo', ruleforwardattto: 'ForwardAsAttachmentTo', rulemoveto: 'MoveToFolder' },
      ...{ ruledelete: 'DeleteMessage', rulesoftdelete: 'SoftDeleteMessage', rulebodycontains: 'BodyContainsWords' },
      ...{ rulesubjectcontains: 'SubjectContainsWords', rulesubjectorbodycontains: 'SubjectOrBodyContainsWords' },
      ...{ rulefrom: 'From', rulefromcontains: 'FromAddressContainsWords' },
    },
    begins: { PrimarySmtpAddress: mailAddress },
    make: withRecipients,
  },
  ...[
    { name: 'script-rules', columns: ['Mailbox', 'RuleName'], oneOf: [...sendingOn, 'MoveToFolder', 'DeleteMessage'] },
    {
      name: 'forwarding-rules',
      columns: ['PrimarySmtpAddress', 'RuleName'],
      oneOf: [...sendingOn, 'ExternalRecipients', 'ForwardRecipients'],
    },
    { name: 'inbox-rule-report', columns: ['Mailbox Name', 'Inbox Rule'], oneOf: reportColumns },
    { name: 'report-rules', columns: ['Mailbox Name', 'Inbox Rule Name'], oneOf: reportColumns },
    { name: 'external-rule-report', columns: ['UPN', 'Inbox Rule Name'], oneOf: reportColumns },
  ].map(
    (form): StateForm => ({
      ...{ ...form, title: 'Inbox rules as scripts of administrators list them', operation: 'InboxRule' },
      ...{ names: scriptNames, make: withoutDashes },
      whose,
      begins: { Mailbox: mailAddress, PrimarySmtpAddress: mailAddress },
    }),
  ),
  {
    name: 'nameless-rules',
    title: 'Inbox rules as DumpDelegatesandForwardingRules.ps1 of Microsoft lists them, without their mailbox',
    operation: 'InboxRule',
    columns: ['Name', 'Priority', 'ForwardTo', 'RedirectTo', 'DeleteMessage'],
    whose,
    names: { mailbox: 'MailboxOwnerId' },
    make: withOwner,
  },
]

const graph: StateForm = {
  name: 'graph-message-rules',
  title: 'Inbox rules of Graph (messageRules)',
  operation: 'InboxRule',
  columns: ['displayName', 'sequence', 'isEnabled', 'actions'],
  whose: [],
  isNameless: true,
  make: ofGraph,
}

/** Every form in which inbox rules are listed. */
export const inboxRules = forms.map(stateShapes)
/** Inbox rules of Graph, whose pages alone say whose they are. */
export const graphMessageRules = stateShapes(graph).json

// learn.microsoft.com/graph/api/resources/messageruleactions and messagerulepredicates, by the parameter of New-InboxRule that does the same.
const actions: Readonly<Record<string, string>> = {
  ...{ delete: 'DeleteMessage', permanentdelete: 'SoftDeleteMessage', assigncategories: 'ApplyCategory' },
  ...{ forwardto: 'ForwardTo', forwardasattachmentto: 'ForwardAsAttachmentTo', redirectto: 'RedirectTo' },
  ...{ movetofolder: 'MoveToFolder', copytofolder: 'CopyToFolder', markasread: 'MarkAsRead' },
  ...{ markimportance: 'MarkImportance', stopprocessingrules: 'StopProcessingRules' },
}
const predicates: Readonly<Record<string, string>> = {
  ...{ bodycontains: 'BodyContainsWords', subjectcontains: 'SubjectContainsWords' },
  ...{ bodyorsubjectcontains: 'SubjectOrBodyContainsWords', headercontains: 'HeaderContainsWords' },
  ...{ sendercontains: 'FromAddressContainsWords', recipientcontains: 'RecipientAddressContainsWords' },
  ...{ fromaddresses: 'From', senttoaddresses: 'SentTo', hasattachments: 'HasAttachment' },
  ...{ importance: 'WithImportance', sensitivity: 'WithSensitivity', messageactionflag: 'FlaggedForAction' },
  ...{ senttome: 'MyNameInToBox', sentccme: 'MyNameInCcBox', senttoorccme: 'MyNameInToOrCcBox' },
  ...{ sentonlytome: 'SentOnlyToMe', notsenttome: 'MyNameNotInToBox' },
}

/** The number of a rule stands behind its mailbox: `alice\\14926430131134529537`. */
function withOwner(record: JsonObject): JsonObject {
  const [, owner = null] = /(?<![^\\/])([^\\/]+)\\\d+$/.exec(textOf(member(record, 'Identity')) ?? '') ?? []
  return { MailboxOwnerId: owner, ...record }
}

/** Beside lists of which Export-Csv has the type alone stand the addresses outside. */
function withRecipients(record: JsonObject): JsonObject {
  const outside = textOf(member(record, 'ExternalRecipients'))
  return outside === undefined ? record : { ...record, RuleForwardTo: outside }
}

function ofGraph(rule: JsonObject): JsonObject {
  const at = (name: string) => member(rule, name) ?? null
  return {
    ...{ Name: at('displayName'), Enabled: at('isEnabled'), Priority: at('sequence'), RuleIdentity: at('id') },
    ...renamed(at('conditions'), predicates, ''),
    ...renamed(at('exceptions'), predicates, 'ExceptIf'),
    ...renamed(at('actions'), actions, ''),
  }
}

function renamed(given: Json, names: Readonly<Record<string, string>>, before: string): JsonObject {
  if (!isObject(given)) return {}
  const known = Object.entries(given).filter(([name]) => !name.startsWith('@'))
  return Object.fromEntries(known.map(([name, value]) => [before + (names[name.toLowerCase()] ?? name), told(value)]))
}

/** Recipients by their address. */
function told(value: Json): Json {
  if (Array.isArray(value)) return value.map(told)
  const email = isObject(value) ? member(value, 'emailAddress') : undefined
  return isObject(email) ? (member(email, 'address') ?? null) : value
}
