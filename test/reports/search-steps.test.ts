import { expect, test } from '@jest/globals'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

test('what was typed letter by letter is one search, as long as it goes on', async () => {
  const { searches } = (
    await written([
      typed('09:00:00', 'i'),
      typed('09:00:01', 'in'),
      typed('09:00:02', 'inx'),
      typed('09:00:03', 'in'),
      query('09:00:05', 'Invoice'),
      typed('09:10:00', 'pay'),
      query('09:20:00', 'payment'),
      query('09:21:00', 'again'),
      typed('09:30:00', 'neve'),
      typed('09:30:01', 'never sent'),
      typed('09:30:02', 'never'),
      typed('09:30:03', 'else'),
    ])
  ).answers

  expect(searches.rows.map(({ query, typed }) => [query, typed])).toEqual([
    ['Invoice', 4],
    ['pay', 1],
    ['payment', 0],
    ['again', 0],
    ['never sent', 3],
    ['else', 1],
  ])
  expect(searches.total).toBe(6)
})

test('a session types its own searches', async () => {
  const { searches } = (
    await written([
      typed('09:00:00', 'in', 's-1'),
      typed('09:00:01', 'pa', 's-2'),
      query('09:00:02', 'invoice', 's-1'),
      query('09:00:03', 'payment', 's-2'),
    ])
  ).answers

  expect(searches.rows.map(({ query, typed }) => [query, typed])).toEqual([
    ['invoice', 1],
    ['payment', 1],
  ])
})

test('who typed elsewhere did not come to this search', async () => {
  const { searches } = (await written([typed('09:00:00', 'in', 's-1'), query('09:00:01', 'invoice', 's-2')])).answers

  expect(searches.rows.map(({ query, typed }) => [query, typed])).toEqual([
    ['in', 1],
    ['invoice', 0],
  ])
})

test('what was refused, was a folder, or was read from there in another mailbox did not follow a search', async () => {
  const but = (one: ReportedActivity, given: object) => ({ ...one, document: { ...one.document, ...given } })
  const { searches } = (
    await written([
      query('09:00:00', 'by address'),
      but(read('09:01:00', '<1@x.example>', 's-1'), { 'event.outcome': 'failure' }),
      but(read('09:02:00', '<2@x.example>', 's-1'), { 'hoofprint.mail_access': 'sync' }),
      but(read('09:03:00', '<3@x.example>', 's-1'), { 'hoofprint.mailbox': 'bob@contoso.example' }),
    ])
  ).answers

  expect(searches.rows.map(({ read }) => read)).toEqual([0])
})

test('what the session read within ten minutes is told with the search, each mail once', async () => {
  const { searches } = (
    await written([
      read('08:59:59', '<before@x.example>', 's-1'),
      query('09:00:00', 'invoice', 's-1'),
      read('09:00:01', '<1@x.example>', 's-1', 'Invoice 7'),
      read('09:05:00', '<1@x.example>', 's-1', 'Invoice 7'),
      read('09:06:00', '<other@x.example>', 's-2'),
      read('09:10:00', '<2@x.example>', 's-1'),
      read('09:10:01', '<late@x.example>', 's-1'),
      query('09:30:00', 'by address', undefined),
      read('09:31:00', '<3@x.example>', 's-3'),
    ])
  ).answers

  expect(searches.rows.map(({ query, read, subjects }) => [query, read, subjects])).toEqual([
    ['invoice', 2, '["Invoice 7"]'],
    ['by address', 1, '[]'],
  ])
})

test('in a session that was stolen, what its owner read did not follow the intruder’s search', async () => {
  const by = (actor: string, one: ReportedActivity) => ({
    ...one,
    document: { ...one.document, 'hoofprint.actor': actor } as ReportedActivity['document'],
  })
  const { searches } = (
    await written([
      by('intruder', query('09:00:00', 'invoice')),
      by('owner', read('09:01:00', '<owners@x.example>', 's-1')),
      by('intruder', read('09:02:00', '<1@x.example>', 's-1')),
      by('unknown', read('09:03:00', '<2@x.example>', 's-1')),
    ])
  ).answers

  expect(searches.rows.map(({ read }) => read)).toEqual([2])
})

function typed(time: string, text: string, session = 's-1') {
  return query(time, text, session, 'SearchSuggestionsDisplay')
}

function query(time: string, text: string, session: string | undefined = 's-1', operation = 'SearchResult') {
  return reported({
    '@timestamp': `2026-03-02T${time}.000Z`,
    ...{ 'event.action': operation, 'hoofprint.category': 'search', 'event.dataset': 'o365.activity' },
    ...{ 'hoofprint.search.query': text, 'session.id': text === 'by address' ? undefined : session },
  })
}

function read(time: string, item: string, session: string, subject?: string) {
  return reported(
    {
      '@timestamp': `2026-03-02T${time}.000Z`,
      ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' },
      ...{ 'email.message_id': item, 'email.subject': subject, 'session.id': session },
    },
    [{ item, subject }],
  )
}
