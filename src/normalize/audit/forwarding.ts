import { isObject, type JsonObject } from '../../activity.ts'
import { outlookAction, outlookActions } from '../../microsoft/outlook-rule.ts'
import { forwardingParameters, ruleSentence } from '../../microsoft/rule-words.ts'
import { lastOf } from '../../remember.ts'
import { type Reader, text } from '../table.ts'
import { jsonIn } from './json-in-text.ts'
import { nameValues, operationProperty, parameter } from './name-values.ts'
import { recipientsIn } from './recipients.ts'

const onward = forwardingParameters.map((name) => parameter(name))

/** Where a rule made in Outlook says so: in MAPI's words, or in those of the service behind Outlook on the web. */
const outlookRules = [operationProperty('RuleActions'), operationProperty('ServerRule')]

/** To whom the record's rule, mailbox or connector sends mail on. */
export const forwardedTo: Reader<readonly string[]> = (record, activity) => {
  const parameters = onward.map((read) => read(record, activity))
  return recipientsIn(...parameters, ...outlookRules.flatMap((read) => actionRecipients(read(record, activity))))
}

/** `[{"ActionType":"Forward","Recipients":["a@b"]}]`. */
function actionRecipients(rule: string | undefined): (JsonObject[string] | undefined)[] {
  const json = jsonIn(rule ?? '')
  const objects = (Array.isArray(json) ? json : [json]).filter((one) => isObject(one))
  return objects.flatMap(outlookActions).map((action) => {
    const { ForwardTo, RedirectTo, ForwardAsAttachmentTo } = outlookAction(action)
    return ForwardTo ?? RedirectTo ?? ForwardAsAttachmentTo
  })
}

const givenName = parameter('Name')
const outlookName = operationProperty('RuleName')
const identity = parameter('Identity')
const objectId = text('ObjectId')
const afterBackslash = lastOf((id: string | undefined) => /\\([^\\]+)$/.exec(id ?? '')?.[1])

/** What the rule is called: attackers like `.` and `..`, so nothing is too short. `ObjectId` ends in `mailbox\name`. */
export const ruleName: Reader<string> = (record, activity) =>
  givenName(record, activity) ??
  outlookName(record, activity) ??
  afterBackslash(objectId(record, activity)) ??
  afterBackslash(identity(record, activity)) ??
  identity(record, activity)

/** The rule's number or GUID, where the record has one. */
export const ruleId: Reader<string> = operationProperty('RuleId')

/** When a rule or a forwarding applies and what it does, in one sentence: from the cmdlet's parameters, or Outlook's in their place. */
export const ruleSummary: Reader<string> = (record, { operation }) =>
  ruleSentence(operation, { ...mapOf(record, 'OperationProperties'), ...mapOf(record, 'Parameters') })

/** What has no name, such as the text of a list that was cut off, says nothing of a rule. */
function mapOf(record: JsonObject, key: string): JsonObject {
  const named = nameValues(record[key]).filter(({ name }) => name !== undefined)
  return Object.fromEntries(named.map(({ name, value }) => [name, value ?? null]))
}
