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

/** What prebuilt rules for `logs-o365.audit-*` ask of a document, by their topics. */
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
}

await describeOnElasticsearch('detection rules for the audit log', ({ url }) => {
  const client = connect({ url })
  const namespace = `test_${randomBytes(6).toString('hex')}`
  const index = `logs-o365.audit-${namespace}`

  beforeAll(async () => {
    const folder = temporaryFolder()
    const common = { CreationTime: '2026-03-09T08:15:21', UserId: 'alice@contoso.example' }
    const planted = Object.values(rules).flatMap(({ attack, harmless }, i) => [
      { ...common, Id: idOf(i), ...attack },
      { ...common, Id: idOf(i + 1000), ...attack, ...harmless },
    ])
    const evidence = join(folder, 'audit.json')
    writeFileSync(evidence, JSON.stringify(planted))
    const options = ['--elasticsearch', url, '--namespace', namespace, '--quiet']
    const { code, err } = hoofprint(['import', evidence, '--case', join(folder, 'case'), '--publish', ...options])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    await client.indices.refresh({ index })
  }, 300_000)
  afterAll(() => client.close())

  test.each(Object.entries(rules))('a rule finds that %s, and nothing else', async (name, { asks }) => {
    const filter = [is('data_stream.dataset', 'o365.audit'), is('event.dataset', 'o365.audit'), ...asks]

    const { hits } = await client.search<{ event: { id: string } }>({ index, size: 100, query: { bool: { filter } } })

    const found = hits.hits.map(({ _source }) => _source?.event.id)
    expect(found).toEqual([idOf(Object.keys(rules).indexOf(name))])
  })
})

function idOf(i: number): string {
  return `0d1f0c3a-7b52-4f10-9a00-${String(i).padStart(12, '0')}`
}
