import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { count, merge, newTally, type Tally } from '#src/reports/tally.ts'

test('tallies of parts that are merged in any order are the tally of the whole', () => {
  const documents = ['Unheard', 'Move', 'Unheard', 'Odd', 'Move'].map((operation, i) => documentOf(operation, i))

  const whole = tallyOf(documents)
  const merged = newTally()
  for (const part of [documents.slice(3), [], documents.slice(0, 3)]) merge(merged, tallyOf(part))

  expect(merged).toEqual(whole)
  expect(whole).toMatchObject({ total: 5, unknown: { Unheard: 2, Odd: 1 }, categories: { other: 5 } })
  expect([whole.first, whole.last]).toEqual(['2018-06-20T08:00:00.000Z', '2018-06-20T12:00:00.000Z'])
})

// Wants counts without a prototype in tally.ts.
test('an operation that is called like a property of every object is counted like any other', () => {
  const { unknown } = tallyOf(['constructor', '__proto__', 'toString', 'toString'].map(documentOf))

  expect(Object.entries(unknown)).toEqual([
    ['constructor', 1],
    ['__proto__', 1],
    ['toString', 2],
  ])
})

test('what two records tell counts once, and is told by dataset', () => {
  const tally = newTally()
  const logon = {
    ...documentOf('UserLoggedIn', 0),
    'hoofprint.category': 'logon',
    'event.dataset': 'o365.audit',
  } as const
  const twin = { ...logon, 'event.dataset': 'azure.signinlogs', tags: ['logon', 'also-audited'] }
  const row = { ...logon, tags: ['logon', 'also-audited', 'retold'] }
  const opened = { ...logon, 'event.action': 'MailboxLogin' }
  for (const document of [logon, twin, row, opened, opened])
    count(tally, { document, messages: [], lastLogon: undefined })

  expect(tally).toMatchObject({
    total: 5,
    categories: { logon: 3 },
    days: { '2018-06-20 logon': 3 },
    actors: { unknown: 3 },
    alsoAudited: { 'azure.signinlogs': 1, retold: 1 },
    logonRecords: { mailboxes: 2, others: 1 },
  })
})

function tallyOf(documents: readonly EcsDocument[]): Tally {
  const tally = newTally()
  for (const document of documents) {
    const tags = document['event.action'] === 'Move' ? ['other'] : ['other', 'unknown-operation']
    count(tally, { document: { ...document, tags }, messages: [], lastLogon: undefined })
  }
  return tally
}

function documentOf(operation: string, i: number): EcsDocument {
  return {
    '@timestamp': new Date(Date.UTC(2018, 5, 20, 8 + i)).toISOString(),
    'event.id': `id-${i}`,
    'event.action': operation,
    'event.outcome': 'success',
    'hoofprint.category': 'other',
    'hoofprint.mailbox': 'alice@contoso.example',
  }
}
