import type { JsonObject } from '../../activity.ts'
import type { Outcome } from '../../document.ts'
import { type NamedMail, namesIn } from '../../microsoft/alert-names.ts'
import { lastOf } from '../../remember.ts'
import { type FieldTable, firstOf, parseAddress, type Reader, text } from '../table.ts'
import { objectsIn, within } from './name-values.ts'
import { recipientsIn } from './recipients.ts'
import { recordTypeName } from './record-types.ts'

// Of Elastic's integration, so that its dashboards and rules count alike.
const severities: ReadonlyMap<string, number> = new Map([
  ['informational', 1],
  ['low', 2],
  ['medium', 3],
  ['high', 4],
])

const severityText = text('Severity', 'AlertSeverity', 'RiskLevel')

/** How severe an alert is; of several rules that matched the most severe counts. */
const severity: Reader<number> = (record, activity) => {
  const given = [severityText(record, activity), ...rulesIn(record).map((rule) => rule['Severity'])]
  const known = given.map((one) => (typeof one === 'string' ? (severities.get(one.toLowerCase()) ?? 0) : 0))
  return Math.max(...known) || undefined
}

const alertTypes: ReadonlySet<string> = new Set([
  'SecurityComplianceAlerts',
  'ComplianceDLPSharePoint',
  'ComplianceDLPExchange',
])

/** Whether the record is an alert, by its type; for operations that no table knows. */
const kind: Reader<string> = (record, activity) =>
  alertTypes.has(recordTypeName(record, activity) ?? '') ? 'alert' : 'event'

/** The matched rules of data loss prevention: PolicyDetails[].Rules[]. */
const rulesIn = lastOf((record: JsonObject): JsonObject[] =>
  objectsIn(record['PolicyDetails']).flatMap((policy) => objectsIn(policy['Rules'])),
)

/** A value of each matched rule, or of the policy. */
function ruleField(ofRecord: Reader<string>, ofRule: string): Reader<string | readonly string[]> {
  return (record, activity) => {
    const own = ofRecord(record, activity)
    if (own !== undefined) return own
    const values = rulesIn(record).map((rule) => rule[ofRule])
    const texts = [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))] as string[]
    return texts.length > 1 ? texts : texts[0]
  }
}

/** Where an alert leads. */
const alertLink: Reader<string> = (record) => {
  const link = objectsIn(record['AlertLinks'])[0]?.['AlertLinkHref']
  return typeof link === 'string' && link !== '' ? link : undefined
}

/** The users whom an alert's `Data` names. */
export const alertUsers: Reader<readonly string[]> = (record) => {
  const [data] = objectsIn(record['Data'])
  if (data === undefined) return undefined
  const entity = data['etype'] === 'User' ? data['eid'] : undefined
  return recipientsIn(data['f3u'], data['suid'], data['tsd'], data['trc'], entity)?.filter((user) => user.includes('@'))
}

const alertName = text('Name')
const comments = text('Comments')
const ofAlert =
  (read: Reader<string>): Reader<string> =>
  (record, activity) =>
    kind(record, activity) === 'alert' ? read(record, activity) : undefined

/** The rule or policy behind an alert, and what the alert says. */
export const alertFields: FieldTable = {
  message: ofAlert((record, activity) => comments(record, activity) ?? alertName(record, activity)),
  'event.kind': kind,
  'event.severity': severity,
  'rule.id': ruleField(ofAlert(text('PolicyId')), 'RuleId'),
  'rule.name': ruleField(ofAlert(alertName), 'RuleName'),
  'rule.category': ofAlert(text('Category')),
  'rule.ruleset': ofAlert(text('EntityType')),
  'rule.description': ofAlert(text('AlertEntityId')),
  'rule.reference': alertLink,
}

/** What Entra ID Protection says of a risk it found. */
export const riskFields: FieldTable = {
  'rule.name': text('RiskEventType', 'RiskType'),
}

// Advanced hunting's ActionType, and the audit log's UrlClickAction (its schema, "URL time-of-click events"), by number or name. What is
// not here, such as an error's page or one to wait on, leaves open whether the user went on.
const clicks: ReadonlyMap<string, Outcome> = new Map([
  ...outcomes('failure', 'clickblocked', 'clickblockedbytenantpolicy', '2', 'blockpage'),
  ...outcomes('success', 'clickallowed', '4', 'blockpageoverride', '5', 'pendingdetonationpageoverride'),
])

