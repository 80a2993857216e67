import type { JsonObject } from '../activity.ts'
import { valueText } from '../value-text.ts'
import { booleanIn } from './booleans.ts'
import { outlookParameters } from './outlook-rule.ts'

/** What a mail rule, or a mailbox's forwarding, does: each part a clause of its own. */
export interface RuleWords {
  /** `the subject or body contains 'invoice; payment'` */
  readonly conditions: readonly string[]
  readonly exceptions: readonly string[]
  /** `moves it to 'RSS Subscriptions'` */
  readonly actions: readonly string[]
  /** Those of the actions that send mail on. */
  readonly onward: readonly string[]
  /** Where mail is sent on to, as given but for a leading `smtp:`. */
  readonly targets: readonly string[]
  /** What no table knows, as `Name: value`. */
  readonly others: readonly string[]
}

/** Puts the parameters of New-InboxRule, Set-Mailbox, New-TransportRule and their kind into words. */
export function ruleWords(parameters: JsonObject): RuleWords {
  const words = { conditions: [], exceptions: [], actions: [], onward: [], targets: [], others: [] } as Lists
  const given = [...outlookParameters(parameters, (name) => phrases.has(name.toLowerCase()))].map(([name, json]) => ({
    name,
    key: name.toLowerCase(),
    value: valueText(json),
  }))
  const isForwarding = given.some(({ key, value }) => value !== undefined && forwarding.has(key))
  const stops = isForwarding ? [] : given.filter(({ key, value }) => value === undefined && stopping.has(key))
  words.actions.push(...new Set(stops.map(({ key }) => stopping.get(key) as string)))
  for (const { name, key: whole, value } of given) {
    if (value === undefined || unsaid.has(whole)) continue
    // What becomes of the mailbox's own copy says nothing where none is sent on any more.
    if (whole === 'delivertomailboxandforward' && stops.length > 0) continue
    const isException = /^ExceptIf/i.test(name)
    const key = whole.replace(/^exceptif/, '')
    const phrase = phrases.get(key)
    if (phrase === undefined || (isException && phrase.part !== 'conditions')) words.others.push(`${name}: ${value}`)
    else words[isException ? 'exceptions' : phrase.part].push(said(phrase, value))
    if (phrase === undefined || isException || !forwarding.has(key)) continue
    words.onward.push(said(phrase, value))
    words.targets.push(...targetsIn(value))
  }
  return words
}

/** A rule in one sentence; what the operation does to it stands first where that is not its making. */
export function ruleSentence(operation: string, parameters: JsonObject): string | undefined {
  const { conditions, exceptions, actions, onward, others } = ruleWords(parameters)
  // Outlook's one operation says beside it which of these it was.
  const done = operationOf(parameters) ?? operation
  const verb = verbs.find(([pattern]) => pattern.test(done))?.[1]
  // A change names only what is changed: that it names no condition does not mean that there is none.
  const all = isForAll(operation, parameters) && actions.length > 0 ? 'for every mail' : undefined
  const when = conditions.length === 0 ? all : `when ${conditions.join(' and ')}`
  const unless = exceptions.length === 0 ? undefined : `except when ${exceptions.join(' or ')}`
  const scope = [when, unless].filter((part) => part !== undefined).join(', ')
  const what = inOrder([...actions, ...others], onward).join(', ')
  const rule = scope === '' ? what : `${scope}: ${what === '' ? 'no action named' : what}`
  if (rule === '' && bodiless.has(done)) return `${bodiless.get(done)}; what it does is not recorded`
  const sentence = [verb, rule].filter((part) => part !== undefined && part !== '').join('; ')
  return sentence === '' ? undefined : sentence
}

/** So much of a sentence's end is shown where there is no room for its middle. */
const shownOfEnd = 80

/** What a rule does in the order in which it says so; but what sends mail on comes last where so much stands behind it that nobody would see it. */
function inOrder(all: readonly string[], onward: readonly string[]): readonly string[] {
  const [first] = onward
  if (first === undefined || all.slice(all.indexOf(first) + 1).join(', ').length <= shownOfEnd) return all
  return [...all.filter((one) => !onward.includes(one)), ...onward]
}

/** Whether a member of a listed rule says what it does, or for which mails: it has one also for each switch that is off. */
export function saysRule(name: string, value: string): boolean {
  const phrase = phrases.get(name.toLowerCase().replace(/^exceptif/, ''))
  return phrase !== undefined && !(phrase.on.includes('%') ? /^\$?false$/i.test(value) : isOff(value))
}

