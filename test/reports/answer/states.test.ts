import { expect, test } from '@jest/globals'
import type { Mark } from '#src/marks.ts'
import { answerOf } from '#src/reports/answer/index.ts'
import { countParts } from '#src/reports/count.ts'
import { answersOf } from '#src/reports/count-answers.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { reported } from '../../support/reported.ts'

const rule = (day: string, given: object) =>
  reported({
    ...{ '@timestamp': `2026-03-${day}T09:00:00.000Z`, 'event.action': 'InboxRule', 'event.kind': 'state' },
    ...{ 'hoofprint.category': 'state', 'hoofprint.listed.by': 'name', 'event.dataset': 'o365.state' },
    ...{ 'rule.name': '.', 'o365.state': { Enabled: 'True', DeleteMessage: 'True' }, ...given },
  })
const record = (day: string, action: string, audit: object, given: object = {}) =>
  reported({
    ...{ '@timestamp': `2026-03-${day}T20:00:00.000Z`, 'event.action': action, 'hoofprint.category': 'rule' },
    ...{ 'o365.audit': audit, ...given },
  })
const byName = { Parameters: { Name: '.' } }

test('a record that has the number of a rule alone is of it, and so is one in the other letters of its mailbox, up to fourteen hours later', async () => {
  const early = { '@timestamp': '2026-03-10T06:00:00.000Z' }
  const texts = await told([
    record('09', 'UpdateInboxRules', { OperationProperties: { RuleId: '115' } }),
    rule('10', { 'rule.id': '115' }),
    record('10', 'Set-InboxRule', byName, { 'hoofprint.mailbox': 'Ben@contoso.example' }),
    rule('10', { ...early, 'hoofprint.mailbox': 'ben@contoso.example' }),
  ])

  expect(texts).toEqual([
    expect.stringContaining('up to then is Set-InboxRule, 2026-03-10 20:00 UTC'),
    expect.stringContaining('up to then is UpdateInboxRules, 2026-03-09 20:00 UTC'),
  ])
})

test('a listing that names its day alone may be of the end of it, and one that is dated by its last change is not', async () => {
  const atMidnight = (by: string) => rule('10', { '@timestamp': '2026-03-10T00:00:00.000Z', 'hoofprint.listed.by': by })
  const texts = await told([record('10', 'New-InboxRule', byName), atMidnight('name'), atMidnight('change')])

  expect(texts).toEqual([
    expect.stringContaining('up to then is New-InboxRule, 2026-03-10 20:00 UTC'),
    expect.stringMatching(/no record here names it$/),
  ])
})

test('a mailbox is found that a listing calls by the path to it', async () => {
  const at = { 'hoofprint.mailbox': 'contoso.example/Users/alice' }

  expect(await told([record('09', 'New-InboxRule', byName), rule('10', at)])).toEqual([
    expect.stringContaining('up to then is New-InboxRule'),
  ])
})

test('what was done later, in vain or in another mailbox made no rule; that it was taken back before is told', async () => {
  const texts = await told([
    record('11', 'New-InboxRule', byName),
    record('09', 'New-InboxRule', byName, { 'event.outcome': 'failure' }),
    record('09', 'New-InboxRule', byName, { 'hoofprint.mailbox': 'ben@contoso.example' }),
    rule('10', {}),
    ...[
      record('08', 'New-InboxRule', { Parameters: { Name: 'x' } }),
      record('09', 'Remove-InboxRule', { Parameters: { Name: 'x' } }),
    ],
    rule('10', { 'rule.name': 'x' }),
  ])

  expect(texts).toEqual([
    expect.stringMatching(/“\.” of alice@contoso\.example: no record here names it$/),
    expect.stringContaining('up to then is Remove-InboxRule'),
  ])
})

test('what is done to a mailbox that a cmdlet names by no address is not told of that of who ran it', async () => {
  const forward = (mailbox: string, target: string) =>
    rule('10', {
      ...{ 'event.action': 'Mailbox', 'rule.name': undefined, 'o365.state': {}, 'hoofprint.mailbox': mailbox },
      'email.to.address': [target],
    })
  const set = (Identity: string, ObjectId: string) =>
    record('09', 'Set-Mailbox', { ObjectId, Parameters: { Identity } }, { 'hoofprint.category': 'forward' })
  const [alice, ben] = [
    forward('alice@contoso.example', 'al@home.example'),
    forward('ben@contoso.example', 'eve@evil.example'),
  ]

  expect(await told([set('ben', 'contoso.example/Users/Ben'), alice, ben])).toEqual([
    expect.stringMatching(/^mailbox of alice.*no record here names it$/),
    expect.stringMatching(/^mailbox of ben.*up to then is Set-Mailbox/),
  ])
  expect(await told([set('b4b6a3c4-2f0a-4000-8000-000000000009', 'Alice'), alice])).toEqual([
    expect.stringMatching(/^mailbox of alice.*up to then is Set-Mailbox/),
  ])
})

