import { expect, test } from '@jest/globals'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { type SentOn, sentOnTexts } from '#src/reports/sent-on.ts'
import { answersAsText } from '#src/reports/text/index.ts'
import { caseReport } from '../support/case-report.ts'
import { renderHtml } from '../support/html-page.ts'
import { reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

/** A message trace of one mail. */
function traced(at: string, status: string, ...recipients: string[]): ReportedActivity {
  return reported({
    '@timestamp': `2026-03-02T${at}.000Z`,
    'event.action': status,
    'event.dataset': 'o365.messagetrace',
    'hoofprint.category': 'delivery',
    'hoofprint.mailbox': recipients[0],
    'email.to.address': recipients,
    'source.ip': undefined,
    'user.id': undefined,
  })
}

function told(category: 'rule' | 'forward', at: string, given: object): ReportedActivity {
  return reported({
    '@timestamp': `2026-03-02T${at}.000Z`,
    'event.action': category === 'rule' ? 'New-InboxRule' : 'Set-Mailbox',
    'hoofprint.category': category,
    ...given,
  })
}

const rule = told('rule', '09:05:00', { 'email.to.address': ['eve@evil.example', 'Bob Smith'] })
const forwarding = told('forward', '09:07:00', {
  'email.to.address': ['Eve@evil.example', 'drop@evil.example'],
  'hoofprint.actor': 'intruder',
})
const traces = [
  traced('08:00:00', 'Delivered', 'bob@fabrikam.example'),
  traced('09:06:00', 'Delivered', 'Eve@Evil.example', 'bob@fabrikam.example'),
  traced('09:08:00', 'Failed', 'eve@evil.example'),
  traced('09:09:00', 'delivered', 'eve@evil.example'), // As another export spells it.
]

test('where rules and mailboxes send mail on to is told with what message traces have of mail to there', async () => {
  // In parts of two: what parts count adds up.
  const { answers } = await written(
    [traces[0], rule, traces[1], forwarding, ...traces.slice(2)] as ReportedActivity[],
    2,
  )

  expect(answers.sentOn).toEqual([
    {
      address: 'eve@evil.example',
      since: '2026-03-02T09:05:00.000Z',
      marked: 'intruder',
      traces: { Delivered: 2, Failed: 1 },
      first: '2026-03-02T09:06:00.000Z',
      last: '2026-03-02T09:09:00.000Z',
    },
    {
      address: 'drop@evil.example',
      since: '2026-03-02T09:07:00.000Z',
      marked: 'intruder',
      traces: {},
      first: null,
      last: null,
    },
  ])
  const page = renderHtml(caseReport(answers))
  expect(page).toContain('id="sent-on"')
  expect(page).toContain('Delivered 2, Failed 1')
  expect(answersAsText(caseReport(answers))).toContain(
    [
      '  where mail is sent on to: 2',
      '    3 message traces of mail to eve@evil.example, whoever sent it (Delivered 2, Failed 1), 2026-03-02 09:06 to 2026-03-02 09:09',
      '    no message trace names mail to drop@evil.example',
    ].join('\n'),
  )
})

test('what the owner set, and the intruder set again, is the intruder’s', async () => {
  const own = told('rule', '09:05:00', { 'email.to.address': ['eve@evil.example'], 'hoofprint.actor': 'owner' })
  const again = told('rule', '09:06:00', { 'email.to.address': ['eve@evil.example'], 'hoofprint.actor': 'intruder' })
  const { answers } = await written([own, again, ...traces])

  expect(answers.sentOn).toMatchObject([{ since: own.document['@timestamp'], marked: 'intruder' }])
})

test('what failed sends nothing on', async () => {
  const failed = told('forward', '09:07:00', {
    'email.to.address': ['drop@evil.example'],
    'event.outcome': 'failure',
  })
  const { answers } = await written([failed, ...traces])

  expect(answers.sentOn).toEqual([])
})

test('a rule that sends mail on is told of where no mailbox forwards', async () => {
  const { answers } = await written([rule, ...traces])

  const page = renderHtml(caseReport(answers))
  expect(page).toContain('id="sent-on"')
  expect(page).not.toContain('id="forwarding-by-time"')
})

test('without message traces nothing is said of what they do not tell', async () => {
  const { answers } = await written([rule, forwarding])

  expect(answers.sentOn).toEqual([])
  expect(renderHtml(caseReport(answers))).not.toContain('id="sent-on"')
})

test('of many addresses the first are told in words', () => {
  const one: SentOn = { address: 'a@b.example', since: '', marked: null, traces: {}, first: null, last: null }

  expect(sentOnTexts(Array.from({ length: 10 }, () => one)).at(-1)).toBe('and 2 addresses more')
})
