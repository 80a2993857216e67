import { expect, test } from '@jest/globals'
import { applicationConsents, applicationDid, applicationMailboxes } from '#src/reports/application-words.ts'
import { answersAsText } from '#src/reports/text/index.ts'
import { caseReport } from '../support/case-report.ts'
import { renderHtml } from '../support/html-page.ts'
import { reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

const stranger = '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1'
const outlook = '27922004-5251-4030-b22d-91ecd9a37ea4'
const owned = { 'hoofprint.actor': 'owner', 'hoofprint.actor_certainty': 'record' }
const hostile = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }

const consent = by(stranger, 'consent', 'Consent to application.', { at: '08:00', 'application.name': 'Mail Archiver' })
const doings = [
  consent,
  read(stranger, ['<1@mail.example>', '<2@mail.example>'], { at: '09:00', ...hostile }),
  read(stranger, ['<1@mail.example>'], { at: '09:01', ...hostile }),
  read(stranger, ['<1@mail.example>'], { at: '09:02', ...hostile, 'hoofprint.mailbox': 'bob@contoso.example' }),
  by(stranger, 'read', 'MailItemsAccessed', {
    at: '09:03',
    'hoofprint.mail_access': 'sync',
    'hoofprint.folder': ['\\Inbox'],
  }),
  by(stranger, 'send', 'Send', { at: '09:04', ...hostile }),
  by(stranger, 'send', 'Create', { at: '09:05' }),
  by(stranger, 'send', 'Send', { at: '09:06', 'event.outcome': 'failure' }),
  request(stranger, 'open mail', { at: '09:07', 'email.local_id': 'AAMk1' }),
  request(stranger, 'list mails', { at: '09:08' }),
  request(stranger, 'list mails', { at: '09:09', 'event.outcome': 'failure' }),
  read(outlook, ['<3@mail.example>'], { at: '10:00', ...owned }),
]

test('of each application it is told what it read and sent, in whose mailboxes, and who let it in', async () => {
  const { answers } = await written(doings, 3)

  expect(answers.applications.total).toBe(2)
  expect(answers.applications.rows).toMatchObject([
    {
      ...{ application: stranger, name: 'Mail Archiver', mailboxes: ['alice@contoso.example', 'bob@contoso.example'] },
      ...{ mailboxTotal: 2, first: '2026-03-02T09:00:00.000Z', last: '2026-03-02T09:09:00.000Z', activities: 10 },
      ...{ reads: 4, mails: 3, folders: 1, sent: 1, requestedMails: 1, requestedLists: 1, requestedSendings: 0 },
      ...{ consents: 1, consented: '2026-03-02T08:00:00.000Z', consenters: ['alice@contoso.example'] },
      ...{ actors: { intruder: 4, unknown: 7 }, sure: 0, id: consent.document['event.id'] },
    },
    { application: outlook, name: 'Outlook Mobile', mails: 1, consents: 0, consented: null, actors: { owner: 1 } },
  ])
})

test('a table has all applications, also those that no list has room for', async () => {
  const many = Array.from({ length: 1001 }, (_, i) => `7d1e9a3f-2b88-4c10-9f55-${String(i).padStart(12, '0')}`)

  const { answers, table } = await written(
    [...many.map((id) => read(id, ['<1@mail.example>'], { at: '09:00' })), ...doings],
    500,
  )

  expect(answers.applications.rows).toHaveLength(1000)
  const rows = table('applications')
  expect(rows.map((row) => row['Application ID']).toSorted()).toEqual([...many, stranger, outlook].toSorted())
  expect(rows[0]).toMatchObject({
    ...{ Application: 'Mail Archiver', 'Mails Read': '3', Mailboxes: '2', 'Consented By': 'alice@contoso.example' },
    ...{ Actors: 'intruder; unknown', 'Event ID': consent.document['event.id'] },
  })
  expect((await written(doings)).table('applications')).toHaveLength(2)
})

test('what a table of somebody tells again is read and let in once, though each stands in the tables', async () => {
  const again = { tags: ['read', 'also-audited', 'retold'] }

  const { answers, table } = await written([
    by(stranger, 'consent', 'Consent to application.', { at: '08:00' }),
    by(stranger, 'consent', 'Consent to application.', { at: '08:01', 'hoofprint.mailbox': 'an id', ...again }),
    read(stranger, ['<1@mail.example>'], { at: '09:00' }),
    read(stranger, ['<1@mail.example>'], { at: '09:00', ...again }),
  ])

  expect(answers.applications.rows).toMatchObject([
    { reads: 1, mails: 1, activities: 1, consents: 1, consenters: ['alice@contoso.example'] },
  ])
  expect(answers.reads).toMatchObject({ displays: 1, items: 1 })
  expect(answers.mailAccess).toMatchObject({ bindRecords: 1, binds: 1 })
  expect(table('read-activity-by-time')).toHaveLength(2)
})

