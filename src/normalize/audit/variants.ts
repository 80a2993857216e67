import type { Activity, JsonObject } from '../../activity.ts'
import { plainOperation } from '../../microsoft/operation-name.ts'
import type { Reader } from '../table.ts'
import { isMicrosoftService } from './client.ts'
import { nameValues, objectsIn } from './name-values.ts'
import { recordTypeName } from './record-types.ts'

/** A row of the operations' tables, for the records of an operation that say more than its name. */
interface Variant {
  readonly row: string
  readonly applies: (record: JsonObject) => boolean
}

/** By operation, in lower case without a final dot. The first that applies counts, else the operation's own row. */
const variants: ReadonlyMap<string, readonly Variant[]> = new Map([
  [
    'set-mailbox',
    [
      {
        row: 'Set-Mailbox with forwarding',
        applies: names('Parameters', /^(?:ForwardingSmtpAddress|ForwardingAddress|DeliverToMailboxAndForward)$/i),
      },
      { row: 'Set-Mailbox with delegates', applies: names('Parameters', /^GrantSendOnBehalfTo$/i) },
    ],
  ],
  // Entra writes what somebody authenticates with, and whether he must, into these properties of the user.
  [
    'update user',
    [{ row: 'Update user with strong authentication', applies: names('ModifiedProperties', /^StrongAuthentication/) }],
  ],
  // Defender's own table has every click, the audit log those on what was found malicious, without its kind.
  [
    'tiurlclickdata',
    [{ row: 'TIUrlClickData without a threat', applies: ({ ThreatTypes: threats }) => threats === '' }],
  ],
  // Documented for calendars, contacts, notes and tasks; real tenants log drafts too.
  [
    'create',
    [
      { row: 'Create in Drafts', applies: isIn(/^\\(?:Drafts|Outbox|Sent Items)\b/i) },
      { row: 'Create in Calendar', applies: isIn(/^\\Calendar\b/i) },
    ],
  ],
])

/** Which row counts where the operation's name alone does not decide. */
export const variant: Reader<string> = (record: JsonObject, { operation }: Pick<Activity, 'operation'>) => {
  const choices = variants.get(operation.trim().toLowerCase().replace(/\.$/, ''))
  return (
    choices?.find(({ applies }) => applies(record))?.row ??
    families.find(([pattern]) => pattern.test(operation))?.[1] ??
    (record['ActionTrigger'] === undefined ? undefined : 'Action after delivery')
  )
}

/** Operations that have a name for each policy: those of Defender for Cloud Apps. What is done to mails after delivery has further names. */
const families: readonly (readonly [RegExp, string])[] = [[/^MCAS_ALERT_/i, 'MCAS_ALERT']]

function names(key: string, pattern: RegExp): Variant['applies'] {
  return (record) => nameValues(record[key]).some(({ name }) => name !== undefined && pattern.test(name))
}

function isIn(pattern: RegExp): Variant['applies'] {
  return (record) => {
    const path = objectsIn(objectsIn(record['Item'])[0]?.['ParentFolder'])[0]?.['Path']
    return typeof path === 'string' && pattern.test(path)
  }
}

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

// No operation has a longer name: each pattern would go through it again and again.
const longestName = 500

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
  const kind = operation.length > longestName ? undefined : kinds.find(([pattern]) => pattern.test(operation))?.[1]
  // Whatever their case, where the verb is one of these.
  if (kind !== undefined && /^[a-z]+-\w+$/.test(operation)) return kind
  if (isCmdlet) return 'Other change'
  return type === 'AzureActiveDirectory' ? kind : undefined
}