test('a rule that is switched off, or hides nothing, is told where a record names it alone', async () => {
  const off = { 'o365.state': { Enabled: 'False', DeleteMessage: 'True' } }
  const harmless = { 'o365.state': { Enabled: 'True', ApplyCategory: 'Red' } }

  expect(await told([rule('10', off), rule('10', harmless)])).toEqual([])
  expect(await told([record('09', 'New-InboxRule', byName), rule('10', off)])).toHaveLength(1)
})

test('that a later listing has not what stood is not said of what it may call otherwise', async () => {
  const his = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const given = (User: string) =>
    record(
      '09',
      'Add-MailboxPermission',
      { Parameters: { Identity: 'ben', User } },
      { ...his, 'hoofprint.category': 'permission' },
    )
  const permission = (mailbox: string, User: string) =>
    rule('12', {
      ...{ 'event.action': 'MailboxPermission', 'rule.name': undefined, 'hoofprint.mailbox': mailbox },
      'o365.state': { User },
    })
  const changed = record('09', 'Set-InboxRule', { Parameters: { Identity: '14926430131134529537' } }, his)
  const texts = (...activities: ReportedActivity[]) => standing(activities)

  expect(await texts(given('Eve Stranger'), permission('ben', 'eve@contoso.example'))).toMatch(/Eve Stranger\)\.$/)
  expect(await texts(given('mal'), permission('ben@contoso.example', 'eve@contoso.example'))).toMatch(
    /mal; not as such in/,
  )
  expect(await texts(given('mal'), permission('ben@contoso.example', 'mal@contoso.example'))).toMatch(
    /mal; listed as such in/,
  )
  expect(await texts(given('mal'), permission('alice@contoso.example', 'mal@contoso.example'))).toMatch(/mal\)\.$/)
  expect(
    await texts(given('mal'), permission('ben', 'eve@contoso.example'), permission('ben', 'Mal Stranger')),
  ).toMatch(/mal\)\.$/)
  const denied = { ...permission('ben', 'mal@contoso.example') }
  Object.assign(denied.document, { 'o365.state': { User: 'mal@contoso.example', Deny: 'True' } })
  expect(await texts(given('mal'), denied)).toMatch(/mal; not as such in/)
  expect(await texts(changed, rule('12', {}))).toMatch(/alice@contoso\.example\)\.$/)
  const another = { 'rule.id': '14926430131134529538' }
  expect(await texts(changed, rule('12', another))).toMatch(/; not as such in/)
  expect(await texts(changed, rule('10', another))).toMatch(/alice@contoso\.example\)\.$/)
})

test('of what may still stand it is told that it is switched off, that mail goes elsewhere by then, and nothing by what a listing may leave out', async () => {
  const his = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const made = record('09', 'New-InboxRule', byName, his)
  const forward = (given: object) =>
    record(
      '09',
      'Set-Mailbox',
      { Parameters: { Identity: 'alice@contoso.example' } },
      {
        ...{ ...his, 'hoofprint.category': 'forward', 'email.to.address': ['eve@evil.example'] },
        ...given,
      },
    )
  const mailbox = (state: object, ...to: string[]) =>
    rule('12', {
      ...{ 'event.action': 'Mailbox', 'rule.name': undefined, 'o365.state': state },
      ...(to.length > 0 && { 'email.to.address': to }),
    })
  const consent = record(
    '09',
    'Consent to application.',
    {},
    {
      ...{ ...his, 'hoofprint.category': 'consent', 'user.target.id': undefined },
      'o365.audit': { ObjectId: '31f7a8e7-29e9-49f2-a35e-b2bf6665749b' },
    },
  )
  const granted = rule('12', {
    ...{ 'event.action': 'OAuthPermission', 'rule.name': undefined, 'application.name': 'Backup' },
    'o365.state': { Permission: 'Mail.Read' },
  })
  const off = rule('12', { 'o365.state': { Enabled: 'False', DeleteMessage: 'True' } })
  const failed = rule('12', { 'rule.name': undefined, 'o365.state': { Description: 'access denied' } })

  expect(await standing([made, off])).toMatch(/; listed as such, switched off, in “audit\.csv”/)
  expect(await standing([made, failed])).toMatch(/\(New-InboxRule; alice@contoso\.example\)\.$/)
  expect(await standing([forward({}), mailbox({}, 'eve@evil.example')])).toMatch(/; listed as such in/)
  expect(await standing([forward({}), mailbox({}, 'assistant@contoso.example')])).toMatch(/; not as such in/)
  expect(await standing([forward({}), mailbox({})])).toMatch(/; not as such in/)
  expect(await standing([forward({}), mailbox({ NotTold: ['ForwardingAddress'] })])).toMatch(/\(Set-Mailbox\)\.$/)
  expect(await standing([consent, granted])).toMatch(/\(Consent to application\.\)\.$/)
})

