import { hash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { htmlPieces } from '#src/reports/html/index.ts'
import { caseReport, everyList, evidenceFile, hostileValues, listing, noAccess, row } from '../support/case-report.ts'
import { renderHtml } from '../support/html-page.ts'

test('what is hostile in a value is only ever text, wherever the value stands', () => {
  for (const hostile of hostileValues) {
    const body = bodyOf(renderHtml(hostileReport(hostile)))

    expect(tagsOf(body)).toEqual(tagsOf(bodyOf(renderHtml(hostileReport('harmless')))))
  }
})

test('what cannot be seen in a value is shown and marked', () => {
  const page = renderHtml(hostileReport('a\u202eb\u0000c\ud800d\u{e0041}e\u200bf\ng❤️'))

  expect(page).toContain(
    `<bdi>a${mark('\\u202e')}b${mark('\\u0000')}c${mark('\\ud800')}d${mark('\\u{e0041}')}e${mark('\\u200b')}f${mark('\\n')}g❤️</bdi>`,
  )
  expect(page).not.toMatch(/[\u202e\u0000\u200b\ud800\u{e0041}]/u)
  expect(page).toContain('<title>a\\u202eb\\u0000c')
})

test('the first page says what is marked, how much of each figure is the intruder’s, and by what the report was written', () => {
  const marks = [
    { kind: 'ip', value: '203.0.113.66', actor: 'intruder', at: Date.UTC(2018, 5, 30, 9, 5) },
    { kind: 'country', value: 'DK', actor: 'owner', at: null },
  ] as const
  const answers = {
    ...{ actors: { intruder: 9, unknown: 1225 }, intruderCategories: { logon: 4, send: 0 } },
    ...{ reads: { displays: 6, items: 2 }, intruderReads: { displays: 2, items: 1 } },
  }

  const page = renderHtml(caseReport(answers, { marks }))

  expect(page).toMatch(/Marked as the intruder’s<\/dt><dd><bdi>203\.0\.113\.66<\/bdi> since 2018-06-30 09:05 UTC<br>/)
  expect(page).toMatch(/Marked as the owner’s<\/dt><dd><bdi>country DK<\/bdi><br>/)
  expect(figure(page, 'logons from')).toContain('4 the intruder’s')
  expect(page).not.toContain('may be the owner’s')
  expect(figure(page, 'mails read')).toContain('1 the intruder’s')
  expect(figure(page, 'sending activities')).toContain('0 the intruder’s')
  expect(page).toContain('by Hoofprint ')
  expect(renderHtml(caseReport())).not.toMatch(/the intruder’s<\/span>|Marked as/)
})

test('a figure of one is told as one, one of nothing as no proof, and one of rules and forwarding as both', () => {
  const one = listing([row({})])
  const nothing = { searchTotals: { queries: 0, typed: 0, intruder: 0 }, reads: { displays: 0, items: 0 } }
  const answers = { ...nothing, rules: one, forwarding: one, permissions: one, sent: one, shared: one, mailboxTotal: 2 }

  const page = renderHtml(caseReport(answers))

  for (const noun of ['change of permissions', 'sending activity', 'sharing activity'])
    expect(page).toContain(`<b>1</b> <span class="of">${noun}</span>`)
  expect(figure(page, 'changes of rules and forwarding')).toMatch(
    /<b>2<.*1 of rules, 1 of a whole mailbox’s forwarding/s,
  )
  for (const noun of ['searches', 'mails read'])
    expect(page).toMatch(
      new RegExp(
        `<b>0</b> <span class="of">${noun}</span> <span class="more">none is recorded, which is no proof that there was none<`,
      ),
    )
})

test('of each file of evidence stands what it was and when it was read', () => {
  const [file] = rowsOf(renderHtml(caseReport()), 'evidence-files')

  expect(file).toEqual(
    expect.arrayContaining(['export.csv', 'ab'.repeat(32), '98,765', '2018-07-01 07:30:00', '1,234']),
  )
})

test('beside the mails that the intruder read stands how many only a session says are his', () => {
  const sharedSessions = { sessions: 1, activities: 9, mails: 7, addresses: [], addressTotal: 1 }
  const actors = { intruder: 9, unknown: 1225 }

  const page = renderHtml(caseReport({ actors, sharedSessions, intruderReads: { displays: 9, items: 8 } }))

  expect(figure(page, 'mails read')).toContain('7 of the intruder’s by a session alone, so perhaps the owner’s')
  expect(page).toMatch(
    /The marked intruder read 8 mails<\/b>, in 9 readings.* 7 of these may be the owner’s: only the session/,
  )
})

test('where nothing is the intruder’s it is said that every figure is of everybody, and why', () => {
  const mark = { kind: 'ip', value: '203.0.113.66', actor: 'intruder', at: null } as const

  const pages = [{}, { marks: [mark] }].map((rest) => renderHtml(caseReport({}, rest)))
  const marked = renderHtml(caseReport({ actors: { intruder: 1 } }, { marks: [mark] }))

  expect(pages[0]).toMatch(/Nothing is marked as the intruder’s yet<\/b>: each figure is of everybody/)
  expect(pages[1]).toMatch(
    /What is marked as the intruder’s is of nothing in this evidence<\/b>: each figure is of everybody/,
  )
  expect(marked).not.toContain('each figure is of everybody')
})

test('of more mails of the intruder’s than the page lists it is said where all are', () => {
  const read = (items: number) => ({ actors: { intruder: 9 }, intruderReads: { displays: items, items } })
  const tables = { 'read-activity-by-item': 'case-read-activity-by-item.tsv' }

  const pages = [1000, 1001].map((items) => renderHtml(caseReport(read(items), { tables })))

  const said = 'has room for the first 1,000 of them, on screen and in print: all are in case-read-activity-by-item.tsv'
  expect(pages.map((page) => page.includes(said))).toEqual([false, true])
})

test('of what is new and of readings without proof the page says in words what they are', () => {
  const readsByMethod = { session: 1, nearest: 2, recorded: 1, service: 3, nobody: 4 }
  const novelty = row({ kinds: 'ip, asn, user_agent', agent: null, since: '2018-06-01T09:00:00.000Z' })

  const page = renderHtml(
    caseReport({ reads: { displays: 11, items: 9 }, readsByMethod, novelties: listing([novelty]) }),
  )

  expect(page).toContain('address, network, client')
  expect(page).toContain(
    'For 2 of 11 readings (18%) the record itself, or its session, proves from which address the mail was read; 2 are attributed to the nearest earlier logon, which is an inference; 3 came through a service of Microsoft’s, which names no client; of 4 no address is known.',
  )
})

test('a list that was cut where nobody counted the rest says that there may be more, and where', () => {
  const searches = (rows: number) =>
    Array.from({ length: rows }, (_, i) => ({
      ...{ mailbox: 'alice@contoso.example', ip: `2001:db8::${i.toString(16)}`, marked: null, queries: 1, typed: 0 },
    }))

  const pages = [999, 1000].map((rows) =>
    renderHtml(caseReport({ searches: listing([row({ query: 'iban' })]), searchesByAddress: searches(rows) })),
  )

  const said = 'The first 1,000 are listed, and there may be more'
  expect(pages.map((page) => page.includes(said))).toEqual([false, true])
  expect(pages[1]).toContain('1,000 or more</span>')
})

test.each([1000, 1001, 20_000])('of %d files it is said how many are listed, and that there are no more', (files) => {
  const page = renderHtml(caseReport({}, { evidence: Array.from({ length: files }, () => evidenceFile()) }))

  const block = page.slice(page.indexOf('id="evidence-files"'), page.indexOf('id="datasets"'))
  expect(block).toContain(`<span class="total">${files.toLocaleString('en-US')}</span>`)
  expect(block).not.toContain('there may be more')
  expect(block.includes(`1,000 of ${files.toLocaleString('en-US')} are listed.`)).toBe(files > 1000)
})

test('of a hundred thousand files no more is taken than is listed, and a list of many rows goes through them no oftener than one of few', () => {
  const end = {
    at: '2018-06-20T09:11:12.000Z',
    ip: '192.0.2.1',
    country: 'DK',
    city: null,
    file: 'export.csv',
    row: 2,
    id: 'a',
  }
  const travel = {
    user: 'a@contoso.example',
    from: end,
    to: end,
    kilometres: 9900,
    minutes: 60,
    kilometresPerHour: 9900,
  }
  const taken = { path: 0, sha256: 0 }
  const file = Object.defineProperties(
    evidenceFile(),
    Object.fromEntries(
      (['path', 'sha256'] as const).map((name) => [
        name,
        {
          enumerable: true,
          get: () => {
            taken[name] += 1
            return 'export.csv'
          },
        },
      ]),
    ),
  )
  const takenFor = (travels: number) => {
    Object.assign(taken, { path: 0, sha256: 0 })
    const evidence = Array.from({ length: 3000 }, () => file)
    renderHtml(caseReport({ travels: Array.from({ length: travels }, () => travel) }, { evidence }))
    return { ...taken }
  }

  const few = takenFor(1)

  expect(few.sha256).toBe(1000)
  expect(takenFor(50)).toEqual(few)
})

test('the page comes section by section, for whole it would fill the memory', () => {
  const pieces = [...htmlPieces(caseReport(everyList([row({})])))]

  const sections = pieces.map((piece) => piece.split('<section ').length - 1)
  expect(sections.filter((count) => count > 0).length).toBeGreaterThan(10)
  expect(Math.max(...sections)).toBe(1)
})

test('of mails read after a search those without a subject are told too, and key strokes only where some were recorded', () => {
  const search = (read: number, subjects: string[], typed = 0) =>
    row({ query: 'iban', read, subjects: JSON.stringify(subjects), typed })
  const after = [search(12, ['Bank details', 'Invoice 7']), search(2, []), search(1, ['Invoice 8'])]

  const page = (rows: typeof after, typed: number) =>
    renderHtml(caseReport({ searches: listing(rows), searchTotals: { queries: 4, typed, intruder: 0 } }))
  const [plain, typed] = [page(after, 0), page([...after, search(0, [], 4)], 4)]

  expect(plain).toMatch(/12 mails: .*Bank details.* · .*Invoice 7.* <span class="none">and 10 more<\/span><\/td>/)
  expect(plain).toContain('2 mails, <span class="none">no subject known</span>')
  expect(plain).toMatch(/1 mail: <bdi>Invoice 8<\/bdi><\/td>/)
  expect([plain, typed].map((page) => /Key strokes|typed so far/.test(page))).toEqual([false, true])
})

test('every printed page says of which report it is, whatever the case is called', () => {
  const page = renderHtml(caseReport({}, { title: 'x"}</style>\\a' }))

  expect(page).toContain(
    '@bottom-left{content:"x\\22 \\7d \\3c \\2f style\\3e \\5c a – written 2018-07-01 08:00 UTC by Hoofprint ',
  )
})

test('a value as long as a book is cut, and the cut is told', () => {
  const page = renderHtml(caseReport({ items: listing([row({ item: 'AAMk1', subject: 'x'.repeat(40_000) })]) }))

  expect(page).toContain('x</bdi><span class="cut">… (cut) …</span><bdi>x')
  expect(page).not.toContain('x'.repeat(400))
})

test('mails without a subject are told apart by their ids, of which the tooltip has all', () => {
  const long = `${'0'.repeat(80)}.${'1'.repeat(80)}`
  const items = ['<a1@mail.example>', '<a2@mail.example>', `<${long}@mail.example>`, 'AAMkAD1=', '@'].map((item) =>
    row({ item, subject: null }),
  )

  const page = renderHtml(caseReport({ items: listing(items) }))

  expect(rowsOf(page, 'reads-by-item').map(([subject]) => subject?.replace('subject unknown; id ', ''))).toEqual([
    ...['a1@…', 'a2@…', `${'0'.repeat(16)}…${'1'.repeat(24)}@…`, 'AAMkAD1=', '@'],
  ])
  expect(page).toContain('title="&lt;a1@mail.example&gt;"')
})

test('the policy allows the style and the script of the page, and nothing else', () => {
  const page = renderHtml(caseReport())

  const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? []
  const [, script = ''] = /<script type="module">(.*)<\/script>/s.exec(page) ?? []
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; ` +
      `script-src 'sha256-${hash('sha256', script, 'base64')}'; base-uri 'none'; form-action 'none'"`,
  )
  expect(page).not.toMatch(/ (src|style|on\w+)="/)
  expect(page).not.toMatch(/https?:/)
})

test('who was stopped after the first factor, came by a device code or used Copilot stands in the page', () => {
  const fact = { user: 'alice@contoso.example', country: null, marked: null, token: 0, id: 'id-1' }
  const span = { first: '2026-03-02T09:00:00.000Z', last: '2026-03-02T09:00:00.000Z' }
  const page = renderHtml(
    caseReport({
      signInFacts: [
        { ...fact, ...span, kind: 'first factor', ip: '203.0.113.9', times: 3, password: 2, succeeded: 0 },
        { ...fact, ...span, kind: 'device code', ip: '192.0.2.8', times: 1, password: 0, succeeded: 1 },
      ],
      copilotByUser: [
        {
          ...{ user: 'alice@contoso.example', ip: '203.0.113.66', marked: null, interactions: 4, hosts: ['Word'] },
          ...{ resources: ['Budget.xlsx'], at: span.first, last: span.last, ids: ['id-2'], sure: 0 },
        },
      ],
    }),
  )

  expect(page).toContain('id="first-factor"')
  expect(page).toContain('id="device-codes"')
  expect(page).toContain('id="copilot-by-user"')
})

test('the answers come first, then how complete the evidence is, then each finding', () => {
  const headings = [...renderHtml(caseReport()).matchAll(/<h2[^>]*>([^<]*)/g)].map(([, heading]) => heading)

  expect(headings).toEqual([
    'Answers',
    'How complete the evidence is',
    'Where to look first',
    ...['Logons', 'Sessions', 'Searches', 'Mail read'],
    'Applications with access to mail',
    ...['Rules', 'Forwarding', 'Permissions', 'Consents', 'Account changes', 'Administration'],
    ...['Attachments', 'Sent mail', 'Deleted mail', 'Files', 'Sharing', 'Copilot', 'Alerts'],
    'Requests to Microsoft Graph',
    'Timeline',
  ])
})

test('how sure the answers are and what limits them stands before the figures', () => {
  const skipped = { total: 1, rows: [{ path: 'notes.txt', reason: 'no export', first: '' }] } as never
  const [page, alone] = [
    renderHtml(caseReport({}, { evidence: [evidenceFile({ complete: false })], skipped })),
    renderHtml(caseReport()),
  ]

  const first = page.slice(0, page.indexOf('<ul class="figures">'))
  const [gaps, cautions] = ['gap', 'warning'].map((severity) => page.split(`<li class="${severity}"`).length - 1)
  expect(first).toContain('proves from which address the mail was read')
  expect(first).toContain(`<a href="#evidence">${gaps} gap and ${cautions} cautions</a> limit the answers.`)
  expect(alone).toMatch(
    /<a href="#evidence">(how complete that is<\/a> limits every answer|\d+ cautions?<\/a> limits? the answers)\./,
  )
})

test('logons of one address are added up over its clients', () => {
  expect(rowsOf(renderHtml(caseReport()), 'logons-by-address')).toContainEqual([
    '192.0.2.9',
    '2',
    '1,002',
    '0',
    '0',
    '2018-06-19 00:00:00',
    '2018-06-20 09:30:00',
  ])
})

test('in whose name mail was read is not called by whom', () => {
  const others = caseReport().answers.readsByAddress.map((one) => ({ ...one, actor: 'bob@contoso.example' }))
  const sent = listing([row({ actor: 'bob@contoso.example' })])

  const page = renderHtml(caseReport({ readsByAddress: others, sent }))

  expect(page).toContain('>In others’ names</th>')
  expect(page).toContain('>In whose name</th>')
  expect(page).not.toMatch(/>By( others)?<\/th>/)
})

test('only of logons that succeeded it is said that somebody had the password', () => {
  const page = renderHtml(caseReport()).replaceAll(/\s+/g, ' ')

  expect(page).toContain('A logon that succeeded proves that somebody who had the password, or a token, logged on')
  expect(page).toContain('one that failed, that somebody tried to, with whatever password.')
})

test('whose activities are adds up to all of them, less the sign-ins that two logs have', () => {
  const page = (unknown: number) => renderHtml(caseReport({ actors: { intruder: 3, owner: 1, unknown } }))

  expect(page(1200)).toContain(
    '1 the owner’s, 1,200 not known whose; 30 activities that two logs have count once</span>',
  )
  expect(page(1230)).toContain('1 the owner’s, 1,230 not known whose</span>')
})

test('readings are told apart by how sure it is who read', () => {
  expect(rowsOf(renderHtml(caseReport()), 'reads-by-address')).toEqual([
    ['192.0.2.9', 'displayed', '5', '2', '0', '3', '2', '0'],
    ['—', 'displayed', '1', '1', '0', '0', '0', '1'],
  ])
})

test('no two things of a page have the same id, and each label names one that is there', () => {
  const page = renderHtml(caseReport(everyList([row({})])))
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  const labels = [...page.matchAll(/ aria-labelledby="([^"]*)"/g)].map(([, id]) => id)

  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  expect(labels.filter((id) => !ids.includes(id))).toEqual([])
})

test('of many like facts about the evidence the first stand in sight, and the others open below them', () => {
  const silence = (hours: number) => ({ mailbox: 'a@contoso.example', dataset: 'o365.audit', from: 0, until: 1, hours })
  const pageOf = (...hours: number[]) =>
    renderHtml(caseReport({ silences: { total: hours.length, rows: hours.map(silence) } }))
  const [sight = '', folded = ''] = pageOf(99, 98, 97, 96, 95).split('<details>')

  expect(sight.match(/Nothing was recorded of/g)).toHaveLength(3)
  expect(folded.split('</details>')[0]).toMatch(
    /^<summary>2 more like this<\/summary>\s*<ul><li>.*<\/li>\s*<li>.*<\/li>\s*<\/ul>$/,
  )
  expect(pageOf(99, 98, 97, 96)).not.toContain('<details>')
})

test('what was not seen at all is one line, which claims no absence', () => {
  const page = renderHtml(caseReport())

  expect(page).toContain(
    '<section id="rules" class="empty" aria-labelledby="rules-title">\n<h2 id="rules-title">Rules</h2> ' +
      '<p class="nothing">Nothing of this kind is in this evidence. That is not proof that there was none.</p>\n</section>',
  )
})

test('no search in audit records may mean that searches are not audited', () => {
  const [activity] = caseReport().answers.datasets
  const datasets = activity === undefined ? [] : [{ ...activity, dataset: 'o365.audit' }]

  expect(renderHtml(caseReport({ searches: listing([]), datasets }))).toContain('only where it was told to (AuditOwner')
  expect(renderHtml(caseReport({ searches: listing([]) }))).not.toContain('AuditOwner')
})

test('logons say the country and the network of an address where that could be looked up', () => {
  const report = caseReport()
  const logonsByAddress = report.answers.logonsByAddress.map((one) => ({
    ...one,
    country: 'NL',
    network: 'Example Net',
  }))
  const places = rowsOf(renderHtml(caseReport({ logonsByAddress })), 'logons-by-address')
  const none = rowsOf(renderHtml(report), 'logons-by-address')

  expect(places[0]?.slice(0, 3)).toEqual(['192.0.2.9', 'NL', 'Example Net'])
  expect(none[0]).toEqual(places[0]?.toSpliced(1, 2))
})

test('a case of several mailboxes says of each row which it is about', () => {
  const one = rowsOf(renderHtml(caseReport()), 'searches-by-time')
  const two = rowsOf(renderHtml(caseReport({ mailboxTotal: 2 })), 'searches-by-time')

  expect(one[0]).not.toContain('alice@contoso.example')
  expect(two[0]).toContain('alice@contoso.example')
})

test.each([
  ['rules', 'Mailbox'],
  ['accounts', 'User'],
  ['consents', 'User'],
  ['files', 'User'],
  ['shared', 'User'],
  ['copilot', 'User'],
] as const)('a list of %s says of the column of several accounts that it is the %s', (name, head) => {
  const page = renderHtml(caseReport({ mailboxTotal: 2, [name]: listing([row({ object: 'a' })]) }))

  const list = page.slice(page.indexOf(`id="${name}-by-time"`))
  const heads = list.slice(0, list.indexOf('</thead>'))
  expect([heads.includes('>Mailbox'), heads.includes('>User')]).toEqual([head === 'Mailbox', head === 'User'])
})

test('a rule is told with what it does, who made it and from where', () => {
  const rules = listing([
    row({
      ...{ operation: 'New-InboxRule', object: '.', detail: "for every mail: moves it to 'RSS'", method: 'recorded' },
      ...{ actor: 'helpdesk@contoso.example', marks: 'truncated', outcome: 'failure' },
    }),
  ])

  expect(rowsOf(renderHtml(caseReport({ rules })), 'rules-by-time')).toEqual([
    [
      ...['2018-06-20 09:11:12', 'New-InboxRule truncated', '.', 'for every mail: moves it to &#39;RSS&#39;'],
      ...['helpdesk@contoso.example', '192.0.2.1 recorded', 'failure', 'file 1, row 2'],
    ],
  ])
})

test('every row of a list says which row of which evidence shows it', () => {
  const evidence = [evidenceFile({ path: 'other.csv' }), evidenceFile()]

  const rows = rowsOf(renderHtml(caseReport({}, { evidence })), 'searches-by-time')

  expect(rows.map((cells) => cells.at(-1))).toEqual([
    'file 2, row 5',
    'file 2, row 6',
    'file 2, row 7',
    'file 2, row 8',
  ])
})

test('a list that is cut says so, and links to the file that has all of it', () => {
  const searches = listing([row({ operation: 'SearchResult', query: 'invoice' })], 2345)
  const tables = { 'search-activity': 'case "1"/javascript:a?b#c.tsv' }

  const page = renderHtml(caseReport({ searches }, { tables }))

  expect(page).toContain(
    '1 of 2,345 are listed; all are in <a href="./case%20%221%22/javascript%3Aa%3Fb%23c.tsv">case &quot;1&quot;/javascript:a?b#c.tsv</a>.',
  )
})

test('of more sessions than the page lists it says what lists all of them', () => {
  const session = {
    ...{ session: 's-1', users: [], mailboxes: [], addresses: [], countries: [], agents: [], applications: [] },
    ...{ first: '2026-03-02T09:00:00.000Z', last: '2026-03-02T09:30:00.000Z', datasets: [], knownBy: [], records: 7 },
    ...{ categories: {}, failedLogons: 0, unknownLogons: 0, actors: {}, inferred: 0, id: 'id-1' },
  }
  const page = (total: number) => renderHtml(caseReport({ sessions: { total, rows: [session] } }))

  expect(page(2)).toContain('hoofprint sessions lists all of them')
  expect(page(1)).not.toContain('hoofprint sessions lists')
})

test('a reject shows its original, whatever bytes it is made of', () => {
  const original = Uint8Array.of(0x3c, 0x62, 0x3e, 0x00, 0xff)
  const rejects = { total: 3, rows: [{ path: 'export.csv', row: 7, reason: 'no TimeStamp', original }] }

  const page = renderHtml(caseReport({}, { rejects }))

  expect(page).toContain(`<code><bdi>&lt;b&gt;${mark('\\u0000')}\ufffd</bdi></code>`)
  expect(page).toContain('1 of 3 are listed.')
})

test('a case without anything is still a page, and claims no absence', () => {
  const answers = {
    total: 0,
    first: undefined,
    last: undefined,
    mailboxes: [],
    mailboxTotal: 0,
    datasets: [],
    days: {},
    activeDays: { total: 0, rows: [] },
    logons: [],
    logonsByAddress: [],
    logonFailures: [],
    logonTotals: { addresses: 0, pairs: 0, succeeded: 0, failed: 0, unknown: 0 },
    reads: { displays: 0, items: 0 },
    readsByAddress: [],
    searchTotals: { queries: 0, typed: 0, intruder: 0 },
    searchesByAddress: [],
  }

  const page = renderHtml(caseReport({ ...answers, ...everyList([]) }, { evidence: [] }))

  expect(page.match(/That is not proof/g)?.length).toBeGreaterThan(12)
  expect(bodyOf(page)).not.toMatch(/NaN|Infinity|undefined/)
})

test('wrong clocks and many mailboxes make neither long nor broken charts', () => {
  const days = { '0000-01-01 read': 1, '2018-06-20 read': 4, '9999-12-31 other': 2, '2018-06-20 unheard-of': 1 }
  const daily = Array.from({ length: 20 }, (_, i) => ({
    ...{ mailbox: `user ${i}`, dataset: 'o365.activity', day: 17_000 + (i % 20), count: i + 1 },
  }))
  const clocks = ['0000-01-01', '9999-12-31'].map((day) => ({ ...daily[0], day: Date.parse(day) / 86_400_000 }))
  const activeDays = { total: 51, rows: [...daily, ...clocks] as typeof daily }

  const page = renderHtml(caseReport({ days, activeDays }))

  expect(page.length).toBeLessThan(200_000)
  expect(page).not.toMatch(/NaN|Infinity/)
  expect(page).toContain('The 20 with the most records of 51, services only where there is room.')
  expect(
    rowsOf(page, 'activities-by-day').map((cells) =>
      cells
        .slice(1)
        .map(Number)
        .reduce((a, b) => a + b),
    ),
  ).toEqual([1, 5, 2])
})

test('full lists of long subjects are written within seconds', () => {
  const many = listing(
    Array.from({ length: 2000 }, (_, i) => row({ item: `AAMk${i}`, subject: 'x<'.repeat(300), query: 'q' })),
  )
  const begun = process.cpuUsage()

  const page = renderHtml(caseReport(everyList(many.rows)))

  expect(process.cpuUsage(begun).user).toBeLessThan(5_000_000)
  expect(page.match(/<tr/g)?.length).toBeGreaterThan(5_000)
})

function hostileReport(text: string) {
  const { answers } = caseReport()
  const strange = row(Object.fromEntries([...Object.keys(row({})), ...named].map((name) => [name, text])))
  const unnamed = { ...strange, subject: null, item: text }
  const lists = everyList([unnamed, { ...strange, item: null, at: `2018-06-20T09:11:12${text}`, mails: 2 }])
  const time = { first: `2018-06-20T09:11:12${text}`, last: text }
  const who = { mailbox: text, actor: text, dataset: text, ip: text }
  const silence = { mailbox: text, dataset: text, from: 0, until: 1, hours: 100 }
  const throttled = [{ mailbox: text, records: 1, first: '2018-06-20T09:11:12Z', last: '2018-06-20T09:11:12Z' }]
  return caseReport(
    {
      ...lists,
      mailboxes: [text],
      mailboxTotal: 2,
      datasets: answers.datasets.flatMap((one) => [one, { ...one, dataset: text }]),
      activeDays: { total: 1, rows: answers.activeDays.rows.map((day) => ({ ...day, mailbox: text, dataset: text })) },
      silences: { total: 1, rows: [silence] },
      throttled,
      busyBinds: [{ mailbox: text, records: 1001, since: '2018-06-20T09:11:12Z' }],
      logons: answers.logons.map((logon) => ({ ...logon, ...who, ...time, agent: text, platforms: text })),
      logonsByAddress: answers.logonsByAddress.map((address) => ({ ...address, ...who, ...time })),
      logonFailures: answers.logonFailures.map((failure) => ({ ...failure, ...time, reason: text })),
      readsByAddress: answers.readsByAddress.map((read) => ({ ...read, ...who, actor: text, access: text })),
      searchesByAddress: answers.searchesByAddress.map((search) => ({ ...search, ...who })),
      filesByUser: [{ ...time, user: text, ip: text, marked: text, activities: 1, files: 1, downloads: 1 }],
      mailAccess: { ...noAccess, bindRecords: 1, syncRecords: 1, binds: 1 },
      marks: { [text]: 1 },
      unknownOperations: { [text]: 1 },
    },
    {
      title: text,
      evidence: [evidenceFile({ path: text, sha256: text, shape: text, complete: false })],
      rejects: { total: 1, rows: [{ path: text, row: 1, reason: text, original: new TextEncoder().encode(text) }] },
      skipped: { total: 1, rows: [{ path: text, reason: text }] },
      tables: { 'other-activity': text, 'search-activity': text, 'rules-activity': text },
    },
  )
}

test('mail access of which not even the kind is known is no absence of reading on the page either', () => {
  const none = 'No mail being read is in this evidence'
  const page = (unsaidRecords: number) =>
    renderHtml(
      caseReport({
        reads: { displays: 0, items: 0 },
        items: listing([], 0),
        mailAccess: { ...noAccess, unsaidRecords },
      }),
    )

  expect([0, 1].map((records) => page(records).includes(none))).toEqual([true, false])
})

/** What rows of some lists have beside what all have. */
const named = [
  ...['subject', 'sender', 'query', 'action', 'recipients', 'detail', 'folder', 'syncs', 'displays', 'proven'],
  ...['recorded', 'access', 'ips', 'platforms', 'last', 'others'],
]

function mark(text: string): string {
  return `<span class="hidden-character">${text}</span>`
}

function bodyOf(page: string): string {
  return page.slice(page.indexOf('<body>'), page.indexOf('<script type="module">'))
}

/** All tags with their attributes, but for what marks hidden characters, and the three attributes that hold values. */
function tagsOf(body: string): string[] {
  const unmarked = body.replaceAll(/<span class="hidden-character">[^<]*<\/span>/g, '')
  return unmarked.replaceAll(/ (datetime|href|title)="[^"]*"/g, ' $1').match(/<[^>]*>/g) ?? []
}

/** The text of each cell of a table, by rows. */
function rowsOf(page: string, id: string): string[][] {
  const start = page.indexOf(`<div class="block" id="${id}">`)
  const body = page.slice(page.indexOf('<tbody>', start), page.indexOf('</tbody>', start))
  return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, cells = '']) =>
    [...cells.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  )
}

/** The figure on the first page of so much. */
function figure(page: string, of: string): string {
  return [...page.matchAll(/<li><b>.*?<\/li>/gs)].map(([item]) => item).find((item) => item.includes(of)) ?? ''
}