const isOff = (value: string) => value === '0' || booleanIn(value) === false

function operationOf(parameters: JsonObject): string | undefined {
  const { RuleOperation: told } = parameters
  return typeof told === 'string' ? told : undefined
}

/** Whether what names no condition has none. */
function isForAll(operation: string, parameters: JsonObject): boolean {
  if (/^New-(?:Inbox|Transport)Rule$/i.test(operation)) return true
  return /^Add/i.test(operationOf(parameters) ?? '') && 'RuleCondition' in parameters
}

type Part = 'conditions' | 'actions'
type Lists = { [Name in keyof RuleWords]: string[] }

interface Phrase {
  readonly part: Part
  /** With `%` where the value stands; without one it is a switch. */
  readonly on: string
  readonly off?: string
}

/** Of a switch that is off, what that means; `%` becomes the value. */
function said({ on, off }: Phrase, value: string): string {
  if (on.includes('%')) return on.replace('%', () => value)
  return isOff(value) ? (off ?? `not: ${on}`) : on
}

/** Addresses stand behind `;`, some as `"Eve; Mallory" [SMTP:eve@example.com]`. */
function targetsIn(value: string): string[] {
  const targets = value.match(/(?:"[^"]*"|[^;"]|")+/g) ?? []
  return targets.map(addressIn).filter((target) => target !== '')
}

function addressIn(target: string): string {
  return (/\[SMTP:([^\]]+)\]/i.exec(target)?.[1] ?? target.replace(/^\s*smtp:/i, '')).trim()
}

/** Of a rule that Outlook changes, or only writes again, Exchange logs the number alone: neither name nor condition nor action. */
const bodiless: ReadonlyMap<string, string> = new Map([
  ['AddMailboxRule', 'adds the rule'],
  ['ModifyMailboxRule', 'changes the rule'],
])

/** What is done to the rule. Its making and changing need no word: the parameters say it. */
const verbs: readonly (readonly [RegExp, string])[] = [
  [/^Remove/i, 'removes the rule'],
  [/^ModifyMailboxRule$/, 'changes the rule'],
  [/^Disable-/i, 'switches the rule off'],
  [/^Enable-/i, 'switches the rule on'],
]

/** Names and housekeeping: they say nothing of what a rule does. */
const unsaid = new Set(
  [
    ...['Identity', 'Name', 'RuleName', 'RuleId', 'Mailbox', 'Force', 'AlwaysDeleteOutlookRulesBlob', 'Confirm'],
    ...['DomainController', 'ErrorAction', 'WarningAction'],
    ...['SenderAddressLocation', 'RuleProvider', 'RuleOperation', ''],
  ].map((name) => name.toLowerCase()),
)

/** The parameters by which cmdlets send copies of mail elsewhere: of mailboxes, inbox rules, transport rules and journal rules. */
export const forwardingParameters = [
  ...['ForwardingSmtpAddress', 'ForwardingAddress', 'ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo'],
  ...['RedirectMessageTo', 'RedirectToRecipients', 'BlindCopyTo', 'CopyTo', 'AddToRecipients', 'JournalEmailAddress'],
]
const forwarding = new Set(forwardingParameters.map((name) => name.toLowerCase()))

/** What it means that one of these is given, and empty. */
const stopping: ReadonlyMap<string, string> = new Map([
  ...['forwardingsmtpaddress', 'forwardingaddress'].map((name) => [name, 'no longer forwards mail'] as const),
  ...['forwardto', 'forwardasattachmentto', 'redirectto'].map((name) => [name, 'sends it on to nobody'] as const),
])

