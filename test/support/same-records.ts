import type { JsonObject } from '#src/activity.ts'

const tenant = '2f7c3a54-9f0e-4f52-8f0d-6c5d1b0e7a11'
const [alice, bob, admin] = ['alice@contoso.example', 'bob@contoso.example', 'admin@contoso.example'] as const
const [office, stranger] = ['198.51.100.7', '203.0.113.66'] as const
const session = 'aaaaaaaa-0000-4000-8000-000000000001'
const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

type Given = readonly [Operation: string, RecordType: number, Workload: string, UserId: string, more: JsonObject]

/** Forty things that were done, of all categories, as the Management Activity API tells them: each once. */
export const sameRecords: readonly JsonObject[] = given().map(([Operation, RecordType, Workload, UserId, more], i) => ({
  ...(i % 3 === 0 && {
    AppAccessContext: { AADSessionId: session, CorrelationId: numbered('c', i), UniqueTokenId: `tok${i}` },
  }),
  CreationTime: new Date(Date.UTC(2026, 2, 19, 8, 15, 7) + i * 61_000).toISOString().slice(0, 19),
  Id: numbered('d', i),
  Operation,
  OrganizationId: tenant,
  RecordType,
  ResultStatus: Workload === 'Exchange' && RecordType !== 1 ? 'Succeeded' : RecordType === 1 ? 'True' : 'Success',
  UserKey: '100320015858B802',
  UserType: 0,
  Version: 1,
  Workload,
  UserId,
  ...more,
}))

function given(): Given[] {
  return [
    ...[office, '2001:db8:7::21', stranger].map((ip) => logon('UserLoggedIn', alice, ip, '0')),
    logon('UserLoginFailed', alice, stranger, '50126', 'InvalidUserNameOrPassword'),
    logon('UserLoginFailed', bob, stranger, '50126', 'InvalidUserNameOrPassword'),
    logon('UserLoggedIn', bob, stranger, '50140'),
    ['MailboxLogin', 2, 'Exchange', alice, { ...mailbox(alice, stranger), ResultStatus: 'Succeeded' }],
    read(stranger, '\\Inbox', 3),
    read(stranger, '\\Sent Items', 2),
    read(office, '\\Inbox', 1),
    [
      'MailItemsAccessed',
      2,
      'Exchange',
      alice,
      {
        ...mailbox(alice, stranger),
        OperationProperties: [
          { Name: 'MailAccessType', Value: 'Sync' },
          { Name: 'IsThrottled', Value: 'False' },
        ],
        Item: { Id: 'LgAAsync', ParentFolder: { Id: 'LgAAsync', Name: 'Invoices', Path: '\\Inbox\\Invoices' } },
      },
    ],
    search('invoice "final"'),
    search('payment OR iban'),
    cmdlet('New-InboxRule', alice, {
      Name: '.',
      ForwardTo: 'thief@example.net',
      SubjectContainsWords: 'invoice; "final", payment',
    }),
    cmdlet('Set-InboxRule', alice, { Identity: '.', DeleteMessage: 'True' }),
    cmdlet('Set-Mailbox', admin, {
      Identity: alice,
      ForwardingSmtpAddress: 'smtp:thief@example.net',
      DeliverToMailboxAndForward: 'True',
    }),
    cmdlet('Add-MailboxPermission', admin, { Identity: alice, User: bob, AccessRights: 'FullAccess' }),
    cmdlet('Set-CASMailbox', admin, { Identity: alice, ImapEnabled: 'True' }),
    item('Send', 'Your invoice', '<s1@contoso.example>'),
    item('SendAs', 'Payment details', '<s2@contoso.example>'),
    item('SendOnBehalf', 'Re: Payment details', '<s3@contoso.example>'),
    items('SoftDelete', '<s1@contoso.example>'),
    items('MoveToDeletedItems', '<s2@contoso.example>'),
    items('HardDelete', '<s3@contoso.example>'),
    items('Move', '<m10@contoso.example>'),
    directory(
      'Consent to application.',
      'Mail Helper',
      'ConsentAction.Permissions',
      '[] => [[Id: x, ClientId: y, ConsentType: AllPrincipals, Scope: Mail.Read offline_access]]',
    ),
    directory('Add delegated permission grant.', 'Microsoft Graph', 'DelegatedPermissionGrant.Scope', 'Mail.Read'),
    directory('Add member to role.', bob, 'Role.DisplayName', 'Global Administrator'),
    directory('Remove member from role.', bob, 'Role.DisplayName', 'Global Administrator'),
    directory('Update user.', alice, 'StrongAuthenticationMethod', '[{"MethodType":7,"Default":true}]'),
    directory('Reset user password.', bob, 'PasswordProfile', 'x'),
    directory('Add user.', 'carol@contoso.example', 'AccountEnabled', '[true]'),
    file('FileAccessed', 'Bank details.xlsx'),
    file('FileDownloaded', 'Bank details.xlsx'),
    file('FileDeleted', 'Bank details.xlsx'),
    file('AnonymousLinkCreated', 'Bank details.xlsx', 14),
    [
      'AlertTriggered',
      40,
      'SecurityComplianceCenter',
      'SecurityComplianceAlerts',
      {
        AlertId: 'ab000000-0000-4000-8000-000000000001',
        Name: 'Creation of forwarding/redirect rule',
        Severity: 'Low',
        Status: 'Active',
        Data: '{"f3u":"alice@contoso.example","ts":"2026-03-19T08:30:00Z","op":"MailRedirect"}',
        ResultStatus: '',
      },
    ],
    [
      'AlertEntityGenerated',
      40,
      'SecurityComplianceCenter',
      'SecurityComplianceAlerts',
      {
        AlertId: 'ab000000-0000-4000-8000-000000000001',
        Name: 'Creation of forwarding/redirect rule',
        AlertEntityId: alice,
        EntityType: 'User',
        ResultStatus: '',
      },
    ],
    [
      'AttachmentAccess',
      50,
      'Exchange',
      alice,
      {
        ...mailbox(alice, stranger),
        OperationProperties: [{ Name: 'AttachmentAccessType', Value: 'Download' }],
        Messages: [{ MessageItems: [{ Id: 'RgAA10', InternetMessageId: '<m10@contoso.example>' }] }],
      },
    ],
    ['TeamsSessionStarted', 25, 'MicrosoftTeams', alice, { ClientIP: office }],
  ]
}

