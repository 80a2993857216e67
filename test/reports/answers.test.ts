import { beforeAll, expect, test } from '@jest/globals'
import type { Answers } from '#src/reports/answers.ts'
import { coverageFacts } from '#src/reports/coverage.ts'
import { listedRows } from '#src/reports/listed-rows.ts'
import { logons } from '#src/reports/text/by-address.ts'
import { answersAsText } from '#src/reports/text/index.ts'
import { caseReport, evidenceFile, listing, noAccess } from '../support/case-report.ts'
import { renderHtml } from '../support/html-page.ts'
import { intrusion, reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

let answers: Answers

beforeAll(async () => {
  answers = (await written(intrusion())).answers
})

test('logons are counted by who, from where, with what and where that is recorded; failures by reason', () => {
  expect(answers.logonTotals).toEqual({ addresses: 1, pairs: 2, succeeded: 1, failed: 1, unknown: 0 })
  expect(answers.logons).toHaveLength(2)
  expect(answers.logonsByAddress).toMatchObject([
    { ip: '203.0.113.66', country: 'NL', network: 'Example Net', mailboxes: 1, succeeded: 1, failed: 1 },
  ])
  expect(answers.logonsByAddress[0]?.datasets.split(',').sort()).toEqual(['azure.signinlogs', 'o365.audit'])
  expect(answers.logonFailures).toMatchObject([
    { reason: 'InvalidUserNameOrPassword (50126)', failed: 1, addresses: 1 },
  ])
})

test('when some logons were left open is not when others from there succeeded', async () => {
  const logon = (time: string, outcome: 'success' | 'unknown') =>
    reported({
      '@timestamp': `2026-01-12T${time}:00.000Z`,
      'event.action': 'UserLoggedIn',
      'event.outcome': outcome,
      'hoofprint.first_factor': outcome === 'unknown' ? 'accepted' : undefined,
      'hoofprint.category': 'logon',
      'event.dataset': 'o365.audit',
      'source.ip': '203.0.113.66',
    })
  const told = [
    logon('08:00', 'success'),
    logon('09:00', 'unknown'),
    logon('10:00', 'unknown'),
    logon('11:00', 'success'),
  ]

  const { answers } = await written(told)

  const [first, last] = ['2026-01-12T09:00:00.000Z', '2026-01-12T10:00:00.000Z']
  expect(answers.logonFailures).toMatchObject([{ reason: null, succeeded: 0, failed: 0, unknown: 2, first, last }])
  expect(answers.logons).toMatchObject([{ succeeded: 2, unknown: 2, accepted: 2, first: '2026-01-12T08:00:00.000Z' }])
})

test('a logon from what is no address is one from what it says', async () => {
  const from = { 'source.ip': undefined, 'source.address': '10.9000.0.1' }
  const { answers } = await written([
    reported({ 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon', ...from }),
  ])

  expect(answers.logonsByAddress).toMatchObject([{ ip: '10.9000.0.1', succeeded: 1 }])
})

test('of a text of very many characters answers have beginning and end, and tables as much as a cell of Excel’s takes', async () => {
  const searchFor = (length: number) =>
    reported({
      'event.action': 'SearchQueryPerformed',
      'hoofprint.category': 'search',
      'hoofprint.search.query': `${'q'.repeat(length - 4)} end`,
    })

  const { answers, table } = await written([10_000, 100_000].map(searchFor))

  const [whole, cut] = answers.searches.rows.map(({ query }) => String(query))
  expect(whole).toBe(`${'q'.repeat(9_996)} end`)
  expect(cut).toBe(`${'q'.repeat(8_000)} … (90100 characters left out) … ${'q'.repeat(1_896)} end`)
  const cells = table('search-activity').map(({ Query }) => Query)
  expect(cells).toEqual([whole, `${'q'.repeat(25_000)} … (69000 characters left out) … ${'q'.repeat(5_996)} end`])
})

const bind = {
  'event.action': 'MailItemsAccessed',
  'hoofprint.category': 'read',
  'hoofprint.mail_access': 'bind',
} as const

test('mails with the longest ids are told apart', async () => {
  const readingOf = (end: string) =>
    reported({ ...bind, 'email.message_id': `<${'x'.repeat(20_000)}${end}@mail.example>` })

  const { answers, text } = await written(['a', 'b', 'c'].map(readingOf))

  expect(answers.reads).toEqual({ displays: 3, items: 3 })
  expect(
    text('read-activity-by-item')
      .split('\n')
      .filter((line) => line.includes('x'.repeat(20_000))),
  ).toHaveLength(6)
})

test('mails that were read are counted mail by mail, with the share that has a subject', () => {
  expect(answers.reads).toEqual({ displays: 3, items: 2 })
  expect(answers.readSubjects).toBe(1)
  expect(answers.items.rows).toMatchObject([
    { item: '<1@mail.example>', subject: 'Invoice 7', displays: 2, access: 'bind', recorded: 1 },
    { item: '<2@mail.example>', subject: null, displays: 1 },
  ])
})

test("an address is recorded where the record names it, and nobody's where it is a service's", () => {
  expect(answers.readsByMethod).toEqual({ session: 0, nearest: 0, recorded: 2, service: 1, nobody: 0 })
  expect(answers.readsByAddress).toMatchObject([
    { ip: '203.0.113.66', displays: 2, recorded: 2, proven: 0, inferred: 0 },
    { ip: '192.0.2.250', displays: 1, recorded: 0, proven: 0, inferred: 0 },
  ])
})

test('who read mail in a mailbox of somebody else is told apart from its owner, at the same address', async () => {
  const alice = 'alice@contoso.example'
  const read = (user: string, item: string) =>
    reported({ ...bind, 'user.id': user, 'hoofprint.mailbox': alice, 'email.message_id': item }, [{ item }])

  const { answers } = await written([
    ...[read(alice, '<1@x>'), read('bob@contoso.example', '<1@x>'), read('bob@contoso.example', '<2@x>')],
  ])

  expect(answers.readsByAddress).toMatchObject([
    { mailbox: alice, actor: 'bob@contoso.example', displays: 2, items: 2 },
    { mailbox: alice, actor: null, displays: 1, items: 1 },
  ])
  expect(answers.items.rows).toMatchObject([
    { item: '<1@x>', others: 'bob@contoso.example', displays: 2 },
    { item: '<2@x>', others: 'bob@contoso.example', displays: 1 },
  ])
})

test('mails that the marked intruder read are listed whole before others, each with whose readings it has', async () => {
  const read = (minute: number, given: object) =>
    reported({ ...bind, '@timestamp': new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString(), ...given }, [
      { item: `<${minute % 1100}@x.example>` },
    ])
  const by = (actor: string) => ({ 'hoofprint.actor': actor })
  const unknown = Array.from({ length: 1100 }, (_, i) => read(i, by('unknown')))
  const marked = [read(1100 + 1090, by('intruder')), read(1100 + 1091, by('owner')), read(1100 + 1091, by('intruder'))]

  const { intruderReads, items, readsByAddress } = (await written([...unknown, ...marked])).answers
  const unmarked = (await written(unknown)).answers

  expect(intruderReads).toEqual({ displays: 2, items: 2 })
  expect(items.rows.slice(0, 3)).toMatchObject([
    { item: '<1090@x.example>', displays: 2, intruder: 1, owner: 0 },
    { item: '<1091@x.example>', displays: 3, intruder: 1, owner: 1 },
    { item: '<0@x.example>', displays: 1, intruder: 0, owner: 0 },
  ])
  expect([items.total, items.rows.length]).toEqual([1100, 1000])
  expect(readsByAddress.map(({ marked, displays }) => [marked, displays])).toEqual([
    ['intruder', 2],
    [null, 1100],
    ['owner', 1],
  ])
  expect(unmarked.intruderReads).toEqual({ displays: 0, items: 0 })
  expect(unmarked.readsByAddress).toMatchObject([{ marked: null, displays: 1100 }])
})

test('what is only inferred to be the marked intruder’s stands behind what is surely his, and before all others’, where it is left out last', async () => {
  const by = (actor: string, certainty: string, n: number) => ({
    ...{ 'hoofprint.actor': actor, 'hoofprint.actor_certainty': certainty, 'source.ip': `192.0.2.${n}` },
    'session.id': `${actor} ${certainty}`,
  })
  const who = [by('unknown', '', 1), by('intruder', 'inferred', 2), by('intruder', 'record', 3)]
  const kinds = [
    bind,
    { ...bind, 'hoofprint.mail_access': 'sync', 'hoofprint.folder': 'Inbox' },
    { 'event.action': 'FileDownloaded', 'hoofprint.category': 'file' },
    { 'event.action': 'CopilotInteraction', 'hoofprint.category': 'copilot' },
    { 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon', 'event.outcome': 'success' },
    { 'event.action': 'SearchQueryInitiatedExchange', 'hoofprint.category': 'search', 'hoofprint.search.query': 'x' },
    ...Array.from({ length: 1001 }, () => ({ 'event.action': 'Send', 'hoofprint.category': 'send' })),
  ]
  const all = who.flatMap((told, i) =>
    kinds.map((kind, at) => {
      const time = new Date(Date.UTC(2026, 2, 2 + i, 9, 0, at)).toISOString()
      const mails = kind === bind ? [{ item: `<${i}@x.example>` }] : []
      const folder = 'hoofprint.folder' in kind ? { 'hoofprint.folder': `Folder ${i}` } : {}
      return reported({ ...kind, ...folder, ...told, '@timestamp': time }, mails)
    }),
  )

  const { answers } = await written(all)

  const { items, folders, readsByAddress, filesByUser, copilotByUser, logons, logonsByAddress, searchesByAddress } =
    answers
  expect(items.rows.map(({ item }) => item)).toEqual(['<2@x.example>', '<1@x.example>', '<0@x.example>'])
  expect(folders.rows.map(({ folder }) => folder)).toEqual(['Folder 2', 'Folder 1', 'Folder 0'])
  for (const rows of [readsByAddress, filesByUser, copilotByUser, logons, logonsByAddress, searchesByAddress]) {
    expect(rows.map(({ ip }) => ip)).toEqual(['192.0.2.3', '192.0.2.2', '192.0.2.1'])
  }
  expect(new Set(answers.sent.rows.map(({ certainty }) => certainty))).toEqual(new Set(['record']))
})

test('all searches are counted, and all of the marked intruder’s, however many addresses they came from', async () => {
  const search = (ip: string, actor: string, action = 'SearchQueryInitiatedExchange') =>
    reported({
      ...{ 'event.action': action, 'hoofprint.category': 'search', 'hoofprint.search.query': 'x' },
      ...{ 'source.ip': ip, 'hoofprint.actor': actor, 'hoofprint.actor_certainty': 'record' },
    })
  const others = Array.from({ length: listedRows + 5 }, (_, i) => search(`2001:db8::${i.toString(16)}`, 'unknown'))
  const own = Array.from({ length: listedRows + 2 }, (_, i) => search(`2001:db8:1::${i.toString(16)}`, 'intruder'))
  const typed = search('192.0.2.1', 'unknown', 'SearchSuggestionDisplay')

  const { answers } = await written([...others, ...own, typed])

  const [queries, intruder] = [2 * listedRows + 7, listedRows + 2]
  expect(answers.searchTotals).toEqual({ queries, typed: 1, intruder })
  expect(answers.searchesByAddress).toHaveLength(listedRows)
  expect(answersAsText(caseReport(answers))).toContain(`What was searched? ${queries.toLocaleString('en-US')} searches`)
  const page = renderHtml(caseReport(answers))
  expect(page).toMatch(/<b>2,007<\/b> <span class="of">searches<\/span> <span[^>]*>1,002 the intruder’s</)
})

test('mail access of which not even the kind is known is in the table of readings, and names no mail as read', async () => {
  const access = reported({ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read' })

  const { answers, table } = await written([access])

  expect(answers.mailAccess).toMatchObject({ bindRecords: 0, syncRecords: 0, unsaidRecords: 1 })
  expect(answers.reads).toEqual({ displays: 0, items: 0 })
  expect(table('read-activity-by-time').map(({ Type }) => Type)).toEqual(['MailItemsAccessed'])
})

test('a folder that somebody opened is counted as such, and a subject that mails of a mailbox audit log share as it stands there', async () => {
  const open = { 'event.action': 'FolderBind', 'hoofprint.category': 'read' }
  const gone = { 'event.action': 'HardDelete', 'hoofprint.category': 'delete', 'hoofprint.messages': 2 }
  const list = { 'o365.audit': { Other: { SourceItemSubjectsList: 'Invoice 77, corrected,Re: bank' } } }

  const { answers, table } = await written([
    reported(open),
    reported({ ...open, 'event.outcome': 'failure' }),
    reported({ ...gone, ...list }),
  ])

  expect(answers.openedFolders).toBe(1)
  expect(answers.deleted.rows).toMatchObject([{ subject: 'Invoice 77, corrected,Re: bank', mails: 2 }])
  expect(table('delete-activity').map(({ Subject, Mails }) => [Subject, Mails])).toEqual([
    ['Invoice 77, corrected,Re: bank', '2'],
  ])
})

test('what was refused is in the table of readings, and no mail as read nor folder as copied', async () => {
  const failed = { 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'event.outcome': 'failure' }
  const bind = reported({ ...failed, 'hoofprint.mail_access': 'bind', 'email.message_id': '<1@mail.example>' })
  const sync = reported({ ...failed, 'hoofprint.mail_access': 'sync' })

  const { answers, table } = await written([bind, sync])

  expect(answers.mailAccess).toEqual({ ...noAccess, failedRecords: 2 })
  expect([answers.reads, answers.folders.total]).toEqual([{ displays: 0, items: 0 }, 0])
  expect(table('read-activity-by-time').map(({ Outcome }) => Outcome)).toEqual(['failure', 'failure'])
})

test('mails that a bind lists without an id are told beside those that have one', async () => {
  const bind = { 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' }
  const some = reported({ ...bind, 'email.message_id': '<1@mail.example>', 'hoofprint.messages': 3 })
  const all = reported({ ...bind, 'email.message_id': '<2@mail.example>', 'hoofprint.messages': 1 })
  const none = reported({ ...bind, 'hoofprint.messages': 2 })

  const { answers } = await written([some, all, none])

  expect(answers.mailAccess).toMatchObject({ binds: 3, namelessBinds: 1, unnamedMails: 2 })
  expect([answers.reads, answers.items.total]).toEqual([{ displays: 3, items: 2 }, 2])
  expect(answers.readsByAddress).toMatchObject([{ displays: 3, items: 2 }])
})

test('a folder that was synchronized is told apart from mails, and throttling is told', () => {
  expect(answers.mailAccess).toEqual({ ...noAccess, bindRecords: 2, syncRecords: 1, binds: 3 })
  expect(answers.folders.rows).toMatchObject([{ folder: '\\Archive', syncs: 1, ips: '203.0.113.66' }])
  expect(answers.throttled).toMatchObject([{ mailbox: 'alice@contoso.example', records: 1 }])
})

test.each([
  ['searches', { query: 'bank details' }],
  [
    'rules',
    { object: '.', detail: "when the subject or body contains 'invoice;payment': forwards it to eve@evil.example" },
  ],
  ['forwarding', { object: 'alice', actor: 'admin@contoso.example' }],
  ['permissions', { object: 'alice', detail: 'gives FullAccess to mallory@contoso.example' }],
  ['consents', { object: 'Mail Backup', detail: 'Mail.Read; offline_access for everybody', ip: null }],
  ['accounts', { object: 'alice@contoso.example' }],
  ['administration', { object: 'mallory@contoso.example' }],
  ['attachments', { object: 'iban.pdf', action: 'Download' }],
  ['sent', { recipients: 'carol@fabrikam.example' }],
  ['deleted', { mails: 2, object: '\\Sent Items' }],
  ['files', { object: 'https://contoso.example/sites/finance/salaries.xlsx', marks: 'truncated' }],
  ['shared', { detail: 'eve@evil.example (Guest); Permissions granted: Edit' }],
  ['alerts', { object: 'Suspicious forwarding', method: null }],
] as const)('%s are listed', (name, expected) => {
  expect(answers[name].rows[0]).toMatchObject(expected)
})

test('what was done with files is summed up by user and address', () => {
  expect(answers.filesByUser).toMatchObject([
    { user: 'alice@contoso.example', ip: '203.0.113.66', activities: 1, files: 1, downloads: 1 },
  ])
})

test('the evidence is told dataset by dataset', () => {
  expect(answers.datasets.map(({ dataset, count }) => [dataset, count])).toEqual([
    ['azure.signinlogs', 1],
    ['o365.audit', 20],
    ['o365.messagetrace', 1],
  ])
  expect(answers.marks).toEqual({ 'also-audited': 1, sync: 1, throttled: 1, 'microsoft-service': 1, truncated: 1 })
})

test('a day without a record of anybody is told of logs that have several mailboxes, and records on most days', async () => {
  const on = (day: number, mailbox: string, dataset: string) =>
    reported({
      'event.action': 'Send',
      'hoofprint.category': 'send',
      'event.dataset': dataset,
      'hoofprint.mailbox': mailbox,
      '@timestamp': `2026-03-0${day}T23:30:00.000Z`,
    })
  const [alice, bob] = ['alice@contoso.example', 'bob@contoso.example']
  const audited = [1, 2, 5, 7].map((day) => on(day, day % 2 === 0 ? alice : bob, 'o365.audit'))
  const alone = [1, 3].map((day) => on(day, alice, 'azure.signinlogs'))
  const rare = [1, 5].map((day) => on(day, day === 1 ? alice : bob, 'o365.activity'))

  const { emptyDays } = (await written([...audited, ...alone, ...rare])).answers

  const day = (date: number) => Date.UTC(2026, 2, date) / 86_400_000
  expect(emptyDays).toEqual([
    {
      ...{ dataset: 'o365.audit', first: day(1), last: day(7), days: 3 },
      stretches: [
        [day(3), day(4)],
        [day(6), day(6)],
      ],
    },
  ])
})

test('silence is counted in each dataset by itself, and a record in another does not end it', async () => {
  const at = (day: number) => `2026-03-0${day}T10:30:00.000Z`
  const move = { 'event.action': 'Move', 'hoofprint.category': 'move' }
  const trace = { ...move, 'event.dataset': 'o365.messagetrace' } // Nobody wrote to them: that is no silence of theirs.
  const days = [1, 5].map((day) => [move, trace].map((one) => reported({ ...one, '@timestamp': at(day) })))
  const other = reported({ ...move, '@timestamp': at(3), 'event.dataset': 'azure.signinlogs' })

  const { silences } = (await written([...(days[0] ?? []), other, ...(days[1] ?? [])])).answers

  expect(silences).toEqual({
    total: 1,
    rows: [
      {
        ...{ mailbox: 'alice@contoso.example', dataset: 'o365.audit', hours: 95 },
        ...{ from: Date.parse('2026-03-01T11:00:00Z'), until: Date.parse('2026-03-05T10:00:00Z') },
      },
    ],
  })
})

test('what is of no mailbox is missed in none, but in Outlook activities, which are of one', async () => {
  const nobodys = (dataset: string, day: number) => {
    const at = `2026-03-0${day}T10:30:00.000Z`
    const { document, ...rest } = reported({
      ...{ 'event.action': 'Move', 'hoofprint.category': 'move', 'event.dataset': dataset, '@timestamp': at },
    })
    const { 'hoofprint.mailbox': _, ...unnamed } = document
    return { ...rest, document: unnamed }
  }
  const days = [1, 5].flatMap((day) => [nobodys('azure.signinlogs', day), nobodys('o365.activity', day)])

  const { silences } = (await written(days)).answers

  expect(silences.rows.map(({ mailbox, dataset }) => [mailbox, dataset])).toEqual([['', 'o365.activity']])
})

test.each([
  7, 5000,
])('however much services do, what people did is listed, in the order of time: of parts of %i', async (size) => {
  const admin = { 'event.action': 'Set-User', 'hoofprint.category': 'admin' }
  const bind = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const at = (minute: number) => ({ '@timestamp': new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString() })
  const service = { tags: ['other', 'microsoft-service'], 'user.id': 'NT AUTHORITY\\SYSTEM' }
  const both = (minute: number, by: object) => [
    reported({ ...admin, ...at(minute), ...by }),
    reported({ ...bind, ...at(minute), ...by }, [{ item: `<${minute}@x.example>` }]),
  ]
  const activities = Array.from({ length: 1200 }, (_, i) => both(i, i === 1100 ? {} : service)).flat()

  const { administration, items } = (await written(activities, size)).answers

  for (const { total, rows } of [administration, items]) {
    expect([total, rows.length]).toEqual([1200, 1000])
    expect(rows.at(-1)?.['at']).toBe(at(1100)['@timestamp'])
    expect(rows[0]?.['at']).toBe(at(0)['@timestamp'])
  }
})

test.each([
  7, 5000,
])('however much others do, what the marked intruder did is listed, in the order of time: of parts of %i', async (size) => {
  const at = (minute: number) => ({ '@timestamp': new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString() })
  const ways = [
    { 'event.action': 'Send', 'hoofprint.category': 'send' },
    { 'event.action': 'SearchQueryInitiatedExchange', 'hoofprint.category': 'search', 'hoofprint.search.query': 'q' },
    { 'event.action': 'FileAccessed', 'hoofprint.category': 'file', 'hoofprint.first_seen': ['user_agent'] },
    { 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon' },
  ]
  const minutes = Array.from({ length: 1200 }, (_, i) => 2000 + i)
  const activities = [0, ...minutes].flatMap((minute, i) => {
    const actor = i === 1101 ? 'intruder' : 'unknown'
    const given = { ...at(minute), 'source.ip': `192.0.2.${i}`, 'session.id': `s-${i}`, 'hoofprint.actor': actor }
    return ways.map((way) => reported({ ...way, ...given }))
  })
  const intruders = at(3100)['@timestamp']

  const { answers } = await written(activities, size)

  for (const { rows } of [answers.sent, answers.searches, answers.novelties, answers.files]) {
    expect([rows.length, rows.at(-1)?.['at'], rows.at(-1)?.['marked']]).toEqual([1000, intruders, 'intruder'])
  }
  for (const rows of [answers.logons, answers.logonsByAddress, answers.searchesByAddress, answers.filesByUser]) {
    expect([rows.length, rows[0]?.ip, rows[0]?.marked]).toEqual([1000, '192.0.2.1101', 'intruder'])
  }
  expect(answers.sessions.rows).toHaveLength(1000)
  expect(answers.sessions.rows.at(-1)?.session).toBe('s-1101')
})

test('however much else is administered, exports, ways out for mail and roles are listed, in the order of time', async () => {
  const admin = (i: number, action: string) =>
    reported({
      '@timestamp': new Date(Date.UTC(2026, 0, 12, 8, 0, i)).toISOString(),
      'event.action': action,
      'hoofprint.category': 'admin',
    })
  const telling = ['new-outboundConnector', 'SearchExported', 'Add eligible member to role in PIM completed.']
  const others = ['Set-User', 'Add member to role request denied', 'New-Thing']
  const told = Array.from({ length: 1200 }, (_, i) => admin(i, others[i % 3] as string))

  const { answers } = await written([...told, ...telling.map((action, i) => admin(1200 + i, action))], 5000)

  const { total, rows } = answers.administration
  expect([total, rows.length]).toEqual([1203, 1000])
  expect(rows.slice(-4).map(({ operation }) => operation)).toEqual(['Set-User', ...telling])
})

test('a session from two addresses is told however many sessions began before it', async () => {
  const logon = { 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon' } as const
  const plain = Array.from({ length: 1001 }, (_, i) => reported({ ...logon, 'session.id': `s-${i}` }))
  const shared = ['192.0.2.1', '192.0.2.2'].map((ip) =>
    reported({ ...logon, '@timestamp': '2026-03-03T09:00:00.000Z', 'session.id': 'shared', 'source.ip': ip }),
  )

  const device = ['2001:db8:0:1::a', '2001:db8:0:1::b'].map((ip) =>
    reported({ ...logon, 'session.id': 'of one device', 'source.ip': ip }),
  )

  const { answers } = await written([...plain, ...shared, ...device])

  const { sessionsFromSeveral: told } = answers
  expect([told.total, told.rows.map(({ session }) => session)]).toEqual([1, ['shared']])
  expect(renderHtml(caseReport(answers))).not.toContain('No session was used from more than one address')
})

test('whoever read mail stands before services that read more', async () => {
  const bind = { 'hoofprint.category': 'read', 'event.action': 'MailItemsAccessed', 'hoofprint.mail_access': 'bind' }
  const read = (item: string, given: object) => reported({ ...bind, ...given }, [{ item }])
  const service = { 'source.ip': '192.0.2.250', tags: ['read', 'microsoft-service'] }

  const { readsByAddress } = (
    await written([read('<1@x.example>', service), read('<2@x.example>', service), read('<1@x.example>', {})])
  ).answers

  expect(readsByAddress.map(({ ip, displays }) => [ip, displays])).toEqual([
    ['203.0.113.66', 1],
    ['192.0.2.250', 2],
  ])
})

test('services come behind people however much they do, and however long they are silent', async () => {
  const of = (mailbox: string, day: number) =>
    reported({
      ...{ 'event.action': 'Set-User', 'hoofprint.category': 'admin', 'hoofprint.mailbox': mailbox },
      '@timestamp': `2026-03-0${day}T10:30:00.000Z`,
    })
  const system = 'nt authority\\system (w3wp)'
  const people = [of('alice@contoso.example', 1), of('alice@contoso.example', 5)]
  const activities = [of(system, 1), of(system, 1), ...people, of(system, 9)]

  const { mailboxes, silences } = (await written(activities)).answers

  expect(mailboxes).toEqual(['alice@contoso.example', system])
  expect(silences.rows.map(({ mailbox, hours }) => [mailbox, hours])).toEqual([
    ['alice@contoso.example', 95],
    [system, 191],
  ])
})

test('who only received mail is no mailbox of the case, and is counted apart', async () => {
  const trace = { 'event.action': 'Delivered', 'hoofprint.category': 'delivery', 'event.dataset': 'o365.messagetrace' }
  const to = (mailbox: string) => reported({ ...trace, 'hoofprint.mailbox': mailbox })
  const own = reported({ 'event.action': 'Move', 'hoofprint.category': 'move' })

  const { answers } = await written([
    own,
    ...['alice@contoso.example', 'box@vault.example', 'box@vault.example'].map(to),
  ])

  expect(answers).toMatchObject({ mailboxes: ['alice@contoso.example'], mailboxTotal: 1, receivers: 1 })
  const told = '1 address that only received mail (message trace)'
  expect(answersAsText(caseReport(answers))).toMatch(/^4 activities of alice@contoso\.example; 1 address that only/)
  expect(renderHtml(caseReport(answers))).toContain(`<dd>${told}</dd>`)
  expect(renderHtml(caseReport())).not.toContain('only received mail')
})

test('the text for a terminal names files that were left out, keeps ends of what is long, and puts wide letters into columns', () => {
  const skipped = { total: 1, rows: [{ path: 'all.zip/audit.csv', reason: 'password protected' }] }
  const object = `${'請求書 '.repeat(60)}: deletes it`
  const rules = {
    total: 1,
    rows: [{ at: '2026-03-02T09:00:00Z', operation: 'New-InboxRule', object, ip: '192.0.2.1' }],
  }
  const searched = { ip: '192.0.2.1', marked: null, queries: 1, typed: 0 }
  const searchesByAddress = ['請求@contoso.example', 'al@contoso.example'].map((mailbox) => ({ ...searched, mailbox }))
  const answers = { rules: listing(rules.rows), searchesByAddress, mailboxTotal: 2 }

  const lines = answersAsText(caseReport(answers, { skipped })).split('\n')

  expect(lines).toContainEqual(expect.stringContaining('"all.zip/audit.csv" (password protected)'))
  expect(lines).toContainEqual(expect.stringMatching(/New-InboxRule: 請求書.*….*: deletes it {2}\(, 192\.0\.2\.1\)$/))
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}from +mailbox +searches {2}key strokes {2}first queries$/))
  expect(lines).toContain('  192.0.2.1  請求@contoso.example         1            0')
  expect(lines).toContain('  192.0.2.1  al@contoso.example           1            0')
})

test('of what nothing is found the terminal says that this proves nothing, and shares of nothing it does not tell', () => {
  const none = { reads: { displays: 0, items: 0 }, readsByAddress: [], searchesByAddress: [] }

  const lines = answersAsText(caseReport({ ...none, searchTotals: { queries: 0, typed: 0, intruder: 0 } })).split('\n')

  const proof = '  nothing in this evidence; that is not proof that there was none'
  const [searched, read] = ['What was searched?', 'How many mails'].map((start) => {
    const at = lines.findIndex((line) => line.startsWith(start))
    return lines.slice(at, at + 2)
  })
  expect(searched).toEqual(['What was searched? 0 searches', proof])
  expect(read).toEqual(['How many mails were read, and by whom? 0 readings of 0 mails', proof])
})

test('more than 1,000 binds in any 24 hours are noticed, 1,000 are not', async () => {
  const binds = (mailbox: string, count: number, access = 'bind') =>
    Array.from({ length: count }, (_, i) =>
      reported({
        '@timestamp': new Date(Date.UTC(2026, 2, 2, 12) + i * 80_000).toISOString(),
        ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': access },
        'hoofprint.mailbox': mailbox,
      }),
    )
  const [a, b] = ['a@contoso.example', 'b@contoso.example']

  const { busyBinds } = (await written([...binds(a, 1000), ...binds(a, 1, 'sync'), ...binds(b, 1001)], 500)).answers

  expect(busyBinds).toEqual([{ mailbox: 'b@contoso.example', records: 1001, since: '2026-03-03T10:13:20.000Z' }])
})

test('a mail that was read in two mailboxes is two, each with lines of its own', async () => {
  const bind = (mailbox: string) =>
    reported(
      {
        ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' },
        ...{ 'hoofprint.mailbox': mailbox, 'email.message_id': '<1@mail.example>' },
      },
      [{ item: '<1@mail.example>' }],
    )

  const { answers, text } = await written([
    bind('a@contoso.example'),
    bind('b@contoso.example'),
    bind('a@contoso.example'),
  ])

  expect(answers.items.rows.map(({ mailbox, displays }) => [mailbox, displays])).toEqual([
    ['a@contoso.example', 2],
    ['b@contoso.example', 1],
  ])
  expect(text('read-activity-by-item').match(/^<1@mail.example>$/gm)).toHaveLength(2)
})

test('in a case of several mailboxes it is said that a mail in two of them counts as two, and in no other', () => {
  const told = (mailboxTotal: number) => {
    const report = caseReport({ mailboxTotal })
    const subjects = coverageFacts(report).find(({ kind }) => kind === 'subjects')
    return [answersAsText(report), renderHtml(report), subjects?.text].map(
      (text) => text?.split('; a mail in two mailboxes counts as two').length,
    )
  }

  // In the page at the figure, in the coverage of the evidence, and where mails are listed.
  expect([told(2), told(1)]).toEqual([
    [2, 4, 2],
    [1, 1, 1],
  ])
})

test('the terminal tells what a file leaves open that somebody can say, and why nothing could be read', () => {
  const evidence = [evidenceFile({ path: 'signins.csv', dates: 'either' })]
  const rejects = {
    total: 1,
    rows: [{ path: 'a.csv', row: 2, reason: 'which is the month? --dates', original: undefined }],
  }

  expect(answersAsText(caseReport({}, { evidence }))).toMatch(
    /What is missing\?\n(?: .*\n)*? {2}No row of "signins\.csv" tells/,
  )
  expect(answersAsText(caseReport({ total: 0 }, { rejects }))).toMatch(
    /^The case holds no activities\.\n\nWhat is missing\?\n {2}1 row .* which is the month\? --dates\.\n/,
  )
})

test('the terminal tells the same in few lines, gaps before answers', () => {
  const text = answersAsText(caseReport(answers))

  expect(text.indexOf('What is missing?')).toBeLessThan(text.indexOf('Who logged on from where?'))
  expect(text).toContain('2 mails, 1 with a subject (50%)')
  expect(text).toContain('Synchronized: 1 folder in 1 record: assume all mail in it')
  expect(text).toContain('203.0.113.66  Audit log, Entra sign-ins')
  expect(text).toMatch(/rules: 2\n {4}2026-03-02 09:05 {2}New-InboxRule: \.: when the subject/)
  expect(text).toContain('(admin@contoso.example, 203.0.113.66)')
})

test('the terminal names the first addresses that were new for a mailbox, and says where there are none', () => {
  const at = (hour: number) => `2026-01-20T${String(hour).padStart(2, '0')}:10:00.000Z`
  const uses = Array.from({ length: 9 }, (_, i) => ({
    ip: `203.0.113.${i}`,
    kinds: i === 0 ? 'user_agent' : 'ip, asn',
    at: at(i),
  }))
  const rows = uses.map((use) => ({ ...use, country: 'DK', mailbox: 'alice@contoso.example' }))
  const textOf = (some: typeof rows) => answersAsText(caseReport({ novelties: listing(some as never) }))

  const named = [...textOf(rows).matchAll(/^ {4}2026-01-20 (.*)$/gm)].map(([, line]) => line)

  expect(named).toHaveLength(5)
  expect(named[0]).toBe('01:10  203.0.113.1 (DK) for alice@contoso.example')
  expect(textOf(rows)).not.toContain('a week after')
  expect(textOf(rows)).toContain(
    '9 first uses of an address, network, country or client after the first day of a mailbox, such as',
  )
  expect(textOf(rows.slice(0, 1))).toMatch(/1 first use of .* mailbox\n/)
})

test('in the terminal, in whose name mail was read is not whose doing it was', () => {
  const [own] = caseReport().answers.readsByAddress
  const [logon] = caseReport().answers.logonsByAddress
  if (own === undefined || logon === undefined) throw new Error('no row to begin with')
  const reads = [
    { ...own, marked: 'intruder', access: 'bind' },
    { ...own, marked: null, actor: 'bob@contoso.example', access: 'bind' },
  ]
  const told = { readsByAddress: reads, intruderReads: { displays: 5, items: 2 } }
  const marked = { ...told, logonsByAddress: [{ ...logon, marked: 'intruder' }], actors: { intruder: 7, unknown: 1 } }

  const [some, none] = [marked, told].map((answers) => answersAsText(caseReport(answers)))

  expect(some).toMatch(/^ {2}from +whose +in whose name +how .*\n {2}192\.0\.2\.9 +intruder +the owner’s +bind/m)
  expect(some).toMatch(/^ {2}192\.0\.2\.9 +unknown +bob@contoso\.example +bind/m)
  expect(some).toMatch(/^ {2}address +whose +succeeded .*\n {2}192\.0\.2\.9 +intruder/m)
  expect(some).toContain('  by the marked intruder: 5 readings of 2 mails\n')
  expect(none).not.toContain('intruder')
  expect(none).toMatch(/^ {2}from +in whose name +how /m)
})

test('in the terminal, what people did stands before what services did, and of an object what tells it', () => {
  const [own, other] = answers.permissions.rows
  const forest = 'AM0PR01A009.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.example/Alice'
  const rows = [
    ...Array.from({ length: 5 }, () => ({ ...own, marks: 'microsoft-service', detail: 'as every night' })),
    { ...(other ?? own), marks: null, operation: 'Add-MailboxPermission', object: forest, detail: 'gives FullAccess' },
  ] as Answers['permissions']['rows']

  const text = answersAsText(caseReport({ ...answers, permissions: { total: rows.length, rows } }))

  expect(text).toMatch(/permissions: 6\n.* {2}Add-MailboxPermission: contoso\.example\/Alice: gives FullAccess/)
  expect(text.match(/as every night/g)).toHaveLength(4)
})

test.each([
  60, 80, 100,
])('in a terminal of %i columns each row of a table is one line, and what it has no room for is named', (columns) => {
  const [whole, fitted] = [undefined, columns].map((width) =>
    answersAsText(caseReport({ ...answers, mailboxTotal: 2 }), width),
  )
  const tables = (text = '') => text.split('\n').filter((line) => /^ {2}\S+.* {2}\S/.test(line))

  expect(tables(fitted).filter((line) => line.length > columns)).toEqual([])
  expect(tables(fitted)).toHaveLength(tables(whole).length)
  expect(fitted?.includes('(too narrow for: ')).toBe(tables(whole).some((line) => line.length > columns))
})

test('who logged on from where stays a table in half a terminal, in the end without any time', () => {
  const lines = logons({ ...answers, actors: { intruder: 1 } }, 48)

  expect(lines.slice(1).filter((line) => line.length > 48 && !line.startsWith('  (too narrow'))).toEqual([])
  expect(lines.at(-1)).toContain('last (UTC)')
})

test('an alert is one, however many records tell of it, and what triggered it is listed', async () => {
  const alert = (minute: number, operation: string, AlertId?: string) =>
    reported({
      ...{ '@timestamp': `2026-01-12T08:0${minute}:00.000Z`, 'event.action': operation, 'event.id': `${minute}` },
      ...{ 'hoofprint.category': 'alert', 'event.dataset': 'o365.audit', 'o365.audit': AlertId ? { AlertId } : {} },
    })
  const told = [
    ...[alert(0, 'AlertEntityGenerated', 'a1'), alert(1, 'AlertTriggered', 'A1'), alert(2, 'AlertUpdated', 'a1')],
    ...[alert(3, 'AlertEntityGenerated', 'a2'), alert(4, 'AlertEntityGenerated', 'a2')],
    ...[alert(5, 'MCAS_ALERT', 'a1'), alert(6, 'AlertTriggered'), alert(7, 'AlertTriggered')],
  ]

  const { answers, table } = await written(told)

  expect(answers.alerts.total).toBe(5)
  expect(answers.alerts.rows.map(({ id }) => id)).toEqual(['1', '3', '5', '6', '7'])
  expect(table('alerts-activity')).toHaveLength(8)
})

test('nothing in a value can move the cursor or break a line of the terminal', () => {
  const rows = answers.rules.rows.map((row) => ({ ...row, object: '\u001b[2J\nout', actor: '\u202e' }))

  const text = answersAsText(caseReport({ ...answers, rules: { total: 2, rows } }))

  expect(text).toContain('\\u001b[2J\\nout')
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
})

test('the page shows what the intrusion left, and what limits it', () => {
  const report = caseReport(answers)

  const page = renderHtml(report)

  expect(page).toContain('1 of 2 mails read have a subject')
  expect(page).toContain('gives FullAccess to mallory@contoso.example')
  expect(page).toContain('<span class="mark">')
  expect([...page.matchAll(/<section id="(\w+)" class="empty"/g)].map(([, id]) => id)).toEqual([
    'unusual',
    'copilot',
    'requests',
  ])
  expect(coverageFacts(report).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['throttled', 'synchronized']))
})

test('a change says where its address is inferred, and whether it failed', () => {
  const row = {
    at: '2026-01-12T08:00:00.000Z',
    operation: 'Set-Mailbox',
    mailbox: 'bob@contoso.example',
    ip: '192.0.2.1',
  }
  const rows = [
    { ...row, method: 'recorded', outcome: 'failure' },
    { ...row, method: 'nearest', outcome: 'success' },
  ]

  const text = answersAsText(caseReport({ ...answers, forwarding: { total: 2, rows } }))

  expect(text).toContain('Set-Mailbox – failed  (bob@contoso.example, 192.0.2.1)')
  expect(text.match(/– failed/g)).toHaveLength(1)
  expect(text).toContain('(bob@contoso.example, 192.0.2.1 inferred)')
})

test('the terminal names a new address once, and before others one that no mailbox had', () => {
  const use = (ip: string, minutes: number, mailbox: string, known = 0) => ({
    ...{ ip, mailbox, known, kinds: 'ip', at: `2026-01-20T10:${minutes}:00.000Z`, since: '2026-01-02T10:00:00.000Z' },
  })
  const office = Array.from({ length: 9 }, (_, i) => use(`192.0.2.${i}`, 10 + i, 'late@contoso.example', 1))
  const own = [use('198.51.100.7', 30, 'alice@contoso.example'), use('198.51.100.7', 31, 'bob@contoso.example', 1)]
  const rows = [
    ...office,
    ...own,
    { ...use('198.51.100.7', 32, 'new@contoso.example', 1), since: '2026-01-20T10:32:00.000Z' },
  ]

  const text = answersAsText(caseReport({ novelties: listing(rows as never) }))

  expect([...text.matchAll(/^ {4}2026-01-20 10:(.*)$/gm)].map(([, line]) => line)).toEqual([
    '30  198.51.100.7 for alice@contoso.example and 2 further mailboxes',
    ...[0, 1, 2, 3].map((i) => `1${i}  192.0.2.${i} for late@contoso.example`),
  ])
  expect(text).toContain(
    'after the first day of a mailbox, or of a mailbox that appears a week after its log begins, such as',
  )
})

test('of what is new it is told whether another mailbox had the address before', async () => {
  const seen = (mailbox: string, at: string, ip: string) =>
    reported({
      ...{ 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon', 'hoofprint.first_seen': ['ip'] },
      ...{ 'hoofprint.mailbox': mailbox, '@timestamp': at, 'source.ip': ip },
    })
  const [alice, bob] = ['alice@contoso.example', 'bob@contoso.example']

  const { novelties } = (
    await written([
      seen(alice, '2026-03-01T09:00:00.000Z', '192.0.2.1'),
      seen(bob, '2026-03-01T09:30:00.000Z', '192.0.2.2'),
      seen(bob, '2026-03-03T09:00:00.000Z', '192.0.2.1'),
      seen(alice, '2026-03-03T10:00:00.000Z', '192.0.2.3'),
    ])
  ).answers

  expect(novelties.rows.map(({ ip, known }) => [ip, known])).toEqual([
    ['192.0.2.1', 1],
    ['192.0.2.3', 0],
  ])
})

test('where there is no room for all sessions, those of logons alone are left out first', async () => {
  const logon = { 'event.action': 'UserLoggedIn', 'hoofprint.category': 'logon', 'event.outcome': 'failure' }
  const guesses = Array.from({ length: listedRows + 5 }, (_, i) => reported({ ...logon, 'session.id': `guess-${i}` }))
  const send = { 'event.action': 'Send', 'hoofprint.category': 'send', '@timestamp': '2026-03-09T09:00:00.000Z' }

  const { sessions } = (await written([...guesses, reported({ ...send, 'session.id': 'his' })])).answers

  expect([sessions.total, sessions.rows.length]).toEqual([listedRows + 6, listedRows])
  expect(sessions.rows.at(-1)?.session).toBe('his')
})
