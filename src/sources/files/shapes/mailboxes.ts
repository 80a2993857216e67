import { type StateForm, stateShapes, withoutDashes } from './states.ts'

const whose = [
  'UserPrincipalName',
  'PrimarySmtpAddress',
  'WindowsEmailAddress',
  'Identity',
  'Alias',
  'Name',
  'DisplayName',
]
const begins = { UserPrincipalName: /^[^\s@]+@[^\s@]+$/, PrimarySmtpAddress: /^[^\s@]+@[^\s@]+$/ }

// Columns: Get-Mailbox and Get-EXOMailbox, of which Hawk's forwarding reports have some; Get-MailboxAuditStatus of Microsoft-Extractor-Suite;
// Get-MailboxAuditBypassAssociation; what a script of o365reports.com that many use calls those of Get-EXOMailbox.
const forms: readonly StateForm[] = [
  {
    name: 'mailboxes',
    title: 'Mailboxes listed by Get-Mailbox, or by Hawk',
    operation: 'Mailbox',
    columns: ['ForwardingSmtpAddress'],
    oneOf: whose,
    ...{ whose, begins },
    names: { forwardingsmtpaddress: 'ForwardingSmtpAddress', delivertomailboxandforward: 'DeliverToMailboxAndForward' },
  },
  {
    name: 'report-mailboxes',
    title: 'Forwarding of mailboxes as scripts of administrators list it',
    operation: 'Mailbox',
    columns: ['User Principal Name', 'Forwarding SMTP Address'],
    names: {
      ...{ 'user principal name': 'UserPrincipalName', 'forwarding address': 'ForwardingAddress' },
      ...{ 'forwarding smtp address': 'ForwardingSmtpAddress' },
      'deliver to mailbox and forward': 'DeliverToMailboxAndForward',
    },
    whose: ['UserPrincipalName'],
    make: withoutDashes,
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
