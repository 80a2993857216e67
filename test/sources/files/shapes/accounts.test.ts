import { expect, test } from '@jest/globals'
import { stateKinds } from '#src/reports/state-kinds.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const app = '31f7a8e7-29e9-49f2-a35e-b2bf6665749b'
const upn = 'eve@contoso.example'

type Row = readonly [mailbox: string | undefined, object: string | undefined, says: string, isNotable: boolean]

test.each<[string, string, string, ...Row[]]>([
  [
    'Get-AdminUsers of Microsoft-Extractor-Suite',
    `Role,UserName,UserId,AccountEnabled\nGlobal Administrator,${upn},1,True\nDirectory Readers,bob@contoso.example,2,True\n`,
    'role-members-csv',
    [upn, 'Global Administrator', 'given', true],
    ['bob@contoso.example', 'Directory Readers', 'given', false],
  ],
  [
    'Get-PIMAssignments of Microsoft-Extractor-Suite',
    `RoleName,UserPrincipalName,AssignmentType,SourceName,AssignmentStatus,StartDateTime,EndDateTime\nExchange Administrator,${upn},PIM Eligible,N/A,Eligible,2026-03-09T08:00:00Z,Permanent\nExchange Administrator,bob@contoso.example,PIM Eligible,Helpdesk,Active,,\n`,
    'role-assignments-csv',
    [upn, 'Exchange Administrator', 'Eligible; since 2026-03-09T08:00:00Z; until Permanent', true],
    ['bob@contoso.example', 'Exchange Administrator', 'Active; by the group Helpdesk', true],
  ],
  [
    'CRT',
    `Role,Display Name,User Principal Name\nUser Administrator,Eve,${upn}\n`,
    'role-report-csv',
    [upn, 'User Administrator', 'given', true],
  ],
  [
    'Hawk’s administrators, of whom a role may have none',
    JSON.stringify([
      { AdminGroupName: 'Global Administrator', Members: 'No Members', MemberType: 'None' },
      { AdminGroupName: 'Global Administrator', Members: upn, MemberType: 'User' },
    ]),
    'administrators',
    [undefined, 'Global Administrator', 'nobody has it', false],
    [upn, 'Global Administrator', 'given', true],
  ],
  [
    'Hawk’s administrators of Exchange',
    `ExchangeAdminGroup,Members,RecipientType\nOrganization Management,${upn},MailUser\n`,
    'exchange-administrators-csv',
    [upn, 'Organization Management', 'given', true],
  ],
  [
    'Get-MFA of Microsoft-Extractor-Suite',
    `user,MFAstatus,email,app,password,phone\n${upn},Enabled,False,True,True,True\nbob@contoso.example,Disabled,False,False,True,False\n`,
    'sign-in-methods-csv',
    [upn, undefined, 'app; phone', false],
    ['bob@contoso.example', undefined, 'none beside a password', false],
  ],
  [
    'ways to sign in of which Export-Csv wrote the type alone',
    `UserPrincipalName,MethodsRegistered\n${upn},System.String[]\n`,
    'sign-in-registrations-csv',
    [upn, undefined, 'the file lost what it says of Methods', false],
  ],
  [
    'a role of which the type of its members is left',
    'AdminGroupName,Members,MemberType\nGlobal Administrator,System.Object[],User\n',
    'administrators-csv',
    [undefined, 'Global Administrator', 'the file lost what it says of Member', true],
  ],
  [
    'Graph’s userRegistrationDetails',
    JSON.stringify({
      value: [{ id: '1', userPrincipalName: upn, isMfaRegistered: true, methodsRegistered: ['mobilePhone'] }],
    }),
    'sign-in-registrations',
    [upn, undefined, 'mobilePhone', false],
  ],
  [
    'a report of AdminDroid',
    `Name,UPN,Authentication Methods,MFA Status\nEve,${upn},"PhoneAuthentication,Password",Enabled\n`,
    'mfa-status-report-csv',
    [upn, undefined, 'PhoneAuthentication,Password', false],
  ],
  [
    'Get-MobileDevice, new in a form of dates that may have either first, and old',
    'DeviceId,DeviceType,DeviceModel,Identity,FirstSyncTime\n' +
      'A1,iPhone,iPhone12,alice\\ExchangeActiveSyncDevices\\x,9/3/2026 8:00:00 AM\n' +
      'B2,Outlook,,contoso.example/alice/ExchangeActiveSyncDevices/x,2024-01-05T08:00:00Z\n',
    'mobile-devices-csv',
    ['alice', 'A1', 'iPhone12; iPhone; first synchronized 9/3/2026 8:00:00 AM', true],
    ['alice', 'B2', 'Outlook; first synchronized 2024-01-05T08:00:00Z', false],
  ],
  [
    'Get-MobileDevice with more columns, new for half a year up to the day of the listing',
    'DeviceId,DeviceType,FriendlyName,DeviceOS,DeviceUserAgent,ClientType,DeviceAccessState,Identity,FirstSyncTime,LastSuccessSync\n' +
      ',,Phone,iOS 19,Apple/1,EAS,Allowed,contoso.example/alice/ExchangeActiveSyncDevices/x,3/9/2026 8:00:00 AM,\n' +
      'A2,,,,,,,contoso.example/alice/ExchangeActiveSyncDevices/x,2025-11-25T08:00:00Z,2026-03-11T08:00:00Z\n' +
      'A3,,,,,,,contoso.example/alice/ExchangeActiveSyncDevices/x,2026-03-12T08:00:00Z,\nA4,,,,,,,contoso.example/alice/ExchangeActiveSyncDevices/x,2026-04-01T08:00:00Z,\n',
    'mobile-devices-csv',
    ['alice', 'Phone', 'iOS 19; Apple/1; EAS; Allowed; first synchronized 3/9/2026 8:00:00 AM', true],
    [
      'alice',
      'A2',
      'not described; first synchronized 2025-11-25T08:00:00Z; last synchronized 2026-03-11T08:00:00Z',
      true,
    ],
    ['alice', 'A3', 'not described; first synchronized 2026-03-12T08:00:00Z', true],
    ['alice', 'A4', 'not described; first synchronized 2026-04-01T08:00:00Z', false],
  ],
  [
    'Graph’s applications, never with a secret',
    JSON.stringify([
      {
        ...{ appId: app, displayName: 'Backup' },
        keyCredentials: [
          { displayName: 'y', startDateTime: '2020-01-05T08:00:00Z', endDateTime: '2030-01-05T08:00:00Z' },
        ],
        passwordCredentials: [
          {
            displayName: 'x',
            startDateTime: '2026-03-09T08:00:00Z',
            endDateTime: '2028-03-09T08:00:00Z',
            secretText: 'no',
          },
        ],
      },
      { appId: 'a2', displayName: 'Old', passwordCredentials: [], keyCredentials: [] },
      {
        ...{ appId: 'a3', displayName: 'Deep', keyCredentials: [] },
        passwordCredentials: ['@{displayName=x; startDateTime=01/05/2020 00:00:00; secretText=no}'],
      },
      {
        ...{ appId: 'a4', displayName: 'Not deep', keyCredentials: [] },
        passwordCredentials: ['Microsoft.Graph.PowerShell.Models.MicrosoftGraphPasswordCredential'],
      },
      { appId: 'a5', displayName: null, passwordCredentials: [], keyCredentials: [] },
    ]),
    'application-credentials',
    [
      undefined,
      'Backup',
      'password “x” from 2026-03-09T08:00:00Z to 2028-03-09T08:00:00Z; key “y” from 2020-01-05T08:00:00Z to 2030-01-05T08:00:00Z',
      true,
    ],
    [undefined, 'Old', 'none listed', false],
    [undefined, 'Deep', 'password “x” from 2020-01-05T00:00:00', false],
    [undefined, 'Not deep', 'the file lost what it says of passwordCredentials', true],
    [undefined, 'a5', 'none listed', false],
  ],
  [
    'Hawk’s secrets of applications',
    'AppName,AppObjectID,KeyID,StartDate,EndDate,KeyType,CredType,Hint,secretText\nBackup,o,k,1/5/2020,1/5/2030,,PasswordSecret,no,no\n',
    'application-credential-csv',
    [undefined, 'Backup', 'PasswordSecret from 1/5/2020 to 1/5/2030', false],
  ],
])('%s: what accounts and applications were given', async (_tool, text, shape, ...rows) => {
  const read = await documentsOf(text, '2026-03-12.txt')

  expect(read.shape).toBe(shape)
  const told = read.documents.map((document) => {
    const kind = stateKinds[document['event.action']]
    const mailbox = document['hoofprint.mailbox'] || undefined
    return [mailbox, kind?.object?.(document), kind?.says(document), kind?.isNotable(document)]
  })
  expect(told).toEqual(rows)
  const absent = read.documents.filter(
    (document) => stateKinds[document['event.action']]?.isThere?.(document) === false,
  )
  expect(absent).toHaveLength(rows.filter(([, , says]) => ['none listed', 'nobody has it'].includes(says)).length)
  expect(JSON.stringify(read.documents)).not.toMatch(/secretText|hint/i)
})
