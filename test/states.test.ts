import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import { hoofprint } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { zipOf } from './support/zip.ts'

const made = (name: string, parameters: object) => ({
  ...{ Id: `11111111-1111-4111-8111-${name.padStart(12, '0')}`, RecordType: 1, CreationTime: '2026-03-09T08:00:00' },
  ...{ Operation: 'New-InboxRule', UserType: 2, Workload: 'Exchange', ClientIP: '203.0.113.66', ResultStatus: 'True' },
  ...{ UserId: 'alice@contoso.example', ObjectId: `contoso.example/alice\\${name}` },
  Parameters: Object.entries({ Name: name, ...parameters }).map(([Name, Value]) => ({ Name, Value })),
})
const logon = {
  ...{ Id: '11111111-1111-4111-8111-000000000999', RecordType: 15, CreationTime: '2026-03-11T11:00:00', UserType: 0 },
  ...{
    Operation: 'UserLoggedIn',
    Workload: 'AzureActiveDirectory',
    UserId: 'bob@contoso.example',
    ClientIP: '192.0.2.7',
  },
  ...{ ResultStatus: 'Success' },
}
const header = 'UserName,RuleName,Enabled,MoveToFolder,ForwardTo,MarkAsRead,SubjectContainsWords'

const forwarding = (id: string, target: string, time: string) => ({
  ...{ ...made(id, {}), Operation: 'Set-Mailbox', CreationTime: time, ObjectId: target.split('@')[0] },
  Parameters: [
    { Name: 'Identity', Value: target },
    { Name: 'ForwardingSmtpAddress', Value: 'smtp:eve@evil.example' },
  ],
})

/** A folder with the records of three rules, and two listings made later: one dated by its folder, one in a zip by its last change. */
function evidence(): string {
  const folder = temporaryFolder()
  const rules = join(folder, 'Rules', '20260311-113000')
  mkdirSync(rules, { recursive: true })
  writeFileSync(
    join(folder, 'audit.json'),
    JSON.stringify([
      made('111', { MoveToFolder: 'RSS' }),
      made('222', { ForwardTo: 'eve@evil.example' }),
      made('333', { DeleteMessage: 'True' }),
      logon,
    ]),
  )
  const first = [
    ...[header, 'alice@contoso.example,111,True,RSS,eve@evil.example,,invoice'],
    ...['bob@contoso.example,Before,True,,mal@evil.example,,', 'bob@contoso.example,Colours,True,,,,'],
  ]
  writeFileSync(join(rules, 'MailboxRules.csv'), first.join('\n'))
  const second = [header, 'alice@contoso.example,222,True,,eve@evil.example,,'].join('\n')
  const changed = [2026 - 1980, 3, 12] as const
  writeFileSync(join(folder, 'more.zip'), zipOf({ name: 'rules.csv', content: second, changed }))
  return folder
}

