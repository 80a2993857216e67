import { beforeAll, expect, test } from '@jest/globals'
import { tsvTables } from '#src/reports/tsv/tables.ts'
import { hostileValues } from '../support/case-report.ts'
import { intrusion, reported } from '../support/reported.ts'
import { type Written, written } from '../support/written.ts'

let tables: Written

beforeAll(async () => {
  tables = await written(intrusion())
})

test('logons of the audit log and of the sign-in log stand beside those of Outlook', () => {
  expect(tables.table('logon-activity')).toMatchObject([
    {
      ...{ 'Source IP': '203.0.113.66', 'Logon Type': 'UserLoginFailed', 'App Type': 'app-1' },
      ...{ User: 'Alice@contoso.example', Outcome: 'failure', Reason: 'InvalidUserNameOrPassword (50126)' },
    },
    { 'Logon Type': 'UserLoggedIn', Client: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0', Reason: '' },
    { 'Logon Type': 'Sign-in activity', 'App Type': 'One Outlook Web (Browser)', User: 'alice@contoso.example' },
  ])
})

test('how far a logon came that was stopped stands beside its outcome, and that it came by a device code', async () => {
  const logon = {
    'event.action': 'Sign-in activity',
    'hoofprint.category': 'logon',
    'event.dataset': 'azure.signinlogs',
  }
  const { table } = await written([
    reported({ ...logon, 'event.outcome': 'failure', 'hoofprint.first_factor': 'password' }),
    reported({ ...logon, tags: ['logon', 'device-code'] }),
  ])

  expect(table('logon-activity')).toMatchObject([
    { Outcome: 'failure', 'First Factor': 'password', 'Device Code': '' },
    { Outcome: 'success', 'First Factor': '', 'Device Code': 'yes' },
  ])
})

test('changes without parameters or properties tell what they have: which service a flow uses, what was exported, which method was registered', async () => {
  const admin = { 'hoofprint.category': 'admin' } as const
  const { table, answers } = await written([
    reported({
      ...admin,
      'event.action': 'CreateFlow',
      'o365.audit': { FlowConnectorNames: 'Office 365 Outlook, Gmail' },
    }),
    reported({
      ...{ ...admin, 'event.action': 'SearchExported' },
      'o365.audit': { Query: 'invoice', ExchangeLocations: ['ceo@contoso.example', 'cfo@contoso.example'] },
    }),
    reported({
      ...{ 'event.action': 'Admin registered security info', 'hoofprint.category': 'account' },
      'o365.audit': { LogonError: 'Admin registered temporary access pass method for user' },
    }),
  ])

  expect(table('admin-activity').map(({ Changes }) => Changes)).toEqual([
    'FlowConnectorNames: Office 365 Outlook, Gmail',
    'Query: invoice; ExchangeLocations: ceo@contoso.example; cfo@contoso.example',
  ])
  expect(answers.accounts.rows.map(({ detail }) => detail)).toEqual([
    'Admin registered temporary access pass method for user',
  ])
})

test('each interaction with Copilot is listed with what it named', async () => {
  const { table, answers } = await written([
    reported({
      ...{ 'event.action': 'CopilotInteraction', 'hoofprint.category': 'copilot', 'hoofprint.copilot.host': 'Word' },
      'hoofprint.copilot.resources': ['Budget.xlsx', 'Plan.docx'],
      'hoofprint.copilot.addresses': ['https://contoso.sharepoint.example/Budget.xlsx'],
      'hoofprint.copilot.refused': ['Salaries.docx'],
      'hoofprint.copilot.contexts': ['Offer A.docx'],
      'hoofprint.copilot.thread': '19:thread',
    }),
  ])

  expect(table('copilot-activity')).toMatchObject([
    {
      ...{ 'App Host': 'Word', Resources: 'Budget.xlsx; Plan.docx', 'Resource Count': '2', Refused: 'Salaries.docx' },
      ...{ Addresses: 'https://contoso.sharepoint.example/Budget.xlsx', 'Open Beside It': 'Offer A.docx' },
      ...{ Thread: '19:thread', User: 'Alice@contoso.example', 'Source IP': '203.0.113.66' },
    },
  ])
  expect(answers.reads).toEqual({ displays: 0, items: 0 })
  expect(answers.copilot.total).toBe(1)
})

test('a row that answers do not count, for another record tells the same, says so', async () => {
  const { failed, succeeded, unknown } = tables.answers.logonTotals

  const said = tables.table('logon-activity').map((row) => row['Also Audited'])

  expect(said).toEqual(['', '', 'yes'])
  expect(failed + succeeded + unknown).toBe(said.filter((cell) => cell === '').length)
})

test('each mail that a record names has a line, a synchronized folder one, and throttling shows', () => {
  const rows = tables.table('read-activity-by-time')

  expect(
    rows.map((row) => [row['Type'], row['Platform'], row['Subject'], row['Activity Item ID'], row['Last Login IP']]),
  ).toEqual([
    ['MailItemsAccessed (bind)', 'OWA', 'Invoice 7', '<1@mail.example>', '203.0.113.66'],
    ['MailItemsAccessed (bind)', 'OWA', 'No Data', '<2@mail.example>', '203.0.113.66'],
    ['MailItemsAccessed (sync, throttled)', 'MSExchangeRPC', 'No Data', 'folder: \\Archive', '203.0.113.66'],
    ['MailItemsAccessed (bind)', 'REST/RESTSystem', 'No Data', '<1@mail.example>', '192.0.2.250'],
  ])
  expect(rows[0]).toMatchObject({ From: 'bob@fabrikam.example', 'Application ID': 'app-2', Folder: '\\Inbox' })
})

test('the same lines stand by item, mail by mail', () => {
  const lines = tables.text('read-activity-by-item').trimEnd().split('\n')

  expect(lines.filter((line) => !line.includes('\t'))).toEqual([
    '<1@mail.example>',
    '<2@mail.example>',
    'folder: \\Archive',
  ])
  expect(lines.filter((line) => line.includes('MailItemsAccessed'))).toHaveLength(4)
})

test('a rule is told in words, with where it sends mail', () => {
  expect(tables.table('rules-activity')).toMatchObject([
    {
      Rule: '.',
      'In Words': "when the subject or body contains 'invoice;payment': forwards it to eve@evil.example",
      Conditions: "the subject or body contains 'invoice;payment'",
      Actions: 'forwards it to eve@evil.example',
      'Forwards To': 'eve@evil.example',
      'Source IP': '203.0.113.66',
    },
    { Rule: '..', 'In Words': 'adds the rule; what it does is not recorded', Platform: 'MSExchangeRPC' },
  ])
})

test.each([
  ['forwarding-activity', { 'Forwards To': 'eve@evil.example', 'Keeps A Copy': 'True', User: 'admin@contoso.example' }],
  ['permissions-activity', { Object: 'alice', Grantee: 'mallory@contoso.example', Rights: 'FullAccess' }],
  [
    'consent-activity',
    { Application: 'Mail Backup', Permissions: 'Mail.Read; offline_access', 'For Whom': 'everybody' },
  ],
  ['account-changes-activity', { Changes: 'StrongAuthenticationRequirement: [ { "State": 1 } ] → nothing' }],
  ['admin-activity', { Object: 'mallory@contoso.example', Changes: 'Role_DisplayName: "Global Administrator"' }],
  ['files-activity', { File: 'https://contoso.example/sites/finance/salaries.xlsx', 'Evidence File': 'audit.csv' }],
  ['sharing-activity', { 'Shared With': 'eve@evil.example (Guest); Permissions granted: Edit' }],
  ['alerts-activity', { Alert: 'Suspicious forwarding', About: 'High; ThreatManagement; atRisk; 203.0.113.66' }],
  ['search-activity', { Query: 'bank details', 'Last Login ip': '203.0.113.66' }],
  ['attachments-activity', { Action: 'Download', Attachments: 'iban.pdf', Subject: 'Invoice 7' }],
  ['send-activity', { To: 'carol@fabrikam.example', Subject: 'New bank details', Platform: 'OWA' }],
  ['delete-activity', { Subject: 'Invoice 7; Re: Invoice 7', Mails: '2', Folder: '\\Sent Items' }],
  ['delivery-activity', { 'Last Login IP': 'No Data', 'Own IP': '198.51.100.25' }],
])('%s says what was done', (name, expected) => {
  expect(tables.table(name)[0]).toMatchObject(expected)
})

test('who was given what on a folder is read from the folder itself', () => {
  expect(tables.table('permissions-activity')[1]).toMatchObject({
    ...{ Object: '\\Calendar', Grantee: 'mallory@contoso.example', Rights: 'ReadAny' },
    'In Words': 'gives ReadAny to mallory@contoso.example',
  })
})

test('whatever an audit record holds, rows stay whole, and no cell can be run or hide', async () => {
  const categories = [...new Set(tsvTables.map(({ category }) => category))]
  const activities = categories.flatMap((category) =>
    [...hostileValues, {}, [1], null].map((text) => hostile(category, text)),
  )

  const { names, text } = await written(activities)

  for (const name of names) {
    const lines = text(name).replace(/\n$/, '').split('\n')
    const width = name === 'read-activity-by-item' ? undefined : lines[0]?.split('\t').length
    for (const line of lines) {
      const cells = line.split('\t')
      expect(cells.filter((cell) => /^[=+\-@"\r]/.test(cell))).toEqual([])
      expect(line).not.toMatch(/[^\P{C}\t]/u)
      if (width !== undefined) expect(cells).toHaveLength(width)
    }
  }
})

/** A record with one thing wherever a record has something, also where it should be another kind of thing. */
function hostile(category: string, thing: unknown) {
  const inside = {
    Path: thing,
    Name: thing,
    ID: thing,
    Type: '1',
    NewValue: thing,
    OldValue: thing,
    ParentFolder: thing,
  }
  const names = [
    ...['ClientInfoString', 'Name', 'ObjectId', 'TargetUserOrGroupName', 'EventData', 'Severity', 'LogonError'],
    ...['ErrorNumber', 'SiteUrl', 'ClientAppId', 'LogonType', 'ApplicationId'],
  ]
  const maps = ['Parameters', 'ModifiedProperties', 'OperationProperties', 'Target', 'Item', 'Folders', 'Folder']
  const audit = [...names.map((name) => [name, thing]), ...maps.map((name) => [name, [inside, thing]])]
  const parameters = { Identity: thing, User: thing, AccessRights: thing, MoveToFolder: thing, [String(thing)]: thing }
  const text = typeof thing === 'string' ? thing : undefined
  return reported(
    {
      'event.action': text ?? 'MailItemsAccessed',
      'hoofprint.category': category,
      'hoofprint.mail_access': category === 'read' ? 'sync' : undefined,
      ...{ 'user.id': text, 'email.subject': text, 'hoofprint.search.query': text, 'user.target.email': text },
      'o365.audit': { ...Object.fromEntries(audit), ...(text === undefined ? {} : { Parameters: parameters }) },
    },
    text === undefined ? [] : [{ item: text, subject: text, from: text, received: text }, { item: text }],
  )
}
