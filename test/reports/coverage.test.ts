import { expect, test } from '@jest/globals'
import type { Behind } from '#src/evidence.ts'
import type { ReportedEvidence } from '#src/reports/answers.ts'
import { coverageFacts } from '#src/reports/coverage.ts'
import { caseReport, evidenceFile, listing, noAccess, row } from '../support/case-report.ts'

test('a file is named of which rows were read in a code page that nobody told', () => {
  const evidence = [evidenceFile({ path: '/e/signins.csv', claims: [[-2, 3]] }), evidenceFile({ path: '/e/utf8.csv' })]

  expect(texts(caseReport({}, { evidence }), 'encoding')).toEqual([
    '3 rows of "/e/signins.csv" are not in UTF-8 and read as Windows-1252: letters beyond ASCII, as in names and subjects, may be others. Where another code page wrote them, import it into a new case with --encoding.',
  ])
})

test('dates that may be read in two ways are told, file by file', () => {
  const evidence = (['either', 'day', undefined] as const).map((dates, i) => evidenceFile({ path: `${i}.csv`, dates }))

  expect(texts(caseReport({}, { evidence }), 'either-dates')).toEqual([
    'No row of "0.csv" tells whether 5/3 is in its dates the 5th of March or the 3rd of May, and one of them was taken: export it with dates such as 2026-05-03, or import it into a new case with --dates day or --dates month.',
  ])
})

test('a case that something else changed is not to be believed', () => {
  const told = (rows: number) => texts(caseReport({}, { altered: rows }), 'altered')

  expect(told(2)).toEqual([
    'Something else than Hoofprint changed this case: 2 rows of its files are missing in it, or too many. Believe no figure here: import the evidence into a new case (--case DIR).',
  ])
  expect(told(1)[0]).toContain('1 row of its files is missing in it')
})

test('a file is named that was another one when it was read again', () => {
  const read = (path: string, sha256: string) => evidenceFile({ path, sha256 })
  const told = (...evidence: ReportedEvidence[]) => texts(caseReport({}, { evidence }), 'changed-file')

  expect(told(read('/e/a.csv', 'aa'), read('/e/b.csv', 'bb'), read('/e/a.csv', 'cc'))).toEqual([
    '"/e/a.csv" was another file each of 2 times that it was read: all that it held counts. Which of them a row is of, its SHA-256 says (hoofprint.evidence.sha256 of documents; the report lists them).',
  ])
  expect(told(read('/e/a.csv', 'aa'), read('/e/a.csv', 'aa'), read('/e/a.csv', 'unknown-3'))).toEqual([])
  expect(told(read('C:\\e\\a.csv', 'aa'), read('C:\\e\\a.csv', 'bb'))).toHaveLength(1)
  expect(
    told(read('stdin', 'aa'), read('stdin', 'bb'), read('tenant/audit/1', 'a'), read('tenant/audit/1', 'b')),
  ).toEqual([])
})

test('files that another version read are told together', () => {
  const evidence = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    evidenceFile({ path: `/e/${name}.csv`, byOther: name !== 'c' }),
  )

  const [several] = texts(caseReport({}, { evidence }), 'read-by-other')
  const [one] = texts(caseReport({}, { evidence: evidence.slice(1, 3) }), 'read-by-other')

  expect(several).toBe(
    '4 of 5 files were read by another version of Hoofprint, and they stand as that read them: "/e/a.csv", "/e/b.csv", "/e/d.csv" … and 1 more. This one may know more of their rows, or take them for others: import the evidence into a new case (--case DIR) to have all of it read by one.',
  )
  expect(one).toMatch(
    /^1 of 2 files was read by another version of Hoofprint, and it stands as that read them: "\/e\/b.csv"\./,
  )
  expect(texts(caseReport({}, { evidence: evidence.slice(2, 3) }), 'read-by-other')).toEqual([])
  const collected = [evidenceFile({ path: 'tenant/Audit.Exchange/1', byOther: true }), ...evidence.slice(2, 3)]
  expect(texts(caseReport({}, { evidence: collected }), 'read-by-other')).toEqual([
    '1 of 1 collected content was read by another version of Hoofprint, and it stands as that read them: "tenant/Audit.Exchange/1". This one may know more of their rows, or take them for others.',
  ])
})

