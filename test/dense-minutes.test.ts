import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { expect, jest, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { render } from '#src/render/render.ts'
import { kinds } from '#src/render/row-kinds.ts'
import { importFile } from './support/case.ts'
import { documentsOf } from './support/documents.ts'
import { fileOf, temporaryFolder } from './support/folder.ts'

const header = 'CreationTime,Id,UserId,Operation,Workload'
const coarse = '3/19/2026 8:15 AM,,alice@contoso.example,Send,Exchange'
const id = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'

test('a case with times that were cut to the minute is not gone through for each block that arrives', async () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  await importFile(store, fileOf(`${header}\n${coarse.replace(',,', `,${id},`)}\n`))

  const asked = await statementsIn(() => importFile(store, fileOf(audits(1))))
  store.close()

  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  const goesThrough = (sql: string) =>
    db
      .prepare(`explain query plan ${sql}`)
      .all()
      .some(({ detail }) => /^SCAN (?:e|event)\b/.test(String(detail)))
  const slow = asked.filter(goesThrough)
  db.close()
  expect(asked.some((sql) => sql.includes('event_coarse'))).toBe(true)
  expect(slow).toEqual([])
})

test('of a minute with many rows without ids their like is not read, and each record once for all of them', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${coarse.replaceAll('alice', `user${i}`)}\n`)
  const folder = temporaryFolder()
  const store = openCase(folder)
  await importFile(store, fileOf(`${header}\n${rows.join('')}`))
  await importFile(store, fileOf(audits(30)))
  store.buildJoins()
  store.close()
  const reader = openReader(folder)
  const read: number[] = []
  const counting = {
    ...reader,
    judge: reader.judge,
    activities(of: Parameters<typeof reader.activities>[0]) {
      if ('seqs' in of) read.push(...of.seqs)
      return reader.activities(of)
    },
  }

  const [slice] = reader.slices({ after: 0, until: 60 }, 1000)
  const documents = [...render(counting, slice as NonNullable<typeof slice>)].map(({ document }) => document)
  reader.close()

  expect(documents.filter(({ tags }) => tags?.includes('retold') === true)).toHaveLength(30)
  expect(read.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => 61 + i))
})

test.each([
  [
    'sign-ins of many users, in tables of which one has a column more',
    (i: number) => [
      `user${i}@contoso.example,203.0.113.66,Outlook,0`,
      `user${i}@contoso.example,203.0.113.66,Outlook,0,Aarhus`,
    ],
    'CreatedDateTime,UserPrincipalName,IPAddress,AppDisplayName,ErrorCode',
    'City',
    '2026-03-09T08:15:21Z',
  ],
  [
    "what many did, in tables of Exchange's own log of which one has a column more",
    (i: number) => [
      `SoftDelete,Owner,user${i}@contoso.example`,
      `SoftDelete,Owner,user${i}@contoso.example,Client=OWA`,
    ],
    'LastAccessed,Operation,LogonType,MailboxOwnerUPN',
    'ClientInfoString',
    '3/9/2026 8:15 AM',
  ],
] as const)('of one moment each thing counts once, however many there are: %s', async (_, cells, columns, more, time) => {
  const rows = Array.from({ length: 200 }, (_, i) => cells(i))
  const tables = [columns, `${columns},${more}`].map((header, k) => {
    return `${header}\n${rows.map((row) => `${time},${row[k]}\n`).join('')}`
  })

  const documents = await documentsOf(tables)

  expect(documents).toHaveLength(400)
  expect(documents.filter(({ tags }) => tags?.includes('also-audited') === true)).toHaveLength(200)
})

test('of a minute of two tables that stands in many slices all is read once, until somebody writes the case', async () => {
  const columns = 'LastAccessed,Operation,LogonType,MailboxOwnerUPN'
  const rows = Array.from({ length: 200 }, (_, i) => `3/9/2026 8:15 AM,SoftDelete,Owner,user${i}@contoso.example`)
  const folder = temporaryFolder()
  const store = openCase(folder)
  await importFile(store, fileOf(`${columns}\n${rows.join('\n')}\n`))
  await importFile(store, fileOf(`${columns},ClientInfoString\n${rows.map((row) => `${row},Client=OWA`).join('\n')}\n`))
  store.buildJoins()
  const reader = openReader(folder)
  let read = 0
  const counting = {
    ...reader,
    judge: reader.judge,
    activities(of: Parameters<typeof reader.activities>[0]) {
      if (!('from' in of)) read += of.seqs.length
      return reader.activities(of)
    },
  }
  const told = () => {
    const slices = [...reader.slices({ after: 0, until: reader.lastSeq() }, 10)]
    const documents = slices.flatMap((slice) => [...render(counting, slice)].map(({ document }) => document))
    return documents.filter(({ tags }) => tags?.includes('also-audited') === true).length
  }

  expect(told()).toBe(200)
  expect(read).toBeLessThanOrEqual(400)
  await importFile(store, fileOf(`${columns},ItemSubject\n3/9/2026 8:15 AM,SoftDelete,Owner,user7@contoso.example,x\n`))
  expect(told()).toBe(201)
  reader.close()
  store.close()
})

test('of one moment as many things that are alike count as one log has, however many there are', async () => {
  const done = { Operation: 'SoftDelete', MailboxOwnerUPN: 'alice@contoso.example', ClientIPAddress: '203.0.113.66' }
  const numbers = Array.from({ length: 100 }, (_, i) => 100 + i)
  const ofLog = { ...done, LastAccessed: '2026-03-19T08:15:21.4Z', LogonType: 'Owner' }
  const log = numbers.flatMap((i) => [
    { ...ofLog, Identity: `log-${i}` },
    { ...ofLog, Identity: `bob-${i}`, MailboxOwnerUPN: 'bob@contoso.example' },
  ])
  const audited = numbers.slice(10).map((i) => ({
    ...{
      ...done,
      CreationTime: '2026-03-19T08:15:21',
      Id: id.replace(/.{3}$/, String(i)),
      RecordType: 3,
      LogonType: 0,
    },
    ...{ UserId: 'alice@contoso.example', Workload: 'Exchange', ClientRequestId: `${i}` },
  }))

  const documents = await documentsOf([JSON.stringify(log), JSON.stringify(audited)])

  expect(documents).toHaveLength(290)
  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(200)
})

test('what is near changes of the directory in one second is asked for once, however many these are', async () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  await importFile(store, fileOf(changes(50, (correlationId) => ({ InterSystemsId: correlationId, ...audited }))))
  await importFile(store, fileOf(changes(50, (correlationId) => ({ correlationId, ...logged }))))
  store.buildJoins()
  store.close()
  const reader = openReader(folder)
  const asked: number[] = []
  const neighbours = {
    ...reader.neighbours,
    near(wanted: Parameters<typeof reader.neighbours.near>[0]) {
      asked.push(wanted.length)
      return reader.neighbours.near(wanted)
    },
  }

  const slices = [...reader.slices({ after: 0, until: reader.lastSeq() }, 1000)]
  const documents = slices.flatMap((slice) => [...render({ ...reader, judge: reader.judge, neighbours }, slice)])
  reader.close()

  expect(documents.filter(({ document }) => document.tags?.includes('also-audited') === true)).toHaveLength(50)
  expect(Math.max(...asked)).toBe(1)
})

const audited = {
  CreationTime: '2026-03-09T08:15:21',
  RecordType: 8,
  Operation: 'Add member to group.',
  UserId: 'a@contoso.example',
  Target: [{ ID: 'group', Type: 2 }],
}
const logged = {
  activityDateTime: '2026-03-09T08:15:21Z',
  category: 'GroupManagement',
  result: 'success',
  activityDisplayName: 'Add member to group',
  loggedByService: 'Core Directory',
  initiatedBy: { user: { userPrincipalName: 'a@contoso.example' } },
  targetResources: [{ id: 'group' }],
}

/** Changes of as many requests, each with ids of its own. */
function changes(count: number, record: (correlation: string) => object): string {
  const records = Array.from({ length: count }, (_, i) => {
    const made = record(`7c000000-0000-4000-8000-0000000001${10 + i}`)
    const own = 'loggedByService' in made ? { id: `Directory_${i}` } : { Id: id.replace(/.{3}$/, String(100 + i)) }
    return { ...own, ...made }
  })
  return JSON.stringify(records)
}

/** Records of the minute, one of each user. */
function audits(count: number): string {
  const records = Array.from({ length: count }, (_, i) => ({
    ...{ CreationTime: `2026-03-19T08:15:${10 + i}`, Id: id.replace(/.{3}$/, String(900 + i)), Operation: 'Send' },
    ...{ RecordType: 2, UserId: `user${i}@contoso.example`, Workload: 'Exchange' },
  }))
  return JSON.stringify(records)
}

/** What SQLite is asked of events on this thread. */
async function statementsIn(work: () => Promise<unknown>): Promise<string[]> {
  const ways = ['all', 'get', 'run', 'iterate'] as const
  const asked = new Set<string>()
  const originals = ways.map((way) => ({ way, original: StatementSync.prototype[way] }))
  for (const { way, original } of originals) {
    const noting = function (this: StatementSync, ...values: unknown[]): unknown {
      asked.add(this.sourceSQL)
      return Reflect.apply(original, this, values)
    }
    Object.assign(StatementSync.prototype, { [way]: noting })
  }
  await work()
  for (const { way, original } of originals) Object.assign(StatementSync.prototype, { [way]: original })
  return [...asked].filter((sql) => /\bevent\b/.test(sql))
}

test('of a second with many sign-ins of one client no row is compared with its table, nor each record with each row', async () => {
  const numbers = Array.from({ length: 100 }, (_, i) => 100 + i)
  const rows = numbers.map((i) => `2026-03-09T08:15:21Z,sync@contoso.example,203.0.113.66,Outlook,0,${i}\n`)
  const table = `CreatedDateTime,UserPrincipalName,IPAddress,AppDisplayName,ErrorCode,Number\n${rows.join('')}`
  const records = numbers.map((i) => ({
    ...{ id: id.replace(/.{3}$/, String(i)), createdDateTime: '2026-03-09T08:15:21Z', isInteractive: true },
    ...{ userPrincipalName: 'sync@contoso.example', ipAddress: '203.0.113.66', appDisplayName: 'Outlook' },
    ...{ status: { errorCode: 0 }, correlationId: id.replace(/.{4}$/, `2${i}`) },
  }))
  const compare = jest.spyOn(kinds.find(({ elsewhere }) => elsewhere !== undefined) as (typeof kinds)[number], 'says')

  const documents = await documentsOf([table, JSON.stringify(records)])
  const compared = compare.mock.calls.length
  compare.mockRestore()

  expect(documents.filter(({ tags }) => tags?.includes('also-audited') === true)).toHaveLength(100)
  expect(compared).toBeLessThan(2000) // Of each slice of ten, its rows and those beside them, once.
})
