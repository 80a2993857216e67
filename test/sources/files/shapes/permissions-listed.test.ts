import { expect, test } from '@jest/globals'
import { stateKinds } from '#src/reports/state-kinds.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const [app, user] = ['2f0a0000-0000-4000-8000-000000000011', '2f0a0000-0000-4000-8000-000000000002']

test.each([
  [
    'Graph’s oauth2PermissionGrants',
    JSON.stringify({
      value: [
        { id: 'x', clientId: app, consentType: 'Principal', principalId: user, resourceId: 'r', scope: 'Mail.Read' },
      ],
    }),
    'graph-permission-grants',
    {
      'event.action': 'OAuthGrant',
      'hoofprint.mailbox': user,
      'o365.state': { ClientObjectId: app, Permission: 'Mail.Read' },
    },
  ],
  [
    'grants of Graph of which a script selected columns',
    `ClientId,ConsentType,PrincipalId,Scope\n${app},Principal,${user},Mail.Read Mail.Send\n`,
    'graph-permission-grants-csv',
    { 'event.action': 'OAuthGrant', 'hoofprint.mailbox': user, 'o365.state': { Permission: 'Mail.Read Mail.Send' } },
  ],
  [
    'Hawk’s consent grants',
    `PermissionType,ClientObjectId,ClientDisplayName,ResourceObjectId,ResourceDisplayName,Permission,ConsentType,PrincipalObjectId\nDelegated,${app},Backup,r,Microsoft Graph,Mail.Read,AllPrincipals,\n`,
    'oauth-permissions-csv',
    { 'event.action': 'OAuthPermission', 'application.name': 'Backup' },
  ],
  [
    'Get-MailboxPermission through ConvertTo-Json',
    JSON.stringify([
      { Identity: 'alice', User: 'eve@contoso.example', AccessRights: ['FullAccess'], IsInherited: false, Deny: false },
    ]),
    'mailbox-permissions',
    {
      'event.action': 'MailboxPermission',
      'hoofprint.mailbox': 'alice',
      'o365.state': { AccessRights: ['FullAccess'] },
    },
  ],
  [
    'Get-RecipientPermission',
    'Identity,Trustee,AccessControlType,AccessRights,IsInherited,InheritanceType\nalice,eve@contoso.example,Allow,SendAs,False,None\n',
    'recipient-permissions-csv',
    { 'event.action': 'RecipientPermission', 'o365.state': { User: 'eve@contoso.example' } },
  ],
  [
    'Get-MailboxPermissions of Microsoft-Extractor-Suite',
    'UserPrincipalName,DisplayName,FullAccessUsers,FullAccessPermissions,SendAsUsers,SendOnBehalfUsers,FullAccessCount\nalice@contoso.example,Alice,Eve (eve@contoso.example),x,,,1\n',
    'mailbox-delegates-csv',
    { 'event.action': 'MailboxDelegates', 'hoofprint.mailbox': 'alice@contoso.example' },
  ],
  [
    'Get-TransportRule through ConvertTo-Json',
    JSON.stringify([
      {
        Name: 'Copies',
        State: 'Enabled',
        Mode: 'Enforce',
        Priority: 0,
        BlindCopyTo: ['eve@evil.example'],
        FromScope: 'InOrganization',
      },
    ]),
    'transport-rules',
    {
      ...{ 'event.action': 'TransportRule', 'rule.name': 'Copies', 'email.to.address': ['eve@evil.example'] },
      'hoofprint.rule.summary': 'when the sender is InOrganization (scope): sends a blind copy to eve@evil.example',
    },
  ],
  [
    'Get-TransportRule as CRT selects it',
    'Name,IsValid,LastModifiedBy,Mode,State,Actions\nCopies,True,Eve,Enforce,Enabled,System.Collections.ArrayList\n',
    'transport-rules-csv',
    { 'rule.name': 'Copies', 'hoofprint.rule.summary': 'the file lost what it says of Actions' },
  ],
  [
    'Get-TransportRule as M365IRScripts selects it',
    'Name,State,Priority,SuspectTraits,BlindCopyTo,RedirectMessageTo\nCopies,Disabled,0,x,eve@evil.example,\n',
    'transport-rule-actions-csv',
    {
      'email.to.address': ['eve@evil.example'],
      'hoofprint.rule.summary': 'switched off: sends a blind copy to eve@evil.example',
    },
  ],
  [
    'mail flow rules of AdminDroid',
    'Mail Flow Rule Name,Redirect To,Stop Processing Rule,State,Mode,Priority\nCopies,eve@evil.example,False,Enabled,Enforce,0\n',
    'transport-rule-report-csv',
    { 'rule.name': 'Copies', 'email.to.address': ['eve@evil.example'] },
  ],
  [
    'permissions of M365IRScripts',
    'Mailbox,UPN,Permission,AssignedTo,MailboxType\nAlice,alice@contoso.example,FullAccess,eve@contoso.example,UserMailbox\n',
    'permission-report-csv',
    {
      ...{ 'event.action': 'MailboxPermission', 'hoofprint.mailbox': 'alice@contoso.example' },
      'o365.state': { User: 'eve@contoso.example', AccessRights: 'FullAccess' },
    },
  ],
  [
    'permissions of AdminDroid',
    'DisplayName,UserPrincipalName,MailboxType,AccessType,UserWithAccess,Roles\nAlice,alice@contoso.example,UserMailbox,SendAs,"eve@contoso.example,mal@contoso.example",\n',
    'access-report-1-csv',
    {
      ...{ 'event.action': 'MailboxDelegates', 'hoofprint.mailbox': 'alice@contoso.example' },
      'o365.state': { SendAsUsers: 'eve@contoso.example,mal@contoso.example' },
    },
  ],
  [
    'consents of M365IRScripts',
    `PrincipalName,PrincipalId,AppDisplayName,AppId,AppEnabled,ResourceName,ConsentType,Scope\nalice@contoso.example,${user},Backup,${app},True,Microsoft Graph,Principal,Mail.Read\n`,
    'oauth-grants-csv',
    {
      ...{ 'event.action': 'OAuthPermission', 'application.name': 'Backup' },
      'o365.state': { Permission: 'Mail.Read', ResourceDisplayName: 'Microsoft Graph' },
    },
  ],
])('%s is a state of the day in the file’s name', async (_tool, text, shape, expected) => {
  const read = await documentsOf(text, '2026-03-10.txt')

  expect(read.shape).toBe(shape)
  expect(read.documents).toMatchObject([
    { ...expected, '@timestamp': '2026-03-10T00:00:00.000Z', 'event.kind': 'state', 'hoofprint.listed.by': 'name' },
  ])
})