test('facts come by how grave they are', () => {
  const report = caseReport({ unknownOperations: { Odd: 2 } }, { evidence: [evidenceFile({ complete: false })] })

  const severities = coverageFacts(report).map(({ severity }) => severity)

  expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
  expect(new Set(severities)).toEqual(new Set(order))
})

test('a file that was not read to its end is a gap', () => {
  expect(texts(caseReport({}, { evidence: [evidenceFile({ complete: false })] }), 'unread')).toEqual([
    '"export.csv" was not read to its end: what follows its first 1,234 rows is missing here.',
  ])
  const broken = { brokeOff: 'it is cut off', counts: { read: 31, stored: 30, duplicate: 0, rejected: 1 } }
  expect(texts(caseReport({}, { evidence: [evidenceFile(broken)] }), 'unread')).toEqual([
    '"export.csv" was not read to its end (it is cut off): what follows its first 30 rows is missing here.',
  ])
})

test('of a file that grew or was replaced while it was read it is told that what is missing may have been read later', () => {
  const broken = evidenceFile({ brokeOff: 'it changed', counts: { read: 31, stored: 30, duplicate: 0, rejected: 1 } })
  const said = (...evidence: ReportedEvidence[]) => texts(caseReport({}, { evidence }), 'unread')

  expect(said(broken, evidenceFile({ path: 'other.csv' }), evidenceFile())).toEqual([
    '"export.csv" was not read to its end (it changed): what follows its first 30 rows is missing here, unless it is among the 1,234 rows read of what had its name later.',
  ])
  expect(said(evidenceFile(), broken)).toEqual([expect.stringMatching(/is missing here\.$/)])
})

test('what was deleted from the case once it was delivered is a gap', () => {
  const told = (events: number) =>
    texts(caseReport({}, { forgotten: { events, before: '2026-05-01T12:01:26.000Z' } }), 'forgotten')

  expect(told(10_560)).toEqual([
    '10,560 collected events were deleted from this case after delivery, as collect.retention says: nothing here counts them. Of what was collected before 2026-05-01 12:01 UTC little but logons and what tells of mails is left: Elasticsearch has the others.',
  ])
  expect(told(1)[0]).toContain('1 collected event was deleted from this case after delivery')
})

test('what a collector has not read to its end is a gap', () => {
  const [stream, from] = ['graph-sign-ins:x:interactiveUser', '2026-03-09T06:00:00.000Z']
  const told = (behind: Behind) => texts(caseReport({}, { behind: [behind] }), 'behind')[0]

  expect(told({ stream, how: 'since', from })).toMatch(/last read to its end at 2026-03-09 06:00 UTC, though.*doctor/)
  expect(told({ stream, how: 'never', from })).toMatch(/since 2026-03-09 06:00 UTC and has not come to its end/)
  expect(told({ stream, how: 'search', from, to: '2026-03-10T06:00:00.000Z' })).toMatch(
    /is not done: from 2026-03-09 06:00 UTC to 2026-03-10 06:00 UTC records may be missing/,
  )
})

test('rejected rows are a gap, with how many were read', () => {
  expect(texts(caseReport({}, { rejects: { total: 1, rows: [] } }), 'rejected')).toEqual([
    '1 row or file could not be used and is missing in the counts; 1,234 rows were read in all.',
  ])
  const file = { path: '/in/a.7z', row: undefined, reason: 'a 7z archive: unpack it', original: undefined }
  const row = { path: '/in/a.csv', row: 7, reason: 'no date', original: new Uint8Array() }
  const end = { ...row, row: undefined, reason: 'it is cut off' }
  expect(texts(caseReport({}, { rejects: { total: 3, rows: [file, row, end] } }), 'rejected')[0]).toMatch(
    / Why, of the first: "\/in\/a\.7z" \(a 7z archive: unpack it\); no date; it is cut off\.$/,
  )
})

