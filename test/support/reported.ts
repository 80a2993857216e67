import type { Activity, JsonObject } from '#src/activity.ts'
import type { EcsDocument } from '#src/document.ts'
import { folderFields } from '#src/normalize/audit/folders.ts'
import { ruleSummary } from '#src/normalize/audit/forwarding.ts'
import type { ReportedActivity, ReportedMail } from '#src/reports/reported-activity.ts'

type Given = Readonly<Record<string, unknown>>

const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0'

let count = 0

/** A finished activity as reports get it: an audit record of alice's, unless it says otherwise. */
export function reported(given: Given, messages: readonly ReportedMail[] = [], lastLogon?: string): ReportedActivity {
  count += 1
  const category = String(given['hoofprint.category'])
  const document = {
    '@timestamp': '2026-03-02T09:00:00.000Z',
    'event.id': `id-${count}`,
    'event.dataset': 'o365.audit',
    'event.outcome': 'success',
    'hoofprint.mailbox': 'alice@contoso.example',
    'hoofprint.evidence.file': 'audit.csv',
    'hoofprint.evidence.row': 2,
    'user.id': 'Alice@contoso.example',
    'source.ip': '203.0.113.66',
    tags: [category],
    ...ofRecord(given),
    ...given,
  } as unknown as EcsDocument
  return { document, messages, lastLogon: lastLogon === undefined ? undefined : { ip: lastLogon } }
}

/** What normalizing makes of the record, which names its parameters one by one. */
function ofRecord(given: Given): Given {
  const audit = (given['o365.audit'] ?? {}) as JsonObject
  const Parameters = Object.entries(audit['Parameters'] ?? {}).map(([Name, Value]) => ({ Name, Value }))
  const record: JsonObject = { ...audit, Parameters }
  const activity = { operation: String(given['event.action']) } as Activity
  const folders = folderFields['hoofprint.folder']
  return {
    'hoofprint.folder': typeof folders === 'function' ? folders(record, activity) : undefined,
    'hoofprint.rule.summary': ruleSummary(record, activity),
  }
}

const owa = { ClientInfoString: `Client=OWA;${agent};`, LogonType: '0' }

