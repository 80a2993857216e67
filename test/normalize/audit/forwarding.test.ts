import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import { documentOfAudit } from '../../support/audit.ts'

const parameters = (values: Record<string, Json>) => Object.entries(values).map(([Name, Value]) => ({ Name, Value }))

test.each<[string, string[] | undefined]>([
  ['eve@fabrikam.example', ['eve@fabrikam.example']],
  ['smtp:Eve@Fabrikam.example', ['eve@fabrikam.example']],
  ['SMTP:eve@fabrikam.example', ['eve@fabrikam.example']],
  ['"Eve" [SMTP:eve@fabrikam.example]', ['eve@fabrikam.example']],
  [
    '"Eve; Mallory" [SMTP:eve@fabrikam.example];mallory@fabrikam.example',
    ['eve@fabrikam.example', 'mallory@fabrikam.example'],
  ],
  ['Eve <eve@fabrikam.example>', ['eve@fabrikam.example']],
  ['a@fabrikam.example; A@fabrikam.example;; b@fabrikam.example ;', ['a@fabrikam.example', 'b@fabrikam.example']],
  ['"an open quote; b@fabrikam.example', ['"an open quote', 'b@fabrikam.example']],
  ['EURPR01A001.PROD.OUTLOOK.COM/contoso.example/eve', ['EURPR01A001.PROD.OUTLOOK.COM/contoso.example/eve']],
  [' ; ', undefined],
  ['', undefined],
])('mail forwarded to %j goes to %j', (ForwardTo, to) => {
  expect(
    documentOfAudit({ Operation: 'New-InboxRule', Parameters: parameters({ ForwardTo }) })['email.to.address'],
  ).toEqual(to)
})

test.each([
  ...['ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo', 'RedirectMessageTo', 'BlindCopyTo', 'CopyTo'],
  ...['ForwardingSmtpAddress', 'ForwardingAddress', 'RedirectToRecipients', 'AddToRecipients'],
  'JournalEmailAddress',
])('the parameter %s tells where mail goes', (name) => {
  const document = documentOfAudit({
    Operation: 'Set-TransportRule',
    Parameters: parameters({ [name]: ['a@x.example', 'b@x.example'] }),
  })

  expect(document['email.to.address']).toEqual(['a@x.example', 'b@x.example'])
})

test.each<[JsonObject, string | undefined]>([
  [{ Operation: 'New-InboxRule', Parameters: parameters({ Name: '.' }), ObjectId: 'alice\\other' }, '.'],
  [
    {
      Operation: 'Set-InboxRule',
      Parameters: parameters({ Identity: 'x' }),
      ObjectId: 'EUR/contoso.example/alice\\..',
    },
    '..',
  ],
  [{ Operation: 'Remove-InboxRule', Parameters: parameters({ Identity: 'alice\\17' }) }, '17'],
  [{ Operation: 'Disable-TransportRule', Parameters: parameters({ Identity: 'Disclaimer' }) }, 'Disclaimer'],
  [{ Operation: 'UpdateInboxRules', OperationProperties: parameters({ RuleName: 'a' }) }, 'a'],
  [{ Operation: 'UpdateInboxRules' }, undefined],
  [{ Operation: 'New-Mailbox', Parameters: parameters({ Name: 'bob' }) }, undefined],
])('the rule in %j is called %s', (record, name) => {
  expect(documentOfAudit(record)['rule.name']).toBe(name)
})

test("rules of Outlook's own tell to whom they forward among their actions", () => {
  const RuleActions = '[{"ActionType":"Delete"},{"ActionType":"Forward","Recipients":["a@x.example","b@x.example"]},7]'

  const document = documentOfAudit({ Operation: 'UpdateInboxRules', OperationProperties: parameters({ RuleActions }) })

  expect(document['email.to.address']).toEqual(['a@x.example', 'b@x.example'])
})

test('rules of Outlook on the web tell it among the many properties of each recipient', () => {
  const values = [{ Value: 'Eve' }, { Value: 'Eve@x.example' }]
  const ServerRule = JSON.stringify({
    Actions: [{ ActionType: 'ForwardToRecipientsAction', Recipients: [{ Values: values }] }],
  })

  const document = documentOfAudit({ Operation: 'UpdateInboxRules', OperationProperties: parameters({ ServerRule }) })

  expect(document['email.to.address']).toEqual(['eve@x.example'])
})

test.each<[string, JsonObject, string]>([
  ['Set-Mailbox', { Parameters: parameters({ ForwardingSmtpAddress: 'smtp:a@x.example' }) }, 'forward'],
  ['set-mailbox', { Parameters: parameters({ ForwardingAddress: 'a' }) }, 'forward'],
  ['Set-Mailbox', { Parameters: parameters({ ForwardingSmtpAddress: '' }) }, 'forward'],
  ['Set-Mailbox', { Parameters: '[{"Name":"DeliverToMailboxAndForward","Value":"True"}]' }, 'forward'],
  ['Set-Mailbox', { Parameters: { ForwardingSmtpAddress: 'a@x.example' } }, 'forward'],
  ['Set-Mailbox', { Parameters: parameters({ GrantSendOnBehalfTo: 'a' }) }, 'permission'],
  ['Set-Mailbox', { Parameters: parameters({ AuditEnabled: 'False' }) }, 'admin'],
  ['Set-Mailbox', {}, 'admin'],
  ['New-InboxRule', { Parameters: parameters({ ForwardTo: 'a@x.example' }) }, 'rule'],
  ['Update user.', { ModifiedProperties: [{ Name: 'StrongAuthenticationMethod', NewValue: '[]' }] }, 'account'],
  ['Update User', { ModifiedProperties: [{ Name: 'StrongAuthenticationUserDetails', OldValue: '[]' }] }, 'account'],
  ['Update user.', { ModifiedProperties: [{ Name: 'JobTitle', NewValue: 'x' }] }, 'admin'],
  ['Update user.', { ModifiedProperties: ['StrongAuthenticationMethod'] }, 'admin'],
  ['Create', { Item: { ParentFolder: { Path: '\\Drafts' } } }, 'send'],
  ['Create', { Item: { ParentFolder: { Path: '\\Calendar' } } }, 'calendar'],
  ['Create', { Item: { ParentFolder: { Path: '\\Notes' } } }, 'move'],
  ['Create', {}, 'move'],
  ['Consent to application', {}, 'consent'],
  ['UPDATE APPLICATION – CERTIFICATES AND SECRETS MANAGEMENT', {}, 'consent'],
])('%s with %j is of the category %s', (Operation, record, category) => {
  const document = documentOfAudit({ Operation, ...record })

  expect(document['hoofprint.category']).toBe(category)
  expect(document['event.action']).toBe(Operation)
  expect(document.tags).toEqual([category])
})
