import type { JsonObject } from '../../activity.ts'
import { ruleSentence } from '../../microsoft/rule-words.ts'
import type { Reader } from '../table.ts'
import { nameValues } from './name-values.ts'

/** When a rule or a forwarding applies and what it does, in one sentence: from the cmdlet's parameters, or Outlook's in their place. */
export const ruleSummary: Reader<string> = (record, { operation }) =>
  ruleSentence(operation, { ...mapOf(record, 'OperationProperties'), ...mapOf(record, 'Parameters') })

/** What has no name, such as the text of a list that was cut off, says nothing of a rule. */
function mapOf(record: JsonObject, key: string): JsonObject {
  const named = nameValues(record[key]).filter(({ name }) => name !== undefined)
  return Object.fromEntries(named.map(({ name, value }) => [name, value ?? null]))
}