// The parameters of Microsoft's New-InboxRule, New-TransportRule, New-JournalRule, Set-Mailbox and Set-MailboxJunkEmailConfiguration;
// RuleCondition, RuleActions and RuleState are what UpdateInboxRules says of a rule made in Outlook.
const phrases: ReadonlyMap<string, Phrase> = new Map([
  ...phrasesOf('conditions', {
    BodyContainsWords: `the body contains '%'`,
    SubjectContainsWords: `the subject contains '%'`,
    SubjectOrBodyContainsWords: `the subject or body contains '%'`,
    SubjectMatchesPatterns: `the subject matches '%'`,
    SubjectOrBodyMatchesPatterns: `the subject or body matches '%'`,
    HeaderContainsWords: `a header contains '%'`,
    From: `the sender is '%'`,
    FromAddressContainsWords: `the sender's address contains '%'`,
    FromAddressMatchesPatterns: `the sender's address matches '%'`,
    FromMemberOf: `the sender is in '%'`,
    FromScope: 'the sender is % (scope)',
    SenderDomainIs: `the sender's domain is '%'`,
    SenderIpRanges: `the sender's IP address is in '%'`,
    SentTo: `it is sent to '%'`,
    SentToMemberOf: `it is sent to a member of '%'`,
    SentToScope: 'the recipient is % (scope)',
    Recipient: `the sender or a recipient is '%'`,
    AnyOfToHeader: `the To line has '%'`,
    AnyOfToCcHeader: `the To or Cc line has '%'`,
    RecipientAddressContainsWords: `a recipient's address contains '%'`,
    RecipientDomainIs: `a recipient's domain is '%'`,
    HasAttachment: 'it has an attachment',
    AttachmentNameMatchesPatterns: `an attachment's name matches '%'`,
    AttachmentExtensionMatchesWords: `an attachment's extension is '%'`,
    AttachmentContainsWords: `an attachment contains '%'`,
    HasClassification: `its classification is '%'`,
    FlaggedForAction: `it is flagged '%'`,
    MessageTypeMatches: `its type is '%'`,
    WithImportance: `its importance is '%'`,
    WithSensitivity: `its sensitivity is '%'`,
    MyNameInToBox: 'the owner is in the To line',
    MyNameInCcBox: 'the owner is in the Cc line',
    MyNameInToOrCcBox: 'the owner is in the To or Cc line',
    MyNameNotInToBox: 'the owner is not in the To line',
    SentOnlyToMe: 'the owner is the only recipient',
    ReceivedAfterDate: 'it came after %',
    ReceivedBeforeDate: 'it came before %',
    WithinSizeRangeMinimum: 'it has at least %',
    WithinSizeRangeMaximum: 'it has at most %',
    RuleCondition: 'it meets %',
  }),
  ...phrasesOf('actions', {
    MoveToFolder: `moves it to '%'`,
    CopyToFolder: `copies it to '%'`,
    DeleteMessage: ['deletes it', 'does not delete it'],
    SoftDeleteMessage: ['deletes it', 'does not delete it'],
    MarkAsRead: ['marks it as read', 'does not mark it as read'],
    MarkImportance: `sets its importance to '%'`,
    PinMessage: ['pins it', 'does not pin it'],
    ApplyCategory: `gives it the category '%'`,
    ForwardTo: 'forwards it to %',
    ForwardAsAttachmentTo: 'forwards it as an attachment to %',
    RedirectTo: 'redirects it to %',
    RedirectToRecipients: 'redirects it to %',
    RedirectMessageTo: 'redirects it to %',
    BlindCopyTo: 'sends a blind copy to %',
    CopyTo: 'sends a copy to %',
    AddToRecipients: 'adds the recipient %',
    JournalEmailAddress: 'sends a copy to the journal %',
    SendTextMessageNotificationTo: 'sends a text message to %',
    StopProcessingRules: ['stops other rules', 'lets other rules go on'],
    StopRuleProcessing: ['stops other rules', 'lets other rules go on'],
    Quarantine: ['puts it into quarantine', 'does not quarantine it'],
    RejectMessageReasonText: `rejects it with '%'`,
    PrependSubject: `puts '%' before the subject`,
    SetSCL: 'sets its spam confidence level to %',
    RouteMessageOutboundConnector: `sends it through the connector '%'`,
    ForwardingSmtpAddress: 'forwards all mail to %',
    ForwardingAddress: 'forwards all mail to %',
    DeliverToMailboxAndForward: ['keeps a copy in the mailbox', 'keeps no copy in the mailbox'],
    TrustedSendersAndDomains: 'never takes for junk: %',
    BlockedSendersAndDomains: 'always takes for junk: %',
    RuleActions: 'does %',
    RuleState: 'state %',
  }),
])

function* phrasesOf(
  part: Part,
  table: Readonly<Record<string, string | [string, string]>>,
): Generator<[string, Phrase]> {
  for (const [name, words] of Object.entries(table)) {
    const [on, off] = typeof words === 'string' ? [words] : words
    yield [name.toLowerCase(), off === undefined ? { part, on } : { part, on, off }]
  }
}