test('roles, ways to sign in, secrets of applications and the audit log are told with the record of each', async () => {
  const his = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const app = '31f7a8e7-29e9-49f2-a35e-b2bf6665749b'
  const listed = (kind: string, state: object, given: object = {}) =>
    rule('12', { 'event.action': kind, 'rule.name': undefined, 'o365.state': state, ...given })
  const given = (role: string) =>
    record(
      '09',
      'Add member to role.',
      { ObjectId: 'mal@contoso.example', ModifiedProperties: { Role_DisplayName: { NewValue: role } } },
      {
        ...{ ...his, 'hoofprint.category': 'admin', 'user.target.email': 'mal@contoso.example' },
      },
    )
  const at = (mailbox: string) => ({ 'hoofprint.mailbox': mailbox })
  const role = listed(
    'RoleMember',
    { Role: 'Global Administrator', Member: 'mal@contoso.example' },
    at('mal@contoso.example'),
  )
  const activities = [
    given('Global Administrator'),
    role,
    record(
      '09',
      'User registered security info',
      {},
      { ...his, 'hoofprint.category': 'account', 'user.target.email': 'alice@contoso.example' },
    ),
    listed('SignInMethods', { Methods: ['phone'] }),
    listed('SignInMethods', { Methods: ['phone'] }, at('ben@contoso.example')),
    record(
      '09',
      'Add service principal credentials.',
      {},
      { 'hoofprint.category': 'consent', 'hoofprint.application.id': app },
    ),
    listed('OAuthPermission', { AppId: app.toUpperCase(), Permission: 'Mail.Read' }, { 'application.name': 'Backup' }),
    listed(
      'ApplicationCredential',
      { AppId: app.toUpperCase(), DisplayName: 'Backup', Credentials: ['password'] },
      at(''),
    ),
    record(
      '09',
      'Set-AdminAuditLogConfig',
      { Parameters: { UnifiedAuditLogIngestionEnabled: 'False' } },
      { 'hoofprint.category': 'admin' },
    ),
    listed('AuditLog', { UnifiedAuditLogIngestionEnabled: 'False' }, at('')),
  ]

  const texts = await told(activities)

  expect(texts.filter((text) => !/up to then is [^,]*, 2026-03-09 20:00 UTC by alice/.test(text))).toEqual([])
  expect(texts.map((text) => text.split(':')[0]).sort()).toEqual([
    'account with its ways to sign in of alice@contoso.example',
    'application with its credentials “Backup”',
    'permission of an application “Backup”',
    'role “Global Administrator” of mal@contoso.example',
    'setting of the audit log',
  ])
  expect(await standing([given('Global Administrator'), role])).toMatch(/Global Administrator; listed as such in/)
  expect(await standing([given('User Administrator'), role])).toMatch(/User Administrator\)\.$/)
})

test('what sends mail on is told before what lets somebody in, and roles come last, for a tenant has many', async () => {
  const role = rule('08', {
    'event.action': 'RoleMember',
    'o365.state': { Role: 'Global Administrator', Member: 'mal' },
  })
  const hides = rule('10', { 'rule.name': 'hides' })
  const sends = rule('12', { 'rule.name': 'sends', 'email.to.address': ['eve@evil.example'] })

  const texts = await told([role, hides, sends])

  expect(texts.map((text) => /“(.*?)”/.exec(text)?.[1])).toEqual(['sends', 'hides', 'Global Administrator'])
})

async function standing(activities: readonly ReportedActivity[]): Promise<string | undefined> {
  const { sections } = await answered(activities, [{ actor: 'intruder', kind: 'ip', value: '203.0.113.66' }])
  return sections.flatMap(({ limits }) => limits).find((limit) => limit.startsWith('May still stand'))
}

async function told(activities: readonly ReportedActivity[]): Promise<string[]> {
  const { sections } = await answered(activities, [])
  return sections.find(({ name }) => name === 'states')?.findings.map(({ text }) => text) ?? []
}

async function answered(activities: readonly ReportedActivity[], marks: readonly Mark[]) {
  const parts = async function* () {
    yield partRenderer(false, false)(activities)
  }
  const none = { total: 0, rows: [] }
  return countParts(parts(), ({ scratch, tally }) =>
    answerOf({ answers: answersOf(scratch, tally), evidence: [], rejects: none, skipped: none }, scratch, marks),
  )
}
