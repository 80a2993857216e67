import { expect, test } from '@jest/globals'
import { stateKinds } from '#src/reports/state-kinds.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const suite = [
  'UserName,RuleName,Enabled,Priority,RuleIdentity,StopProcessingRules,CopyToFolder,MoveToFolder,RedirectTo,ForwardTo,DeleteMessage,From,SubjectOrBodyContainsWords,Description',
  'Alice@contoso.example,.,True,1,115,True,,RSS Subscriptions,,"""Eve"" [SMTP:eve@evil.example], ""Mal"" [SMTP:mal@evil.example]",False,,"invoice, payment","If the message:\n\tsays \'invoice\'"',
  'bob@contoso.example,Old,False,2,116,False,,,,eve@evil.example,False,,,',
].join('\n')

test('inbox rules as Microsoft-Extractor-Suite lists them are states of the day in the file’s name, in the words of the audit log', async () => {
  const { documents, shape } = await documentsOf(suite, '20260310-113005-MailboxRules.csv')

  expect(shape).toBe('mailbox-rules-csv')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-03-10T11:30:05.000Z', 'event.kind': 'state', 'event.action': 'InboxRule' },
      ...{ 'event.dataset': 'o365.state', 'hoofprint.category': 'state', 'hoofprint.listed.by': 'name' },
      ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'rule.name': '.', 'rule.id': '115' },
      'hoofprint.rule.summary': `when the subject or body contains 'invoice, payment': stops other rules, moves it to 'RSS Subscriptions', forwards it to "Eve" [SMTP:eve@evil.example], "Mal" [SMTP:mal@evil.example]`,
      'email.to.address': ['eve@evil.example', 'mal@evil.example'],
      'o365.state': { Name: '.', UserName: 'Alice@contoso.example', DeleteMessage: 'False' },
    },
    { 'rule.name': 'Old', 'hoofprint.rule.summary': 'switched off: forwards it to eve@evil.example' },
  ])
  expect(documents[0]?.['user.id']).toBeUndefined()
})

test.each([
  [
    'script-rules-csv',
    'Mailbox,RuleName,Enabled,Priority,ForwardTo,ForwardAsAttachmentTo,RedirectTo,DeleteMessage,MoveToFolder\n' +
      'Alice@contoso.example,..,True,1,eve@evil.example,,,False,RSS Feeds\n',
    "forwards it to eve@evil.example, moves it to 'RSS Feeds'",
  ],
  [
    'forwarding-rules-csv',
    '"PrimarySmtpAddress","DisplayName","RuleId","RuleName","RuleDescription","ExternalRecipients"\n' +
      '"alice@contoso.example","Alice","alice\\115","..","Take the following actions: redirect the message","eve@evil.example"\n',
    'Take the following actions: redirect the message',
  ],
  [
    'report-rules-csv',
    '"Mailbox Name","UPN","Inbox Rule Name","Forward To","Forward As Attachment To","Redirect To"\n' +
      '"Alice","alice@contoso.example","..","eve@evil.example","-","-"\n',
    'forwards it to eve@evil.example',
  ],
])('inbox rules as scripts of administrators list them: %s', async (name, text, summary) => {
  const { documents, shape } = await documentsOf(text, '2026-03-10 rules.csv')

  expect(shape).toBe(name)
  expect(documents).toMatchObject([
    {
      ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'rule.name': '..', 'event.action': 'InboxRule' },
      ...{ 'hoofprint.rule.summary': summary, 'email.to.address': ['eve@evil.example'] },
    },
  ])
})

test('a rule of which to whom it forwards was lost is told, also where nothing says whose it is', async () => {
  const text =
    '#TYPE Selected.Microsoft.Exchange.Management.Common.InboxRule\n' +
    '"Name","Description","Enabled","Priority","ForwardTo","ForwardAsAttachmentTo","RedirectTo","DeleteMessage"\n' +
    '"..","forward the message to eve","True","1","System.Collections.ArrayList",,,"False"\n' +
    '"Plain","",True,2,,,,"False"\n'

  const { documents, shape, cut } = await documentsOf(text, '2026-03-10 rules.csv')

  expect(shape).toBe('nameless-rules-csv')
  expect(cut).toEqual([true, false])
  expect(documents.map((document) => document['hoofprint.mailbox'])).toEqual([undefined, undefined])
  expect(documents[0]?.['hoofprint.rule.summary']).toBe('forward the message to eve')
  expect(documents.map((document) => stateKinds['InboxRule']?.isNotable(document))).toEqual([true, false])
})

