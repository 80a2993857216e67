import { isObject, type Json, type JsonObject } from '../activity.ts'

type IsKnown = (parameter: string) => boolean
type Unfold = (name: string, given: Json, isKnown: IsKnown) => Iterable<[string, Json]>

/** Parameters one by one: what Outlook says of its rules, as the parameters of New-InboxRule that mean the same. */
export function* outlookParameters(parameters: JsonObject, isKnown: IsKnown): Generator<[string, Json]> {
  for (const [name, given] of Object.entries(parameters)) {
    const unfold = outlooks.get(name.toLowerCase())
    if (unfold === undefined) yield [name, given]
    else yield* unfold(name, given, isKnown)
  }
}

/** Where UpdateInboxRules says what a rule made in Outlook is, looks for and does. */
const outlooks: ReadonlyMap<string, Unfold> = new Map([
  ['rulecondition', ofOutlook],
  ['ruleactions', ofOutlook],
  ['serverrule', ofOutlook],
  ['rulestate', stateOf],
])

/** Objects in JSON whose names are all known, one by one; the others as they came. Of a rule that is only changed both are empty. */
function* ofOutlook(name: string, given: Json, isKnown: IsKnown): Generator<[string, Json]> {
  if (typeof given === 'string' && /^[\s{}[\]]*$/.test(given)) return
  const rules = objectsIn(given)
  const all = [...rules.flatMap(outlookActions).map(outlookAction), ...rules.flatMap(scopeOf)]
  const strange = all.filter((one) => !Object.keys(one).every(isKnown))
  for (const one of all) if (!strange.includes(one)) yield* Object.entries(one)
  if (strange.length === all.length) yield [name, given]
  else if (strange.length > 0) yield [name, JSON.stringify(strange)]
}

/** `Enabled, ExitAfterExecution` is a rule that lets no other follow; that it is enabled goes without saying. */
function* stateOf(name: string, given: Json): Generator<[string, Json]> {
  const states = (typeof given === 'string' ? given.split(',') : []).map((state) => state.trim())
  if (states.includes('ExitAfterExecution')) yield ['StopProcessingRules', 'True']
  const others = states.filter((state) => state !== 'ExitAfterExecution' && state !== 'Enabled')
  if (others.length > 0) yield [name, others.join(', ')]
}

function objectsIn(text: Json): JsonObject[] {
  if (typeof text !== 'string' || !/^\s*[[{]/.test(text)) return []
  try {
    const value: Json = JSON.parse(text)
    const list = Array.isArray(value) ? value : [value]
    return list.every(isObject) ? list : []
  } catch {
    return [] // A text that only looks like JSON is said as it is.
  }
}

type Translate = (action: JsonObject) => JsonObject

// Actions of Outlook's rules ([MS-OXORULE], "ActionBlock Structure"), by the parameter of New-InboxRule that does the same.
const actions: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ['Move', ({ DestinationFolderId = 'a folder not named' }) => ({ MoveToFolder: DestinationFolderId })],
  ['Copy', ({ DestinationFolderId = 'a folder not named' }) => ({ CopyToFolder: DestinationFolderId })],
  ['Delete', () => ({ DeleteMessage: 'True' })],
  ['MarkAsRead', () => ({ MarkAsRead: 'True' })],
])

/** What has recipients sends mail on to them, as it is where the sender is kept (`ForwardFlags`) or it is a delegate's. */
const flavors: readonly (readonly [RegExp, string])[] = [
  [/PreserveSender|Redirect|Delegate/i, 'RedirectTo'],
  [/Attachment/i, 'ForwardAsAttachmentTo'],
  [/Sms/i, 'SendTextMessageNotificationTo'],
]

/** One action of a rule made in Outlook, in the words of New-InboxRule; what those have no word for stays as it is. */
export function outlookAction(action: JsonObject): JsonObject {
  const { ActionType: type, Recipients: recipients } = action
  if (recipients === undefined) return (typeof type === 'string' ? actions.get(type)?.(action) : undefined) ?? action
  const addresses = addressesIn(recipients)
  return addresses.length === 0 ? action : { [forwardAs(action)]: addresses }
}

/** The actions of a rule that Outlook tells of: a list of them, or a whole rule with such a list. */
export function outlookActions(rule: JsonObject): JsonObject[] {
  const { Actions: listed } = rule
  return Array.isArray(listed) ? listed.filter(isObject) : [rule]
}

/** What a whole rule says of the mails that it is for, beside its actions. */
function scopeOf(rule: JsonObject): JsonObject[] {
  if (!Array.isArray(rule['Actions'])) return []
  const scope = Object.entries(rule).filter(([name, value]) => /condition|exception/i.test(name) && !isEmpty(value))
  return scope.length === 0 ? [] : [Object.fromEntries(scope)]
}

function isEmpty(value: Json): boolean {
  return value === null || /^[\s{}[\]"]*$/.test(JSON.stringify(value))
}

/** Whatever the member is called that names the action's type. */
function forwardAs(action: JsonObject): string {
  const told = Object.values(action)
    .filter((value) => typeof value === 'string')
    .join(' ')
  return flavors.find(([pattern]) => pattern.test(told))?.[1] ?? 'ForwardTo'
}

/** Texts as they are; of a recipient with many properties, `{"Values":[{"Value":"eve@evil.example"}]}`, those that are addresses. */
function addressesIn(recipients: Json | undefined): string[] {
  const list = Array.isArray(recipients) ? recipients : [recipients]
  return list.flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : isObject(one) ? valuesIn(one) : []))
}

function valuesIn({ Values: values }: JsonObject): string[] {
  const told = Array.isArray(values) ? values.map((one) => (isObject(one) ? one['Value'] : undefined)) : []
  return [...new Set(told.filter((value) => typeof value === 'string' && value.includes('@')))] as string[]
}
