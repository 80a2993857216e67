import { expect, test } from '@jest/globals'
import type { CategoryName, EcsDocument } from '#src/document.ts'
import type { Mark } from '#src/marks.ts'
import { answerOf, type CaseAnswer } from '#src/reports/answer/index.ts'
import { answerAsText } from '#src/reports/answer/text.ts'
import { countParts } from '#src/reports/count.ts'
import { answersOf } from '#src/reports/count-answers.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { reported } from '../../support/reported.ts'

const logon = { 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon' }

test('a session that was used from two addresses is unusual, however many sessions began before it', async () => {
  const plain = Array.from({ length: 1200 }, (_, i) => reported({ ...logon, 'session.id': `s-${i}` }))
  const shared = ['192.0.2.1', '192.0.2.2'].map((ip) =>
    reported({ ...logon, '@timestamp': '2026-03-03T09:00:00.000Z', 'session.id': 'shared', 'source.ip': ip }),
  )

  const unusual = sectionOf(await answerTo([...plain, ...shared]), 'unusual')

  expect(unusual?.total).toBe(1)
  expect(unusual?.findings).toMatchObject([{ facts: { session: 'shared', addresses: ['192.0.2.1', '192.0.2.2'] } }])
})

test('before anything is marked, the addresses are also those that no session names; not those that mail came from', async () => {
  const guess = reported({ ...logon, 'event.outcome': 'failure', 'source.ip': '203.0.113.9' })
  const read = { 'hoofprint.category': 'read', 'event.action': 'ReadingPaneDisplayStart', 'source.ip': undefined }
  const attributed = reported({ ...read, 'hoofprint.logon.ip': '203.0.113.10', 'hoofprint.logon.method': 'nearest' })
  const delivery = reported({ 'hoofprint.category': 'delivery', 'event.action': 'Delivered', 'source.ip': '192.0.2.3' })

  const addresses = sectionOf(await answerTo([guess, attributed, delivery]), 'addresses')

  expect(addresses?.findings).toMatchObject([
    { certainty: 'inferred', facts: { ip: '203.0.113.10', activities: 1, failed: 0 } },
    { certainty: 'record', facts: { ip: '203.0.113.9', activities: 1, failed: 1 } },
  ])
  expect(addresses?.total).toBe(2)
})

test('of sign-ins by a device code and with its token the first by time stands first: then the code was entered', async () => {
  const code = {
    'event.dataset': 'azure.signinlogs',
    'user.email': 'alice@contoso.example',
    tags: ['logon', 'device-code'],
  }
  const at = (ip: string, i: number) =>
    reported({ ...logon, ...code, 'source.ip': ip, '@timestamp': `2026-03-02T0${i}:00:00.000Z` })

  const answer = await answerTo(['192.0.2.9', '192.0.2.8', '192.0.2.8'].map(at))

  expect(sectionOf(answer, 'unusual')?.findings.map(({ text }) => text)).toEqual([
    'alice@contoso.example from 192.0.2.9: 1 sign-in by a code entered on another device or with its token, 1 succeeded',
    'alice@contoso.example from 192.0.2.8: 2 sign-ins by a code entered on another device or with its token, 2 succeeded',
  ])
})

test('who had the right password and never got in is unusual, once however many logs tell it, and so is who came by a device code', async () => {
  const at = (ip: string, given: object) => reported({ ...logon, 'source.ip': ip, ...given })
  const signIn = { 'event.action': 'Sign-in activity', 'event.dataset': 'azure.signinlogs' }
  const alice = { ...signIn, 'user.id': 'id-of-alice', 'user.email': 'alice@contoso.example' }
  const stopped = { 'event.outcome': 'unknown', 'hoofprint.first_factor': 'accepted' }
  const twin = { ...alice, ...stopped, 'hoofprint.first_factor': 'password', tags: ['logon', 'also-audited'] }
  const code = { ...alice, tags: ['logon', 'also-audited', 'device-code'] }

  const first = at('203.0.113.9', stopped)

  const answer = await answerTo([
    at('203.0.113.9', { 'event.outcome': 'failure' }),
    first,
    at('203.0.113.9', twin),
    at('203.0.113.9', { ...stopped, 'event.outcome': 'failure' }),
    ...[at('192.0.2.7', stopped), at('192.0.2.7', {})], // Asked for a second factor, and passed.
    ...[at('192.0.2.8', {}), at('192.0.2.8', code)],
  ])

  expect(sectionOf(answer, 'unusual')?.findings).toMatchObject([
    {
      text: 'alice@contoso.example from 203.0.113.9: 2 stopped only after the first factor, 1 of them by a password that was right; no logon succeeded',
      facts: { kind: 'first factor', times: 2, password: 1, token: 0, succeeded: 0 },
      references: [{ id: first.document['event.id'] }],
    },
    {
      text: 'alice@contoso.example from 192.0.2.8: 1 sign-in by a code entered on another device or with its token, 1 succeeded',
      facts: { kind: 'device code', times: 1, succeeded: 1 },
    },
  ])
  expect(sectionOf(answer, 'unusual')?.total).toBe(2)
  expect(sectionOf(answer, 'addresses')?.findings.map(({ text }) => text)).toEqual([
    expect.stringContaining('192.0.2.7: 2 activities; 1 logon succeeded, 0 failed, 1 neither; 1 stopped only after'),
    expect.stringContaining(
      '192.0.2.8: 1 activity; 1 logon succeeded, 0 failed; 1 by device code or with its token; 0 sessions',
    ),
    expect.stringContaining(
      '2 failed, 1 neither; 2 stopped only after the first factor, 1 of them by a password that was right; 0 sessions',
    ),
  ])
})

test('how second factors were met is told of each address', async () => {
  const at = (ip: string, factor?: string) =>
    reported({ ...logon, 'source.ip': ip, ...(factor !== undefined && { 'hoofprint.second_factor': factor }) })
  const app = 'Mobile app notification'

  const answer = await answerTo([
    ...[at('192.0.2.7', 'token'), at('192.0.2.7', 'token'), at('192.0.2.7', app), at('192.0.2.8', app)],
    at('192.0.2.7', 'Text message'),
    at('192.0.2.9'),
  ])

  expect(sectionOf(answer, 'addresses')?.findings.map(({ text }) => text)).toEqual([
    expect.stringContaining(
      '4 logons succeeded, 0 failed; second factor of 2 by a claim in the token, so that nobody was asked for one then, of 2 by Mobile app notification, Text message; 0 sessions',
    ),
    expect.stringContaining('1 logon succeeded, 0 failed; second factor of 1 by Mobile app notification; 0 sessions'),
    expect.stringContaining('1 logon succeeded, 0 failed; 0 sessions'),
  ])
})

test('that a link which the intruder made was used since is told with what was shared, by whomever, and no other use', async () => {
  const share = (hour: string, operation: string, name: string, given: object = {}) =>
    reported({
      ...{ '@timestamp': `2026-03-02T${hour}:00:00.000Z`, 'event.action': operation, 'hoofprint.category': 'share' },
      ...{ 'event.dataset': 'o365.audit', 'o365.audit': { ObjectId: `https://contoso.example/${name}` }, ...given },
    })
  const [ours, theirs] = [{ 'hoofprint.actor': 'intruder' }, { 'hoofprint.actor': 'unknown', 'source.ip': '192.0.2.9' }]

  const answer = await answerTo(
    [
      share('08', 'AnonymousLinkUsed', 'salaries.xlsx', theirs),
      share('09', 'AnonymousLinkCreated', 'salaries.xlsx', ours),
      share('09', 'AnonymousLinkCreated', 'plan.docx', theirs),
      share('10', 'AnonymousLinkUsed', 'salaries.xlsx', theirs),
      share('11', 'AnonymousLinkUsed', 'salaries.xlsx', { ...theirs, 'source.ip': '192.0.2.10' }),
      share('11', 'AnonymousLinkUsed', 'plan.docx', theirs),
      share('12', 'CompanyLinkCreated', 'prices.xlsx', ours),
      share('13', 'CompanyLinkUsed', 'prices.xlsx', { ...ours, 'source.ip': '203.0.113.66' }),
      share('14', 'CompanyLinkUsed', 'prices.xlsx', { ...theirs, 'event.outcome': 'failure' }),
      share('14', 'CompanyLinkUsed', 'prices.xlsx', { ...theirs, 'source.ip': undefined }),
      share('15', 'AnonymousLinkUsed', 'prices.xlsx', theirs),
      share('12', 'CompanyLinkCreated', 'in-vain.xlsx', { ...ours, 'event.outcome': 'failure' }),
      share('12', 'FileAccessed', 'seen.xlsx', ours),
      ...['in-vain.xlsx', 'seen.xlsx'].map((name) => share('13', 'CompanyLinkUsed', name, theirs)),
    ],
    [{ kind: 'ip', value: '203.0.113.66', actor: 'intruder' }],
  )

  expect(sectionOf(answer, 'shared')?.limits).toEqual([
    'After a link to https://contoso.example/prices.xlsx was made, one to it was used 3 times, 1 of these by the marked intruder, from 203.0.113.66, 192.0.2.9, 2026-03-02 13:00 to 2026-03-02 15:00; whoever has an anonymous link needs no account',
    'After a link to https://contoso.example/salaries.xlsx was made, one to it was used 2 times, from 192.0.2.9, 192.0.2.10, 2026-03-02 10:00 to 2026-03-02 11:00; whoever has an anonymous link needs no account',
  ])
})

test('of many links that were used the last used are told, and how many more were', async () => {
  const share = (i: number, operation: string) =>
    reported({
      ...{ '@timestamp': `2026-03-02T${10 + i}:00:00.000Z`, 'event.action': operation, 'hoofprint.category': 'share' },
      ...{ 'hoofprint.actor': 'intruder', 'source.ip': undefined },
      'o365.audit': { ObjectId: `https://contoso.example/${i}` },
    })
  const uses = Array.from({ length: 10 }, (_, i) => [share(i, 'CompanyLinkCreated'), share(i, 'CompanyLinkUsed')])

  const answer = await answerTo(uses.flat(), [{ kind: 'ip', value: '203.0.113.66', actor: 'intruder' }])

  const limits = sectionOf(answer, 'shared')?.limits ?? []
  expect(limits).toHaveLength(9)
  expect(limits[0]).toMatch(/^After a link to https:..contoso.example.9 was made, .* from no address, 2026-03-02 19:00/)
  expect(limits.at(-1)).toBe('and links to 2 more were used')
})

test('what Copilot was asked to read is told by user and address, and is no reading of mail', async () => {
  const ask = (given: object) =>
    reported({ 'event.action': 'CopilotInteraction', 'hoofprint.category': 'copilot', ...given })
  const named = (host: string, ...resources: string[]) => ({
    'hoofprint.copilot.host': host,
    'hoofprint.copilot.resources': resources,
  })

  const answer = await answerTo([
    ask(named('Word', 'Budget.xlsx', 'Plan.docx')),
    ask(named('Outlook', 'Budget.xlsx')),
    ask({ 'source.ip': '192.0.2.4', 'hoofprint.copilot.host': 'Teams' }),
  ])

  expect(sectionOf(answer, 'copilot')?.findings).toMatchObject([
    {
      text: 'alice@contoso.example from 203.0.113.66: 2 interactions in Word, Outlook, naming 2 resources: Budget.xlsx, Plan.docx',
      certainty: 'record',
      references: [{}, {}],
      facts: { interactions: 2, resources: ['Budget.xlsx', 'Plan.docx'], hosts: ['Word', 'Outlook'] },
    },
    { text: 'alice@contoso.example from 192.0.2.4: 1 interaction in Teams, naming 0 resources' },
  ])
  for (const name of ['mails', 'files']) {
    expect(sectionOf(answer, name)?.total).toBe(0)
    expect(sectionOf(answer, name)?.limits.at(-1)).toContain('Copilot was used 3 times')
  }
})

test('what services did comes behind what people did, however early', async () => {
  const read = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const bind = (item: string, given: object) => reported({ ...read, ...given }, [{ item }])
  const object = 'AM0PR01A009.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.example/Bob'
  const admin = { 'event.action': 'Set-User', 'hoofprint.category': 'admin', 'o365.audit': { ObjectId: object } }
  const service = { tags: ['admin', 'microsoft-service'] }
  const later = { '@timestamp': '2026-03-03T09:00:00.000Z' }
  const activities = [
    ...[bind('<service@x.example>', service), reported({ ...admin, ...service })],
    ...[bind('<person@x.example>', later), reported({ ...admin, ...later })],
  ]

  const answer = await answerTo(activities)

  const told = (name: string) => sectionOf(answer, name)?.findings.map(({ at }) => at.slice(0, 10))
  expect(told('administration')).toEqual(['2026-03-03', '2026-03-02'])
  expect(sectionOf(answer, 'administration')?.findings[0]?.text).toMatch(/^Set-User: contoso\.example\/Bob/)
  expect(told('mails')).toEqual(['2026-03-03', '2026-03-02'])
})

test('a role that was given is access that was given', async () => {
  const admin = (action: string) => reported({ 'event.action': action, 'hoofprint.category': 'admin' })

  const answer = await answerTo([
    ...['Add member to role.', 'Add eligible member to role in PIM completed (timebound)'].map(admin),
    ...['Remove member from role.', 'Update role.', 'Add member to role request denied (PIM activation)'].map(admin),
    ...['Add EligibleRoleAssignment to RoleDefinition'].map(admin),
  ])

  expect(sectionOf(answer, 'permissions')?.total).toBe(3)
  expect(sectionOf(answer, 'administration')?.total).toBe(6)
})

test('connectors, settings and flows by which mail gets out answer where it is forwarded to', async () => {
  const admin = (action: string) => reported({ 'event.action': action, 'hoofprint.category': 'admin' })

  const answer = await answerTo(['Set-User', 'New-OutboundConnector', 'set-remotedomain', 'CreateFlow'].map(admin))

  const of = (name: string) => sectionOf(answer, name)?.findings.map(({ facts }) => facts['operation'])
  expect(of('forwarding')).toEqual(['New-OutboundConnector', 'set-remotedomain', 'CreateFlow'])
  expect(of('administration')?.at(-1)).toBe('Set-User') // The others stand before it.
})

test('what was exported or looked at with tools for every mailbox is told, and of which search or mail', async () => {
  const by = (action: string, given: object) =>
    reported({ 'event.action': action, 'hoofprint.category': 'admin', ...given })
  const search = { 'event.action': 'PurviewSearchExportJobSubmitted', 'hoofprint.category': 'search' }

  const answer = await answerTo([
    by('SearchExported', { 'o365.audit': { ObjectId: 'Search1_Export', Query: 'invoice' } }),
    by('AdminMailAccess', { 'email.message_id': '<1@mail.example>' }),
    reported({ ...search, 'hoofprint.search.query': 'bank' }),
    by('Set-User', {}),
  ])

  expect(sectionOf(answer, 'exports')?.findings.map(({ text }) => text)).toEqual([
    expect.stringContaining('SearchExported: Search1_Export: Query: invoice'),
    expect.stringContaining('AdminMailAccess: <1@mail.example>'),
    expect.stringContaining('PurviewSearchExportJobSubmitted: bank'),
  ])
})

test('what administrators were shown or deleted by a search is told, whoever they were, and is no search of its own', async () => {
  const step = { 'hoofprint.category': 'search', 'event.type': ['info'] }
  const Parameters = { Identity: 'helga', SearchQuery: 'merger', DeleteContent: 'True', TargetMailbox: 'gero' }
  const purge = { 'event.action': 'Search-Mailbox', 'hoofprint.category': 'search', 'o365.audit': { Parameters } }

  const answer = await answerTo([
    reported({ ...step, 'event.action': 'SearchPreviewed', 'o365.audit': { ObjectId: 'merger search' } }),
    reported({ ...step, 'event.action': 'SearchReport' }),
    reported({ ...purge, 'hoofprint.search.query': 'merger' }),
    reported({ 'event.action': 'SearchResultsPurged', 'hoofprint.category': 'delete' }),
  ])

  expect(sectionOf(answer, 'exports')?.findings.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^SearchPreviewed: merger search \(/),
    expect.stringMatching(
      /^Search-Mailbox: mailboxes: helga; copies what it finds to gero; deletes what it finds: merger/,
    ),
    expect.stringMatching(/^SearchResultsPurged /),
  ])
  expect(sectionOf(answer, 'searches')?.findings.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^"merger": Search-Mailbox through mailboxes: helga; copies what it finds to gero; deletes what it finds/,
    ),
  ])
})