test.each([
  ['a column of its own', 'Mailbox', 'alice@contoso.example', 'alice@contoso.example'],
  ['what stands before its number', 'Identity', 'contoso.example/Users/alice\\14926430131134529537', 'alice'],
])('whose a rule is tells %s, too', async (_what, column, cell, mailbox) => {
  const text = `${column},Name,Priority,ForwardTo,RedirectTo,DeleteMessage\n${cell},..,1,eve@evil.example,,False\n`

  const { documents } = await documentsOf(text, '2026-03-10 rules.csv')

  expect(documents[0]?.['hoofprint.mailbox']).toBe(mailbox)
})

test.each([
  [
    'report-mailboxes-csv',
    '"Display Name","User Principal Name","Forwarding Address","Forwarding SMTP Address","Deliver To Mailbox and Forward"\n' +
      '"Alice","alice@contoso.example","-","eve@evil.example","True"\n',
    'alice@contoso.example',
  ],
  [
    'mailboxes-csv',
    '"DisplayName","ForwardingAddress","ForwardingSMTPAddress","DeliverToMailboxandForward"\n' +
      '"Alice",,"smtp:eve@evil.example","True"\n',
    'alice',
  ],
])('mailboxes that send all mail on, as scripts of administrators list them: %s', async (name, text, mailbox) => {
  const { documents, shape } = await documentsOf(text, '2026-03-10 forwarding.csv')

  expect(shape).toBe(name)
  expect(documents).toMatchObject([
    {
      ...{ 'hoofprint.mailbox': mailbox, 'email.to.address': ['eve@evil.example'] },
      'hoofprint.rule.summary': expect.stringContaining('keeps a copy in the mailbox'),
    },
  ])
})

const cmdlet = {
  ...{ RunspaceId: '2f0a0000-0000-4000-8000-000000000001', Name: '..', Enabled: true, Priority: 1 },
  ...{ RuleIdentity: 1152921504606847, MailboxOwnerId: 'alice', DeleteMessage: true },
  ...{
    ForwardTo: ['"Eve" [SMTP:eve@evil.example]'],
    From: null,
    SubjectContainsWords: ['invoice'],
    Description: 'If the message: …',
  },
}
const other = '2026-03-10 rules.json'

test('Get-InboxRule through ConvertTo-Json and Export-Csv, and messageRules of Graph, say the same', async () => {
  const csv =
    'RunspaceId,Name,Enabled,Priority,RuleIdentity,MailboxOwnerId,DeleteMessage,ForwardTo,From,SubjectContainsWords\n' +
    '2f0a0000-0000-4000-8000-000000000001,..,True,1,1152921504606847,alice,True,eve@evil.example,,invoice\n'
  const graph = {
    ...{ id: 'AQAAAJ5dZqA=', displayName: '..', sequence: 1, isEnabled: true, hasError: false, isReadOnly: false },
    conditions: { subjectContains: ['invoice'] },
    actions: { delete: true, forwardTo: [{ emailAddress: { name: 'Eve', address: 'eve@evil.example' } }] },
    exceptions: null,
  }

  const all = await Promise.all(
    [JSON.stringify([cmdlet]), csv, JSON.stringify({ value: [graph] })].map((text) => documentsOf(text, other)),
  )

  expect(all.map(({ shape }) => shape)).toEqual(['inbox-rules', 'inbox-rules-csv', 'graph-message-rules'])
  const told = all.map(({ documents: [document] }) => document)
  expect(told.map((document) => document?.['rule.name'])).toEqual(['..', '..', '..'])
  expect(told.map((document) => document?.['email.to.address'])).toEqual(Array(3).fill(['eve@evil.example']))
  const summaries = told.map((document) => document?.['hoofprint.rule.summary']?.replace(/"Eve" \[SMTP:(.*)\]/, '$1'))
  expect(summaries).toEqual(
    Array(3).fill("when the subject contains 'invoice': deletes it, forwards it to eve@evil.example"),
  )
  expect(told.map((document) => document?.['hoofprint.mailbox'])).toEqual(['alice', 'alice', 'alice@contoso.example'])
})