function outcomes(outcome: Outcome, ...actions: readonly string[]): (readonly [string, Outcome])[] {
  return actions.map((action) => [action, outcome])
}

const clickAction = text('ActionType', 'UrlClickAction', 'URLClickAction')

/** What Safe Links says of a click: whether it let the user go on, at once or through its warning. */
export const clickFields: FieldTable = {
  'rule.name': text('ThreatTypes'),
  'event.outcome': (record, activity) => {
    const isThrough = /^(?:true|1)$/i.test(String(record['IsClickedThrough']))
    return isThrough ? 'success' : (clicks.get(clickAction(record, activity)?.toLowerCase() ?? '') ?? 'unknown')
  },
}

const clientIps: Reader<readonly string[]> = ({ ClientIPs: given }) => {
  const texts = (Array.isArray(given) ? given : []).filter((one) => typeof one === 'string')
  const ips = texts.map((one) => parseAddress(one)?.ip).filter((ip) => ip !== undefined)
  return ips.length === 0 ? undefined : ips
}

/** What alerts of Defender for Cloud Apps say, under names of their own. */
export const cloudAppsAlertFields: FieldTable = {
  message: text('AlertDescription'),
  'rule.name': text('AlertDisplayName'),
  'rule.category': text('AlertCategory'),
  'rule.reference': text('AlertUri'),
  'related.ip': clientIps,
}

type Alert = (record: JsonObject) => JsonObject
const itself: Alert = (record) => record

/** What of one kind an alert names, where it names any. */
function named(alert: Alert, kind: 'users' | 'addresses' | 'hosts' | 'hashes'): Reader<readonly string[]> {
  return (record) => {
    const names = namesIn(alert(record))[kind]
    return names.length === 0 ? undefined : names
  }
}

/** What the mails that an alert names have of one kind, each once. */
function ofMails(alert: Alert, key: keyof NamedMail): Reader<readonly string[]> {
  return (record) => {
    const told = namesIn(alert(record)).mails.map((mail) => mail[key])
    const distinct = [...new Set(told.filter((one) => one !== undefined))]
    return distinct.length === 0 ? undefined : distinct
  }
}

function alone(read: Reader<readonly string[]>): Reader<string | readonly string[]> {
  return (record, activity) => {
    const values = read(record, activity)
    return values?.length === 1 ? values[0] : values
  }
}

/** Whom and what an alert names, wherever in a record that stands. */
function naming(alert: Alert): FieldTable {
  return {
    'email.message_id': alone(ofMails(alert, 'id')),
    'email.subject': alone(ofMails(alert, 'subject')),
    'email.from.address': ofMails(alert, 'from'),
    'email.sender.address': (record, activity) => ofMails(alert, 'sender')(record, activity)?.[0],
    'email.to.address': ofMails(alert, 'to'),
    'hoofprint.messages': (record) => namesIn(alert(record)).mails.length || undefined,
    'related.ip': named(alert, 'addresses'),
    'related.user': named(alert, 'users'),
    'related.hosts': named(alert, 'hosts'),
    'related.hash': named(alert, 'hashes'),
  }
}

const categories: Reader<string> = ({ Categories: given }) =>
  Array.isArray(given) ? given.filter((one) => typeof one === 'string').join(', ') || undefined : undefined

/** What an alert of Defender or Sentinel says, and whom and what its evidence names: nobody of them did anything by being named. */
export const securityAlertFields: FieldTable = {
  message: text('Description'),
  'rule.name': text('Title', 'DisplayName', 'AlertName'),
  'rule.category': firstOf(text('Category'), categories, text('Tactics')),
  'rule.reference': text('AlertWebUrl', 'IncidentWebUrl', 'AlertLink', 'IncidentUrl', 'SourceURL'),
  ...naming(itself),
}

const investigated = lastOf((record: JsonObject): JsonObject => objectsIn(record['Data'])[0] ?? {})
const severityWithin = within('Data', 'Severity')

/** What an automatic investigation of Defender's is about: its alert, with whom and what that names, stands in its `Data`. */
export const investigationFields: FieldTable = {
  message: text('InvestigationName'),
  'event.severity': (record, activity) => severities.get(severityWithin(record, activity)?.toLowerCase() ?? ''),
  'rule.name': text('InvestigationName'),
  'rule.category': text('InvestigationType'),
  'rule.reference': text('DeepLinkUrl'),
  ...naming(investigated),
}