test('encrypted mail that was opened in Microsoft’s portal is told beside the mails read, and other deliveries are not', async () => {
  const delivery = { 'hoofprint.category': 'delivery' } as const
  const answer = await answerTo([
    reported({ ...delivery, 'event.action': 'MessageAccess', 'event.type': ['access'] }),
    reported({ ...delivery, 'event.action': 'Delivered', 'event.type': ['info'] }),
  ])

  expect(sectionOf(answer, 'mails')?.limits).toContainEqual(
    expect.stringMatching(/^1 record tells that an encrypted mail or its attachment was opened in Microsoft’s portal/),
  )
})

test('the page says how its lines are read: what is inferred is whose or from where, not that it was done', async () => {
  const answer = await answerTo([reported({ ...logon })])

  expect(answerAsText(answer)).toMatch(/\nHow is a line read\?\n {2}What it says was done is recorded\. /)
})

test('an entry that denies gives nothing', async () => {
  const rights = { User: 'eve', AccessRights: 'FullAccess' }
  const entry = (action: string, Parameters: object) =>
    reported({ 'event.action': action, 'hoofprint.category': 'permission', 'o365.audit': { Parameters } })

  const answer = await answerTo([
    entry('Add-MailboxPermission', rights),
    entry('Add-MailboxPermission', { ...rights, Deny: 'True' }),
    entry('Remove-MailboxPermission', { ...rights, Deny: '$true' }),
    entry('Remove-MailboxPermission', { ...rights, Deny: 'False' }),
    entry('Set-Mailbox', { Identity: 'alice' }),
  ])

  expect(sectionOf(answer, 'permissions')?.findings.map(({ facts }) => facts['detail'])).toEqual([
    'gives FullAccess to eve',
    'denies FullAccess to eve',
    'no longer denies FullAccess to eve',
    'takes FullAccess from eve',
    'takes SendOnBehalf from everybody',
  ])
})

