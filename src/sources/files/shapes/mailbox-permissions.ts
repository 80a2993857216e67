import { mailAddress } from './starts-row.ts'
import { type StateForm, stateShapes } from './states.ts'

const begins = { RunspaceId: /^[\da-f-]{36}$/i, IsInherited: /^(?:True|False)$/i }

// Columns: Get-MailboxPermission, Get-RecipientPermission; Get-MailboxPermissions of Microsoft-Extractor-Suite, which has a row for each mailbox.
const forms: readonly StateForm[] = [
  {
    name: 'mailbox-permissions',
    title: 'Permissions of mailboxes listed by Get-MailboxPermission',
    operation: 'MailboxPermission',
    columns: ['Identity', 'User', 'AccessRights', 'IsInherited'],
    ...{ whose: ['Identity'], begins },
  },
  {
    name: 'recipient-permissions',
    title: 'Permissions to send as others listed by Get-RecipientPermission',
    operation: 'RecipientPermission',
    columns: ['Identity', 'Trustee', 'AccessRights'],
    ...{ whose: ['Identity'], begins, names: { trustee: 'User' } },
  },
  {
    name: 'mailbox-delegates',
    title: 'Permissions of mailboxes listed by Get-MailboxPermissions of Microsoft-Extractor-Suite',
    operation: 'MailboxDelegates',
    columns: ['UserPrincipalName', 'FullAccessUsers', 'SendAsUsers', 'SendOnBehalfUsers'],
    whose: ['UserPrincipalName'],
    begins: { UserPrincipalName: mailAddress },
  },
]

/** Every form in which permissions of mailboxes are listed. */
export const mailboxPermissions = forms.map(stateShapes)
