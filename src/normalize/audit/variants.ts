import type { Activity, JsonObject } from '../../activity.ts'
import type { Reader } from '../table.ts'
import { nameValues, objectsIn } from './name-values.ts'

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
