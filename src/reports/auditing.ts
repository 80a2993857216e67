import type { CategoryName, EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import { auditText } from './raw.ts'
import { identityOf, isTrue, parametersOf } from './said.ts'

/** A parameter of a cmdlet that says what is recorded from then on. */
interface Switch {
  readonly cmdlet: RegExp
  readonly parameter: string
  /** Which of its values. */
  readonly value: RegExp
  says(object: string): string
}

const later = 'what was done from then on may be missing'
const earlier = 'what was done before may be missing'

const [no, anything] = [/^\$?false$/i, /^/]
/** Recorded is `+HardDelete;-Update` for actions that are added and taken away, `HardDelete` where these are all from then on: adding alone hides nothing. */
const actions = (parameter: string): Switch => ({
  cmdlet: /^set-mailbox$/i,
  parameter,
  value: /^[^+]|;\s*[^+\s]/,
  says: (mailbox) => `which actions in ${mailbox} are recorded was changed (${parameter}): ${later}`,
})

// Sources: Microsoft's pages of these cmdlets, "Turn auditing on or off" and "Manage mailbox auditing" (which says that AuditEnabled of a
// mailbox is ignored where auditing is on by default).
const switches: readonly Switch[] = [
  {
    cmdlet: /^set-adminauditlogconfig$/i,
    parameter: 'UnifiedAuditLogIngestionEnabled',
    value: no,
    says: () => `the unified audit log was switched off for everybody: ${later}`,
  },
  {
    cmdlet: /^set-adminauditlogconfig$/i,
    parameter: 'UnifiedAuditLogIngestionEnabled',
    value: isTrue,
    says: () => `the unified audit log was switched on: ${earlier}`,
  },
  {
    cmdlet: /^set-adminauditlogconfig$/i,
    parameter: 'AdminAuditLogEnabled',
    value: no,
    says: () => `the log of administrators’ cmdlets was switched off: ${later}`,
  },
  {
    cmdlet: /^set-organizationconfig$/i,
    parameter: 'AuditDisabled',
    value: isTrue,
    says: () => `auditing of all mailboxes was switched off: ${later}`,
  },
  {
    cmdlet: /^set-organizationconfig$/i,
    parameter: 'AuditDisabled',
    value: no,
    says: () => `auditing of all mailboxes was switched on: ${earlier}`,
  },
  {
    cmdlet: /^set-mailbox$/i,
    parameter: 'AuditEnabled',
    value: no,
    says: (mailbox) =>
      `auditing of ${mailbox} was switched off: ${later}, unless the organization audits all mailboxes`,
  },
  {
    cmdlet: /^set-mailboxauditbypassassociation$/i,
    parameter: 'AuditBypassEnabled',
    value: isTrue,
    says: (user) => `what ${user} does in mailboxes was exempted from auditing: ${later}`,
  },
  ...['AuditOwner', 'AuditDelegate', 'AuditAdmin'].map(actions),
  {
    cmdlet: /^set-mailbox$/i,
    parameter: 'AuditLogAgeLimit',
    value: anything,
    says: (mailbox) => `how long the audit log in ${mailbox} itself is kept was changed: old entries of it may be gone`,
  },
  {
    cmdlet: /^new-unifiedauditlogretentionpolicy$/i,
    parameter: 'RetentionDuration',
    value: anything,
    says: (policy) => `how long audit records are kept was changed (new policy ${policy}): old ones may be gone`,
  },
  {
    cmdlet: /^(?:set|remove)-unifiedauditlogretentionpolicy$/i,
    parameter: 'Identity',
    value: anything,
    says: (policy) => `how long audit records are kept was changed (policy ${policy}): old ones may be gone`,
  },
]

/** Where these cmdlets are listed: one may forward mail or give rights as well. */
export const auditingCategories: readonly CategoryName[] = ['admin', 'forward', 'permission']

/** What a document says of auditing that was changed, in words; nothing for nearly all, and for what failed. */
export function auditingOf(document: EcsDocument): string | undefined {
  if (!auditingCategories.includes(document['hoofprint.category']) || document['event.outcome'] === 'failure')
    return undefined
  const own = switches.filter(({ cmdlet }) => cmdlet.test(document['event.action']))
  if (own.length === 0) return undefined
  const parameters = parametersOf(document)
  const object = identityOf(document) ?? auditText(document, 'ObjectId') ?? 'what is not named'
  const said = own.filter(({ parameter, value }) => {
    const given = valueText(parameters[parameter])
    return given !== undefined && value.test(given)
  })
  return said.length === 0 ? undefined : said.map(({ says }) => says(object)).join('; ')
}