test('where Export-Csv wrote the type alone of a list the rule is cut', async () => {
  const text =
    'Name,MailboxOwnerId,RuleIdentity,ForwardTo,SubjectContainsWords,Description\n' +
    '.,alice,115,System.Collections.ArrayList,invoice,"Wenn die Nachricht:\r\n\tim Betreff ""invoice"""\n'

  const { cut } = await documentsOf(text, other)

  expect(cut).toEqual([true])
})

test('a rule of which the file lost to whom it sends mail is one to look at, and its words say what was lost', async () => {
  const text =
    'Name,MailboxOwnerId,RuleIdentity,Enabled,ForwardTo,From,StopProcessingRules\n' +
    'a,alice,115,True,System.Collections.ArrayList,,True\nb,alice,116,True,,System.Collections.ArrayList,True\nc,alice,117,True,,,True\n'

  const { documents } = await documentsOf(text, other)

  expect(documents.map((document) => document['hoofprint.rule.summary'])).toEqual([
    'stops other rules; the file lost what it says of ForwardTo',
    'stops other rules; the file lost what it says of From',
    'stops other rules',
  ])
  expect(documents.map((document) => stateKinds['InboxRule']?.isNotable(document))).toEqual([true, false, false])
})

test.each([
  [
    'AdminDroid',
    'Mailbox Name,Inbox Rule,Forward To,Redirect To,Forward As Attachment To,Stop Processing Rules,Rule Status\nalice,-,Eve Stranger,-,-,False,True\n',
    { 'rule.name': '-', 'hoofprint.mailbox': 'alice', 'email.to.address': ['Eve Stranger'] },
  ],
  [
    'AdminDroid, of rules that send mail out',
    'Mailbox Name,UPN,Inbox Rule Name,Forward To,Forward As Attachment To,Redirect To\nAlice,alice@contoso.example,.,eve@evil.example,,\n',
    { 'rule.name': '.', 'hoofprint.mailbox': 'alice@contoso.example', 'email.to.address': ['eve@evil.example'] },
  ],
  [
    'M365IRScripts',
    'SuspectTrait,PrimarySmtpAddress,RuleName,RuleIdentity,RuleEnabled,RuleForwardTo,ExternalRecipients,RuleMoveTo\nx,alice@contoso.example,.,115,False,System.Collections.ArrayList,eve@evil.example,RSS\n',
    {
      ...{ 'rule.name': '.', 'hoofprint.mailbox': 'alice@contoso.example', 'email.to.address': ['eve@evil.example'] },
      'hoofprint.rule.summary': "switched off: forwards it to eve@evil.example, moves it to 'RSS'",
    },
  ],
])('rules of %s are inbox rules', async (_tool, text, expected) => {
  const { documents } = await documentsOf(text, other)

  expect(documents).toMatchObject([{ 'event.action': 'InboxRule', ...expected }])
})

test('a list as PowerShell shows it is the list, and is cut where PowerShell stopped', async () => {
  const text =
    'Name,MailboxOwnerId,RuleIdentity,ForwardTo,SubjectContainsWords\n' +
    'a,alice,115,"{""Eve"" [SMTP:eve@evil.example], ""Mal"" [SMTP:mal@evil.example]}","{invoice, payment}"\n' +
    'b,alice,116,,"{a, b, c, d...}"\n'

  const { documents, cut } = await documentsOf(text, other)

  expect(documents.map((document) => document['email.to.address'])).toEqual([
    ['eve@evil.example', 'mal@evil.example'],
    undefined,
  ])
  expect(documents[0]?.['hoofprint.rule.summary']).toMatch(/^when the subject contains 'invoice, payment': forwards/)
  expect(cut).toEqual([false, true])
})

test('a rule that is listed twice on a day is one state, on another day another, in whatever order it says what it says', async () => {
  const ids = async (record: object, name: string) => {
    const { activities } = await digestFile(fileOf(JSON.stringify([record]), name))
    return activities.map(({ id }) => id)
  }
  const turned = Object.fromEntries(Object.entries({ ...cmdlet, RunspaceId: 'another' }).reverse())

  const [first, again, later, changed] = await Promise.all([
    ids(cmdlet, '20260310-080000.json'),
    ids(turned, '20260310-235900.json'),
    ids(cmdlet, '20260311-080000.json'),
    ids({ ...cmdlet, ForwardTo: ['mal@evil.example'] }, '20260310-080000.json'),
  ])

  expect(again).toEqual(first)
  expect(new Set([first, later, changed].map(String)).size).toBe(3)
})

