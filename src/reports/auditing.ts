import type { CategoryName, EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import { auditText } from './raw.ts'
import { identityOf, isTrue, parametersOf } from './said.ts'

/** A parameter of a cmdlet, which of its values, and what these say of what is recorded, or kept, from then on; `%` is what the cmdlet is on. */
type Switch = readonly [cmdlet: RegExp, parameter: string, value: RegExp, says: string]

const later = 'what was done from then on may be missing'
const earlier = 'what was done before may be missing'
const gone = 'old entries of it may be gone'
const kept = 'how long audit records are kept was changed'
/** Said only where the same was switched off before: many tenants switch it on for every mailbox, and nothing is missing for that. */
const again = 'audited again'
const purged = 'what is deleted there may be gone for good'

const [no, anything] = [/^\$?false$/i, /^/]
/** Recorded is `+HardDelete;-Update` for actions that are added and taken away, `HardDelete` where these are all from then on: adding alone hides nothing. */
const takesAway = /^[^+]|;\s*[^+\s]/
const [adminLog, organization, mailbox] = [/^set-adminauditlogconfig$/i, /^set-organizationconfig$/i, /^set-mailbox$/i]
const [bypass, newPolicy] = [/^set-mailboxauditbypassassociation$/i, /^new-unifiedauditlogretentionpolicy$/i]
const policy = /^(?:set|remove)-unifiedauditlogretentionpolicy$/i

// Sources: Microsoft's pages of these cmdlets, "Create a Litigation hold", "Recoverable Items folder in Exchange Online", "Turn auditing on or off" and "Manage mailbox auditing" (which says that AuditEnabled of a
// mailbox is ignored where auditing is on by default).
const switches: readonly Switch[] = [
  [adminLog, 'UnifiedAuditLogIngestionEnabled', no, `the unified audit log was switched off for everybody: ${later}`],
  [adminLog, 'UnifiedAuditLogIngestionEnabled', isTrue, `the unified audit log was switched on: ${earlier}`],
  [adminLog, 'AdminAuditLogEnabled', no, `the log of administrators’ cmdlets was switched off: ${later}`],
  [organization, 'AuditDisabled', isTrue, `auditing of all mailboxes was switched off: ${later}`],
  [organization, 'AuditDisabled', no, `auditing of all mailboxes was switched on: ${earlier}`],
  [
    mailbox,
    'AuditEnabled',
    no,
    `auditing of % was switched off: ${later}, unless the organization audits all mailboxes`,
  ],
  [mailbox, 'AuditEnabled', isTrue, `% is ${again}: ${earlier}`],
  [mailbox, 'LitigationHoldEnabled', no, `the litigation hold on % was lifted: ${purged}`],
  [mailbox, 'SingleItemRecoveryEnabled', no, `single items of % can no longer be recovered: ${purged}`],
  [bypass, 'AuditBypassEnabled', no, `what % does in mailboxes is ${again}: ${earlier}`],
  [bypass, 'AuditBypassEnabled', isTrue, `what % does in mailboxes was exempted from auditing: ${later}`],
  ...['AuditOwner', 'AuditDelegate', 'AuditAdmin'].map(
    (name): Switch => [mailbox, name, takesAway, `which actions in % are recorded was changed (${name}): ${later}`],
  ),
  [mailbox, 'AuditLogAgeLimit', anything, `how long the audit log in % itself is kept was changed: ${gone}`],
  [newPolicy, 'RetentionDuration', anything, `${kept} (new policy %): old ones may be gone`],
  [policy, 'Identity', anything, `${kept} (policy %): old ones may be gone`],
]

/** Whether a fact is that something is audited again, in SQL. */
export const isAgain = `coalesce(auditing, '') like '% ${again}: %'`

/** Where these cmdlets are listed: one may forward mail or give rights as well. */
export const auditingCategories: readonly CategoryName[] = ['admin', 'forward', 'permission']

/** What a document says of auditing that was changed, in words; nothing for nearly all, and for what failed. */
export function auditingOf(document: EcsDocument): string | undefined {
  if (!auditingCategories.includes(document['hoofprint.category']) || document['event.outcome'] === 'failure')
    return undefined
  const own = switches.filter(([cmdlet]) => cmdlet.test(document['event.action']))
  if (own.length === 0) return undefined
  const parameters = parametersOf(document)
  const object = identityOf(document) ?? auditText(document, 'ObjectId') ?? 'what is not named'
  const said = own.filter(([, parameter, value]) => {
    const given = valueText(parameters[parameter])
    return given !== undefined && value.test(given)
  })
  return said.length === 0 ? undefined : said.map(([, , , says]) => says.replace('%', () => object)).join('; ')
}
