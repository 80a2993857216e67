import { expect, test } from '@jest/globals'
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
])('%s is a state of the day in the file’s name', async (_tool, text, shape, expected) => {
  const read = await documentsOf(text, '2026-03-10.txt')

  expect(read.shape).toBe(shape)
  expect(read.documents).toMatchObject([
    { ...expected, '@timestamp': '2026-03-10T00:00:00.000Z', 'event.kind': 'state', 'hoofprint.listed.by': 'name' },
  ])
})
