import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { estypes } from '@elastic/elasticsearch'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { hoofprint } from './support/cli.ts'
import { describeOnElasticsearch } from './support/elasticsearch.ts'
import { temporaryFolder } from './support/folder.ts'

/** What a detection rule asks for, in Elasticsearch's words, and the planted attack that it must find. */
interface Rule {
  /** Whose records it looks at; those of the audit log where nothing is said. */
  readonly of?: 'azure.signinlogs' | 'azure.graphactivitylogs'
  readonly asks: readonly estypes.QueryDslQueryContainer[]
  readonly attack: JsonObject
  /** What makes the same thing harmless. */
  readonly harmless: JsonObject
}

const is = (field: string, ...values: string[]): estypes.QueryDslQueryContainer => ({ terms: { [field]: values } })
const like = (field: string, value: string): estypes.QueryDslQueryContainer => ({ wildcard: { [field]: { value } } })
const has = (field: string): estypes.QueryDslQueryContainer => ({ exists: { field } })
const any = (...should: estypes.QueryDslQueryContainer[]): estypes.QueryDslQueryContainer => ({ bool: { should } })

const exchange = [is('event.provider', 'Exchange'), is('event.category', 'web')]
const entra = [is('event.provider', 'AzureActiveDirectory')]
const parameters = (values: Record<string, string>): Json =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }))
const admin = { Workload: 'Exchange', RecordType: 1, ResultStatus: 'True', ClientIP: '203.0.113.77:4711' }
const directory = { Workload: 'AzureActiveDirectory', RecordType: 8, ResultStatus: 'Success' }
const signIn = { Workload: 'AzureActiveDirectory', RecordType: 15, ClientIP: '203.0.113.77' }

const own = 'azure.signinlogs.properties'
const tenant = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
const broker = '29d9ed98-a469-4536-ade2-f981bc1d605e'
/** As Graph gives it: the record of a diagnostic setting says more by the log's own words. */
const entraSignIn = {
  createdDateTime: '2026-03-09T08:15:21Z',
  userPrincipalName: 'alice@contoso.example',
  userId: '26be570a-1111-4189-b4e2-a37c6808512d',
  userType: 'member',
  ipAddress: '203.0.113.77',
  status: { errorCode: 0 },
  signInEventTypes: ['interactiveUser'],
  authenticationRequirement: 'singleFactorAuthentication',
  homeTenantId: tenant,
  resourceTenantId: tenant,
}
const graphRequest = (path: string) => ({
  time: '2026-03-09T08:15:21Z',
  category: 'MicrosoftGraphActivityLogs',
  properties: {
    ...{ requestMethod: 'GET', requestUri: `https://graph.microsoft.com/v1.0/${path}`, responseStatusCode: 200 },
    ...{ userId: '26be570a-1111-4189-b4e2-a37c6808512d', clientAuthMethod: '0', C_Idtyp: 'user', C_Sid: 'session-1' },
  },
})