test('what stood is told with the records of its making, counts as no activity, and says of what may still stand whether it stood', () => {
  const [folder, home] = [evidence(), join(temporaryFolder(), 'case')]
  const run = (...args: string[]) => {
    const { code, out, err } = hoofprint([...args, '--case', home])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return out
  }

  const imported = run('import', folder, '--ndjson')
  run('mark', '--hostile', '203.0.113.66', '--quiet')
  const answer: CaseAnswer = JSON.parse(run('answer', '--json'))

  expect(imported).toContain('3 rows read = 3 stored + 0 duplicate + 0 rejected')
  expect(imported).toContain('4 activities of alice@contoso.example, bob@contoso.example\n')
  expect(imported).toMatch(/ {2}as of 2026-03-11 11:30 {2}3 inbox rules, 2 of them to look at {2}\(/)
  expect(imported).toMatch(/ {2}as of 2026-03-12 00:00 {2}1 inbox rule, to look at {2}\(/)
  const sections = new Map(answer.sections.map((section) => [section.name, section]))
  expect(answer.activities).toBe(4)
  expect(answer.datasets.map(({ dataset }) => dataset)).toEqual(['o365.audit'])
  expect(sections.get('states')?.findings.map(({ text }) => text)).toEqual([
    `inbox rule “111” of alice@contoso.example: when the subject contains 'invoice': moves it to 'RSS', forwards it to eve@evil.example: the last record of it up to then is New-InboxRule, 2026-03-09 08:00 UTC by alice@contoso.example, the marked intruder’s; that it sends mail to there, no record of it tells`,
    'inbox rule “222” of alice@contoso.example: forwards it to eve@evil.example: the last record of it up to then is New-InboxRule, 2026-03-09 08:00 UTC by alice@contoso.example, the marked intruder’s',
    'inbox rule “Before” of bob@contoso.example: forwards it to mal@evil.example: no record here names it',
  ])
  expect(sections.get('states')?.limits).toEqual([
    expect.stringMatching(
      /MailboxRules\.csv” lists 3 inbox rules of 2 mailboxes as of 2026-03-11 11:30, by its name or its folder’s/,
    ),
    expect.stringMatching(
      /more\.zip.rules\.csv” lists 1 inbox rule of 1 mailbox as of 2026-03-12 00:00, by when the file/,
    ),
    'What is of no kind that intruders make, and no record names, only the table listed-states has.',
  ])
  expect(sections.get('rules')?.limits).toContain(
    'May still stand, for no record takes it back: “111” (New-InboxRule; alice@contoso.example; listed as such in “MailboxRules.csv” as of 2026-03-11 11:30; not as such in “rules.csv” as of 2026-03-12 00:00, which may not list all), “222” (New-InboxRule; alice@contoso.example; listed as such in “rules.csv” as of 2026-03-12 00:00), “333” (New-InboxRule; alice@contoso.example; not as such in “rules.csv” as of 2026-03-12 00:00, which may not list all).',
  )
  const reports = join(home, 'reports')
  const documents = readFileSync(join(reports, 'events.ndjson'), 'utf8').trim().split('\n')
  const states = documents.map((line) => JSON.parse(line)).filter(({ event }) => event.kind === 'state')
  expect(states).toHaveLength(4)
  expect(states.filter(({ tags }) => tags.includes('to-look-at'))).toHaveLength(3)
  expect(
    states.filter(({ hoofprint: { logon: ofLogon, from } }) => ofLogon !== undefined || from !== undefined),
  ).toEqual([])
  const table = readdirSync(reports).find((name) => name.endsWith('-listed-states.tsv')) ?? ''
  expect(readFileSync(join(reports, table), 'utf8').trim().split('\n')).toHaveLength(5)
  const page = readFileSync(join(reports, 'report.html'), 'utf8')
  expect(page.slice(page.indexOf('>What stood when somebody looked<'))).toMatch(
    /Row by row, with more columns: <a href="[^"]*listed-states/,
  )
})

test('a case of listings alone tells them, and a listing that nothing dates is left out with what to do', () => {
  const [folder, home] = [temporaryFolder(), join(temporaryFolder(), 'case')]
  const dated = join(folder, 'rules.csv')
  writeFileSync(dated, [header, 'alice@contoso.example,.,True,,eve@evil.example,,'].join('\n'))
  utimesSync(dated, new Date('2026-03-12T08:00:00Z'), new Date('2026-03-12T08:00:00Z'))
  const again = [header, 'alice@contoso.example,.,True,RSS,eve@evil.example,,'].join('\n')
  writeFileSync(join(folder, 'old.zip'), zipOf({ name: 'rules.csv', content: again }))

  const { out } = hoofprint(['import', folder, '--case', home])

  expect(out).toContain('The case holds no activities.')
  expect(out).toContain('as of 2026-03-12 08:00  1 inbox rule, to look at')
  expect(out).toContain('put the day of the listing into the name')
  expect(hoofprint(['answer', '--case', home]).out).toContain('inbox rule “.” of alice@contoso.example: forwards it to')
})

test('of mailboxes it is told where they sent mail on to, with the record that says so, and what of them was not recorded', () => {
  const [folder, home] = [temporaryFolder(), join(temporaryFolder(), 'case')]
  const records = [
    forwarding('444', 'alice@contoso.example', '2026-03-09T08:00:00'),
    forwarding('555', 'bob@contoso.example', '2026-03-09T09:00:00'),
  ]
  writeFileSync(join(folder, 'audit.json'), JSON.stringify(records))
  const mailboxes = [
    'UserPrincipalName,PrimarySmtpAddress,ForwardingSmtpAddress,ForwardingAddress,DeliverToMailboxAndForward,AuditEnabled',
    'alice@contoso.example,alice@contoso.example,smtp:eve@evil.example,,False,True',
    'bob@contoso.example,bob@contoso.example,,,False,True',
    'cy@contoso.example,cy@contoso.example,smtp:mal@evil.example,,True,False',
    'dee@contoso.example,dee@contoso.example,,,False,True',
  ]
  writeFileSync(join(folder, '20260312-120000-mailboxes.csv'), mailboxes.join('\n'))
  const auditing = [
    'UserPrincipalName,AuditEnabled,AuditBypassEnabled,DefaultAuditSet,OwnerAuditActions,EffectiveAuditState',
    'alice@contoso.example,True,False,,"MailItemsAccessed, HardDelete, SearchQueryInitiated",Enabled (Organization Policy)',
    'bob@contoso.example,True,True,,,Bypassed',
    'cy@contoso.example,True,False,,"HardDelete, SearchQueryInitiated",Enabled (Organization Policy)',
  ]
  writeFileSync(join(folder, '20260312-120000-MailboxAuditStatus.csv'), auditing.join('\n'))
  const run = (...args: string[]) => hoofprint([...args, '--case', home])

  const { out } = run('import', folder)
  run('mark', '--hostile', '203.0.113.66', '--quiet')
  const answer: CaseAnswer = JSON.parse(run('answer', '--json').out)

  expect(out).toMatch(/ 4 mailboxes, 2 of them to look at {2}/)
  expect(out).toMatch(/MailboxAuditStatus.csv” says of bob@contoso.example, as of 2026-03-12 12:00: what its user does/)
  const sections = new Map(answer.sections.map((section) => [section.name, section]))
  expect(sections.get('states')?.findings.map(({ text }) => text)).toEqual([
    'mailbox of alice@contoso.example: forwards all mail to smtp:eve@evil.example, keeps no copy in the mailbox: the last record of it up to then is Set-Mailbox, 2026-03-09 08:00 UTC by alice@contoso.example, the marked intruder’s',
    'mailbox of bob@contoso.example: forwards no mail: the last record of it up to then is Set-Mailbox, 2026-03-09 09:00 UTC by alice@contoso.example, the marked intruder’s',
    'mailbox of cy@contoso.example: forwards all mail to smtp:mal@evil.example, keeps a copy in the mailbox; auditing is switched off, unless the organization audits all mailboxes: no record here names it',
    'setting of auditing of bob@contoso.example: what its user does in mailboxes is exempt from auditing: no record here names it',
  ])
  expect(sections.get('states')?.limits).toContainEqual(
    expect.stringMatching(/mailboxes\.csv” lists 4 mailboxes as of/),
  )
  expect(sections.get('forwarding')?.limits).toContain(
    'May still stand, for no record takes it back: “alice@contoso.example” (Set-Mailbox; listed as such in “20260312-120000-mailboxes.csv” as of 2026-03-12 12:00), “bob@contoso.example” (Set-Mailbox; not as such in “20260312-120000-mailboxes.csv” as of 2026-03-12 12:00, which may not list all).',
  )
  expect(sections.get('mails')?.limits.filter((limit) => limit.includes('MailItemsAccessed)'))).toEqual([
    expect.stringMatching(
      /says of cy@contoso\.example, as of 2026-03-12 12:00: which mails its owner reads is not recorded/,
    ),
  ])
})

const entra = {
  ...{ RecordType: 8, OrganizationId: '2f0a0000-0000-4000-8000-000000000009', UserType: 0, ClientIP: '203.0.113.66' },
  ...{ Workload: 'AzureActiveDirectory', UserId: 'alice@contoso.example', ResultStatus: 'Success' },
}
const client = '31f7a8e7-29e9-49f2-a35e-b2bf6665749b'
const given = (id: string, cmdlet: string, user: string, name: string) => ({
  ...{ ...made(id, {}), Operation: cmdlet, ObjectId: 'alice' },
  Parameters: [
    { Name: 'Identity', Value: 'alice@contoso.example' },
    { Name: name, Value: user },
    { Name: 'AccessRights', Value: name === 'User' ? 'FullAccess' : 'SendAs' },
  ],
})

test('permissions, consents and rules of the tenant are told with the record of each, and one right is not another', () => {
  const [folder, home] = [temporaryFolder(), join(temporaryFolder(), 'case')]
  const consent = {
    ...{ ...entra, Id: '11111111-1111-4111-8111-000000000666', CreationTime: '2026-03-09T08:00:00' },
    ...{ Operation: 'Consent to application.', ObjectId: client },
    Target: [
      { ID: 'Mail Backup', Type: 1 },
      { ID: client, Type: 2 },
    ],
    ModifiedProperties: [{ Name: 'ConsentAction.Permissions', NewValue: '[] => [[Scope: Mail.Read, ]]', OldValue: '' }],
  }
  const records = [
    consent,
    given('777', 'Add-MailboxPermission', 'eve@contoso.example', 'User'),
    given('888', 'Add-RecipientPermission', 'mal@contoso.example', 'Trustee'),
  ]
  writeFileSync(join(folder, 'audit.json'), JSON.stringify(records))
  const list = (name: string, ...lines: string[]) =>
    writeFileSync(join(folder, `20260312-120000-${name}.csv`), lines.join('\n'))
  list(
    'OAuthPermissions',
    'PermissionType,AppId,ClientObjectId,AppDisplayName,ResourceDisplayName,Permission,ConsentType,PrincipalObjectId,AppOwnerOrganizationId',
    `Delegated,${client},c1,Mail Backup,Microsoft Graph,Mail.Read,AllPrincipals,,t1`,
    'Delegated,a2,c2,Office,Microsoft Graph,Mail.Read,AllPrincipals,,f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    'Application,a3,c3,Archive,Microsoft Graph,Mail.ReadWrite,AllPrincipals,,t1',
  )
  list(
    'permissions',
    'Identity,User,AccessRights,IsInherited,Deny',
    'alice,NT AUTHORITY\\SELF,FullAccess,False,False',
    'alice,eve@contoso.example,FullAccess,False,False',
    'alice,mal@contoso.example,FullAccess,False,False',
  )
  list('sendas', 'Identity,Trustee,AccessRights', 'alice,board@contoso.example,SendAs')
  list('TransportRules', 'Name,Description,State,Priority,Mode', 'Copies,Bcc to eve@evil.example,Enabled,0,Enforce')

  hoofprint(['import', folder, '--case', home, '--no-reports'])
  hoofprint(['mark', '--hostile', '203.0.113.66', '--quiet', '--case', home])
  const answer: CaseAnswer = JSON.parse(hoofprint(['answer', '--json', '--case', home]).out)

  const sections = new Map(answer.sections.map((section) => [section.name, section]))
  const his = (operation: string) =>
    `the last record of it up to then is ${operation}, 2026-03-09 08:00 UTC by alice@contoso.example, the marked intruder’s`
  const nobodys = 'no record here names it in that mailbox, which the listing calls by no address'
  expect(
    sections
      .get('states')
      ?.findings.map(({ text }) => text)
      .sort(),
  ).toEqual(
    [
      `permission of an application “Mail Backup”: Mail.Read for everybody of Microsoft Graph: ${his('Consent to application.')}`,
      'permission of an application “Archive”: Mail.ReadWrite for everybody of Microsoft Graph: no record here names it',
      `permission “eve@contoso.example” of alice: FullAccess: ${his('Add-MailboxPermission')}`,
      `permission “mal@contoso.example” of alice: FullAccess: ${nobodys}`,
      `permission “board@contoso.example” of alice: SendAs: ${nobodys}`,
      'mail flow rule “Copies”: Bcc to eve@evil.example: no record here names it',
    ].sort(),
  )
  expect(sections.get('consents')?.limits).toContain(
    'May still stand, for no record takes it back: “Mail Backup” (Consent to application.; listed as such in “20260312-120000-OAuthPermissions.csv” as of 2026-03-12 12:00).',
  )
  expect(sections.get('permissions')?.limits).toContain(
    'May still stand, for no record takes it back: “alice@contoso.example” (Add-MailboxPermission; eve@contoso.example; listed as such in “20260312-120000-permissions.csv” as of 2026-03-12 12:00), “alice@contoso.example” (Add-RecipientPermission; mal@contoso.example; not as such in “20260312-120000-sendas.csv” as of 2026-03-12 12:00, which may not list all).',
  )
})