test('files among the evidence that are no export are told, the first by name', () => {
  const rows = ['a.txt', 'b.txt', 'c.pdf', 'd.txt'].map((path) => ({ path, reason: 'no export' }))

  expect(texts(caseReport({}, { skipped: { total: 1, rows: rows.slice(0, 1) } }), 'skipped')).toEqual([
    '1 file among the evidence was left out: "a.txt" (no export). What it holds is missing here.',
  ])
  expect(texts(caseReport({}, { skipped: { total: 2000, rows } }), 'skipped')[0]).toContain(
    '"c.pdf" (no export), and 1,997 more. What they hold',
  )
})

test("changes of the directory count twice where Entra's log and the unified one are both there, or Entra's with and without ids", () => {
  const told = (...shapes: string[]) =>
    texts(caseReport({}, { evidence: shapes.map((shape) => evidenceFile({ shape })) }), 'doubled-changes').length

  expect(told('directory-audit', 'purview-csv')).toBe(1)
  expect(told('directory-audit-csv', 'management-api')).toBe(1)
  expect(told('entra-audit-csv', 'purview-csv')).toBe(1)
  expect(told('entra-audit-csv', 'directory-audit')).toBe(1)
  expect(told('directory-audit', 'directory-audit-csv', 'graph-signins')).toBe(0)
  expect(told('purview-csv', 'graph-audit-csv')).toBe(0)
  expect(told('entra-audit-csv', 'entra-signins-csv')).toBe(0)
})

test('where times are of a place that is not named, each file says so', () => {
  const shapes = ['mailbox-audit-csv', 'purview-csv', 'mailbox-audit-json', 'mailbox-audit-local-json']
  const evidence = shapes.map((shape) => evidenceFile({ path: shape, shape }))

  const told = texts(caseReport({}, { evidence }), 'local-times')

  expect(told[0]).toBe(
    'The times in "mailbox-audit-csv" are as the computer showed them that made the export, and are taken for UTC here: in which time zone was it?',
  )
  expect(told.slice(1)).toEqual([expect.stringContaining('"mailbox-audit-local-json"')])
})

test('where times are as a portal showed them, each file says so', () => {
  const evidence = [evidenceFile({ path: 'a.csv', isShown: true }), evidenceFile({ path: 'b.csv', isShown: false })]

  const told = texts(caseReport({}, { evidence }), 'shown-times')

  expect(told).toEqual([expect.stringContaining('The times in "a.csv" are as Defender\'s portal showed them')])
})

test('a retriever.py export of whole pages may be cut off; others and empty ones are not suspected', () => {
  const read = (rows: number) => ({ read: rows, stored: rows, duplicate: 0, rejected: 0 })
  const evidence = [
    evidenceFile({ counts: read(3000) }),
    evidenceFile({ counts: read(3001) }),
    evidenceFile({ counts: read(0) }),
    evidenceFile({ counts: read(3000), shape: 'other' }),
  ]

  expect(texts(caseReport({}, { evidence }), 'page-limit')).toEqual([
    '"export.csv" has exactly 3,000 rows: retriever.py fetches pages of 1,000 and leaves a partial file when a request fails: the export may be cut off.',
  ])
})