test('a switch that is off is off in whatever language Excel wrote it, and a word that a rule looks for is no switch', async () => {
  const text =
    'Name;MailboxOwnerId;RuleIdentity;Enabled;ForwardTo;DeleteMessage;MarkAsRead;SubjectContainsWords\n' +
    'one;alice;115;WAHR;eve@evil.example;FALSCH;WAHR;falso\ntwo;alice;116;FALSCH;eve@evil.example;FALSCH;FALSCH;\n'

  const { documents } = await documentsOf(text, other)

  expect(documents.map((document) => document['hoofprint.rule.summary'])).toEqual([
    "when the subject contains 'falso': forwards it to eve@evil.example, marks it as read",
    'switched off: forwards it to eve@evil.example',
  ])
  expect(documents.map((document) => stateKinds['InboxRule']?.isNotable(document))).toEqual([true, false])
})

test('each way in which a rule hides mail or sends it on is to be looked at, and what else it does is not', async () => {
  const ways = {
    ...{ DeleteMessage: true, SoftDeleteMessage: true, MoveToFolder: 'RSS', MarkAsRead: true },
    ...{
      ForwardTo: ['eve@evil.example'],
      ForwardAsAttachmentTo: ['eve@evil.example'],
      RedirectTo: ['eve@evil.example'],
    },
  }
  const { RunspaceId, Enabled, MailboxOwnerId } = cmdlet
  const rules = Object.entries({ ...ways, ApplyCategory: ['Red'], MarkImportance: 'High' }).map(([way, value], i) => ({
    ...{ RunspaceId, Enabled, MailboxOwnerId, Name: way, RuleIdentity: i, [way]: value },
  }))

  const { documents } = await documentsOf(JSON.stringify(rules), other)

  const notable = documents.filter((document) => stateKinds['InboxRule']?.isNotable(document))
  expect(documents).toHaveLength(rules.length)
  expect(notable.map((document) => document['rule.name'])).toEqual(Object.keys(ways))
})

test('JSON loses digits of the number of a rule: its identity has them, and where that is missing it has none', async () => {
  const json = (given: string) => `[{"Name":".","MailboxOwnerId":"alice","RuleIdentity":14926430131134529537${given}}]`
  const whole = String.raw`,"Identity":"alice\\14926430131134529537"`

  const told = await Promise.all([json(whole), json('')].map((text) => documentsOf(text, other)))

  expect(told.map(({ documents }) => documents[0]?.['rule.id'])).toEqual(['14926430131134529537', undefined])
  expect(told.map(({ documents }) => documents[0]?.['o365.state'])).toEqual([
    { Name: '.', MailboxOwnerId: 'alice', Identity: String.raw`alice\14926430131134529537` },
    { Name: '.', MailboxOwnerId: 'alice' },
  ])
})

test('rules whose JSON a script put into a column are of the day in the name of the table', async () => {
  const cell = JSON.stringify(cmdlet).replaceAll('"', '""')
  const tables = [`Raw,Enabled,Name\n"${cell}",True,..\n`, `Regel,Roh\n..,"${cell}"\n`]

  const told = await Promise.all(tables.map((text) => documentsOf(text, '2026-03-10 rules.csv')))

  expect(told.map(({ shape }) => shape)).toEqual(['raw-csv', 'any-column-csv'])
  for (const { documents } of told)
    expect(documents).toMatchObject([
      { '@timestamp': '2026-03-10T00:00:00.000Z', 'email.to.address': ['eve@evil.example'] },
    ])
})

test('a listing among records is left out with what to do, for their file has no day', async () => {
  const audit = {
    ...{ Id: '11111111-1111-4111-8111-000000000001', CreationTime: '2026-03-10T18:00:00', RecordType: 2 },
    ...{ Operation: 'Send', UserId: 'alice@contoso.example', Workload: 'Exchange' },
  }

  const { activities, rejected } = await digestFile(fileOf(JSON.stringify([audit, cmdlet]), other))

  expect(activities).toHaveLength(1)
  expect(rejected.map(({ reason }) => reason)).toEqual([expect.stringContaining('a file of its own')])
})
