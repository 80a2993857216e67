import { expect, test } from '@jest/globals'
import { coverageFacts } from '#src/reports/coverage.ts'
import { mailRequestsText, requestsBeside } from '#src/reports/graph-requests.ts'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { answersAsText } from '#src/reports/text/index.ts'
import { caseReport } from '../support/case-report.ts'
import { renderHtml } from '../support/html-page.ts'
import { intrusion, reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

/** A request to Graph that was answered, of a mail where one is named. */
function asked(request: string, given: object = {}): ReportedActivity {
  return reported({
    'event.action': 'Microsoft Graph Activity',
    'event.dataset': 'azure.graphactivitylogs',
    'hoofprint.category': request === 'search mails' ? 'search' : 'request',
    'hoofprint.request': request,
    'http.request.method': 'GET',
    'url.original': 'https://graph.microsoft.com/v1.0/me/messages',
    'hoofprint.application.id': 'app-1',
    '@timestamp': '2026-03-02T12:00:00.000Z',
    ...given,
  })
}

const intruders = { 'hoofprint.actor': 'intruder', 'hoofprint.actor_certainty': 'record' }
const others = { 'source.ip': '192.0.2.9', 'application.name': 'Outlook Mobile' }
const graph = [
  asked('open mail', { ...intruders, 'email.local_id': 'AAMk1' }),
  asked('open mail', { ...intruders, 'email.local_id': 'AAMk1' }),
  asked('open mail', { ...intruders, 'email.local_id': 'AAMk2' }),
  asked('open mail', { ...intruders, 'email.local_id': 'AAMk3', 'event.outcome': 'failure' }),
  asked('list mails', intruders),
  asked('open attachment', { ...others, 'email.local_id': 'AAMk1' }),
  asked('list mails', others),
  ...['list mails without bodies', 'send mail', 'delete mail', 'change rules', 'change application'].map((one) =>
    asked(one),
  ),
  ...['other reading', 'batch'].map((one) => asked(one)),
]
const text =
  'Microsoft Graph gave the marked intruder 2 mails (3 requests), 1 list of mails through app-1 from 203.0.113.66; others 1 list of mails, attachments (1 request) through Outlook Mobile from 192.0.2.9. None of it is counted as mail read: the audit log may have the same access, under other ids, or may lack it.'

test('what was asked of Graph changes no answer but those that count all activities, and its own', async () => {
  const told = intrusion()
  const { answers: without } = await written(told)
  const { answers } = await written([...told, ...graph])

  const names = Object.keys(answers) as (keyof typeof answers)[]
  const changed = names.filter((name) => JSON.stringify(answers[name]) !== JSON.stringify(without[name]))
  expect(changed.sort()).toEqual(
    [
      'total',
      'activities',
      'intruderCategories',
      'last',
      'categories',
      'days',
      'actors',
      'datasets',
      'activeDays',
      'requests',
      'mailRequests',
      'requestCounts',
      'applications',
    ].sort(),
  )
  const { request, ...categories } = answers.categories
  expect({ request, categories }).toEqual({ request: graph.length, categories: without.categories })
})

test('what Graph gave the intruder stands before what it gave the owner, and that before all else', async () => {
  const owners = { 'hoofprint.actor': 'owner', 'hoofprint.actor_certainty': 'record' } as const
  const { answers } = await written([
    asked('list mails', others),
    asked('list mails', owners),
    asked('list mails', intruders),
  ])

  expect(answers.mailRequests.map(({ marked }) => marked)).toEqual(['intruder', 'owner', null])
})

test('searches with their words are searches', async () => {
  const { answers, table } = await written([asked('search mails', { 'hoofprint.search.query': 'wire transfer' })])

  expect(answers.searches.rows).toMatchObject([{ operation: 'search mails', query: 'wire transfer' }])
  expect(table('search-activity')).toMatchObject([{ Query: 'wire transfer', Outcome: 'success' }])
  expect(answers.mailRequests).toMatchObject([{ lists: 1, mails: 0 }])
})

test('beside the mails read stands what Graph gave, to whom, through what and from where', async () => {
  const { answers } = await written([...intrusion(), ...graph])
  const report = caseReport(answers)

  expect(mailRequestsText(answers)).toBe(text)
  expect(answersAsText(report)).toContain(`  ${text}\n`)
  expect(coverageFacts(report)).toContainEqual({ kind: 'graph-requests', severity: 'warning', text })
  expect(mailRequestsText({ mailRequests: [], actors: {} })).toBeUndefined()
})

test('where nothing is marked nobody is told apart, and many names are a number', async () => {
  const { answers } = await written(
    [1, 2, 3, 4].map((i) => asked('open mail', { 'email.local_id': `AAMk${i}`, 'source.ip': `192.0.2.${i}` })),
  )

  expect(mailRequestsText(answers)).toMatch(
    /^Microsoft Graph gave 4 mails \(4 requests\) through app-1 from 4 addresses\./,
  )
  expect(mailRequestsText({ ...answers, actors: { intruder: 1 } })).toMatch(/^Microsoft Graph gave others 4 mails /)
})

test('the table has every request; the list leaves out those that tell little one by one', async () => {
  const { answers, table } = await written(graph)

  expect(table('graph-requests-activity')).toHaveLength(graph.length)
  expect(table('graph-requests-activity')[0]).toMatchObject({
    Request: 'open mail',
    Address: 'GET https://graph.microsoft.com/v1.0/me/messages',
    'Application ID': 'app-1',
    'Own IP': '203.0.113.66',
    Actor: 'intruder',
  })
  expect(answers.requests.total).toBe(graph.length - 2)
  expect(answers.requests.rows).toHaveLength(graph.length - 2)
})

test('beside what was sent, deleted or changed stands how often Graph was asked for the like', async () => {
  const failed = asked('send mail', { 'event.outcome': 'failure' })
  const { answers } = await written([...graph, asked('send mail', intruders), asked('draft mail'), failed])
  const why = 'The audit log may have the same.'

  expect(requestsBeside('sent', answers.requestCounts)).toBe(
    `Through Microsoft Graph, and not counted here: send mail 2 times, draft mail 1 time. ${why}`,
  )
  expect(requestsBeside('shared', answers.requestCounts)).toBeUndefined()
  expect(requestsBeside('requests', answers.requestCounts)).toBeUndefined()
  expect(answersAsText(caseReport(answers))).toContain(
    `Through Microsoft Graph, and in no other figure: send mail 2 times, draft mail 1 time, open attachment 1 time, delete mail 1 time, change rules 1 time, change application 1 time. ${why}\n`,
  )
  const page = renderHtml(caseReport(answers))
  expect(page).toContain('Through Microsoft Graph, and not counted here: change rules 1 time.')
  expect(page).toContain(
    'No mail being read is in this evidence. That is not proof that there was none. Microsoft Graph gave',
  )
})