test('exports of the audit log, of message traces and of advanced hunting may end where a query does', () => {
  const read = (rows: number) => ({ read: rows, stored: rows, duplicate: 0, rejected: 0 })
  const evidence = [
    evidenceFile({ path: 'a.csv', shape: 'search-ual-csv', counts: read(5000) }),
    evidenceFile({ path: 'b.csv', shape: 'purview-csv', counts: read(50_000) }),
    evidenceFile({ path: 'c.csv', shape: 'purview-csv', counts: read(10_000) }),
    evidenceFile({ path: 'd.csv', shape: 'messagetrace-csv', counts: read(5000) }),
    evidenceFile({ path: 'e.csv', shape: 'hunting-mails-csv', counts: read(30_000) }),
    evidenceFile({ path: 'f.csv', shape: 'hunting-signins', counts: read(50_000) }),
    evidenceFile({ path: 'g.csv', shape: 'search-ual-csv', counts: read(100) }),
    evidenceFile({ path: 'h.csv', shape: 'mailbox-audit-csv', counts: read(1000) }),
    evidenceFile({ path: 'i.csv', shape: 'sentinel-signinlogs-csv', counts: read(30_000) }),
    evidenceFile({ path: 'j.csv', shape: 'entra-signins-csv', counts: read(100_000) }),
    evidenceFile({ path: 'k.csv', shape: 'purview-csv', counts: read(100) }),
    evidenceFile({ path: 'l.csv', shape: 'entra-audit-csv', counts: read(250_000) }),
  ]

  const suspected = texts(caseReport({}, { evidence }), 'page-limit')

  const last = ['"g.csv"', '"h.csv"', '"i.csv"', '"j.csv"', '"l.csv"']
  expect(suspected.map((text) => text.slice(0, 7))).toEqual(['"a.csv"', '"b.csv"', '"d.csv"', '"e.csv"', ...last])
})

test('what is absent is said, and never taken for proof', () => {
  const facts = coverageFacts(caseReport({ categories: { other: 5 }, reads: { displays: 0, items: 0 } }))

  const absent = facts.filter(({ kind }) => kind.startsWith('no-'))
  expect(absent.map(({ kind }) => kind)).toEqual(['no-logons', 'no-searches', 'no-reads'])
  for (const { text } of absent) expect(text).toContain('absence in this evidence is not proof')
})

test('of audit records it is said that searches and mail access may not have been audited', () => {
  const answers = { datasets: [audit], categories: { logon: 1 }, reads: { displays: 0, items: 0 } }

  expect(texts(caseReport(answers), 'no-searches')[0]).toContain('-AuditOwner @{Add="SearchQueryInitiated"}')
  expect(texts(caseReport(answers), 'no-reads')[0]).toContain('only where licence and audit settings')
})

test('mail that is named by no record, because a folder was synchronized, is no absence of reading', () => {
  const mailAccess = { ...noAccess, syncRecords: 3 }
  const report = caseReport({ reads: { displays: 0, items: 0 }, mailAccess, folders: listing([row({})], 2) })

  expect(texts(report, 'no-reads')).toEqual([])
  expect(texts(report, 'synchronized')).toEqual([
    '3 records are of a whole folder being synchronized (2 folders) and name no mail: any mail in these folders may have been copied.',
  ])
})

test('that a folder was opened is told, and that nobody knows what was read there', () => {
  const report = (openedFolders: number) => caseReport({ openedFolders })

  expect(texts(report(0), 'opened-folders')).toEqual([])
  expect(texts(report(2), 'opened-folders')).toEqual([
    '2 records say that somebody other than its owner opened a folder (FolderBind), which Exchange records once in 24 hours for each folder: which mails were read there then is not known.',
  ])
})

test('why rows were rejected is told, each reason once', () => {
  const rows = ['no time', 'no time', 'no id'].map((reason, i) => ({
    path: 'a.csv',
    row: i,
    reason,
    original: undefined,
  }))

  expect(texts(caseReport({}, { rejects: { total: 7, rows } }), 'rejected')[0]).toMatch(
    /were read in all\. Why, of the first: no time; no id\.$/,
  )
})

