import { mailAddress } from './starts-row.ts'
import { type StateForm, stateShapes, withoutDashes } from './states.ts'

const addresses = ['UserPrincipalName', 'PrimarySmtpAddress', 'WindowsEmailAddress']
const whose = [...addresses, 'Identity', 'Alias', 'Name', 'DisplayName']
const reportNames = {
  'forwarding smtp address': 'ForwardingSmtpAddress',
  'deliver to mailbox and forward': 'DeliverToMailboxAndForward',
}
const begins = { UserPrincipalName: mailAddress, PrimarySmtpAddress: mailAddress }

// Columns: Get-Mailbox and Get-EXOMailbox, of which Hawk's forwarding reports have some; Get-MailboxAuditStatus of Microsoft-Extractor-Suite;
// Get-MailboxAuditBypassAssociation; Get-AdminAuditLogConfig, Get-OrganizationConfig; reports of AdminDroid (GetPrintableValue: `-` for nothing); what a
// script of o365reports.com that many use calls those of Get-EXOMailbox.
const forms: readonly StateForm[] = [
  {
    name: 'mailboxes',
    title: 'Mailboxes listed by Get-Mailbox, or by Hawk',
    operation: 'Mailbox',
    columns: ['ForwardingSmtpAddress'],
    oneOf: whose,
    tells: ['ForwardingAddress'],
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
      ...reportNames,
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
  {
    name: 'audit-log-setting',
    title: 'The setting of the audit log listed by Get-AdminAuditLogConfig',
    operation: 'AuditLog',
    columns: ['UnifiedAuditLogIngestionEnabled'],
    whose: [],
  },
  {
    name: 'organization-auditing',
    title: 'Auditing of all mailboxes listed by Get-OrganizationConfig',
    operation: 'AuditLog',
    columns: ['AuditDisabled', 'OAuth2ClientProfileEnabled'],
    whose: [],
  },
  {
    name: 'forwarding-report',
    title: 'Mailboxes that forward listed by AdminDroid',
    operation: 'Mailbox',
    columns: ['Mailbox Name', 'Forwarding SMTP Address', 'Forward To'],
    whose: ['Mailbox Name'],
    names: { 'forward to': 'ForwardingAddress', ...reportNames },
    make: withoutDashes,
  },
]

/** Every form in which mailboxes are listed. */
export const mailboxes = forms.map(stateShapes)
