import { describe, expect, test } from '@jest/globals'
import type { Dataset, JsonObject } from '#src/activity.ts'

import { documentOf, documentOfAudit } from '../support/audit.ts'

const exchange = '00000002-0000-0ff1-ce00-000000000000'
const graph = '00000003-0000-0000-c000-000000000000'
const stranger = '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1'
const principal = 'e81c4a52-0b6f-4d39-9a17-3f6d2c8b5e04'

describe('which application acted is told by', () => {
  test.each<[string, JsonObject, string | undefined]>([
    [
      'its context, before what it called',
      { AppAccessContext: { ClientAppId: stranger }, ClientAppId: '', AppId: graph },
      stranger,
    ],
    ['the client’s id, in whatever case', { ClientAppId: stranger.toUpperCase(), AppId: exchange }, stranger],
    ['the id in its line', { ClientInfoString: `Client=REST;Sync[AppId=${stranger}];`, AppId: exchange }, stranger],
    ['the id of a logon', { Operation: 'UserLoggedIn', ApplicationId: stranger }, stranger],
    ['the only id there is', { Operation: 'MailItemsAccessed', AppId: exchange }, exchange],
    ['no id of zeros', { ClientAppId: '00000000-0000-0000-0000-000000000000', AppId: stranger }, stranger],
    ['no text that is no id', { ApplicationId: 'Not Available' }, undefined],
  ])('%s', (_, record, id) => {
    expect(documentOfAudit(record)['hoofprint.application.id']).toBe(id)
  })

  test.each<[Dataset, string, JsonObject]>([
    ['azure.signinlogs', 'Sign-in activity', { appId: stranger.toUpperCase(), appDisplayName: 'eM Client' }],
    ['azure.signinlogs', 'Sign-in activity', { appId: stranger, servicePrincipalId: principal }],
    ['azure.graphactivitylogs', 'Microsoft Graph Activity', { appId: stranger, requestMethod: 'GET' }],
  ])('a record of %s: %s', (dataset, operation, record) => {
    expect(documentOf({ dataset, operation, record })['hoofprint.application.id']).toBe(stranger)
  })
})

describe('which application was let in is told by', () => {
  test.each<[string, string, JsonObject, string | undefined, string | undefined]>([
    [
      'who is granted the right, not whose right it is',
      'Add delegated permission grant.',
      {
        ModifiedProperties: [
          changed('DelegatedPermissionGrant.Scope', '"Mail.Read offline_access"'),
          changed('ServicePrincipal.DisplayName', '"Mail Archiver"'),
          changed('ServicePrincipal.AppId', `"${stranger}"`),
          changed('TargetId.ServicePrincipalNames', `"${graph}/ags.windows.example;${graph}"`),
        ],
        Target: [{ ID: 'Microsoft Graph', Type: 1 }],
      },
      stranger,
      'Mail Archiver',
    ],
    [
      'nothing where only the right is named',
      'Add app role assignment to service principal.',
      {
        ModifiedProperties: [
          changed('AppRole.Value', '"Mail.Read"'),
          changed('TargetId.ServicePrincipalNames', `"${graph}"`),
        ],
        Target: [{ ID: 'Microsoft Graph', Type: 1 }],
      },
      undefined,
      undefined,
    ],
    [
      'the target where a user is let into it',
      'Add app role assignment grant to user.',
      {
        ModifiedProperties: [
          changed('AppRole.Id', '"00000000-0000-0000-0000-000000000000"'),
          changed('User.UPN', '"alice@contoso.example"'),
          changed('TargetId.ServicePrincipalNames', `"${stranger}"`),
        ],
        Target: [{ ID: 'Mail Archiver', Type: 1 }],
      },
      stranger,
      'Mail Archiver',
    ],
    [
      'the names of the service principal',
      'Consent to application.',
      {
        ModifiedProperties: [
          changed('ConsentAction.Permissions', '"[] => [[Scope: Mail.Read]]"'),
          changed('TargetId.ServicePrincipalNames', `"https://archiver.example/primary;${stranger}"`),
        ],
        ObjectId: principal,
        Target: [
          { ID: principal, Type: 2 },
          { ID: 'Mail Archiver', Type: 1 },
        ],
      },
      stranger,
      'Mail Archiver',
    ],
    [
      'the names among the targets',
      'Consent to application.',
      { Target: [{ ID: `${stranger};https://archiver.example`, Type: 4 }] },
      stranger,
      undefined,
    ],
    [
      'the name that a directory audit has for its target',
      'Consent to application',
      {
        ModifiedProperties: [changed('TargetId.ServicePrincipalNames', `"${stranger}"`)],
        ObjectId: 'Mail Archiver',
        Target: [{ ID: 'Mail Archiver', Type: 0 }],
      },
      stranger,
      'Mail Archiver',
    ],
    [
      'what a new principal is of',
      'Add service principal.',
      { ModifiedProperties: [changed('AppPrincipalId', `[\r\n  "${stranger}"\r\n]`)] },
      stranger,
      undefined,
    ],
    [
      'what it was, where it was taken away',
      'Remove delegated permission grant.',
      { ModifiedProperties: [{ Name: 'ServicePrincipal.AppId', NewValue: '""', OldValue: `"${stranger}"` }] },
      stranger,
      undefined,
    ],
    [
      'the cmdlet’s parameter, not the application that it was called with',
      'New-ServicePrincipal',
      { AppId: exchange, Parameters: [{ Name: 'AppId', Value: stranger }] },
      stranger,
      undefined,
    ],
    ['no id of a principal', 'Consent to application.', { ObjectId: principal }, undefined, undefined],
  ])('%s', (_, Operation, record, id, name) => {
    const document = documentOfAudit({ Operation, RecordType: 8, ...record })

    expect(document['hoofprint.application.id']).toBe(id)
    expect(document['application.name']).toBe(name)
  })
})

function changed(Name: string, NewValue: string) {
  return { Name, NewValue, OldValue: '' }
}