test('mail access that says nothing of what was accessed is a gap, and no absence of reading', () => {
  const mailAccess = { ...noAccess, unsaidRecords: 1 }
  const report = caseReport({ reads: { displays: 0, items: 0 }, mailAccess })

  expect(texts(report, 'no-reads')).toEqual([])
  expect(texts(report, 'unsaid-access')[0]).toMatch(/^1 record of mail access says neither which mails/)
})

test('days of which nobody has a record are told, log by log', () => {
  const day = (date: string) => Date.parse(date) / 86_400_000
  const [first, last] = [day('2026-03-01'), day('2026-03-20')]
  const weekend = [day('2026-03-14'), day('2026-03-15')] as const
  const twelfth = [day('2026-03-12'), day('2026-03-12')] as const
  const empty = { dataset: 'o365.audit', first, last, days: 3, stretches: [twelfth, weekend] }

  expect(texts(caseReport({ emptyDays: [empty] }), 'empty-days')).toEqual([
    'Nobody has a record in Audit log on 3 of the 20 days (UTC) from 2026-03-01 to 2026-03-20: 2026-03-12, 2026-03-14 to 2026-03-15. Nothing happened then, or it was not exported.',
  ])
  const only = (stretches: readonly (readonly [number, number])[]) =>
    texts(caseReport({ emptyDays: [{ ...empty, days: 2, stretches }] }), 'empty-days')[0]
  expect(only([weekend])).toContain(': 2026-03-14 to 2026-03-15, Saturdays and Sundays alone. Nothing happened')
  expect(only([weekend, [weekend[0] + 8, weekend[0] + 8]])).toContain('2026-03-22, Saturdays and Sundays alone.')
  expect(only([[weekend[1], weekend[1] + 1]])).not.toContain('Sundays alone')
  expect(only([[weekend[0], weekend[0] + 2]])).not.toContain('Sundays alone')
})

test('mails that are listed without an id beside others, and access that failed, are told', () => {
  const mailAccess = { ...noAccess, bindRecords: 1, unnamedMails: 2, failedRecords: 1 }

  expect(texts(caseReport({ mailAccess }), 'nameless-binds')).toEqual([
    '2 further mails or items are listed in records of mail access (bind) without an Internet message id, as drafts and items of calendars are: they were accessed and are not among the mails that are counted.',
  ])
  expect(texts(caseReport({ mailAccess }), 'failed-access')).toEqual([
    '1 record of mail access says that it failed: the tables have it, and what it names is not counted as read.',
  ])
})

test('an empty case says only that it is empty', () => {
  const facts = coverageFacts(caseReport({ total: 0, categories: {}, reads: { displays: 0, items: 0 } }))

  expect(facts.filter(({ kind }) => kind.startsWith('no-')).map(({ kind }) => kind)).toEqual(['no-activities'])
})

test('throttled records are a gap of a day after each', () => {
  const [first, last] = ['2026-03-02T10:00:00.000Z', '2026-03-04T11:30:00.000Z']
  const throttled = [
    { mailbox: 'a@contoso.example', records: 3, first, last },
    { mailbox: 'b@contoso.example', records: 1, first, last: first },
  ]

  expect(texts(caseReport({ throttled }), 'throttled')).toEqual([
    '3 records of a@contoso.example, from 2026-03-02 10:00 UTC to 2026-03-04 11:30 UTC, are marked as throttled: mails opened one by one were not recorded for up to 24 hours after each, so which mails were read then is not known.',
    '1 record of b@contoso.example, at 2026-03-02 10:00 UTC, is marked as throttled: mails opened one by one were not recorded for up to 24 hours after it, so which mails were read then is not known.',
  ])
})

