import { tellingOf } from '../src/microsoft/telling-operations.ts'
import { categories } from '../src/normalize/categories/index.ts'
import { operationsOf } from '../src/normalize/table.ts'

/** Cmdlets that change what is recorded, or how long it is kept, whatever their parameters. */
const auditingCmdlets = [
  ...['Set-AdminAuditLogConfig', 'Set-MailboxAuditBypassAssociation'],
  ...['New', 'Set', 'Remove'].map((verb) => `${verb}-UnifiedAuditLogRetentionPolicy`),
]

/** Entra's for new accounts, and for what decides who gets in. */
const waysIn = [
  'Add user.',
  'Invite external user.',
  'Set domain authentication.',
  'Set federation settings on domain.',
]
const policies = ['Add', 'Update', 'Delete'].map((verb) => `${verb} conditional access policy.`)

const telling = categories
  .flatMap((category) => operationsOf(category, 'audit'))
  .flatMap(({ operations }) => Object.keys(operations))
  .filter((name) => tellingOf(name) !== undefined)

/** Operations whose name alone tells that a role was given, mailboxes exported or shown, a way out for mail made, a way in changed, or auditing; Entra's also without their dot. */
export const weightyOperations: readonly string[] = [...telling, ...waysIn, ...policies, ...auditingCmdlets].flatMap(
  (name) => (name.endsWith('.') ? [name, name.slice(0, -1)] : [name]),
)

/** Of other cmdlets, what says in their words that auditing, or what is kept, was changed. */
export const auditingParameters = [
  ...['AuditEnabled', 'AuditDisabled', 'AuditOwner', 'AuditDelegate', 'AuditAdmin', 'AuditLogAgeLimit'],
  ...['LitigationHoldEnabled', 'SingleItemRecoveryEnabled'],
] as const