test.each([
  [
    'Identity,Trustee,AccessControlType,AccessRights\nalice,eve@contoso.example,Deny,SendAs\nalice,mal@contoso.example,Allow,SendAs\n',
    [
      ['eve@contoso.example', 'denied SendAs', false],
      ['mal@contoso.example', 'SendAs', true],
    ],
  ],
  [
    'Identity,User,AccessRights,IsInherited,Deny\nalice,eve,FullAccess,True,False\nalice,NT AUTHORITY\\SELF,FullAccess,False,False\nalice,mal,FullAccess,False,False\n',
    [
      ['eve', 'FullAccess', false],
      ['NT AUTHORITY\\SELF', 'FullAccess', false],
      ['mal', 'FullAccess', true],
    ],
  ],
  [
    'UserPrincipalName,FullAccessUsers,FullAccessPermissions,SendAsUsers,SendOnBehalfUsers\nalice@contoso.example,Eve,"Eve - Rights: FullAccess, Deny: True",,\n',
    [[undefined, 'FullAccess: Eve - Rights: FullAccess, Deny: True', true]],
  ],
  [
    'UserPrincipalName,FullAccessUsers,SendAsUsers,SendAsPermissions,SendOnBehalfUsers,InboxUsers,CalendarUsers\nalice@contoso.example,,Eve,"Eve - Rights: SendAs, Type: Deny",Mal,Ann,Bo\nbob@contoso.example,,,,,,\n',
    [
      [undefined, 'SendAs: Eve - Rights: SendAs, Type: Deny; SendOnBehalf: Mal; Inbox: Ann; Calendar: Bo', true],
      [undefined, 'nobody else', false],
    ],
  ],
  [
    'PermissionType,ClientObjectId,AppDisplayName,Permission,ConsentType,ApplicationStatus,AppOwnerOrganizationId\nDelegated,a,Backup,Mail.Read,AllPrincipals,Disabled,\nDelegated,a,Backup,Mail.Read,AllPrincipals,Enabled,\n' +
      'Delegated,a,Backup,User.Read,AllPrincipals,Enabled,\nDelegated,a,Office,Mail.Read,AllPrincipals,Enabled,f8cdef31-a31e-4b4a-93e4-5f571e91255a\n',
    [
      ['Backup', 'the application is switched off: Mail.Read for everybody', false],
      ['Backup', 'Mail.Read for everybody', true],
      ['Backup', 'User.Read for everybody', false],
      ['Office', 'Mail.Read for everybody', false],
    ],
  ],
  [
    `ClientId,ConsentType,PrincipalId,Scope\n${app},Principal,${user},Mail.Read\n`,
    [[app, `Mail.Read for ${user}`, true]],
  ],
  [
    `PrincipalName,PrincipalId,AppDisplayName,AppId,AppEnabled,ConsentType,Scope\nalice@contoso.example,${user},Backup,${app},False,Principal,Mail.Read\n`,
    [['Backup', 'the application is switched off: Mail.Read for alice@contoso.example', false]],
  ],
  [
    'Name,State,Priority,Mode,BlindCopyTo\nCopies,Disabled,0,Enforce,eve@evil.example\nMore,Enabled,0,Enforce,eve@evil.example\n',
    [
      ['Copies', 'switched off: sends a blind copy to eve@evil.example', false],
      ['More', 'sends a blind copy to eve@evil.example', true],
    ],
  ],
])('what is denied, inherited, of nobody or of Microsoft, or switched off, is told and not to be looked at: %#', async (text, expected) => {
  const { documents } = await documentsOf(text, '2026-03-10.csv')

  const kinds = documents.map((document) => [document, stateKinds[document['event.action']]] as const)
  expect(
    kinds.map(([document, kind]) => [kind?.object?.(document), kind?.says(document), kind?.isNotable(document)]),
  ).toEqual(expected)
})

test('who has a right is not told as nobody where the list of them was lost', async () => {
  const text =
    'UserPrincipalName,FullAccessUsers,SendAsUsers,SendOnBehalfUsers\n' +
    'alice@contoso.example,System.Object[],,\nbob@contoso.example,,,\n'

  const { documents } = await documentsOf(text, '2026-03-10 permissions.csv')

  const delegates = stateKinds['MailboxDelegates']
  expect(documents.map((document) => [delegates?.says(document), delegates?.isNotable(document)])).toEqual([
    ['the file lost what it says of FullAccessUsers', true],
    ['nobody else', false],
  ])
})
