import type { JsonObject } from '../../../activity.ts'
import { member, textOf } from './members.ts'
import { mailAddress } from './starts-row.ts'
import { type StateForm, stateShapes } from './states.ts'

const begins = { IsInherited: /^(?:True|False)$/i }

// Columns: Get-MailboxPermission, Get-RecipientPermission; Get-MailboxPermissions of Microsoft-Extractor-Suite, which has a row for each mailbox;
// 21-Get-MailboxPermissions of M365IRScripts; reports of AdminDroid.
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
  {
    name: 'permission-report',
    title: 'Permissions of mailboxes listed by M365IRScripts',
    operation: 'MailboxPermission',
    columns: ['UPN', 'Permission', 'AssignedTo'],
    whose: ['UPN'],
    names: { permission: 'AccessRights', assignedto: 'User' },
  },
  ...[
    ['UserPrincipalName', 'AccessType', 'UserWithAccess'],
    ['User PrinciPal Name', 'Access Type', 'User With Access'],
  ].map(
    (columns, i): StateForm => ({
      ...{ name: `access-report-${i + 1}`, title: 'Permissions of mailboxes listed by AdminDroid' },
      ...{ operation: 'MailboxDelegates', columns, whose: [columns[0] as string] },
      make: (record) => withAccess(record, columns),
    }),
  ),
]

/** A row for each right, which all who have it share. */
function withAccess(record: JsonObject, [, type = '', users = '']: readonly string[]): JsonObject {
  const right = (textOf(member(record, type)) ?? '').replaceAll(/[^a-z]/gi, '')
  return { ...record, [`${right}Users`]: member(record, users) ?? null }
}

/** Every form in which permissions of mailboxes are listed. */
export const mailboxPermissions = forms.map(stateShapes)