function numbered(kind: string, i: number): string {
  return `${kind}0e1f2a3-b4c5-4d6e-8f90-${String(i).padStart(12, 'a')}`
}

function logon(operation: string, user: string, ip: string, error: string, why?: string): Given {
  return [
    operation,
    15,
    'AzureActiveDirectory',
    user,
    {
      ClientIP: ip,
      ActorIpAddress: ip,
      ObjectId: '00000002-0000-0ff1-ce00-000000000000',
      ErrorNumber: error,
      ...(why !== undefined && { LogonError: why }),
      ApplicationId: '00000002-0000-0ff1-ce00-000000000000',
      AzureActiveDirectoryEventType: 1,
      ExtendedProperties: [
        { Name: 'ResultStatusDetail', Value: 'Success' },
        { Name: 'UserAgent', Value: browser },
        { Name: 'RequestType', Value: 'OAuth2:Authorize' },
      ],
      ModifiedProperties: [],
      DeviceProperties: [
        { Name: 'OS', Value: 'Windows10' },
        { Name: 'SessionId', Value: session },
      ],
      Actor: [
        { ID: '0f1e2d3c-0000-4000-8000-000000000001', Type: 0 },
        { ID: user, Type: 5 },
      ],
      Target: [{ ID: '00000002-0000-0ff1-ce00-000000000000', Type: 0 }],
      InterSystemsId: 'e1000000-0000-4000-8000-000000000001',
      IntraSystemId: 'e2000000-0000-4000-8000-000000000001',
    },
  ]
}

function mailbox(owner: string, ip: string): JsonObject {
  return {
    ClientIPAddress: ip,
    ClientInfoString: 'Client=OWA;Action=ViaProxy',
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: 0,
    LogonUserSid: 'S-1-5-21-1',
    MailboxGuid: 'd0c5f8ae-9ed7-4e46-bfdf-ea1460f5a31b',
    MailboxOwnerUPN: owner,
    OrganizationName: 'contoso.onmicrosoft.example',
    OriginatingServer: 'AM0PR01MB0001 (15.20.4200.000)\r\n',
    SessionId: session,
  }
}