test('what is the intruder’s by its session alone is told as what may be the owner’s', () => {
  const addresses = [{ ip: '198.51.100.5', activities: 31 }]
  const sharedSessions = { sessions: 1, activities: 31, mails: 60, addresses, addressTotal: 1 }
  const report = caseReport({ sharedSessions, intruderReads: { displays: 63, items: 63 } })

  expect(texts(report, 'shared-sessions')).toEqual([
    "31 activities in 1 session count as the marked intruder's for the session alone: the addresses that their records name are not marked, 198.51.100.5 (31). 60 of the 63 mails read are known to be read from there alone. A stolen token is used in the session of its owner, so these may be the owner's: hoofprint mark --trusted ADDRESS says so of what is.",
  ])
  expect(texts(caseReport(), 'shared-sessions')).toEqual([])
})

test('mailboxes that were used and have no record of mail access, or of searches, are told by name', () => {
  const unrecorded = {
    reads: { total: 2, mailboxes: ['a@contoso.example', 'b@contoso.example'] },
    searches: { total: 11, mailboxes: ['a@contoso.example'] },
  }
  const report = caseReport({ unrecorded, datasets: [audit], actors: { intruder: 3 } })

  expect(texts(report, 'unrecorded-reads')[0]).toMatch(
    /^The marked intruder used 2 mailboxes or accounts \(a@contoso\.example, b@contoso\.example\) of which no mail access is recorded at all: .* MailItemsAccessed is recorded only where/,
  )
  expect(texts(report, 'unrecorded-searches')[0]).toMatch(
    /^The marked intruder used 11 mailboxes or accounts \(a@contoso\.example, and 10 more\) of which no search is recorded/,
  )
  for (const kind of ['unrecorded-reads', 'unrecorded-searches'])
    expect(texts(caseReport({ unrecorded }), kind)).toEqual([])
})

test('where no reading, or no search, is recorded of anybody, that alone is told', () => {
  const some = { total: 1, mailboxes: ['a@contoso.example'] }
  const nothing = { reads: { displays: 0, items: 0 }, mailAccess: noAccess, categories: { logon: 1 } }
  const report = caseReport({ ...nothing, unrecorded: { reads: some, searches: some }, datasets: [audit] })

  for (const kind of ['unrecorded-reads', 'unrecorded-searches']) expect(texts(report, kind)).toEqual([])
  for (const kind of ['no-reads', 'no-searches']) expect(texts(report, kind)).toHaveLength(1)
})

test('auditing that was changed is a gap, with who changed it', () => {
  const change = { at: '2026-03-04T01:02:00.000Z', who: 'admin@contoso.example', ip: '203.0.113.66' }
  const auditing = [{ ...change, text: 'the unified audit log was switched off' }]

  expect(texts(caseReport({ auditing }), 'auditing')).toEqual([
    '2026-03-04 01:02 UTC: the unified audit log was switched off. By admin@contoso.example from 203.0.113.66.',
  ])
})

test('audit records come late, so the last hours before an export are not whole', () => {
  expect(texts(caseReport({ datasets: [audit] }), 'late')[0]).toMatch(
    /The last here is of the hour from .* UTC; nothing/,
  )
  expect(texts(caseReport(), 'late')).toEqual([])
})

test('more mail access in a day than is recorded may hide some', () => {
  const busyBinds = [{ mailbox: 'a@contoso.example', records: 1204, since: '2026-03-02T10:00:00.000Z' }]

  expect(texts(caseReport({ busyBinds }), 'busy-binds')).toEqual([
    'a@contoso.example has 1,204 records of mail access (bind) within 24 hours, and more than 1,000 since 2026-03-02 10:00 UTC: beyond that Microsoft records none for 24 hours, so mails read then may be missing.',
  ])
})

test('records that were cut off are a gap, those of services a note', () => {
  const report = caseReport({ marks: { truncated: 1, 'microsoft-service': 2 } })

  expect(texts(report, 'truncated')[0]).toContain('1 record is not whole in the evidence')
  expect(texts(report, 'microsoft-service')[0]).toContain("2 records are from a service of Microsoft's")
})

