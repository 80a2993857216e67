import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { stateKinds } from '#src/reports/state-kinds.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const name = '2026-03-10 mailboxes'

test('mailboxes of Get-Mailbox, as JSON or CSV, and Hawk’s forwarding report say to where all mail is sent on', async () => {
  const json = JSON.stringify([
    {
      ...{
        RunspaceId: 'x',
        UserPrincipalName: 'Alice@contoso.example',
        ForwardingSmtpAddress: 'smtp:Eve@evil.example',
      },
      ...{
        ForwardingAddress: null,
        DeliverToMailboxAndForward: true,
        AuditEnabled: true,
        EmailAddresses: ['SMTP:a@b'],
      },
    },
    { PrimarySmtpAddress: 'bob@contoso.example', ForwardingSmtpAddress: null, DeliverToMailboxAndForward: false },
  ])
  const hawk =
    'DisplayName,UserPrincipalName,PrimarySMTPAddress,ForwardingSMTPAddress,ForwardingAddress,DeliverToMailboxAndForward,WhenChangedUTC\n' +
    'Alice,alice@contoso.example,alice@contoso.example,smtp:eve@evil.example,,True,3/9/2026 8:00:00 AM\n' +
    'Bob,bob@contoso.example,bob@contoso.example,,,False,3/9/2026 8:00:00 AM\n'

  const all = await Promise.all([documentsOf(json, name), documentsOf(hawk, name)])

  expect(all.map(({ shape }) => shape)).toEqual(['mailboxes', 'mailboxes-csv'])
  for (const { documents } of all) {
    expect(documents).toMatchObject([
      {
        ...{ 'event.action': 'Mailbox', 'event.kind': 'state', 'hoofprint.mailbox': 'alice@contoso.example' },
        'email.to.address': ['eve@evil.example'],
        'hoofprint.rule.summary': expect.stringMatching(/^forwards all mail to .*, keeps a copy in the mailbox$/),
      },
      { 'hoofprint.mailbox': 'bob@contoso.example' },
    ])
    expect(documents[1]?.['email.to.address']).toBeUndefined()
    expect(documents[1]?.['hoofprint.rule.summary']).toBeUndefined()
  }
})

test('a listing that leaves ForwardingAddress out does not say that no mail is sent on', async () => {
  const text = 'UserPrincipalName,ForwardingSmtpAddress\nalice@contoso.example,\n'
  const both = 'UserPrincipalName,ForwardingSmtpAddress,ForwardingAddress\nalice@contoso.example,,\n'

  const told = await Promise.all([text, both].map((one) => documentsOf(one, name)))

  expect(
    told.map(({ documents: [document], cut }) => [document && stateKinds['Mailbox']?.says(document), cut]),
  ).toEqual([
    ['forwards no mail by ForwardingSmtpAddress', [false]],
    ['forwards no mail', [false]],
  ])
})

test('members of JSON count under whatever case a script selected them by', async () => {
  const json = JSON.stringify([{ NAME: 'alice', ForwardingSMTPAddress: 'smtp:eve@evil.example' }])

  const { documents } = await documentsOf(json, name)

  expect(documents).toMatchObject([{ 'hoofprint.mailbox': 'alice', 'email.to.address': ['eve@evil.example'] }])
})

test('settings of auditing are told under Exchange’s names, whichever tool lists them', async () => {
  const suite =
    'UserPrincipalName,DisplayName,AuditEnabled,AuditBypassEnabled,OwnerAuditActions,EffectiveAuditState\n' +
    'alice@contoso.example,Alice,True,False,"HardDelete, MailItemsAccessed",Enabled (Organization Policy)\n'
  const bypass = JSON.stringify([{ Identity: 'bob', AuditBypassEnabled: true }])

  const [status, exempt] = await Promise.all([documentsOf(suite, name), documentsOf(bypass, name)])

  expect([status?.shape, exempt?.shape]).toEqual(['mailbox-auditing-csv', 'audit-bypass'])
  expect(status?.documents).toMatchObject([
    { 'event.action': 'MailboxAuditing', 'o365.state': { AuditOwner: 'HardDelete, MailItemsAccessed' } },
  ])
  expect(exempt?.documents).toMatchObject([
    { 'hoofprint.mailbox': 'bob', 'o365.state': { AuditBypassEnabled: 'True' } },
  ])
})

test('that the unified audit log, or auditing of all mailboxes, is off is told of the tenant, and of a list that was cut not what it lacks', async () => {
  const log = 'AdminAuditLogEnabled,UnifiedAuditLogIngestionEnabled,Identity\nTrue,False,Default\n'
  const organization = JSON.stringify({ Name: 'contoso', AuditDisabled: true, OAuth2ClientProfileEnabled: true })
  const cut =
    'UserPrincipalName,AuditEnabled,AuditOwner\nalice@contoso.example,True,"{Update, HardDelete, Create, Move...}"\n'
  const forwarding =
    'Mailbox Name,Forwarding SMTP Address,Forward To,Deliver To Mailbox and Forward\nalice,eve@evil.example,-,False\n'

  const cmdlets = 'AdminAuditLogEnabled,UnifiedAuditLogIngestionEnabled,Identity\nFalse,True,Default\n'

  const all = await Promise.all([log, organization, cmdlets, cut, forwarding].map((text) => documentsOf(text, name)))

  expect(all.flatMap(({ documents }) => documents.map(toldOf))).toEqual([
    [
      'AuditLog',
      expect.stringMatching(/^the unified audit log is off for everybody, unless it was asked in Sec/),
      true,
    ],
    ['AuditLog', 'auditing of all mailboxes is off', true],
    ['AuditLog', 'the log of administrators’ cmdlets is off', true],
    ['MailboxAuditing', 'it names nothing that is not recorded', false],
    ['Mailbox', 'forwards all mail to eve@evil.example, keeps no copy in the mailbox', true],
  ])
})

test('what of a mailbox is not recorded is told, and is to be looked at where that is all', async () => {
  const rows = [
    'UserPrincipalName,AuditEnabled,AuditBypassEnabled,OwnerAuditActions,DelegateAuditActions,EffectiveAuditState',
    'a@contoso.example,True,False,HardDelete,"HardDelete, MailItemsAccessed",Enabled (Organization Policy)',
    'b@contoso.example,True,False,"mailitemsaccessed, searchqueryinitiated",HardDelete,Enabled (Organization Policy)',
    'c@contoso.example,False,False,,,Enabled (Organization Policy)',
    ...['d@contoso.example,False,False,,,', 'e@contoso.example,True,False,,,Disabled', 'f@contoso.example,,True,,,'],
  ]

  const { documents } = await documentsOf(rows.join('\n'), name)

  expect(documents.map(toldOf).map(([, ...told]) => told)).toEqual([
    [expect.stringMatching(/^which mails its owner reads is not .*; what its owner searches for is not [^;]*$/), false],
    ['which mails delegates read is not recorded (MailItemsAccessed)', false],
    ['it names nothing that is not recorded', false],
    ['auditing is switched off, unless the organization audits all mailboxes', true],
    ['auditing is off', true],
    ['what its user does in mailboxes is exempt from auditing', true],
  ])
})

/** What is told of a document, and whether it is to be looked at: here that is all that is there. */
function toldOf(document: EcsDocument) {
  const { [document['event.action']]: kind } = stateKinds
  expect(kind?.isThere?.(document)).toBe(kind?.isNotable(document))
  return [document['event.action'], kind?.says(document), kind?.isNotable(document)]
}
