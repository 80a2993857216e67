import { plainOperation } from '../../microsoft/operation-name.ts'
import type { Reader } from '../table.ts'
import { isMicrosoftService } from './client.ts'
import { recordTypeName } from './record-types.ts'

/** Which row counts for an operation that no table names, by what its name begins with. The first that fits. */
const kinds: readonly (readonly [RegExp, string])[] = [
  // Entra's roles are given and taken under some sixty names, for each way through Privileged Identity Management.
  [/^add\b.*\bmember to role\b.*\b(?:canceled|denied)\b/i, 'Other change'],
  [/^(?:add|restore)\b.*(?<!app )\b(?:role|EligibleRoleAssignment)\b/i, 'Add member to role.'],
  [/^remove\b.*(?<!app )\b(?:role|EligibleRoleAssignment)\b/i, 'Remove member from role.'],
  [/^download .*\(bulk\)$/i, 'Download users - finished (bulk)'],
  // Security & Compliance logs what its portal looks up, too: nothing is changed by it, and nothing taken out.
  [/^(?:get|test|find|measure|compare|resolve|show|validate|debug|trace)-/i, 'Other reading'],
  [/^(?:search|export|preview)-/i, 'Other access'],
  [/^(?:new|add|install|create)\b/i, 'Other creation'],
  [/^(?:remove|uninstall|delete|revoke|clear)\b/i, 'Other deletion'],
  [/^(?:set|update|enable|disable|reset|restore|grant|assign)\b/i, 'Other change'],
]

const cmdlet = /^[A-Z][a-z]+-[A-Z]\w*$/

// What pages of Defender's portal ask their service for, by its verb: `DataInsightsService.svc/Find/Alert` is SearchAlert.
const lookUp = /^(?:search|aggregate|validate|get|find)[a-z]/i

/**
 * Cmdlets, and changes of the directory, of which Microsoft adds some every month: whatever they are, somebody administered something, and the
 * record says with which parameters, or from which value to which. What Exchange's own services run is nobody's administration.
 */
export const kin: Reader<string> = (record, activity) => {
  const isCmdlet = cmdlet.test(activity.operation.trim())
  if (isMicrosoftService(record, activity) === true) return isCmdlet ? 'Cmdlet of a service' : undefined
  const operation = plainOperation(activity.operation)
  const type = recordTypeName(record, activity)
  if (type === 'DataInsightsRestApiAudit' && lookUp.test(operation)) return 'Other reading'
  const kind = kinds.find(([pattern]) => pattern.test(operation))?.[1]
  // Whatever their case, where the verb is one of these.
  if (kind !== undefined && /^[a-z]+-\w+$/.test(operation)) return kind
  if (isCmdlet) return 'Other change'
  return type === 'AzureActiveDirectory' ? kind : undefined
}