test('records whose ids were taken out before they were handed over are a gap', () => {
  expect(texts(caseReport({ marks: { withheld: 2 } }), 'withheld')[0]).toMatch(
    /^2 records had ids, names or addresses taken out before they were handed over/,
  )
  expect(texts(caseReport(), 'withheld')).toEqual([])
})

test('of changes that two logs record it is told how many are proven to be the same', () => {
  const evidence = ['directory-audit', 'purview-csv'].map((shape) => evidenceFile({ shape }))
  const told = (alsoAudited: Record<string, number>) =>
    texts(caseReport({ alsoAudited }, { evidence }), 'doubled-changes')[0]

  expect(told({ 'azure.signinlogs': 4 })).toContain(
    'none is proven to be in both, and consents, roles and accounts that are count twice',
  )
  expect(told({ 'o365.audit': 3 })).toContain('3 records are proven to be of a change that the other has')
})

test('what is done in mailboxes may count twice where both logs of it are there', () => {
  const told = (...shapes: string[]) =>
    texts(caseReport({}, { evidence: shapes.map((shape) => evidenceFile({ shape })) }), 'doubled-mailbox').length

  expect(told('mailbox-audit-csv', 'purview-csv')).toBe(1)
  expect(told('admin-audit-json', 'sentinel-officeactivity-csv')).toBe(1)
  expect(told('mailbox-audit-csv', 'retriever-csv')).toBe(0)
  expect(told('mailbox-audit-csv', 'entra-audit-csv')).toBe(0)
  expect(told('purview-csv', 'management-api')).toBe(0)
})

test('what Outlook activities tell may count twice where a log of mailboxes is there', () => {
  const told = (...shapes: string[]) =>
    texts(caseReport({}, { evidence: shapes.map((shape) => evidenceFile({ shape })) }), 'doubled-activities').length

  expect(told('retriever-csv', 'search-ual-csv')).toBe(1)
  expect(told('outlook-activities', 'mailbox-audit-csv')).toBe(1)
  expect(told('retriever-csv', 'graph-signins')).toBe(0)
})

test('logons of which two may be of one coming are told', () => {
  const told = (mailboxes: number, others: number) =>
    texts(caseReport({ logonRecords: { mailboxes, others } }), 'mailbox-logins')

  expect(told(2, 3)).toMatchObject([expect.stringMatching(/^2 of 5 logons are of a mailbox that was opened/)])
  expect([told(0, 3), told(2, 0)]).toEqual([[], []])
})

test('rows of tables that were made of other records are told', () => {
  expect(texts(caseReport({ alsoAudited: { retold: 1 } }), 'retold')[0]).toMatch(
    /^1 row of tables .* says nothing .* is not counted again\.$/,
  )
  expect(texts(caseReport({ alsoAudited: { 'azure.signinlogs': 1 } }), 'retold')).toEqual([])
})

test('sign-ins that two logs record must not be added up', () => {
  const signIns = { ...audit, dataset: 'azure.signinlogs' }

  expect(texts(caseReport({ datasets: [audit, signIns] }), 'doubled-logons')).toHaveLength(1)
  expect(texts(caseReport({ datasets: [audit] }), 'doubled-logons')).toHaveLength(0)
})

test('more than three days without a record are named, mailbox by mailbox', () => {
  const silence = {
    mailbox: 'a b@contoso.example',
    dataset: 'o365.activity',
    from: Date.UTC(2018, 5, 1, 10),
    until: Date.UTC(2018, 5, 5, 10),
    hours: 96,
  }

  expect(texts(caseReport({ silences: { total: 1, rows: [silence] } }), 'silence')).toEqual([
    'Nothing was recorded of a b@contoso.example for 4 days, from 2018-06-01 10:00 UTC to 2018-06-05 10:00 UTC: nothing happened, or its record is missing.',
  ])
  const datasets = [audit, { ...audit, dataset: 'o365.activity' }]
  expect(texts(caseReport({ datasets, silences: { total: 1, rows: [silence] } }), 'silence')[0]).toContain(
    'a b@contoso.example in Outlook activities for 4 days',
  )
})