test('a search by an administrator’s tool is told with that tool and through which mailboxes and sites', async () => {
  const search = { 'hoofprint.category': 'search', 'hoofprint.search.query': 'invoice' }
  const by = (action: string, audit: object) => reported({ ...search, 'event.action': action, 'o365.audit': audit })

  const answer = await answerTo([
    by('New-ComplianceSearch', { Parameters: { Name: 'a', ExchangeLocation: 'All', SharePointLocation: 'All' } }),
    by('SearchCreated', { Other: { ExchangeLocations: 'bob@contoso.example' } }),
    by('Search-Mailbox', { Parameters: { Identity: 'bob' } }),
    by('SearchQueryInitiatedExchange', {}),
  ])

  expect(sectionOf(answer, 'searches')?.findings.map(({ text }) => text.replace(/ \(.*/, ''))).toEqual([
    '"invoice": New-ComplianceSearch through mailboxes: All; sites: All',
    '"invoice": SearchCreated through mailboxes: bob@contoso.example',
    '"invoice": Search-Mailbox through mailboxes: bob',
    '"invoice"',
  ])
})

test('what was moved is told with where to, and what was sent in another’s name with whose', async () => {
  const moving = { 'event.action': 'Move', 'hoofprint.category': 'move', 'email.subject': 'Invoice 7' }
  const Folder = { Path: '\\Inbox' }
  const move = reported({ ...moving, 'o365.audit': { Folder, DestFolder: { Path: '\\RSS Feeds' } } })
  const to = { DestFolder: { Path: '\\Archive' }, DestMailboxOwnerUPN: 'Bob@contoso.example' }
  const copy = reported({ ...moving, 'event.action': 'Copy', 'o365.audit': { Folder, ...to } })
  const nowhere = reported({ ...moving, 'event.action': 'Update', 'o365.audit': { Folder } })
  const sending = {
    'hoofprint.category': 'send',
    'email.subject': 'Pay',
    'email.from.address': ['bob@contoso.example'],
  }
  const sent = ['Send', 'SendAs', 'SendOnBehalf'].map((action) => reported({ ...sending, 'event.action': action }))

  const answer = await answerTo([move, copy, nowhere, ...sent])

  const who = '(alice@contoso.example, 203.0.113.66)'
  expect(sectionOf(answer, 'moved')?.findings.map(({ text }) => text)).toEqual([
    `Move: Invoice 7: \\Inbox → \\RSS Feeds ${who}`,
    `Copy: Invoice 7: \\Inbox → \\Archive of bob@contoso.example ${who}`,
    `Update: Invoice 7: \\Inbox ${who}`,
  ])
  expect(sectionOf(answer, 'sent')?.findings.map(({ text }) => text)).toEqual([
    `Send: Pay ${who}`,
    `SendAs: Pay: as bob@contoso.example ${who}`,
    `SendOnBehalf: Pay: on behalf of bob@contoso.example ${who}`,
  ])
})

test('mail is told with who read it, in whose mailbox', async () => {
  const read = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const inAlices = { ...read, 'hoofprint.mailbox': 'alice@contoso.example', 'source.ip': '192.0.2.1' }
  const by = (user: string, item: string) => reported({ ...inAlices, 'user.id': user }, [{ item }])

  const answer = await answerTo([
    ...[by('alice@contoso.example', '<1@x>'), by('alice@contoso.example', '<2@x>'), by('bob@contoso.example', '<2@x>')],
  ])

  expect(sectionOf(answer, 'mails')?.findings.map(({ text }) => /\(.*\)$/.exec(text)?.[0])).toEqual([
    '(alice@contoso.example, 192.0.2.1)',
    '(alice@contoso.example and bob@contoso.example, in alice@contoso.example, 192.0.2.1)',
  ])
})

test('of mails in several mailboxes it is told how many are in which, those first that others than their owner read', async () => {
  const read = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const by = (user: string, mailbox: string, item: string, actor = 'intruder') =>
    reported({ ...read, 'user.id': user, 'hoofprint.mailbox': mailbox, 'hoofprint.actor': actor }, [{ item }])
  const [gina, boss] = ['gina@contoso.example', 'boss@contoso.example'] as const
  const own = ['<1@x>', '<2@x>', '<2@x>'].map((item) => by(gina, gina, item))
  const by2 = [...own, by(gina, boss, '<1@x>'), by(boss, boss, '<9@x>', 'owner')]

  const told = async (...some: ReportedActivity[]) => {
    const limits =
      sectionOf(await answerTo(some, [{ kind: 'ip', value: '203.0.113.66', actor: 'intruder' }]), 'mails')?.limits ?? []
    return limits.filter((text) => text.startsWith('By mailbox'))
  }

  expect(await told(...by2)).toEqual([
    `By mailbox, those first that others than their owner read: 1 mail of ${boss}; 2 mails of ${gina}`,
  ])
  expect(await told(...own)).toEqual([])
})

test('a mail without a subject is told by what is its own in its id', async () => {
  const sent = { 'hoofprint.category': 'send', 'event.action': 'Send' }

  const answer = await answerTo([reported({ ...sent, 'email.local_id': '<a1@mail.long-name.example>' })])

  expect(sectionOf(answer, 'sent')?.findings[0]?.text).toMatch(/^Send: a mail with the id a1@…/)
})

test('reads of which the records name no mail are told behind those that do, once for each mailbox', async () => {
  const read = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const named = reported({ ...read, '@timestamp': '2026-03-03T09:00:00.000Z' }, [{ item: '<a@x.example>' }])

  const mails = sectionOf(await answerTo([reported(read), reported(read), named]), 'mails')

  expect(mails?.total).toBe(2)
  expect(mails?.findings).toMatchObject([
    { facts: { item: '<a@x.example>', times: 1 } },
    { text: expect.stringMatching(/^mails that the records do not name: accessed 2 times/), facts: { times: 2 } },
  ])
})

test('of all activities of which the intruder’s are some, sign-ins that two logs have count once, as his do', async () => {
  const twin = reported({ ...logon, tags: ['logon', 'also-audited'], 'hoofprint.actor': 'intruder' })
  const activities = [reported({ ...logon, 'hoofprint.actor': 'intruder' }), reported(logon), twin]

  const marked = await answerTo(activities, marks)
  const unmarked = await answerTo(activities)

  expect(answerAsText(marked)).toContain('1 of 2 activities (1 activity that two logs have count once)\n')
  expect(answerAsText(unmarked)).toContain(
    'What was done? 2 activities of everybody (1 activity that two logs have count once)\n',
  )
})

test('of a session in which only some is the intruder’s it is told how much, and as sure as that is', async () => {
  const read = {
    'hoofprint.category': 'send',
    'event.action': 'Send',
    'session.id': 's1',
    'hoofprint.actor': 'intruder',
  } as const
  const others = { ...read, 'hoofprint.actor': 'unknown', 'source.ip': '192.0.2.7' } as const
  const told = async (...activities: Parameters<typeof reported>[0][]) =>
    sectionOf(
      await answerTo(
        activities.map((one) => reported(one)),
        marks,
      ),
      'sessions',
    )?.findings

  const inferred = { ...read, 'hoofprint.logon.ip': '203.0.113.66', 'source.ip': undefined }
  expect(await told(inferred, others, others)).toMatchObject([
    { text: expect.stringContaining('send 3; the intruder’s are 1 of these 3'), certainty: 'inferred' },
  ])
  const recorded = { ...read, 'source.ip': '203.0.113.66', 'hoofprint.actor_certainty': 'record' }
  expect(await told(recorded, others)).toMatchObject([{ certainty: 'record' }])
  expect(await told(recorded, { ...read, 'hoofprint.actor': 'owner' })).toMatchObject([
    { text: expect.stringContaining('send 2; the intruder’s are 1 of these 2'), certainty: 'record' },
  ])
  expect(await told(read)).toMatchObject([{ text: expect.stringMatching(/send 1$/), certainty: 'session' }])
  const ofMarked = {
    ...read,
    'hoofprint.actor_certainty': 'session',
    'source.ip': '192.0.2.8',
    'event.id': 'his',
  } as const
  const owners = { ...read, 'hoofprint.actor': 'owner', '@timestamp': '2026-03-01T08:00:00.000Z' } as const
  expect(await told(owners, ofMarked, { ...ofMarked, '@timestamp': '2026-03-04T10:00:00.000Z' })).toMatchObject([
    {
      at: '2026-03-01T08:00:00.000Z',
      text: expect.stringMatching(/the intruder’s are 2 of these 3 from 2026-03-02 09:00 to 2026-03-04 10:00$/),
      certainty: 'session',
      references: [{ id: 'his' }],
    },
  ])
  const bySession = { ...others, 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'inferred' } as const
  expect(await told(recorded, bySession)).toMatchObject([
    {
      text: expect.stringContaining('send 2; the intruder’s are 2 of these 2 (1 of them only inferred)'),
      certainty: 'record',
    },
  ])
})

test('an answer says of when its evidence is, and that an intruder who is there as it begins may have been there before', async () => {
  const on = (at: string, given: object) => reported({ ...logon, '@timestamp': at, ...given })
  const trace = { 'hoofprint.category': 'delivery', 'event.action': 'Delivered', 'event.dataset': 'o365.messagetrace' }
  const to = (intruders: string) =>
    answerTo(
      [
        on('2026-02-20T09:00:00.000Z', trace),
        on('2026-02-21T09:00:00.000Z', { 'event.dataset': 'azure.signinlogs' }),
        on('2026-03-01T10:30:00.000Z', {}),
        on(intruders, { 'hoofprint.actor': 'intruder' }),
        on('2026-03-09T09:00:00.000Z', {}),
      ],
      marks,
    )

  const [early, late] = [await to('2026-03-02T09:59:00.000Z'), await to('2026-03-02T10:00:00.000Z')]

  expect(answerAsText(late)).toContain(
    '\n  evidence: Entra sign-ins 2026-02-21 to 2026-02-21; Audit log 2026-03-01 to 2026-03-09; Message trace 2026-02-20 to 2026-02-20\n',
  )
  expect(late.datasets[1]).toMatchObject({ dataset: 'o365.audit', first: '2026-03-01T10:00:00.000Z' })
  expect(early.limits[0]).toBe(
    "The first of what is the marked intruder's, 2026-03-02 09:59 UTC, is of the first 24 hours of Audit log in this evidence: what he did before is not known.",
  )
  expect(late.limits).not.toContainEqual(expect.stringContaining('first 24 hours'))
})

test('sessions in which something was done stand before those of which there are logons alone', async () => {
  const guesses = Array.from({ length: 9 }, (_, i) =>
    reported({ ...logon, 'event.outcome': 'failure', 'session.id': `guess-${i}`, 'hoofprint.actor': 'intruder' }),
  )
  const sending = { 'event.action': 'Send', 'hoofprint.category': 'send', '@timestamp': '2026-03-03T09:00:00.000Z' }
  const his = { 'session.id': 'his', 'hoofprint.actor': 'intruder' }

  const answer = await answerTo([...guesses, reported({ ...sending, ...his })], marks)

  expect(sectionOf(answer, 'sessions')?.findings.map(({ facts }) => facts['session'])).toEqual([
    'his',
    ...guesses.map((_, i) => `guess-${i}`),
  ])
})

test('an account that first appears a week after the others is unusual by its first use', async () => {
  const seen = (mailbox: string, at: string, kinds: readonly string[] = ['ip'], dataset = 'o365.audit') =>
    reported({
      ...{ ...logon, 'event.dataset': dataset, 'hoofprint.mailbox': mailbox },
      ...{ '@timestamp': at, 'hoofprint.first_seen': kinds },
    })
  const [admin, late] = ['admin@contoso.example', 'late@contoso.example']

  const unusual = sectionOf(
    await answerTo([
      seen('alice@contoso.example', '2026-03-01T09:00:00.000Z'),
      seen('carol@contoso.example', '2025-10-01T09:00:00.000Z', ['ip'], 'o365.activity'),
      seen('bob@contoso.example', '2026-03-08T08:59:59.000Z'),
      ...[seen(late, '2026-03-08T09:00:00.000Z'), seen(late, '2026-03-08T10:00:00.000Z')],
      ...[seen(admin, '2026-03-10T01:00:00.000Z', ['ip', 'user_agent']), seen(admin, '2026-03-12T01:00:00.000Z')],
    ]),
    'unusual',
  )

  expect(unusual?.total).toBe(3)
  expect(unusual?.findings.map(({ text }) => text)).toEqual([
    'first address for admin@contoso.example: 203.0.113.66',
    'first address for late@contoso.example, whose first own activity this is (failures left out): 203.0.113.66',
    'first address, client for admin@contoso.example, whose first own activity this is (failures left out): 203.0.113.66',
  ])
})

test('what the intruder did beside all that is asked for is told too, and of everybody is not asked for', async () => {
  const his = (action: string, category: string, given: object = {}) =>
    reported({ 'event.action': action, 'hoofprint.category': category, 'hoofprint.actor': 'intruder', ...given })
  const ofOutlook = { 'event.dataset': 'o365.activity' }
  const activities = [
    his('MessageSent', 'other', { 'o365.audit': { ObjectId: 'chat-1' } }),
    his('MessagesListed', 'read', { 'o365.audit': { ChatThreadId: '19:a@thread.v2', CommunicationType: 'GroupChat' } }),
    his('MessageRead', 'read', { 'o365.audit': { TeamName: 'Finance', ChannelName: 'Payments' } }),
    his('Create', 'calendar', { 'email.subject': 'Payment call' }),
    his('Print', 'read', { ...ofOutlook, 'email.subject': 'Invoice 7' }),
    his('SearchReport', 'search', { 'event.type': ['info'] }),
    ...[his('ReadingPaneDisplayEnd', 'read', ofOutlook), his('SearchRequestEnd', 'search', ofOutlook)],
    his('MailItemsAccessed', 'read', { 'hoofprint.mail_access': 'sync' }),
    his('MessageSent', 'other', { tags: ['other', 'also-audited'] }),
    his('MailItemsAccessed', 'read', { 'hoofprint.mail_access': 'bind', 'event.outcome': 'failure' }),
    his('MailItemsAccessed', 'read'),
    reported({ 'event.action': 'MessageSent', 'hoofprint.category': 'other' }),
  ]

  const [marked, unmarked] = [await answerTo(activities, marks), await answerTo(activities)]

  expect(sectionOf(marked, 'else')?.findings.map(({ text }) => text.replace(/ \(.*/, ''))).toEqual([
    'MessageSent: chat-1',
    'MessagesListed: GroupChat 19:a@thread.v2',
    'MessageRead: Finance, Payments',
    'Create: Payment call',
    'Print: Invoice 7',
    'SearchReport',
    'MailItemsAccessed – failed',
    'MailItemsAccessed',
  ])
  expect(sectionOf(marked, 'mails')?.limits).toContainEqual(
    expect.stringMatching(/^In the whole case: 1 record of mail access says that it failed/),
  )
  expect(sectionOf(unmarked, 'else')).toBeUndefined()
})

test('where an answer is of the intruder, a limit with figures of the whole case says so', async () => {
  const bind = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const throttled = { ...bind, tags: ['read', 'throttled'], 'hoofprint.actor': 'intruder' }
  const activities = [reported(throttled, [{ item: '<a@x.example>' }]), reported(bind, [{ item: '<b@x.example>' }])]

  const [marked, unmarked] = [await answerTo(activities, marks), await answerTo(activities)]

  const limits = (answer: CaseAnswer) => sectionOf(answer, 'mails')?.limits.map((text) => text.slice(0, 45))
  expect(limits(marked)).toEqual([
    '1 record of alice@contoso.example, at 2026-03',
    'In the whole case: The subject is known of 0 ',
    'Exchange records two minutes of mail access a',
    'In the whole case: Of 2 displays and accesses',
  ])
  expect(limits(unmarked)?.filter((text) => text.startsWith('In the'))).toEqual([])
})

const none = { total: 0, rows: [] }
test('in a session that was used from elsewhere too, what is the intruder’s by the session alone is told apart', async () => {
  const bind = { 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' }
  const by = (ip: string, certainty: string, item: string) =>
    reported(
      {
        ...{ ...bind, 'source.ip': ip, 'session.id': 's-1', 'hoofprint.session.id': 's-1' },
        ...{ 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': certainty },
      },
      [{ item }],
    )

  const answer = await answerTo(
    [
      ...[by('203.0.113.66', 'record', '<1@x.example>'), by('203.0.113.66', 'record', '<2@x.example>')],
      ...[by('198.51.100.5', 'inferred', '<2@x.example>'), by('198.51.100.5', 'inferred', '<3@x.example>')],
    ],
    marks,
  )

  expect(sectionOf(answer, 'mails')?.limits[0]).toMatch(
    /^2 activities in 1 session count .* not marked, 198\.51\.100\.5 \(2\)\. 1 of the 3 mails read is known to be read from there alone\./,
  )
  expect(sectionOf(answer, 'mails')?.findings.map(({ certainty }) => certainty)).toEqual([
    'record',
    'record',
    'inferred',
  ])
})

test('a consent to the intruder’s application is not his by its session', async () => {
  const consent = (ip: string) =>
    reported({
      ...{ 'event.action': 'Consent to application.', 'hoofprint.category': 'consent', 'source.ip': ip },
      ...{ 'session.id': 's-1', 'hoofprint.session.id': 's-1' },
      ...{ 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'inferred' },
    })

  const { sections } = await answerTo([consent('198.51.100.5'), consent('2001:db8::5')], marks)

  expect(sections.flatMap(({ limits }) => limits).filter((limit) => limit.includes('for the session alone'))).toEqual(
    [],
  )
})

test('what is only inferred to be the intruder’s is told apart in every figure, and stands behind what is sure', async () => {
  const own = {
    'hoofprint.actor': 'intruder',
    'hoofprint.actor_certainty': 'record',
    'source.ip': '203.0.113.66',
    'session.id': 'his',
  }
  const owners = { ...own, 'hoofprint.actor_certainty': 'inferred', 'source.ip': '198.51.100.5', 'session.id': 'hers' }
  const access = { 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read' }
  const bind = { ...access, 'hoofprint.mail_access': 'bind' }
  const sync = { ...access, 'hoofprint.mail_access': 'sync', 'hoofprint.folder': 'Inbox' }
  const day = (n: number) => ({ '@timestamp': `2026-03-0${n}T09:00:00.000Z`, 'event.id': `day-${n}` })
  const [first, second] = ['<1@x.example>', '<2@x.example>'].map((item) => [{ item }])

  const answer = await answerTo(
    [
      reported({ ...bind, ...owners, ...day(1) }, first),
      reported({ ...sync, ...owners, ...day(2) }),
      reported({ 'event.action': 'Send', 'hoofprint.category': 'send', 'email.subject': 'Hers', ...owners, ...day(3) }),
      reported({ ...sync, ...own, ...day(4) }),
      reported({ ...bind, ...own, ...day(5) }, second),
      reported({ 'event.action': 'Send', 'hoofprint.category': 'send', 'email.subject': 'His', ...own, ...day(6) }),
    ],
    marks,
  )

  expect([answer.told, answer.inferred]).toEqual([6, 3])
  const told = ['mails', 'folders', 'sent'].map((name) => sectionOf(answer, name))
  expect(told.map((one) => [one?.total, one?.inferred])).toEqual([
    [2, 1],
    [1, 0],
    [2, 1],
  ])
  expect(told.map((one) => one?.findings.map(({ certainty }) => certainty))).toEqual([
    ['record', 'inferred'],
    ['record'],
    ['record', 'inferred'],
  ])
  expect(told[1]?.findings[0]?.text).toContain(
    'synchronized 2 times, 1 of these only inferred, the rest 2026-03-04 09:00 (',
  )
  expect(told[1]?.findings[0]?.references).toEqual([{ id: 'day-4' }, { id: 'day-2' }])
  expect(sectionOf(answer, 'addresses')?.findings.map(({ facts }) => facts['ip'])).toEqual([
    '203.0.113.66',
    '198.51.100.5',
  ])
  const origins = ['addresses', 'sessions'].map((name) => sectionOf(answer, name))
  expect(origins.map((one) => [one?.total, one?.inferred])).toEqual([
    [2, 1],
    [2, 1],
  ])
  expect(origins[1]?.findings.map(({ facts }) => facts['session'])).toEqual(['his', 'hers'])
  expect(answerAsText(answer)).toContain('Which mails were read? 2, 1 of these only inferred\n')
  expect(answer.limits.filter((limit) => limit.includes('of the first 24 hours'))).toEqual([])
})

test('what others changed again of what the intruder had changed is told, and what no record takes back', async () => {
  const own = {
    'hoofprint.actor': 'intruder',
    'hoofprint.actor_certainty': 'record',
    'user.id': 'eve@contoso.example',
  } as const
  const change = (day: number, action: string, category: 'rule' | 'account' | 'permission', more: object) =>
    reported({
      ...{ 'event.action': action, 'hoofprint.category': category, 'user.id': 'helpdesk@contoso.example' },
      ...{ 'hoofprint.mailbox': 'mara@contoso.example', '@timestamp': `2026-03-0${day}T09:00:00.000Z`, ...more },
    })
  const rule = (day: number, action: string, name: string, more: object) =>
    change(day, action, 'rule', { ...more, 'o365.audit': { Parameters: { Name: name } } })
  const given = (day: number, action: string, who: string, more: object) =>
    change(day, action, 'permission', {
      ...more,
      'o365.audit': { Parameters: { Identity: 'board@contoso.example', User: who, AccessRights: 'FullAccess' } },
    })
  const account = (day: number, action: string, more: object) =>
    change(day, action, 'account', { ...more, 'user.target.email': 'mara@contoso.example' })
  const elsewhere = { 'hoofprint.mailbox': 'ben@contoso.example' }

  const answer = await answerTo(
    [
      ...[rule(1, 'Remove-InboxRule', 'Sales', {}), rule(2, 'New-InboxRule', 'Sales', own)],
      ...[rule(2, 'New-InboxRule', '.', own), rule(2, 'New-InboxRule', '..', own), rule(2, 'New-InboxRule', 'x', own)],
      ...[rule(3, 'Remove-InboxRule', '.', {}), rule(3, 'Remove-InboxRule', '..', elsewhere)],
      ...[rule(4, 'Remove-InboxRule', 'x', own), rule(4, 'Remove-InboxRule', 'Newsletters', own)],
      given(2, 'Add-MailboxPermission', 'eve@contoso.example', own),
      given(2, 'Add-MailboxPermission', 'mal@contoso.example', own),
      given(3, 'Remove-MailboxPermission', 'mal@contoso.example', {}),
      account(2, 'User registered security info.', own),
      account(3, 'Reset user password.', {}),
    ],
    marks,
  )

  const told = (name: string) =>
    sectionOf(answer, name)?.limits.filter((limit) => /^(Changed again|May still)/.test(limit))
  expect(told('rules')).toEqual([
    'Changed again by others: 2026-03-03 09:00 UTC Remove-InboxRule: .: removes the rule (helpdesk@contoso.example)',
    'May still stand, for no record takes it back: “Sales” (New-InboxRule; mara@contoso.example), “..” (New-InboxRule; mara@contoso.example), “Newsletters” (Remove-InboxRule; mara@contoso.example).',
  ])
  expect(told('permissions')).toEqual([
    'Changed again by others: 2026-03-03 09:00 UTC Remove-MailboxPermission: board@contoso.example: takes FullAccess from mal@contoso.example (helpdesk@contoso.example)',
    'May still stand, for no record takes it back: “board@contoso.example” (Add-MailboxPermission; eve@contoso.example).',
  ])
  expect(told('accounts')).toEqual([
    'Changed again by others: 2026-03-03 09:00 UTC Reset user password.: mara@contoso.example (helpdesk@contoso.example)',
    'May still stand, for no record takes it back: “mara@contoso.example” (User registered security info.).',
  ])
})

test('what takes back is known by what it says, and takes back no more than that', async () => {
  const marked = {
    'hoofprint.actor': 'intruder',
    'hoofprint.actor_certainty': 'record',
    'user.id': 'mara@contoso.example',
  }
  const others = { 'user.id': 'helpdesk@contoso.example' }
  const change = (day: number, action: string, category: CategoryName, who: object, audit: object, more: object = {}) =>
    reported({
      ...{ 'event.action': action, 'hoofprint.category': category, 'o365.audit': audit },
      ...{
        'hoofprint.mailbox': 'mara@contoso.example',
        '@timestamp': `2026-03-0${day}T09:00:00.000Z`,
        ...who,
        ...more,
      },
    } as Partial<EcsDocument>)
  const rule = (day: number, action: string, Name: string, who: object, summary = '') =>
    change(day, action, 'rule', who, { Parameters: { Name } }, { 'hoofprint.rule.summary': summary })
  const forward = (day: number, who: object, Identity: string, ObjectId: string, summary: string) =>
    change(
      day,
      'Set-Mailbox',
      'forward',
      who,
      { ObjectId, Parameters: { Identity } },
      { 'hoofprint.rule.summary': summary },
    )
  const given = (day: number, action: string, User: string, who: object) =>
    change(day, action, 'permission', who, { Parameters: { Identity: 'board@contoso.example', User } })
  const inbox = (day: number, action: string, who: object) =>
    change(
      day,
      action,
      'permission',
      {},
      { Item: [{ ParentFolder: { Path: '\\Inbox', MemberUpn: 'eve@evil.example' } }] },
      who,
    )
  const role = (day: number, action: string, name: string, who: object) =>
    change(day, action, 'admin', who, {
      ObjectId: 'eve@contoso.example',
      ModifiedProperties: { Role_DisplayName: { [`${who === marked ? 'New' : 'Old'}Value`]: name } },
    })
  const account = (day: number, action: string, who: object) =>
    change(day, action, 'account', who, {}, { 'user.target.email': 'ceo@contoso.example' })
  const application = { ObjectId: '31f7a8e7-29e9-49f2-a35e-b2bf6665749b' }
  const closed = { ...application, ModifiedProperties: { AccountEnabled: { OldValue: '[true]', NewValue: '[false]' } } }
  const tenants = { 'hoofprint.mailbox': 'helpdesk@contoso.example', ...others }
  const boards = { 'hoofprint.mailbox': 'board@contoso.example' }

  const answer = await answerTo(
    [
      ...[rule(1, 'New-InboxRule', 'again', marked), rule(2, 'Remove-InboxRule', 'again', others)],
      ...[rule(3, 'New-InboxRule', 'again', marked), rule(1, 'UpdateInboxRules', 'own', marked, 'adds the rule')],
      rule(2, 'UpdateInboxRules', 'own', marked, 'removes the rule'),
      rule(1, 'UpdateInboxRules', 'written again', marked, 'adds the rule'),
      rule(2, 'UpdateInboxRules', 'written again', { 'user.id': 'mara@contoso.example' }, 'changes the rule'),
      ...[rule(1, 'New-TransportRule', 'all', marked), rule(2, 'Remove-TransportRule', 'all', tenants)],
      forward(1, marked, 'ben@contoso.example', 'Ben', 'forwards all mail to eve@evil.example'),
      forward(2, marked, 'ben', 'Ben', 'no longer forwards mail'),
      forward(1, marked, 'cy@contoso.example', 'Cy', 'forwards all mail to eve@evil.example'),
      ...[given(1, 'Add-MailboxPermission', 'Eve', marked), given(1, 'Add-RecipientPermission', 'Eve', marked)],
      given(2, 'Remove-MailboxPermission', 'eve', others),
      ...[inbox(1, 'AddFolderPermissions', marked), inbox(2, 'RemoveFolderPermissions', { ...tenants, ...others })],
      ...[inbox(1, 'AddFolderPermissions', { ...marked, ...boards }), inbox(2, 'RemoveFolderPermissions', boards)],
      ...[role(1, 'Add member to role.', 'A', marked), role(1, 'Add member to role.', 'B', marked)],
      role(2, 'Remove member from role.', 'A', others),
      change(1, 'Consent to application.', 'consent', marked, application),
      change(2, 'Update service principal.', 'consent', others, closed),
      ...[account(1, 'Reset user password.', marked), account(2, 'Reset user password.', others)],
      ...[account(1, 'Disable Strong Authentication.', marked), account(1, 'User deleted security info.', marked)],
      account(2, 'Enable Strong Authentication.', others),
    ],
    marks,
  )

  const told = (name: string, words: string) =>
    sectionOf(answer, name)
      ?.limits.filter((limit) => limit.startsWith(words))
      .map((limit) => limit.slice(words.length))
  const standing = (name: string) => told(name, 'May still stand, for no record takes it back: ')
  expect(standing('rules')).toEqual([
    '“again” (New-InboxRule; mara@contoso.example), “written again” (UpdateInboxRules; mara@contoso.example).',
  ])
  expect(told('rules', 'Changed again by others, or by him unmarked: ')).toHaveLength(1)
  expect(standing('forwarding')).toEqual(['“cy@contoso.example” (Set-Mailbox).'])
  expect(standing('permissions')).toEqual([
    '“board@contoso.example” (Add-RecipientPermission; Eve), “\\Inbox” (AddFolderPermissions; eve@evil.example in mara@contoso.example), “eve@contoso.example” (Add member to role.; B).',
  ])
  expect(standing('consents')).toEqual([])
  expect(standing('accounts')).toEqual(['“ceo@contoso.example” (User deleted security info.).'])
})

test('a line tells all of who came in how, beside long names of browsers', async () => {
  const agent = `Mozilla/5.0 ${'(like Gecko) '.repeat(20)}`
  const page = answerAsText(
    await answerTo([
      reported({
        ...{ ...logon, 'source.ip': '203.0.113.9', 'user.id': 'alice.b.c.lindqvist@northquay.contoso.example' },
        ...{ 'user_agent.original': agent, 'hoofprint.second_factor': 'token', 'event.dataset': 'azure.signinlogs' },
      }),
    ]),
  )

  expect(page).toContain(
    'second factor of 1 by a claim in the token, so that nobody was asked for one then; 0 sessions; alice',
  )
})

test('of many later changes by others the first are told, and how many more there are', async () => {
  const rule = (day: number, more: object) =>
    reported({
      ...{ 'event.action': 'Set-InboxRule', 'hoofprint.category': 'rule', 'hoofprint.mailbox': 'mara@contoso.example' },
      ...{ '@timestamp': `2026-03-${10 + day}T09:00:00.000Z`, 'o365.audit': { Parameters: { Name: '.' } }, ...more },
    })
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' } as const

  const answer = await answerTo([rule(0, own), ...Array.from({ length: 10 }, (_, i) => rule(i + 1, {}))], marks)

  const limits = sectionOf(answer, 'rules')?.limits ?? []
  expect(limits.filter((limit) => limit.startsWith('Changed again'))).toHaveLength(8)
  expect(limits).toContain('and 2 later changes of the same by others.')
})

test('a sent mail is told with its attachments and what became of it', async () => {
  const { sections } = await answerTo([
    reported({
      ...{ 'event.action': 'Send', 'hoofprint.category': 'send', 'email.subject': 'Invoice' },
      ...{ 'email.to.address': ['pay@fabrikam.example'], 'email.attachments.file.name': ['new-bank.pdf'] },
      'hoofprint.trace.status': ['Failed'],
    }),
  ])

  expect(sections.find(({ name }) => name === 'sent')?.findings[0]?.text).toMatch(
    /^Send: Invoice: to pay@fabrikam.example: with new-bank.pdf: message trace Failed \(/,
  )
})

test('of a mail to several the statuses of traces are not told as if each were of the recipient in its place', async () => {
  const { sections } = await answerTo([
    reported({
      ...{ 'event.action': 'Send', 'hoofprint.category': 'send' },
      ...{ 'email.to.address': ['a@fabrikam.example', 'b@fabrikam.example'] },
      'hoofprint.trace.status': ['Delivered', 'Failed'],
    }),
  ])

  expect(sections.find(({ name }) => name === 'sent')?.findings[0]?.text).toContain(
    ': message traces, not in the order of recipients: Delivered; Failed (',
  )
})

test('that the intruder outlived a new password is told, with the last of what should have kept him out', async () => {
  const own = {
    'hoofprint.actor': 'intruder',
    'hoofprint.actor_certainty': 'record',
    'user.id': 'Mara@contoso.example',
  }
  const day = (n: number) => ({ '@timestamp': `2026-03-0${n}T09:00:00.000Z` })
  const reset = (action: string, target: string, n: number) =>
    reported({
      ...{ 'event.action': action, 'hoofprint.category': 'account', 'hoofprint.mailbox': target },
      ...{ 'user.target.email': target, 'user.id': 'helpdesk@contoso.example', ...day(n) },
    })
  const failed = { ...logon, ...own, 'event.outcome': 'failure' }

  const answer = await answerTo(
    [
      reset('Reset user password.', 'mara@contoso.example', 1),
      reset('Update StsRefreshTokenValidFrom Timestamp.', 'Mara@contoso.example', 2),
      reset('Reset user password.', 'ben@contoso.example', 2),
      reported({ ...logon, ...own, ...day(3) }),
      reset('Disable account.', 'mara@contoso.example', 4),
      reported({ ...failed, ...day(5) }),
      reported({ ...logon, ...own, 'hoofprint.actor_certainty': 'inferred', ...day(6) }),
    ],
    marks,
  )

  expect(sectionOf(answer, 'sessions')?.limits.filter((limit) => limit.startsWith('After'))).toEqual([
    'After “Update StsRefreshTokenValidFrom Timestamp.” of mara@contoso.example, 2026-03-02 09:00 UTC by helpdesk@contoso.example, the marked intruder still used that account, until 2026-03-03 09:00 UTC: tokens and sessions from before may outlive it.',
  ])
})

test('whose accounts the intruder used is told apart from those that he only tried, and where nobody kept him out since', async () => {
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const of = (user: string, given: object) => reported({ ...own, 'user.id': user, 'hoofprint.mailbox': user, ...given })
  const send = { 'event.action': 'Send', 'hoofprint.category': 'send', '@timestamp': '2026-03-02T10:00:00.000Z' }
  const [mara, ben, cleo, dora] = ['mara', 'ben', 'cleo', 'dora'].map((name) => `${name}@contoso.example`) as [
    string,
    ...string[],
  ]
  const [failed, stopped] = [{ 'event.outcome': 'failure' }, { 'hoofprint.first_factor': 'accepted' }]
  const reset = (target = '', day = '03') =>
    reported({
      ...{ 'event.action': 'Reset user password.', 'hoofprint.category': 'account', 'hoofprint.mailbox': target },
      ...{ 'user.target.email': target, 'user.id': 'it@contoso.example', '@timestamp': `2026-03-${day}T09:00:00.000Z` },
    })

  const answer = await answerTo(
    [
      of(mara, { ...logon, ...failed, '@timestamp': '2026-02-20T09:00:00.000Z' }), // A guess is no use.
      reset(mara, '01'), // Before he came.
      ...[
        of(mara, { ...logon, ...failed }),
        of(mara, logon),
        of(mara, { ...send, 'hoofprint.mailbox': 'office@x.example' }),
      ],
      of(ben ?? '', { ...logon, 'session.id': 's-ben' }),
      reset(ben),
      of(cleo ?? '', { ...logon, ...failed, 'session.id': 's-cleo' }),
      of(dora ?? '', { ...logon, ...failed, ...stopped }),
      of(dora ?? '', { ...logon, 'event.outcome': 'unknown', ...stopped }),
      reported({ ...logon, 'user.id': 'eve@contoso.example' }),
    ],
    marks,
  )

  const users = sectionOf(answer, 'users')
  expect(users?.findings.map(({ text }) => text)).toEqual([
    'ben@contoso.example: used 2026-03-02 09:00: 1 activity; 1 logon succeeded, 0 failed; from 203.0.113.66',
    'mara@contoso.example: used 2026-03-02 09:00 – 2026-03-02 10:00: 2 activities; 1 logon succeeded, 2 failed; also in office@x.example; from 203.0.113.66',
    'dora@contoso.example: no more than tried: 0 logons succeeded, 1 failed, 1 neither; 2 stopped only after the first factor; from 203.0.113.66',
    'cleo@contoso.example: no more than tried: 0 logons succeeded, 1 failed; from 203.0.113.66',
  ])
  expect(users?.limits).toEqual([
    'No record says that the password of mara@contoso.example was reset, or tokens were ended or the account closed, since the marked intruder first used it, by anybody but him: he may still have it.',
  ])
  const sessions = sectionOf(answer, 'sessions')?.findings.map(({ text }) => text)
  expect(sessions).toContain('s-cleo: cleo@contoso.example from 203.0.113.66: logon 1 (1 failed)')
  expect(sessions).toContain('s-ben: ben@contoso.example from 203.0.113.66: logon 1')
})

test('of an account that the intruder never used it is told that he had its right password, unless somebody else reset that since he last had', async () => {
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const names = ['erin', 'dora', 'cleo', 'ben', 'fay', 'gil', 'hal', 'mara'] as const
  const [erin, dora, cleo, ben, fay, gil, hal, mara] = names.map((name) => `${name}@contoso.example`) as [
    ...[string, string, string, string, string, string, string, string],
  ]
  const stopped = (user: string, how: string, day = '02') =>
    reported({
      ...{ ...logon, ...own, 'event.outcome': 'unknown', 'hoofprint.first_factor': how },
      ...{ 'user.id': user, 'hoofprint.mailbox': user, '@timestamp': `2026-03-${day}T09:00:00.000Z` },
    })
  const change = (action: string, target: string, more: object = {}) =>
    reported({
      ...{ 'event.action': action, 'hoofprint.category': 'account', 'hoofprint.mailbox': target },
      ...{ 'user.target.email': target, 'user.id': 'it@contoso.example', '@timestamp': '2026-03-03T09:00:00.000Z' },
      ...more,
    })
  const ended = { StsRefreshTokensValidFrom: { NewValue: '["2026-03-03T09:00:00Z"]' } }

  const answer = await answerTo(
    [
      ...[erin, dora, cleo, fay, gil, hal].map((user) => stopped(user, 'password')),
      ...[stopped(ben, 'accepted'), change('Reset user password.', dora)],
      change('Update StsRefreshTokenValidFrom Timestamp.', cleo),
      change('Update user.', fay, { 'o365.audit': { ModifiedProperties: ended } }),
      ...[change('Reset user password.', gil), stopped(gil, 'password', '04')],
      ...[reported({ ...logon, ...own, 'user.id': mara, 'hoofprint.mailbox': mara })],
      change('Reset user password.', hal, { 'user.id': mara }),
    ],
    marks,
  )

  expect(sectionOf(answer, 'users')?.limits.at(-1)).toBe(
    `The marked intruder was stopped only after the right password of ${[cleo, erin, fay, gil, hal].join(', ')}, which he used no further, and no record says that anybody but him, or in the name of an account that he used, reset them, or closed the account, since: he may still know them.`,
  )
})

test('what keeps people out of an account is told apart in the name of one that the intruder used, and that no account was changed is told', async () => {
  const mara = 'mara@contoso.example'
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const used = reported({ ...logon, ...own, 'user.id': mara, 'hoofprint.mailbox': mara })
  const change = (action: string, by: string) =>
    reported({
      ...{ 'event.action': action, 'hoofprint.category': 'account', 'hoofprint.mailbox': by, 'user.id': by },
      ...{ 'user.target.email': mara, '@timestamp': '2026-03-03T09:00:00.000Z' },
    })
  const told = async (...changes: ReturnType<typeof reported>[]) =>
    sectionOf(await answerTo([used, ...changes], marks), 'users')?.limits.map((text) => text.slice(0, 21))

  expect(await told(change('Change user password.', mara))).toEqual(['That the password of '])
  expect(await told(change('Change user password.', mara), change('Delete user.', 'it@contoso.example'))).toEqual([])
  const [without] = sectionOf(await answerTo([used], marks), 'users')?.limits ?? []
  expect(without).toContain('he may still have it. This evidence has no record of any change to an account: ')
})

test('an address that may be its owner’s too is told, by the sessions that were used from it and from elsewhere', async () => {
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record', 'source.ip': '203.0.113.66' }
  const inferred = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'inferred', 'source.ip': '192.0.2.1' }
  const of = (session: string, given: object) => reported({ ...logon, 'session.id': session, ...given })

  const answer = await answerTo(
    [
      of('both', own),
      of('both', own),
      of('both', inferred),
      of('his', own),
      reported({ ...logon, 'source.ip': '192.0.2.9' }),
    ],
    marks,
  )

  expect(sectionOf(answer, 'addresses')?.limits).toEqual([
    '2 of the 3 activities from 203.0.113.66 that count as the marked intruder’s are of 1 session that was used from elsewhere too (192.0.2.1): a stolen session looks so, and so does an address that its owner uses as well, as of a VPN. Where both used it, mark the intruder’s sessions, not the address.',
  ])
  const [ofOne] = sectionOf(await answerTo([of('both', own), of('both', inferred)], marks), 'addresses')?.limits ?? []
  expect(ofOne).toContain(
    '1 of the 1 activity from 203.0.113.66 that counts as the marked intruder’s is of 1 session that was',
  )
  expect(sectionOf(answer, 'users')?.findings[0]?.text).toContain(
    'used 2026-03-02 09:00: 4 activities (1 of these only inferred); 4 logons',
  )
})

test('of how many sent mails no record says to whom they went is told', async () => {
  const send = { 'event.action': 'Send', 'hoofprint.category': 'send' }
  const his = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const addressed = { ...send, ...his, 'email.to.address': ['ben@contoso.example'] }
  const told = async (...given: object[]) =>
    sectionOf(
      await answerTo(
        given.map((one) => reported({ ...one })),
        marks,
      ),
      'sent',
    )?.limits

  expect(await told(addressed, { ...send, ...his }, send, { ...send, ...his, 'event.action': 'Create' })).toEqual([
    'To whom 1 of 2 sent mails went no record here says: records of sending seldom do, message traces of their days would.',
  ])
  expect(await told(addressed, send)).toEqual([])
})

test('a log that begins after the intruder, or ends before him, is named: that it is silent says nothing', async () => {
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const at = (day: string, given: object) =>
    reported({ ...logon, '@timestamp': `2026-03-${day}T09:30:00.000Z`, ...given })
  const [signIn, trace] = ['azure.signinlogs', 'o365.messagetrace'].map((dataset) => ({ 'event.dataset': dataset }))
  const delivered = { ...trace, 'event.action': 'Delivered', 'hoofprint.category': 'delivery' }

  const { limits } = await answerTo(
    [
      ...[at('01', {}), at('05', own), at('20', own), at('30', {})],
      ...[at('01', { ...own, 'hoofprint.actor_certainty': 'inferred' }), at('22', { ...signIn })],
      ...[at('05', delivered), at('06', delivered)],
    ],
    marks,
  )

  expect(limits.filter((text) => text.includes('no record here is of'))).toEqual([
    "Entra sign-ins: no record here is of before 2026-03-22 09:00 UTC, and what is the marked intruder's begins 2026-03-05 09:30 UTC: not recorded, or not exported.",
    "Message trace: no record here is of after 2026-03-06 09:00 UTC, and what is the marked intruder's ends 2026-03-20 09:30 UTC: not recorded, or not exported.",
  ])
})

test('a mailbox of which Outlook recorded what it displayed is none without a record of reading', async () => {
  const displayed = { 'event.action': 'ReadingPaneDisplayStart', 'hoofprint.category': 'read', 'source.ip': undefined }

  const answer = await answerTo([
    reported({ ...displayed, 'event.dataset': 'o365.activity' }, [{ item: '<1@x.example>' }]),
    reported({ ...logon, 'event.dataset': 'o365.audit' }),
  ])

  expect(sectionOf(answer, 'mails')?.limits.filter((limit) => limit.includes('is recorded at all'))).toEqual([])
})

test('a mailbox that the intruder used and of which nothing says what was read is told by name', async () => {
  const own = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
  const bind = { 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' }
  const failed = { ...logon, 'event.outcome': 'failure', 'hoofprint.mailbox': 'cleo@contoso.example' }

  const answer = await answerTo(
    [
      reported({ ...bind, ...own }, [{ item: '<1@x.example>' }]),
      reported({ ...logon, ...own, 'hoofprint.mailbox': 'ben@contoso.example' }),
      reported({ ...failed, ...own }),
      reported({ ...logon, 'hoofprint.mailbox': 'dora@contoso.example' }),
    ],
    marks,
  )

  const used =
    'The marked intruder used 1 mailbox or account (ben@contoso.example) of which no mail access is recorded at all'
  expect(sectionOf(answer, 'mails')?.limits[0]).toContain(used)
})

test('records of mail access that name none of their mails are a gap beside the mails that are counted', async () => {
  const bind = { 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' }

  const answer = await answerTo([reported(bind, [{ item: '<1@x.example>' }]), reported(bind)])

  expect(sectionOf(answer, 'mails')?.limits[0]).toMatch(/^1 record of mail access \(bind\) names none of the mails/)
})

test('auditing that was switched off limits all answers, and what was only tried does not', async () => {
  const cmdlet = (action: string, Parameters: object, given: object = {}) =>
    reported({ 'event.action': action, 'hoofprint.category': 'admin', 'o365.audit': { Parameters }, ...given })
  const bypass = { Identity: 'ben', AuditBypassEnabled: 'True' }

  const { limits } = await answerTo([
    cmdlet('Set-AdminAuditLogConfig', { UnifiedAuditLogIngestionEnabled: 'False' }),
    cmdlet('Set-MailboxAuditBypassAssociation', bypass, { 'event.outcome': 'failure' }),
    cmdlet('Set-MailboxAuditBypassAssociation', bypass),
    cmdlet('Set-Mailbox', { Identity: 'ben', AuditEnabled: 'True' }),
    cmdlet('Set-Mailbox', { Identity: 'ben', AuditOwner: '+SearchQueryInitiated;+Create' }),
    cmdlet('Set-Mailbox', { Identity: 'ben', AuditOwner: '+Create;-MailItemsAccessed' }),
    cmdlet('Set-Mailbox', { Identity: 'ben', AuditDelegate: 'Update;SendAs' }),
    cmdlet('Set-Mailbox', { Identity: 'cleo', AuditEnabled: 'False' }, { 'hoofprint.category': 'forward' }),
    cmdlet('Set-Mailbox', { Identity: 'ben', AuditLogAgeLimit: '1.00:00:00' }),
    cmdlet('Remove-UnifiedAuditLogRetentionPolicy', { _raw: '-Identity "Search queries" -Confirm:$false' }),
    cmdlet('New-UnifiedAuditLogRetentionPolicy', { _raw: '-Name "x" -RetentionDuration "ThreeMonths"' }),
    ...Array.from({ length: 1100 }, () => cmdlet('Set-User', { Identity: 'ben' })),
    cmdlet('Set-OrganizationConfig', { AuditDisabled: '$true' }),
  ])

  expect(limits.filter((limit) => limit.includes('By alice@contoso.example'))).toEqual([
    expect.stringContaining('the unified audit log was switched off for everybody: what was done from then on'),
    expect.stringContaining('what ben does in mailboxes was exempted from auditing'),
    expect.stringContaining('which actions in ben are recorded was changed (AuditOwner)'),
    expect.stringContaining('which actions in ben are recorded was changed (AuditDelegate)'),
    expect.stringContaining('auditing of cleo was switched off'),
    expect.stringContaining('how long the audit log in ben itself is kept was changed'),
    expect.stringContaining('how long audit records are kept was changed (policy Search queries)'),
    expect.stringContaining('how long audit records are kept was changed (new policy '),
    expect.stringContaining('auditing of all mailboxes was switched off'),
  ])
})

test('who only tried to sign in after a reset, or is named by an alert, did not outlive it; of many accounts the rest are counted', async () => {
  const day = (n: number) => ({ '@timestamp': `2026-03-0${n}T09:00:00.000Z` })
  const of = (user: string, n: number, given: object) =>
    reported({
      'hoofprint.actor': 'intruder',
      'hoofprint.actor_certainty': 'record',
      'user.id': user,
      ...day(n),
      ...given,
    })
  const reset = (target: string) =>
    reported({
      ...{ 'event.action': 'Reset user password.', 'hoofprint.category': 'account', 'user.target.email': target },
      ...{ 'user.id': 'helpdesk@contoso.example', ...day(2) },
    })
  const outlivedOf = async (activities: readonly ReportedActivity[]) =>
    sectionOf(await answerTo(activities, marks), 'sessions')?.limits.filter((limit) => /^(?:After|and so)/.test(limit))
  const name = 'mara@contoso.example'
  const many = Array.from({ length: 12 }, (_, i) => `user-${i}@contoso.example`)

  const tried = await outlivedOf([
    of(name, 1, logon),
    reset(name),
    of(name, 3, { ...logon, 'event.outcome': 'unknown', 'hoofprint.first_factor': 'accepted' }),
    of(name, 4, { 'event.action': 'AlertTriggered', 'hoofprint.category': 'alert' }),
  ])
  const outlived = await outlivedOf([...many.map(reset), ...many.map((user) => of(user, 3, logon))])

  expect(tried).toEqual([])
  expect(outlived).toHaveLength(11)
  expect(outlived?.at(-1)).toBe('and so 2 accounts more.')
})

test('what was switched off and is audited again, and holds that were lifted, are told; that others are audited is not', async () => {
  const cmdlet = (action: string, Parameters: object) =>
    reported({ 'event.action': action, 'hoofprint.category': 'admin', 'o365.audit': { Parameters } })
  const bypass = (AuditBypassEnabled: string) =>
    cmdlet('Set-MailboxAuditBypassAssociation', { Identity: 'gero', AuditBypassEnabled })
  const set = (Identity: string, given: object) => cmdlet('Set-Mailbox', { Identity, ...given })

  const { limits } = await answerTo([
    ...[
      set('helga', { AuditEnabled: 'True' }),
      bypass('False'),
      bypass('True'),
      set('helga', { AuditEnabled: 'False' }),
    ],
    ...[bypass('False'), set('helga', { AuditEnabled: 'True' }), set('jon', { LitigationHoldEnabled: 'False' })],
    ...[set('jon', { AuditEnabled: 'True' }), set('jon', { SingleItemRecoveryEnabled: 'False' })],
  ])

  expect(limits.filter((limit) => limit.includes('By alice@contoso.example'))).toEqual([
    expect.stringContaining('what gero does in mailboxes was exempted from auditing'),
    expect.stringContaining('auditing of helga was switched off'),
    expect.stringContaining('what gero does in mailboxes is audited again: what was done before may be missing'),
    expect.stringContaining('helga is audited again: what was done before may be missing'),
    expect.stringContaining('the litigation hold on jon was lifted: what is deleted there may be gone for good'),
    expect.stringContaining(
      'single items of jon can no longer be recovered: what is deleted there may be gone for good',
    ),
  ])
})

test('of what is too long who did it, from where and whether it failed is told, and each finding is one line', async () => {
  const rule = {
    'event.action': 'New-InboxRule',
    'event.outcome': 'failure',
    'hoofprint.category': 'rule',
    'hoofprint.rule.summary': 'a rule '.repeat(50),
  }
  const answer = await answerTo([reported(rule)])

  const lines = answerAsText(answer).split('\n')

  expect(lines.filter((line) => line.includes('a rule a rule'))).toEqual([
    expect.stringMatching(
      /New-InboxRule: .*… ?.*a rule {1,2}– failed \(alice@contoso\.example, 203\.0\.113\.66\) {2}\[/,
    ),
  ])
})

test('an alert is told once, beside what the intruder did too, though it is nobody’s doing', async () => {
  const alert = { 'hoofprint.category': 'alert', 'rule.name': 'Suspicious forwarding', 'source.ip': undefined } as const
  const records = ['AlertEntityGenerated', 'AlertTriggered'].map((action) =>
    reported({ ...alert, 'event.action': action, 'o365.audit': { AlertId: '5f1c' } }),
  )
  const his = reported({ ...logon, 'hoofprint.actor': 'intruder' })

  for (const answer of [await answerTo([...records, his]), await answerTo([...records, his], marks)]) {
    expect(sectionOf(answer, 'alerts')).toMatchObject({
      total: 1,
      findings: [{ text: expect.stringMatching(/^AlertTriggered: Suspicious forwarding/) }],
    })
  }
})

test('of a case without activities that is all that is told', async () => {
  const answer = await answerTo([])

  expect(answerAsText({ ...answer, limits: ['notes.txt was left out.'] })).toBe(
    'The case holds no activities.\n\nWhat limits all of this?\n  ! notes.txt was left out.\n',
  )
})

test('where nothing is of what is marked, that is said in place of a span, so that a mistyped mark is seen', async () => {
  const notHis = 'Nothing in this case is of what is marked: see that it is what was meant'

  const text = answerAsText(await answerTo([reported(logon)], marks))

  expect(text).toContain(`marked: 203.0.113.66\n  ${notHis}`)
  const his = reported({ ...logon, 'hoofprint.actor': 'intruder' })
  expect(answerAsText(await answerTo([his], marks))).not.toContain(notHis)
})

test('of a folder that was synchronized from many addresses whole ones are named, and how many more there are', async () => {
  const synced = Array.from({ length: 12 }, (_, i) =>
    reported({
      'hoofprint.category': 'read',
      'event.action': 'MailItemsAccessed',
      'hoofprint.mail_access': 'sync',
      'source.ip': `2001:db8:1026:c00::${i + 10}`,
    }),
  )

  const text = answerAsText(await answerTo(synced))

  expect(text).toMatch(/assume all mail in .*\(alice@contoso\.example(, 2001:db8:1026:c00::\d\d){3} … and 9 more\)/)
})

const marks: readonly Mark[] = [{ kind: 'ip', value: '203.0.113.66', actor: 'intruder' }]

function answerTo(activities: readonly ReportedActivity[], marks: readonly Mark[] = []): Promise<CaseAnswer> {
  const parts = async function* () {
    yield partRenderer(false, false)(activities)
  }
  return countParts(parts(), ({ scratch, tally }) =>
    answerOf({ answers: answersOf(scratch, tally), evidence: [], rejects: none, skipped: none }, scratch, marks),
  )
}

function sectionOf({ sections }: CaseAnswer, name: string) {
  return sections.find((section) => section.name === name)
}
