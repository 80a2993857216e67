import { type StateForm, stateShapes } from './states.ts'

const whose = ['UserPrincipalName', 'PrimarySmtpAddress', 'WindowsEmailAddress', 'Identity', 'Alias', 'Name']
const begins = { UserPrincipalName: /^[^\s@]+@[^\s@]+$/, PrimarySmtpAddress: /^[^\s@]+@[^\s@]+$/ }

// Columns: Get-Mailbox and Get-EXOMailbox, of which Hawk's forwarding reports have some; Get-MailboxAuditStatus of Microsoft-Extractor-Suite;
// Get-MailboxAuditBypassAssociation.
const forms: readonly StateForm[] = [
  {
    name: 'mailboxes',
    title: 'Mailboxes listed by Get-Mailbox, or by Hawk',
    operation: 'Mailbox',
    columns: ['ForwardingSmtpAddress'],
    oneOf: whose,
    tells: ['ForwardingAddress'],
    ...{ whose, begins },
  },
  {
    name: 'mailbox-auditing',
    title: 'Auditing of mailboxes listed by Get-MailboxAuditStatus of Microsoft-Extractor-Suite',
    operation: 'MailboxAuditing',
    columns: ['AuditEnabled'],
    oneOf: whose,
    ...{ whose, begins },
    names: { ownerauditactions: 'AuditOwner', delegateauditactions: 'AuditDelegate', adminauditactions: 'AuditAdmin' },
  },
  {
    name: 'audit-bypass',
    title: 'Who is exempt from auditing, listed by Get-MailboxAuditBypassAssociation',
    operation: 'MailboxAuditing',
    columns: ['AuditBypassEnabled'],
    oneOf: whose,
    ...{ whose, begins },
  },
]

/** Every form in which mailboxes are listed. */
export const mailboxes = forms.map(stateShapes)