function read(ip: string, path: string, count: number): Given {
  const mails = Array.from({ length: count }, (_, i) => `${path.length}${i}`)
  return [
    'MailItemsAccessed',
    50,
    'Exchange',
    alice,
    {
      ...mailbox(alice, ip),
      OperationProperties: [
        { Name: 'MailAccessType', Value: 'Bind' },
        { Name: 'IsThrottled', Value: 'False' },
      ],
      Folders: [
        {
          FolderItems: mails.map((n) => ({
            Id: `RgAA${n}`,
            InternetMessageId: `<m${n}@contoso.example>`,
            SizeInBytes: 1000,
          })),
          Id: 'LgAA1',
          Path: path,
        },
      ],
      OperationCount: count,
    },
  ]
}

function search(text: string): Given {
  return [
    'SearchQueryInitiatedExchange',
    101,
    'Exchange',
    alice,
    {
      ClientIP: stranger,
      QueryText: text,
      QuerySource: 'OWA',
      ScenarioName: 'owa.react',
      ResultStatus: '',
    },
  ]
}

function cmdlet(operation: string, user: string, parameters: Readonly<Record<string, string>>): Given {
  return [
    operation,
    1,
    'Exchange',
    user,
    {
      ClientIP: `${stranger}:49221`,
      ObjectId: 'EURP189A001/contoso.example/alice',
      ExternalAccess: false,
      OrganizationName: 'contoso.onmicrosoft.example',
      Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    },
  ]
}

function item(operation: string, subject: string, id: string): Given {
  return [
    operation,
    2,
    'Exchange',
    alice,
    {
      ...mailbox(alice, stranger),
      Item: {
        Id: `RgAA${id.length}`,
        InternetMessageId: id,
        Subject: subject,
        ParentFolder: { Id: 'LgAA2', Path: '\\Drafts' },
        SizeInBytes: 2000,
      },
    },
  ]
}

function items(operation: string, id: string): Given {
  return [
    operation,
    3,
    'Exchange',
    alice,
    {
      ...mailbox(alice, stranger),
      AffectedItems: [
        {
          Id: 'RgAAx',
          InternetMessageId: id,
          Subject: 'Your invoice',
          ParentFolder: { Id: 'LgAA3', Path: '\\Sent Items' },
        },
      ],
      CrossMailboxOperation: false,
      Folder: { Id: 'LgAA3', Path: '\\Sent Items' },
    },
  ]
}

function directory(operation: string, target: string, property: string, value: string): Given {
  return [
    operation,
    8,
    'AzureActiveDirectory',
    admin,
    {
      ObjectId: target,
      AzureActiveDirectoryEventType: 1,
      ExtendedProperties: [{ Name: 'additionalDetails', Value: JSON.stringify({ 'User-Agent': browser }) }],
      ModifiedProperties: [{ Name: property, NewValue: value, OldValue: '' }],
      Actor: [
        { ID: admin, Type: 5 },
        { ID: '0f1e2d3c-0000-4000-8000-0000000000ad', Type: 2 },
      ],
      Target: [
        { ID: 'User_0f1e2d3c-0000-4000-8000-0000000000aa', Type: 2 },
        { ID: target, Type: target.includes('@') ? 5 : 1 },
      ],
      InterSystemsId: `f1000000-0000-4000-8000-${String(operation.length).padStart(12, '0')}`,
      IntraSystemId: 'f2000000-0000-4000-8000-000000000001',
    },
  ]
}

function file(operation: string, name: string, type = 6): Given {
  const folder = 'https://contoso.sharepoint.example/personal/alice/Documents/'
  return [
    operation,
    type,
    'OneDrive',
    alice,
    {
      ClientIP: stranger,
      ObjectId: `${folder}${name}`,
      ItemType: 'File',
      Site: '11111111-0000-4000-8000-000000000001',
      UserAgent: browser,
      SourceFileName: name,
      SourceFileExtension: 'xlsx',
      SiteUrl: folder,
      SourceRelativeUrl: 'Documents',
      EventSource: 'SharePoint',
    },
  ]
}