/** What prebuilt rules for `logs-o365.audit-*`, `logs-azure.signinlogs-*` and `logs-azure.graphactivitylogs-*` ask of a document, by their topics. */
const rules: Readonly<Record<string, Rule>> = {
  'mail is forwarded to another domain by a rule': {
    asks: [
      ...exchange,
      is('event.action', 'New-InboxRule', 'Set-InboxRule'),
      is('event.outcome', 'success'),
      any(like('o365.audit.Parameters.ForwardTo', '*@outside.example'), has('o365.audit.Parameters.RedirectMessageTo')),
    ],
    attack: {
      ...admin,
      Operation: 'New-InboxRule',
      Parameters: parameters({ Name: 'x', ForwardTo: 'box@outside.example' }),
    },
    harmless: { Parameters: parameters({ Name: 'x', ForwardTo: 'bob@contoso.example' }) },
  },
  'all mail of a mailbox is forwarded': {
    asks: [
      ...exchange,
      is('event.action', 'Set-Mailbox'),
      like('o365.audit.Parameters.ForwardingSmtpAddress', '*outside.example'),
    ],
    attack: {
      ...admin,
      Operation: 'Set-Mailbox',
      Parameters: parameters({ Identity: 'alice', ForwardingSmtpAddress: 'smtp:box@outside.example' }),
    },
    harmless: { Parameters: parameters({ Identity: 'alice', AuditEnabled: 'True' }) },
  },
  'a rule deletes mail about certain words': {
    asks: [
      ...exchange,
      is('event.action', 'New-InboxRule'),
      is('o365.audit.Parameters.DeleteMessage', 'True'),
      has('o365.audit.Parameters.SubjectContainsWords'),
    ],
    attack: {
      ...admin,
      Operation: 'New-InboxRule',
      Parameters: parameters({ SubjectContainsWords: 'wire', DeleteMessage: 'True' }),
    },
    harmless: { Parameters: parameters({ From: 'news@contoso.example', DeleteMessage: 'True' }) },
  },
  'a rule has a name of punctuation only': {
    asks: [
      ...exchange,
      is('event.action', 'Set-InboxRule'),
      { regexp: { 'o365.audit.ObjectId': { value: '.*\\\\[.,;:~_\\-]+' } } },
    ],
    attack: { ...admin, Operation: 'Set-InboxRule', ObjectId: 'EURP189/contoso.example/alice\\..', Parameters: [] },
    harmless: { ObjectId: 'EURP189/contoso.example/alice\\Newsletters' },
  },
  'mail access was throttled': {
    asks: [
      is('event.provider', 'Exchange'),
      is('event.action', 'MailItemsAccessed'),
      is('event.code', 'ExchangeItemAggregated'),
      is('o365.audit.OperationProperties.Name', 'IsThrottled'),
      is('o365.audit.OperationProperties.Value', 'True'),
      { range: { 'o365.audit.OperationCount': { gte: 100 } } },
    ],
    attack: {
      Workload: 'Exchange',
      RecordType: 50,
      ResultStatus: 'Succeeded',
      Operation: 'MailItemsAccessed',
      OperationCount: 412,
      OperationProperties: parameters({ MailAccessType: 'Bind', IsThrottled: 'True' }),
    },
    harmless: { OperationProperties: parameters({ MailAccessType: 'Bind', IsThrottled: 'False' }) },
  },
  'a mailbox is opened to somebody else': {
    asks: [
      ...exchange,
      is('event.action', 'Add-MailboxPermission'),
      is('o365.audit.Parameters.AccessRights', 'FullAccess'),
      is('event.outcome', 'success'),
    ],
    attack: {
      ...admin,
      Operation: 'Add-MailboxPermission',
      Parameters: parameters({ Identity: 'bob', User: 'mallory', AccessRights: 'FullAccess' }),
    },
    harmless: { Parameters: parameters({ Identity: 'bob', User: 'carol', AccessRights: 'ReadPermission' }) },
  },
  'a mailbox is left out of the audit log': {
    asks: [
      ...exchange,
      is('event.action', 'Set-MailboxAuditBypassAssociation'),
      is('o365.audit.Parameters.AuditBypassEnabled', 'True'),
    ],
    attack: {
      ...admin,
      Operation: 'Set-MailboxAuditBypassAssociation',
      Parameters: parameters({ Identity: 'bob', AuditBypassEnabled: 'True' }),
    },
    harmless: { Parameters: parameters({ Identity: 'bob', AuditBypassEnabled: 'False' }) },
  },
  'a transport rule copies mail outside': {
    asks: [...exchange, is('event.action', 'New-TransportRule'), has('o365.audit.Parameters.BlindCopyTo')],
    attack: {
      ...admin,
      Operation: 'New-TransportRule',
      Parameters: parameters({ Name: 'r', BlindCopyTo: 'box@outside.example' }),
    },
    harmless: { Parameters: parameters({ Name: 'r', ApplyHtmlDisclaimerText: 'confidential' }) },
  },
  'an application gets consent': {
    asks: [
      ...entra,
      is('event.action', 'Consent to application.'),
      is('event.outcome', 'success'),
      is('o365.audit.Target.Type', '1'),
    ],
    attack: {
      ...directory,
      Operation: 'Consent to application.',
      ObjectId: 'app',
      Target: [{ ID: 'Mail Helper', Type: 1 }],
    },
    harmless: { Operation: 'Update application.' },
  },
  'a logon asks for a token of a device': {
    asks: [
      ...entra,
      is('event.category', 'authentication'),
      is('event.action', 'UserLoggedIn'),
      is('o365.audit.ExtendedProperties.RequestType', 'Cmsi:Cmsi'),
      is('o365.audit.DeviceProperties.Value', 'False'),
    ],
    attack: {
      ...signIn,
      Operation: 'UserLoggedIn',
      ResultStatus: 'Success',
      ExtendedProperties: parameters({ RequestType: 'Cmsi:Cmsi' }),
      DeviceProperties: parameters({ IsCompliantAndManaged: 'False' }),
    },
    harmless: { DeviceProperties: parameters({ IsCompliantAndManaged: 'True' }) },
  },
  'a client of a phishing kit logs on': {
    asks: [...entra, is('event.action', 'UserLoggedIn'), like('user_agent.original', 'axios/*')],
    attack: {
      ...signIn,
      Operation: 'UserLoggedIn',
      ResultStatus: 'Success',
      ExtendedProperties: parameters({ UserAgent: 'axios/1.7.2' }),
    },
    harmless: { ExtendedProperties: parameters({ UserAgent: 'Mozilla/5.0' }) },
  },
  'passwords are guessed': {
    asks: [
      ...entra,
      is('event.category', 'authentication'),
      is('event.outcome', 'failure'),
      is('o365.audit.LogonError', 'UserStrongAuthClientAuthNRequired', 'InvalidUserNameOrPassword'),
      is('user.id', 'guessed@contoso.example'),
    ],
    attack: {
      ...signIn,
      Operation: 'UserLoginFailed',
      ResultStatus: 'Success',
      UserId: 'guessed@contoso.example',
      LogonError: 'InvalidUserNameOrPassword',
      ErrorNumber: '50126',
    },
    harmless: { Operation: 'UserLoggedIn', LogonError: 'None', ErrorNumber: '0' },
  },
  'notices of a changed second factor are deleted': {
    asks: [
      is('event.action', 'SoftDelete', 'HardDelete', 'MoveToDeletedItems'),
      like('o365.audit.AffectedItems.Subject', '*Security info was added*'),
    ],
    attack: {
      Workload: 'Exchange',
      RecordType: 3,
      ResultStatus: 'Succeeded',
      Operation: 'SoftDelete',
      AffectedItems: [{ Subject: 'Security info was added to your account' }],
    },
    harmless: { AffectedItems: [{ Subject: 'Lunch' }] },
  },
  'SharePoint is searched for secrets': {
    asks: [
      is('event.provider', 'SharePoint'),
      is('event.action', 'SearchQueryPerformed'),
      like('o365.audit.SearchQueryText', '*passwords*'),
    ],
    attack: {
      Workload: 'SharePoint',
      RecordType: 4,
      Operation: 'SearchQueryPerformed',
      SearchQueryText: 'list of passwords 2026',
    },
    harmless: { SearchQueryText: 'lunch menu' },
  },
  'a member signs in by a code, for the broker': {
    of: 'azure.signinlogs',
    asks: [
      is('event.category', 'authentication'),
      is('event.action', 'Sign-in activity'),
      is('azure.signinlogs.category', 'SignInLogs', 'NonInteractiveUserSignInLogs'),
      is(`${own}.user_type`, 'Member'),
      is(`${own}.authentication_protocol`, 'deviceCode'),
      is(`${own}.conditional_access_audiences.application_id`, broker),
      is('event.outcome', 'success'),
    ],
    attack: {
      ...entraSignIn,
      authenticationProtocol: 'deviceCode',
      conditionalAccessAudiences: [{ applicationId: broker, audienceReasons: 'none' }],
    },
    harmless: { authenticationProtocol: 'oAuth2' },
  },
  'a password alone was enough where a policy asks for more': {
    of: 'azure.signinlogs',
    asks: [
      is(`${own}.authentication_details.authentication_method`, 'Password'),
      is(`${own}.applied_conditional_access_policies.enforced_grant_controls`, 'Mfa'),
      is(`${own}.applied_conditional_access_policies.result`, 'notApplied'),
      is(`${own}.app_owner_tenant_id`, tenant),
    ],
    attack: {
      ...entraSignIn,
      appOwnerTenantId: tenant,
      authenticationDetails: [{ authenticationMethod: 'Password', succeeded: true }],
      appliedConditionalAccessPolicies: [{ enforcedGrantControls: ['Mfa'], result: 'notApplied' }],
    },
    harmless: { appliedConditionalAccessPolicies: [{ enforcedGrantControls: ['Mfa'], result: 'success' }] },
  },
  'a token is asked for in the name of the user, from the tenant’s own log': {
    of: 'azure.signinlogs',
    asks: [
      is('azure.signinlogs.result_signature', 'SUCCESS'),
      like(`${own}.authentication_processing_details`, '*user_impersonation*'),
      is(`${own}.tenant_id`, tenant),
      is('azure.tenant_id', tenant),
    ],
    attack: {
      ...entraSignIn,
      authenticationProcessingDetails: [{ key: 'Oauth Scope Info', value: '["user_impersonation"]' }],
    },
    harmless: { status: { errorCode: 50126 } },
  },
  'a public client asks Graph for mail': {
    of: 'azure.graphactivitylogs',
    asks: [
      is('azure.graphactivitylogs.result_signature', '200'),
      is('azure.graphactivitylogs.properties.c_idtyp', 'user'),
      { term: { 'azure.graphactivitylogs.properties.client_auth_method': 0 } },
      like('url.path', '/v1.0/me/*'),
      like('url.path', '*messages*'),
      has('azure.graphactivitylogs.properties.c_sid'),
      has('azure.graphactivitylogs.properties.user_principal_object_id'),
    ],
    attack: graphRequest('me/mailFolders/inbox/messages'),
    harmless: graphRequest('me/photo'),
  },
}