test('what failed is not counted as asked for, nor a record as a mail that names none, nor who only administered as having to do with mail', async () => {
  const { answers } = await written([
    request(stranger, 'send mail', { at: '09:00' }),
    request(stranger, 'send mail', { at: '09:01', 'event.outcome': 'failure' }),
    read(stranger, [], { at: '09:02' }),
    request(outlook, 'open attachment', { at: '09:03' }),
    by('f8d98a96-0999-43f5-8af3-69971c7bb423', 'admin', 'Set-Mailbox', { at: '09:04' }),
  ])

  expect(answers.applications).toMatchObject({
    total: 2,
    rows: [{ application: stranger, requestedSendings: 1, reads: 1, mails: 0 }, { application: outlook }],
  })
})

test('the marked intruder’s application stands first, and Microsoft’s last, whatever they read', async () => {
  const mails = ['<1@mail.example>', '<2@mail.example>']
  const other = 'f8d98a96-0999-43f5-8af3-69971c7bb423'

  const { answers } = await written([
    read(outlook, [...mails, '<3@mail.example>'], { at: '09:00' }),
    read(other, mails, { at: '09:01' }),
    read(stranger, mails.slice(1), { at: '09:02', ...hostile }),
  ])

  expect(answers.applications.rows.map(({ application }) => application)).toEqual([stranger, other, outlook])
})

test('whoever only let in an application has told when it could begin', async () => {
  const { answers } = await written([consent])

  expect(answers.applications.rows).toMatchObject([
    { activities: 0, mailboxTotal: 0, first: consent.document['@timestamp'], last: consent.document['@timestamp'] },
  ])
})

test('mailboxes are those in which something was done with mail, and else those that were signed in to', async () => {
  const signedIn = by(stranger, 'logon', 'UserLoggedIn', { at: '08:00', 'hoofprint.mailbox': 'bob@contoso.example' })

  const { answers: only } = await written([signedIn])
  const { answers } = await written([signedIn, read(stranger, ['<1@mail.example>'], { at: '09:00' })])

  expect(only.applications.rows).toMatchObject([{ mailboxes: ['bob@contoso.example'], mailboxTotal: 1 }])
  expect(answers.applications.rows).toMatchObject([{ mailboxes: ['alice@contoso.example'], mailboxTotal: 1 }])
})

test('applications of Microsoft’s are told of where they did something with mail, others always', async () => {
  const { answers } = await written([
    by(outlook, 'logon', 'UserLoggedIn', { at: '09:00' }),
    by(stranger, 'logon', 'UserLoggedIn', { at: '09:01' }),
    reported({ 'event.action': 'Send', 'hoofprint.category': 'send' }),
  ])

  expect(answers.applications.rows.map(({ application }) => application)).toEqual([stranger])
})

test('that intruders let an application in elsewhere is told, by its id alone', async () => {
  const { answers } = await written([
    read('e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd', ['<1@mail.example>'], { at: '09:00' }),
    read('f8d98a96-0999-43f5-8af3-69971c7bb423', ['<2@mail.example>'], { at: '09:01' }),
  ])

  const text = answersAsText(caseReport(answers))
  expect(text).toMatch(/eM Client .* e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd, known from other intrusions$/m)
  expect(text).toMatch(/Apple Mail .* f8d98a96-0999-43f5-8af3-69971c7bb423$/m)
  expect(renderHtml(caseReport(answers)).match(/known from other intrusions/g)).toHaveLength(1)
})

test('the report, the page in a terminal and the tables have them', async () => {
  const { answers, table } = await written(doings)
  const report = caseReport(answers)
  const [first] = answers.applications.rows

  expect(first).toBeDefined()
  if (first === undefined) return
  expect(applicationDid(first)).toBe(
    'read 3 mails, copied 1 folder, sent 1 mail, through Microsoft Graph 1 mail and 1 list of mails',
  )
  expect(applicationMailboxes(first)).toBe('alice@contoso.example, bob@contoso.example')
  expect(applicationConsents(first)).toBe('let in 2026-03-02 08:00 by alice@contoso.example')
  expect(renderHtml(report)).toContain(stranger)
  expect(answersAsText(report)).toMatch(
    new RegExp(`Mail Archiver +intruder, unknown +2 +3 +1 +1 +1 +2026-03-02 09:00 .* ${stranger}\n`),
  )
  expect(table('read-activity-by-time').map((row) => row['Application ID'])).toContain(stranger)
})

function by(
  application: string,
  category: string,
  action: string,
  { at, ...given }: { at: string; [name: string]: unknown },
) {
  return reported({
    '@timestamp': `2026-03-02T${at}:00.000Z`,
    'event.action': action,
    'hoofprint.category': category,
    'hoofprint.application.id': application,
    ...given,
  })
}

function read(application: string, ids: readonly string[], given: { at: string; [name: string]: unknown }) {
  const all = { 'hoofprint.mail_access': 'bind', 'email.message_id': ids, ...given }
  const { document, ...rest } = by(application, 'read', 'MailItemsAccessed', all)
  return { ...rest, document, messages: ids.map((item) => ({ item })) }
}

function request(application: string, kind: string, given: { at: string; [name: string]: unknown }) {
  const all = { 'event.dataset': 'azure.graphactivitylogs', 'hoofprint.request': kind, ...given }
  return by(application, 'request', 'Microsoft Graph Activity', all)
}
