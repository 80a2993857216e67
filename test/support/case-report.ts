import {
  type Answers,
  activityLists,
  type CaseReport,
  type Listing,
  type ListName,
  type ReportedEvidence,
} from '#src/reports/answers.ts'

/** What nobody should put into a subject: markup, attributes, hidden characters, a formula. */
export const hostileValues = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></tr></table><iframe src="https://evil.example/">',
  '</style></script><svg onload=alert(1)>',
  'javascript:alert(1)',
  'invoice\u202egpj.exe',
  'pay\u200bpal\u0000\ud800 \u{e0041}',
  '=HYPERLINK("https://evil.example/")',
  '&lt;b&gt;',
] as const

/** Of a case without audit records of mail access. */
export const noAccess = {
  ...{ bindRecords: 0, syncRecords: 0, unsaidRecords: 0, failedRecords: 0 },
  ...{ binds: 0, namelessBinds: 0, unnamedMails: 0 },
}

/** A case of one mailbox over nine days, with a row of each kind; all of it is made up. */
export function caseReport(answers: Partial<Answers> = {}, rest: Partial<CaseReport> = {}): CaseReport {
  return {
    title: 'harbour-case',
    writtenAt: '2018-07-01T08:00:00.000Z',
    answers: { ...plainAnswers, ...answers },
    evidence: [evidenceFile()],
    rejects: { total: 0, rows: [] },
    skipped: { total: 0, rows: [] },
    tables: { 'search-activity': 'harbour-case-search-activity.tsv' },
    ...rest,
  }
}

/** A file of 1,234 rows, read to its end. */
export function evidenceFile(changes: Partial<ReportedEvidence> = {}): ReportedEvidence {
  const counts = { read: 1234, stored: 1234, duplicate: 0, rejected: 0 }
  return {
    path: 'export.csv',
    sha256: 'ab'.repeat(32),
    shape: 'retriever-csv',
    size: 98_765,
    imported: '2018-07-01T07:30:00.000Z',
    complete: true,
    counts,
    ...changes,
  }
}

/** A list of as many rows. */
export function listing(rows: Listing['rows'], total = rows.length): Listing {
  return { total, rows }
}

/** A row of a list, as the answers have it. */
export function row(changes: Listing['rows'][number]): Listing['rows'][number] {
  return {
    at: '2018-06-20T09:11:12.000Z',
    operation: 'ReadingPaneDisplayStart',
    platform: 'Web',
    ip: '192.0.2.1',
    method: 'session',
    session: 's1',
    mailbox: 'alice@contoso.example',
    actor: null,
    object: null,
    outcome: 'success',
    mails: null,
    marks: null,
    file: 'export.csv',
    row: 2,
    ...changes,
  }
}

/** Every list, each with these rows. */
export function everyList(rows: Listing['rows'], total = rows.length): Record<ListName, Listing> {
  const names = [...Object.keys(activityLists), 'items', 'folders'] as ListName[]
  return Object.fromEntries(names.map((name) => [name, listing(rows, total)])) as Record<ListName, Listing>
}

const mailbox = 'alice@contoso.example'

const logon = {
  datasets: 'o365.activity',
  marked: null,
  country: null,
  network: null,
  mailbox,
  actor: null,
  agent: 'Mozilla/5.0',
  platforms: 'Web',
  failed: 0,
  unknown: 0,
  accepted: 0,
  password: 0,
  deviceCode: 0,
  first: '2018-06-20T09:00:00.000Z',
  last: '2018-06-20T09:30:00.000Z',
}
const address = { ...logon, clients: 1, mailboxes: 1 }
const reading = { mailbox, actor: null, marked: null, access: null, proven: 0, recorded: 0, inferred: 0 }

