import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { member, textOf } from './members.ts'
import { mailAddress } from './starts-row.ts'
import { type StateForm, stateShapes, withoutDashes } from './states.ts'

const reportNames = {
  ...{ 'forward to': 'ForwardTo', 'redirect to': 'RedirectTo', 'forward as attachment to': 'ForwardAsAttachmentTo' },
  ...{ 'stop processing rules': 'StopProcessingRules', 'rule status': 'Enabled' },
}

// Columns: Get-InboxRule of Exchange Online, Get-HawkUserInboxRule of Hawk, which saves all of them, and Get-MailboxRules of
// Microsoft-Extractor-Suite, whose versions have RuleEnabled or Enabled; 17-Search-MailboxSuspiciousRules of M365IRScripts; reports of AdminDroid.
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
    ['inbox-rule-report', 'Mailbox Name', 'Inbox Rule'],
    ['external-rule-report', 'UPN', 'Inbox Rule Name'],
  ].map(
    ([name = '', mailbox = '', rule = '']): StateForm => ({
      ...{ name, title: 'Inbox rules listed by AdminDroid', operation: 'InboxRule' },
      ...{ columns: [mailbox, rule], oneOf: ['Forward To', 'Redirect To'], whose: [mailbox], make: withoutDashes },
      names: { ...reportNames, [rule.toLowerCase()]: 'Name' },
    }),
  ),
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