test('of many silences the ten longest are named and the others counted', () => {
  const silence = { mailbox: 'a', dataset: 'o365.activity', from: 0, until: 3_600_000 * 100, hours: 100 }
  const silences = { total: 212, rows: Array.from({ length: 100 }, () => silence) }

  expect(texts(caseReport({ silences }), 'silence')).toHaveLength(10)
  expect(texts(caseReport({ silences }), 'more-silences')).toEqual([
    '202 further stretches of more than 3 days also had no records.',
  ])
})

test('the time before the first record of each kind is not known', () => {
  const facts = texts(caseReport({ datasets: [audit, ...caseReport().answers.datasets] }), 'retention')

  expect(facts).toEqual([
    'Microsoft keeps audit records for 180 days unless a licence or policy says otherwise, and kept them for 90 days before October 2023: what happened before the first here, 2026-03-01 00:00 UTC, is unknown.',
    'Microsoft kept Outlook activities for up to 6 months: what happened before the first here, 2018-06-20 09:00 UTC, is unknown.',
  ])
})

test('readings name their address, are proven, inferred or nobody’s', () => {
  expect(texts(caseReport(), 'attribution')).toEqual([
    'Of 6 displays and accesses of mail, 3 (50%) are tied to a logon by its session, 2 (33%) to the nearest earlier logon, 1 (17%) to none.',
  ])
  const readsByMethod = { session: 0, nearest: 0, recorded: 4, service: 2, nobody: 0 }
  expect(texts(caseReport({ readsByMethod }), 'attribution')[0]).toContain(
    "4 (67%) name their address themselves, 0 (0%) are tied to a logon by its session, 0 (0%) to the nearest earlier logon, 2 (33%) came through a service of Microsoft's, 0 (0%) to none",
  )
  expect(coverageFacts(caseReport({ readsByMethod })).find(({ kind }) => kind === 'attribution')?.severity).toBe(
    'warning',
  )
})

test('of how many mails that were read the subject is known is said', () => {
  expect(texts(caseReport({ reads: { displays: 900, items: 530 }, readSubjects: 412 }), 'subjects')).toEqual([
    'The subject is known of 412 (78%) of 530 mails that were read: records of reading seldom name it, others of the case may.',
  ])
})

test('operations that no table lists may belong to an answer', () => {
  expect(texts(caseReport({ unknownOperations: { Odd: 2, Odder: 10 } }), 'unknown-operations')).toEqual([
    '12 activities of 2 operations that Hoofprint does not know are counted as "other" and may belong to an answer.',
  ])
})

const audit = {
  dataset: 'o365.audit',
  count: 1,
  first: Date.UTC(2026, 2, 1),
  last: Date.UTC(2026, 2, 2),
}

const order = ['gap', 'warning', 'info'] as const

function texts(report: Parameters<typeof coverageFacts>[0], kind: string): string[] {
  return coverageFacts(report)
    .filter((fact) => fact.kind === kind)
    .map(({ text }) => text)
}

test('a file that holds fewer rows than its search says it had results lacks the others, at least', () => {
  const claims = [
    [402, 402],
    [607, 587],
    [-1, 2],
  ] as const

  const facts = coverageFacts(caseReport({}, { evidence: [evidenceFile({ claims })] }))

  expect(
    facts.filter(({ kind }) => ['results', 'timeout'].includes(kind)).map(({ severity, text }) => [severity, text]),
  ).toEqual([
    ['gap', '"export.csv" holds 587 of 607 results that its search says it had: 20 at least are missing.'],
    ['gap', '2 rows of "export.csv" are marked as from a search that timed out (ResultIndex -1): results are missing.'],
  ])
})