/** An intrusion that is made up, as audit log, sign-in log and message trace tell it. */
export function intrusion(): ReportedActivity[] {
  return [
    reported({
      '@timestamp': '2026-03-02T08:58:00.000Z',
      ...{ 'event.action': 'UserLoginFailed', 'hoofprint.category': 'logon', 'event.outcome': 'failure' },
      'o365.audit': { LogonError: 'InvalidUserNameOrPassword', ErrorNumber: '50126', ApplicationId: 'app-1' },
      'hoofprint.application.id': 'app-1',
    }),
    reported({
      '@timestamp': '2026-03-02T08:59:00.000Z',
      ...{ 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon', 'user_agent.original': agent },
      ...{ 'source.geo.country_iso_code': 'NL', 'source.as.organization.name': 'Example Net' },
      'o365.audit': { ApplicationId: 'app-1' },
      'hoofprint.application.id': 'app-1',
      'session.id': 's-1',
    }),
    reported({
      '@timestamp': '2026-03-02T08:59:00.500Z',
      ...{ 'event.action': 'Sign-in activity', 'hoofprint.category': 'logon', 'event.dataset': 'azure.signinlogs' },
      ...{ 'user.id': '26be570a-1111-4189-b4e2-a37c6808512d', 'user.email': 'alice@contoso.example' },
      tags: ['logon', 'also-audited'],
      'azure.signinlogs.properties.app_display_name': 'One Outlook Web',
      'azure.signinlogs.properties.client_app_used': 'Browser',
    }),
    reported({
      '@timestamp': '2026-03-02T09:01:00.000Z',
      ...{ 'event.action': 'SearchQueryInitiatedExchange', 'hoofprint.category': 'search' },
      'hoofprint.search.query': 'bank details',
    }),
    reported(
      {
        '@timestamp': '2026-03-02T09:02:00.000Z',
        ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' },
        'email.message_id': ['<1@mail.example>', '<2@mail.example>'],
        'email.subject': 'Invoice 7',
        'hoofprint.messages': 2,
        'session.id': 's-1',
        'o365.audit': { ...owa, Folders: [{ Path: '\\Inbox' }], ClientAppId: 'app-2' },
        'hoofprint.application.id': 'app-2',
      },
      [{ item: '<1@mail.example>', subject: 'Invoice 7', from: 'bob@fabrikam.example' }, { item: '<2@mail.example>' }],
    ),
    reported({
      '@timestamp': '2026-03-02T09:03:00.000Z',
      ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'sync' },
      tags: ['read', 'sync', 'throttled'],
      'o365.audit': { ClientInfoString: 'Client=MSExchangeRPC', Item: { ParentFolder: { Path: '\\Archive' } } },
    }),
    reported({
      '@timestamp': '2026-03-02T09:04:00.000Z',
      ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' },
      ...{ 'source.ip': '192.0.2.250', 'user.id': 'ServicePrincipal_1', 'email.message_id': '<1@mail.example>' },
      tags: ['read', 'microsoft-service'],
      'o365.audit': { ClientInfoString: 'Client=REST;Client=RESTSystem;;' },
    }),
    reported({
      '@timestamp': '2026-03-02T09:05:00.000Z',
      ...{ 'event.action': 'New-InboxRule', 'hoofprint.category': 'rule' },
      'email.to.address': ['eve@evil.example'],
      'o365.audit': {
        ObjectId: 'contoso.example/alice\\.',
        Parameters: { Name: '.', SubjectOrBodyContainsWords: 'invoice;payment', ForwardTo: 'eve@evil.example' },
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:05:30.000Z',
      ...{ 'event.action': 'UpdateInboxRules', 'hoofprint.category': 'rule' },
      'o365.audit': {
        ClientInfoString: 'Client=MSExchangeRPC',
        OperationProperties: [
          { Name: 'RuleOperation', Value: 'AddMailboxRule' },
          { Name: 'RuleName', Value: '..' },
        ],
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:06:00.000Z',
      ...{ 'event.action': 'Set-Mailbox', 'hoofprint.category': 'forward', 'user.id': 'admin@contoso.example' },
      'o365.audit': {
        Parameters: {
          Identity: 'alice',
          ForwardingSmtpAddress: 'smtp:eve@evil.example',
          DeliverToMailboxAndForward: 'True',
        },
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:07:00.000Z',
      ...{ 'event.action': 'Add-MailboxPermission', 'hoofprint.category': 'permission' },
      'o365.audit': { Parameters: { Identity: 'alice', User: 'mallory@contoso.example', AccessRights: 'FullAccess' } },
    }),
    reported({
      '@timestamp': '2026-03-02T09:07:30.000Z',
      ...{ 'event.action': 'ModifyFolderPermissions', 'hoofprint.category': 'permission' },
      'o365.audit': {
        Item: { ParentFolder: { Path: '\\Calendar', MemberUpn: 'mallory@contoso.example', MemberRights: 'ReadAny' } },
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:08:00.000Z',
      ...{ 'event.action': 'Consent to application.', 'hoofprint.category': 'consent', 'source.ip': undefined },
      'o365.audit': {
        ObjectId: 'a172cedc-ae47-474b-a15c-54d510a5d84a',
        Target: [
          { ID: 'a172cedc-ae47-474b-a15c-54d510a5d84a', Type: '2' },
          { ID: 'Mail Backup', Type: '1' },
        ],
        ModifiedProperties: {
          ConsentContext_OnBehalfOfAll: { NewValue: 'True' },
          ConsentAction_Permissions: {
            NewValue:
              '[[Scope: User.Read]] => [[Id: 1, ConsentType: AllPrincipals, Scope: Mail.Read offline_access, X: 1]]',
          },
        },
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:09:00.000Z',
      'event.action': 'Update user.',
      'hoofprint.category': 'account',
      'user.target.email': 'alice@contoso.example',
      'o365.audit': {
        ModifiedProperties: {
          StrongAuthenticationRequirement: { OldValue: '[\r\n  {\r\n    "State": 1\r\n  }\r\n]', NewValue: '[]' },
        },
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:10:00.000Z',
      ...{ 'event.action': 'Add member to role.', 'hoofprint.category': 'admin' },
      'o365.audit': {
        Target: [{ ID: 'mallory@contoso.example', Type: '5' }],
        ModifiedProperties: { Role_DisplayName: { NewValue: '"Global Administrator"' } },
      },
    }),
    reported(
      {
        '@timestamp': '2026-03-02T09:11:00.000Z',
        ...{ 'event.action': 'AttachmentAccess', 'hoofprint.category': 'attachment' },
        ...{ 'email.message_id': '<1@mail.example>', 'email.subject': 'Invoice 7' },
        'email.attachments.file.name': ['iban.pdf'],
        'o365.audit': { ...owa, OperationProperties: [{ Name: 'AttachmentAccessType', Value: 'Download' }] },
      },
      [{ item: '<1@mail.example>', subject: 'Invoice 7' }],
    ),
    reported({
      '@timestamp': '2026-03-02T09:12:00.000Z',
      ...{ 'event.action': 'Send', 'hoofprint.category': 'send', 'email.subject': 'New bank details' },
      ...{ 'email.to.address': ['carol@fabrikam.example'], 'email.message_id': '<9@mail.example>' },
      'o365.audit': owa,
    }),
    reported({
      '@timestamp': '2026-03-02T09:13:00.000Z',
      ...{ 'event.action': 'HardDelete', 'hoofprint.category': 'delete', 'hoofprint.messages': 2 },
      'email.message_id': ['<1@mail.example>', '<2@mail.example>'],
      'email.subject': ['Invoice 7', 'Re: Invoice 7'],
      'o365.audit': { ...owa, Folder: { Path: '\\Sent Items' } },
    }),
    reported({
      '@timestamp': '2026-03-02T09:14:00.000Z',
      ...{ 'event.action': 'FileDownloaded', 'hoofprint.category': 'file', tags: ['file', 'truncated'] },
      'o365.audit': {
        ObjectId: 'https://contoso.example/sites/finance/salaries.xlsx',
        SiteUrl: 'https://contoso.example/',
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:15:00.000Z',
      ...{ 'event.action': 'SharingSet', 'hoofprint.category': 'share' },
      'o365.audit': {
        ObjectId: 'https://contoso.example/sites/finance/salaries.xlsx',
        TargetUserOrGroupName: 'eve@evil.example',
        TargetUserOrGroupType: 'Guest',
        EventData: '<Permissions granted>Edit</Permissions granted>',
      },
    }),
    reported({
      '@timestamp': '2026-03-02T09:16:00.000Z',
      ...{ 'event.action': 'AlertTriggered', 'hoofprint.category': 'alert', 'source.ip': undefined },
      ...{ 'user.id': 'SecurityComplianceAlerts', 'rule.name': 'Suspicious forwarding' },
      'o365.audit': {
        ...{ Severity: 'High', Category: 'ThreatManagement' },
        Other: { RiskState: 'atRisk', Evidence: [{ ipAddress: '203.0.113.66' }] },
      },
    }),
    reported({
      '@timestamp': '2026-03-06T12:00:00.000Z',
      ...{ 'event.action': 'RECEIVE', 'hoofprint.category': 'delivery', 'event.dataset': 'o365.messagetrace' },
      ...{ 'source.ip': '198.51.100.25', 'email.subject': 'Invoice 7', 'email.message_id': '<1@mail.example>' },
      'user.id': undefined,
    }),
  ]
}