const plainAnswers: Answers = {
  states: { total: 0, rows: [], listings: [], unrecorded: [] },
  ...everyList([]),
  total: 1234,
  unnamedMailboxes: 0,
  openedFolders: 0,
  activities: 1234,
  first: '2018-06-20T09:00:00.000Z',
  last: '2018-06-28T10:00:00.000Z',
  mailboxes: [mailbox],
  mailboxTotal: 1,
  receivers: 0,
  categories: { logon: 19, read: 6, search: 4 },
  unknownOperations: {},
  days: { '2018-06-20 logon': 19, '2018-06-20 read': 5, '2018-06-28 read': 1, '2018-06-28 delivery': 3 },
  marks: {},
  datasets: [
    {
      dataset: 'o365.activity',
      count: 1234,
      first: Date.UTC(2018, 5, 20, 9),
      last: Date.UTC(2018, 5, 28, 10),
    },
  ],
  activeDays: {
    total: 1,
    rows: [
      { mailbox, dataset: 'o365.activity', day: dayOf(2018, 5, 20), count: 24 },
      { mailbox, dataset: 'o365.activity', day: dayOf(2018, 5, 28), count: 4 },
    ],
  },
  silences: { total: 0, rows: [] },
  actors: { unknown: 1234 },
  alsoAudited: {},
  logonRecords: { mailboxes: 0, others: 0 },
  sessions: { total: 0, rows: [] },
  sessionsFromSeveral: { total: 0, rows: [] },
  novelties: listing([]),
  signInFacts: [],
  copilotByUser: [],
  travels: [],
  throttled: [],
  emptyDays: [],
  busyBinds: [],
  auditing: [],
  unrecorded: { reads: { total: 0, mailboxes: [] }, searches: { total: 0, mailboxes: [] } },
  partlyRecorded: [],
  intruderCategories: {},
  sharedSessions: { sessions: 0, activities: 0, mails: 0, addresses: [], addressTotal: 0 },
  unmarkedBeside: { activities: 0, mails: 0, addresses: [], addressTotal: 0 },
  applications: { total: 0, rows: [] },
  mailRequests: [],
  openedInPortal: 0,
  requestCounts: [],
  sentOn: [],
  mailAccess: noAccess,
  logonTotals: { addresses: 2, pairs: 4, succeeded: 1011, failed: 1, unknown: 30 },
  logons: [
    { ...logon, ip: '192.0.2.10', succeeded: 9, failed: 1 },
    { ...logon, ip: '192.0.2.9', succeeded: 1000 },
    { ...logon, ip: '192.0.2.9', succeeded: 2, agent: 'imap', first: '2018-06-19T00:00:00.000Z' },
    { ...logon, ip: null, succeeded: 0, unknown: 30 },
  ],
  logonsByAddress: [
    { ...address, ip: '192.0.2.9', succeeded: 1002, clients: 2, first: '2018-06-19T00:00:00.000Z' },
    { ...address, ip: '192.0.2.10', succeeded: 9, failed: 1 },
    { ...address, ip: null, succeeded: 0, unknown: 30 },
  ],
  logonFailures: [{ ...address, reason: 'wrong password', failed: 1, addresses: 1 }],
  readsByAddress: [
    { ...reading, ip: '192.0.2.9', displays: 5, items: 2, proven: 3, inferred: 2 },
    { ...reading, ip: null, displays: 1, items: 1 },
  ],
  reads: { displays: 6, items: 2 },
  intruderReads: { displays: 0, items: 0 },
  readsByMethod: { session: 3, nearest: 2, recorded: 0, service: 0, nobody: 1 },
  readSubjects: 1,
  filesByUser: [],
  searches: listing([
    row({ operation: 'SearchSuggestionDisplay', query: 'inv', row: 5 }),
    row({ operation: 'SearchSuggestionsDisplay', query: 'invo', row: 6 }),
    row({ operation: 'SearchResult', query: 'invoice', row: 7 }),
    row({ operation: 'SearchResult', query: 'payment', row: 8, ip: null, method: null }),
  ]),
  searchTotals: { queries: 1, typed: 2, intruder: 0 },
  searchesByAddress: [{ mailbox, ip: '192.0.2.1', marked: null, queries: 1, typed: 2 }],
  items: listing([
    row({
      item: 'AAMk1',
      subject: 'Bank details',
      sender: 'bob@contoso.example',
      displays: 5,
      proven: 3,
      recorded: 0,
      last: null,
      ips: null,
    }),
    row({
      item: 'AAMk2',
      subject: null,
      sender: null,
      displays: 1,
      proven: 0,
      recorded: 0,
      last: null,
      ips: '192.0.2.1,192.0.2.9',
    }),
  ]),
  attachments: listing([
    row({ operation: 'OpenedAnAttachment', action: 'Preview', item: 'AAMk1', subject: 'Bank details', sender: null }),
  ]),
}

/** Days since 1970. */
function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day) / 86_400_000
}
