import type { Json, JsonObject } from '../activity.ts'
import { booleanIn } from '../microsoft/booleans.ts'
import { forwardingParameters, ruleSentence, ruleWords, saysRule } from '../microsoft/rule-words.ts'
import { valueText } from '../value-text.ts'
import { recipientsIn } from './audit/recipients.ts'
import { at, restOf, word } from './leaves.ts'
import type { DatasetTable, FieldTable, Reader } from './table.ts'

/** How things stood when somebody looked: nobody did anything, so no user is named, and no address. */
export const state: DatasetTable = {
  dataset: 'o365.state',
  operations: 'state',
  ecsCategory: [],
  fields: {
    'event.kind': 'state',
    'event.module': 'o365',
    'event.provider': 'Exchange',
    'event.outcome': 'unknown',
    'hoofprint.listed.by': (record) => (record['ListedBy'] === 'name' ? 'name' : 'change'),
    'o365.state': restOf({}, ['ListedBy']),
  },
}

const description = at('Description', word)

/** What a rule does as the audit log's cmdlets say it. Where its conditions are not told, or lists lost, Exchange's own words, which are those of the language of who looked. */
const ruleSummary: Reader<string> = (record, activity) => {
  const parameters = ruleParameters(record)
  const { conditions, exceptions } = ruleWords(parameters)
  const sentence = ruleSentence(activity.operation, parameters)
  const isWhole = activity.truncated !== true && conditions.length + exceptions.length > 0
  const own = description(record, activity)?.replaceAll(/\s+/g, ' ').trim()
  const told = isWhole ? sentence : (own ?? withLost(sentence, record))
  return isSwitchedOff(record) ? `switched off: ${told ?? 'what it does is not told'}` : told
}

/** What the file lost of a rule may be what it does. */
function withLost(sentence: string | undefined, { NotTold: names = null }: JsonObject): string | undefined {
  const lost = (Array.isArray(names) ? names : []).map(String).filter((name) => saysRule(name, name) || parts.has(name))
  const but = lost.length === 0 ? undefined : `the file lost what it says of ${lost.join(', ')}`
  return [sentence, but].filter((part) => part !== undefined).join('; ') || undefined
}

const parts: ReadonlySet<string> = new Set(['Conditions', 'Exceptions', 'Actions'])

function isSwitchedOff({ Enabled: enabled = null, State: state = null }: JsonObject): boolean {
  return booleanIn(valueText(enabled)) === false || /^disabled$/i.test(valueText(state) ?? '')
}

/** Of a rule all that is switched on: a listing has a column for all that a rule may say. */
function ruleParameters(record: JsonObject): JsonObject {
  const said = Object.entries(record).filter(([name, value]) => saysRule(name, valueText(value) ?? ''))
  return Object.fromEntries(said)
}

/** To whom mail is sent on; scripts join what cmdlets list by commas, too. */
const sentOnTo: Reader<readonly string[]> = (record) =>
  recipientsIn(...forwardingParameters.map((name) => separate(record[name] ?? null)))

function separate(value: Json): Json {
  return typeof value === 'string' ? value.replaceAll(/,\s+(?="|smtp:|[^\s,;"]+@)/gi, ';') : value
}

/** JSON does not keep all digits of a rule's number: its identity ends in them (`alice\14926430131134529537`). */
const number = at('RuleIdentity', word)
const ruleId: Reader<string> = (record, activity) =>
  /\\(\d+)$/.exec(valueText(record['Identity']) ?? '')?.[1] ?? number(record, activity)

/** What is said of a rule that stood. */
export const ruleFields: FieldTable = {
  'rule.name': at('Name', word),
  'rule.id': ruleId,
  'hoofprint.rule.summary': ruleSummary,
  'email.to.address': sentOnTo,
}

const forwarding = ['ForwardingSmtpAddress', 'ForwardingAddress']
const isForwarding = (record: JsonObject) => forwarding.some((name) => valueText(record[name]) !== undefined)

/** What is said of a mailbox that stood: whether it sends all mail on. */
export const mailboxFields: FieldTable = {
  'hoofprint.rule.summary': (record) =>
    isForwarding(record) ? ruleSentence('Set-Mailbox', picked(record, [...forwarding, keeping])) : undefined,
  'email.to.address': (record) => recipientsIn(...forwarding.map((name) => record[name])),
}

const keeping = 'DeliverToMailboxAndForward'

function picked(record: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (name in record ? [[name, record[name] ?? null]] : [])))
}

/** What is said of what Entra keeps. */
export const entraFields: FieldTable = { 'event.provider': 'AzureActiveDirectory' }

/** What is said of a permission that an application had. */
export const grantFields: FieldTable = { ...entraFields, 'application.name': at('AppDisplayName', word) }