const datasets = ['o365.audit', 'azure.signinlogs', 'azure.graphactivitylogs'] as const
type Dataset = (typeof datasets)[number]

/** A record under an id of its own. */
const withId: Readonly<Record<Dataset, (id: string, record: JsonObject) => JsonObject>> = {
  'o365.audit': (Id, record) => ({
    CreationTime: '2026-03-09T08:15:21',
    UserId: 'alice@contoso.example',
    Id,
    ...record,
  }),
  'azure.signinlogs': (id, record) => ({ id, ...record }),
  'azure.graphactivitylogs': (requestId, record) => ({
    ...record,
    properties: { requestId, ...(record['properties'] as JsonObject) },
  }),
}

await describeOnElasticsearch('detection rules', ({ url }) => {
  const client = connect({ url })
  const namespace = `test_${randomBytes(6).toString('hex')}`

  beforeAll(async () => {
    const folder = temporaryFolder()
    const files = datasets.map((dataset) => {
      const planted = Object.values(rules).flatMap(({ of = 'o365.audit', attack, harmless }, i) =>
        of === dataset ? [withId[of](idOf(i), attack), withId[of](idOf(i + 1000), { ...attack, ...harmless })] : [],
      )
      const evidence = join(folder, `${dataset}.json`)
      writeFileSync(evidence, JSON.stringify(planted))
      return evidence
    })
    const options = ['--elasticsearch', url, '--namespace', namespace, '--quiet']
    const { code, err } = hoofprint(['import', ...files, '--case', join(folder, 'case'), '--publish', ...options])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    await client.indices.refresh({ index: `logs-*-${namespace}` })
  }, 300_000)
  afterAll(() => client.close())

  test.each(Object.entries(rules))('a rule finds that %s, and nothing else', async (name, {
    of = 'o365.audit',
    asks,
  }) => {
    const filter = [is('data_stream.dataset', of), is('event.dataset', of), ...asks]
    const index = `logs-${of}-${namespace}`

    const { hits } = await client.search<Source>({ index, size: 100, query: { bool: { filter } } })

    const found = hits.hits.map(({ _source: { http, event } = {} }) => http?.request.id ?? event?.id)
    expect(found).toEqual([idOf(Object.keys(rules).indexOf(name))])
  })
})

interface Source {
  readonly event: { readonly id: string }
  readonly http?: { readonly request: { readonly id: string } }
}

function idOf(i: number): string {
  return `0d1f0c3a-7b52-4f10-9a00-${String(i).padStart(12, '0')}`
}
