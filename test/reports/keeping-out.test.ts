import { expect, test } from '@jest/globals'
import { keptOutOf } from '#src/reports/keeping-out.ts'
import { reported } from '../support/reported.ts'

const target = { 'user.target.email': 'Mara@contoso.example' }
const mailbox = { 'hoofprint.mailbox': 'Mara@contoso.example' }
const modified = (name: string, NewValue: string) => ({
  ...target,
  'o365.audit': { ModifiedProperties: { [name]: { NewValue } } },
})
const parameters = (given: object) => ({ ...mailbox, 'o365.audit': { Parameters: given } })
const of = (operation: string, fields: object) => keptOutOf(reported({ 'event.action': operation, ...fields }).document)

test.each<[operation: string, fields: object]>([
  ['Reset user password.', target],
  ['Change user password.', target],
  ['Reset password (self-service)', target],
  ['Update PasswordProfile', target],
  ['Update StsRefreshTokenValidFrom Timestamp.', target],
  ['Disable account.', target],
  ['Delete user', { 'user.target.email': 'aaaaaaaa000040008000000000000011mara@contoso.example' }],
  ['Hard Delete user.', target],
  ['Update user.', modified('AccountEnabled', '[\r\n  false\r\n]')],
  ['Update user', modified('StsRefreshTokensValidFrom', '["2026-03-05T09:00:00Z"]')],
  ['Set-User', parameters({ AccountDisabled: 'True' })],
  ['Set-Mailbox', parameters({ AccountDisabled: '$true' })],
  ['Set-Mailbox', parameters({ Password: 'System.Security.SecureString' })],
  ['Remove-Mailbox', mailbox],
])('%s keeps people out of an account', (operation, fields) => {
  expect(of(operation, fields)).toBe('mara@contoso.example')
})

test.each<[operation: string, fields: object]>([
  ['Set force change user password.', target],
  ['User started password reset', target],
  ['Enable account.', target],
  ['Update user.', modified('AccountEnabled', '[true]')],
  ['Update user.', modified('Department', '["false"]')],
  ['Set-User', parameters({ AccountDisabled: 'False' })],
  ['Set-Mailbox', parameters({ HiddenFromAddressListsEnabled: 'True' })],
  ['Disable-Mailbox', mailbox],
])('%s keeps nobody out who had got in', (operation, fields) => {
  expect(of(operation, fields)).toBeUndefined()
})
