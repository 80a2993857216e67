import type { EcsDocument } from '../document.ts'
import { isLost, isOff, isOn, list, type Reader, told } from './state-said.ts'

type Gap = readonly [is: (document: EcsDocument) => boolean, says: string]

// "Turn auditing on or off" says that UnifiedAuditLogIngestionEnabled is False in Security & Compliance PowerShell whatever it is. "Manage mailbox auditing":
// what somebody is exempt from counts in all mailboxes; AuditEnabled of a mailbox is ignored where the organization audits all by default; the lists of
// actions count in either case.
const ofEverything: readonly Gap[] = [
  [
    (document) => isOff(document, 'UnifiedAuditLogIngestionEnabled'),
    'the unified audit log is off for everybody, unless it was asked in Security & Compliance PowerShell, which says so always',
  ],
  [(document) => isOff(document, 'AdminAuditLogEnabled'), 'the log of administrators’ cmdlets is off'],
  [(document) => isOn(document, 'AuditDisabled'), 'auditing of all mailboxes is off'],
  [(document) => isOn(document, 'AuditBypassEnabled'), 'what its user does in mailboxes is exempt from auditing'],
  [(document) => /^disabled/i.test(told(document, 'EffectiveAuditState') ?? ''), 'auditing is off'],
  [
    (document) => told(document, 'EffectiveAuditState') === undefined && isOff(document, 'AuditEnabled'),
    'auditing is switched off, unless the organization audits all mailboxes',
  ],
]

const gaps: readonly Gap[] = [
  ...ofEverything,
  [
    (document) => lacks(document, 'AuditOwner', 'MailItemsAccessed'),
    'which mails its owner reads is not recorded (MailItemsAccessed)',
  ],
  [
    (document) => lacks(document, 'AuditDelegate', 'MailItemsAccessed'),
    'which mails delegates read is not recorded (MailItemsAccessed)',
  ],
  [
    (document) => lacks(document, 'AuditOwner', 'SearchQueryInitiated'),
    'what its owner searches for is not recorded (SearchQueryInitiated)',
  ],
]

/** Whether nothing that is done there, or by whose mailbox it is, is recorded. */
export function isUnaudited(document: EcsDocument): boolean {
  return ofEverything.some(([is]) => is(document))
}

/** What of that which is done there is not recorded, as far as the listing says. */
export const unrecorded: Reader = (document) =>
  list(gaps.filter(([is]) => is(document)).map(([, says]) => says)) || undefined

/** Whether a list of actions that are recorded is told whole, and this is none of them. */
function lacks(document: EcsDocument, name: string, action: string): boolean {
  const actions = told(document, name)
  return actions !== undefined && !isLost(document, name) && !actions.toLowerCase().includes(action.toLowerCase())
}
