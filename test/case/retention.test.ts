import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openForReading } from '#src/case/database.ts'
import { openReader } from '#src/case/reader.ts'
import { type CaseStore, openCase } from '#src/case/store.ts'
import type { JsonFormat } from '#src/entry.ts'
import { itemHash } from '#src/item-hash.ts'
import { silent } from '#src/progress.ts'
import { createRandom } from '../../samples/random.ts'
import { contentsOf, entry, packed, put, type Written } from '../support/case.ts'
import { hoofprint, root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

const day = 24 * 3_600_000
const began = Date.parse('2026-03-01T00:00:00.000Z')

let folder: string
let store: CaseStore
beforeEach(() => {
  folder = temporaryFolder()
  store = openCase(folder)
})
afterEach(() => store.close())

test('what was delivered long ago goes, with its rows and its evidence', () => {
  collect('a', 3)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 3)
  store.retention.delivered(store.retention.lastSeq(), at(20))
  collect('c', 1)

  const gone = forget(31)

  expect(gone).toBe(3)
  expect(count('event')).toBe(4)
  expect(count('sighting')).toBe(4)
  expect(store.evidences().map(({ path }) => path)).toEqual(['b', 'c'])
  expect(problems()).toEqual([])
})

test('the case and its answer tell how much has gone', () => {
  const content = JSON.stringify({ Id: 'x', CreationTime: '2026-03-01T00:00:00', Operation: 'Send' })
  put(store, 'export.csv', [entry()])
  collect('a', 3)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 3, [{ dataset: 'o365.audit', content }])
  store.buildJoins()
  forget(20)
  const early = store.forgotten()
  forget(31)
  const { out } = hoofprint(['answer', '--case', folder])

  expect(early).toBe(undefined)
  expect(store.forgotten()).toEqual({ events: 3, before: store.evidences().find(({ path }) => path === 'b')?.imported })
  expect(out).toContain('! 3 collected events were deleted from this case')
})

test('a case of which a part has gone when forgetting ends early tells that, and is none that something else changed', () => {
  for (const name of ['a', 'b', 'c', 'd']) collect(name, 1500)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('e', 1)

  for (const gone of store.retention.forget({ events: at(1), joined: at(-60) })) if (gone > 0) break

  expect([store.altered(), store.forgotten()]).toMatchObject([0, { events: 2000 }])
  expect(forget(31)).toBe(4000)
  expect([store.altered(), store.forgotten()]).toMatchObject([0, { events: 6000 }])
})

test('the audit record of a sign-in stays as long as the sign-in, which is known by it to be told twice', () => {
  const logon = { platform: 'Exchange', ip: '203.0.113.7', userAgent: undefined }
  const of = { id: 'x', session: 's', logon }
  const audited = { ...of, time: began, dataset: 'o365.audit', operation: 'UserLoggedIn' } as const
  const signIn = { ...of, time: began + 400, dataset: 'azure.signinlogs', operation: 'Sign-in activity' } as const
  collect('a', 2, [audited, signIn])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1, [{ time: began + 80 * day, session: 's' }]) // The sign-in is its logon.
  store.retention.delivered(store.retention.lastSeq(), at(80))
  collect('c', 1, [{ time: began + 300 * day }])
  store.retention.delivered(store.retention.lastSeq(), at(300))

  const gone = [95, 111, 112, 113].map(forget)

  expect(gone).toEqual([0, 1, 1, 1])
})

test('what is known of a session goes long after the last of its events; from where a mailbox was used stays', () => {
  const usage = { ip: '203.0.113.7', userAgent: undefined, isOwn: true, asks: true }
  const of = (session: string, ...sessionIds: string[]) => ({ session, sessionIds, usage })
  collect('a', 2, [of('s-1', 't-1', 's-2'), of('s-2', 't-2')])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  store.retention.delivered(store.retention.lastSeq(), at(20))
  collect('c', 2, [of('s-2', 't-3'), {}])
  store.retention.delivered(store.retention.lastSeq(), at(70))

  const links = () => rows('select id from session_link order by id').map(({ id }) => id)
  const gone = forget(31)
  expect([gone, links(), count('session_usage')]).toEqual([2, ['s-2', 't-1', 't-2', 't-3'], 2])
  forget(95)

  expect(links()).toEqual(['s-2', 't-2', 't-3'])
  expect(rows('select session from session_usage')).toEqual([{ session: 's-2' }])
  expect([count('usage'), count('request'), count('ended_session')]).toEqual([1, 1, 0])
})

test('what was not delivered stays, however old', () => {
  collect('a', 3)

  expect(forget(1000)).toBe(0)
  expect(count('event')).toBe(3)
})

test('what was delivered within an hour counts as delivered at its end', () => {
  collect('a', 3)
  store.retention.delivered(store.retention.lastSeq(), new Date(began + 1))
  collect('b', 1)

  expect([forget(30), forget(31)]).toEqual([0, 3])
})

test('a content that is not read to its end, or of which something could not be read, stays known when its events go', () => {
  const rejected = [{ row: 1, reason: 'no time', original: new Uint8Array() }]
  for (const name of ['half read', 'with rejects']) {
    const evidence = store.beginEvidence({ path: name, sha256: name, mailbox: '', size: 1, format: formatOf(name) })
    const some = { entries: packed([entry({ id: name })]), cursor: 1 }
    store.write(evidence, { ...some, rejected: name === 'half read' ? [] : rejected })
    if (name === 'with rejects') store.completeEvidence(evidence, [])
  }
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)

  expect(forget(1000)).toBe(2)
  expect(store.evidences().map(({ path }) => path)).toEqual(['half read', 'with rejects', 'b'])
  expect(problems()).toEqual([])
})

test('what others are joined to stays longer', () => {
  const logon = { platform: 'Web', ip: '203.0.113.7', userAgent: undefined }
  const message = {
    item: '<1@contoso.example>',
    rank: 1,
    subject: 'x',
    from: undefined,
    received: undefined,
    messageId: undefined,
  }
  collect('a', 3, [{}, { logon }, { messages: [message] }])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)

  const [first, second] = [forget(31), forget(91)]

  expect([first, second]).toEqual([1, 2])
  expect([count('logon'), count('message')]).toEqual([0, 0])
  expect(problems()).toEqual([])
})

test('a logon stays as long as what is attributed to it, by its session or as the nearest', () => {
  const logon = { platform: 'Web', ip: '203.0.113.7', userAgent: undefined }
  const bob = 'bob@contoso.example'
  const used = began + 75 * day
  collect('a', 4, [
    { session: 's-1', logon },
    { session: 's-2', logon },
    { time: used - 1, mailbox: bob, logon },
    { time: used - 2, mailbox: bob, logon },
  ])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 2, [
    { session: 's-1', time: used },
    { mailbox: bob, time: used },
  ])
  store.retention.delivered(store.retention.lastSeq(), at(75))
  collect('last', 1, [{ mailbox: 'carol@contoso.example' }])
  store.buildJoins()
  const known = { platform: 'Web', time: used, infers: true }
  const joined = () => {
    const reader = openReader(folder)
    try {
      const of = (given: { session: string | undefined; mailbox: string }) =>
        reader.joins.logon({ ...known, ...given })?.logon.id
      return [of({ session: 's-1', mailbox: 'alice@contoso.example' }), of({ session: undefined, mailbox: bob })]
    } finally {
      reader.close()
    }
  }

  const before = joined()
  const gone = forget(91)

  expect(before).toEqual(['a-0', 'a-2'])
  expect(joined()).toEqual(before)
  expect(gone).toBe(2)
  expect([forget(106), forget(106)]).toEqual([2, 2])
})

test('what tells of a mail stays as long as what names the mail, of several that tell the same the last', () => {
  const item = '<1@contoso.example>'
  const message = { item, rank: 1, subject: 'x', from: undefined, received: undefined, messageId: undefined }
  const other = { ...message, item: '<2@contoso.example>' }
  const trace = { messages: [{ ...message, rank: 2 }], dataset: 'o365.messagetrace' as const }
  collect('a', 5, [{ messages: [message] }, { messages: [message] }, trace, trace, { messages: [other] }])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  const delivery = store.delivery('sink')
  const { cursor } = delivery.begin(10)
  const mentions = Float64Array.of(itemHash(item), 1, itemHash(item), 6, itemHash(other.item), 5)
  delivery.advance(cursor, { rejected: [], mentions })
  store.retention.delivered(store.retention.lastSeq(), at(75))
  collect('last', 1)

  const gone = forget(91)

  expect(gone).toBe(2)
  expect(rows('select id from event where seq < 6').map(({ id }) => id)).toEqual(['a-1', 'a-2', 'a-3'])
  expect([forget(106), forget(106)]).toEqual([1, 3])
})

test('what stays because others are joined to it is not looked at every hour', () => {
  const logon = { platform: 'Web', ip: '203.0.113.7', userAgent: undefined }
  collect('a', 9000, [{ logon }])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1, [{ mailbox: 'bob@contoso.example' }])
  const steps = (days: number) => [...store.retention.forget({ events: at(days - 30), joined: at(days - 90) })]

  const [first, second, last] = [steps(31), steps(31), steps(91)]

  expect([first.length, second.length]).toEqual([5, 0])
  expect(last.reduce((sum, events) => sum + events)).toBe(9000)
})

test('where years have gone but what came from a file, only what is there is looked at', () => {
  put(store, 'export.csv', [entry()])
  collect('a', 9000)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  const steps = (days: number) => [...store.retention.forget({ events: at(days - 30), joined: at(days - 90) })]

  const first = steps(91)

  expect(first.reduce((sum, events) => sum + events)).toBe(9000)
  expect(steps(92)).toEqual([0])
})

test('what is looked up to forget is made while the case is small', () => {
  const told: unknown[] = []
  const progress = { ...silent, begin: (...words: unknown[]) => void told.push(words) }
  store.retention.prepare(progress)
  store.retention.prepare(progress)

  const made = rows(`select name from sqlite_schema where type = 'index'`).map(({ name }) => name)
  collect('a', 3)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  forget(31)

  expect(rows(`select name from sqlite_schema where type = 'index'`).map(({ name }) => name)).toEqual(made)
  expect(made).toContain('event_evidence')
  expect(told).toEqual([['making indexes', expect.any(Number)]])
})

test('what came from files stays', () => {
  put(store, 'export.csv', [entry(), entry({ time: 1, row: 3 })])
  collect('a', 2)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)

  expect(forget(1000)).toBe(2)
  expect(store.evidences().map(({ path }) => path)).toEqual(['export.csv', 'b'])
})

test('what a file shows, too, stays, whoever told it first', () => {
  collect('a', 2)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  put(store, 'export.csv', [entry({ id: 'a-1', time: began + 1 })])
  collect('b', 1)

  expect(forget(1000)).toBe(1)
  expect(rows('select id from event order by seq').map(({ id }) => id)).toEqual(['a-1', 'b-0'])
  expect(store.evidences().map(({ path }) => path)).toEqual(['a', 'export.csv', 'b'])
})

test('the last event stays, so that no number is given twice', () => {
  collect('a', 3)
  store.retention.delivered(store.retention.lastSeq(), at(0))

  forget(1000)
  const last = store.retention.lastSeq()
  collect('b', 1)

  expect(last).toBe(3)
  expect(store.retention.lastSeq()).toBe(4)
})

test('a refused document keeps its event', () => {
  collect('a', 3)
  const delivery = store.delivery('sink')
  const { cursor } = delivery.begin(10)
  delivery.advance(cursor, { rejected: [{ seq: 2, reason: 'no' }], mentions: new Float64Array([7, 1, 7, 2]) })
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)

  expect(forget(1000)).toBe(2)
  expect(delivery.countRefused()).toBe(1)
  expect(count('mention')).toBe(1)
  expect(problems()).toEqual([])
})

test('what was done before what went, and comes after it, from where that was done, is stored', () => {
  const usage = { ip: '203.0.113.7', userAgent: undefined, isOwn: true, asks: false }
  collect('a', 1, [{ usage }])
  const delivery = store.delivery('sink')
  delivery.advance(delivery.begin(10).cursor, { rejected: [], mentions: new Float64Array() })
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  forget(31)

  collect('found by a search', 1, [{ time: began - day, usage }])

  expect(rows('select id from usage')).toEqual([{ id: 'found by a search-0' }])
})

test('a record that comes again after it went is stored anew', () => {
  collect('a', 3)
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  forget(1000)

  collect('a again', 3, [], 'a')

  expect(count('event')).toBe(4)
  expect(store.retention.undelivered()).toBe(4)
})

test('ended in the middle or killed anywhere, and gone on with, it forgets what it would have forgotten at once', async () => {
  const logon = { platform: 'Web', ip: '203.0.113.7', userAgent: undefined }
  const usage = { ip: '203.0.113.7', userAgent: undefined, isOwn: true, asks: false }
  for (let part = 0; part < 6; part += 1) {
    collect(`c${part}`, 2000, [{ session: `s-${part}`, usage, content: 'x'.repeat(500) }, { logon }])
    store.retention.delivered(store.retention.lastSeq(), at(part))
  }
  put(store, 'export.csv', [entry()])
  collect('last', 1)
  store.close()
  const [calm, stopped] = [temporaryFolder(), temporaryFolder()]
  for (const copy of [calm, stopped]) cpSync(folder, copy, { recursive: true })
  const limits = { events: at(4), joined: at(3) }
  const forgetting = (path: string) => {
    const args = [join(root, 'test/support/forgetting.ts'), path, ...[limits.events, limits.joined].map(String)]
    return spawn(process.execPath, args, { stdio: 'ignore' })
  }

  const began = performance.now()
  const [code] = await once(forgetting(calm), 'exit')
  const wholeMs = performance.now() - began
  const random = createRandom(3)
  for (let i = 0; i < 8; i += 1) {
    const child = forgetting(folder)
    const timer = setTimeout(() => child.kill('SIGKILL'), wholeMs * random.fraction())
    await once(child, 'exit')
    clearTimeout(timer)
  }
  await once(forgetting(folder), 'exit')
  for (let i = 0; i < 8; i += 1) {
    const other = openCase(stopped)
    const steps = other.retention.forget(limits)
    steps.next()
    if (i < 7) steps.return(0)
    else for (const _ of steps);
    other.close()
  }
  store = openCase(folder)

  expect(code).toBe(0)
  expect(count('event')).toBeLessThan(6000)
  expect(contentsOf(folder)).toEqual(contentsOf(calm))
  expect(contentsOf(stopped)).toEqual(contentsOf(calm))
  expect(problems()).toEqual([])
}, 60_000)

test('much goes in small steps, and its room is given back', () => {
  collect('a', 9000, [{ content: 'x'.repeat(2000) }])
  store.retention.delivered(store.retention.lastSeq(), at(0))
  collect('b', 1)
  const before = pages()

  const steps = [...store.retention.forget({ events: at(40), joined: at(40) })]

  expect(steps.length).toBeGreaterThan(3)
  expect(steps.reduce((sum, events) => sum + events)).toBe(9000)
  expect(pages()).toBeLessThan(before / 2)
})

/** Stores events of a service's content; `given` are of the first ones. */
function collect(name: string, events: number, given: Partial<Written>[] = [], ids = name): void {
  const evidence = store.beginEvidence({ path: name, sha256: name, mailbox: '', size: 1, format: formatOf(name) })
  const entries = Array.from({ length: events }, (_, i) =>
    entry({ id: `${ids}-${i}`, time: began + i, row: i + 1, ...(given[i] ?? given[0] ?? {}) }),
  )
  store.write(evidence, { entries: packed(entries), rejected: [], cursor: 1 })
  store.completeEvidence(evidence, [])
}

function formatOf(contentId: string): JsonFormat {
  return { shape: 'management-api', service: { contentId } }
}

function at(days: number): Date {
  return new Date(began + days * day)
}

/** As it is done `days` after the first delivery. */
function forget(days: number): number {
  const limits = { events: at(days - 30), joined: at(days - 90) }
  return [...store.retention.forget(limits)].reduce((sum, events) => sum + events, 0)
}

function count(table: string): number {
  return ask(`select count(*) as n from ${table}`)
}

function pages(): number {
  return ask('pragma page_count')
}

function ask(sql: string): number {
  const db = openForReading(folder)
  const value = Object.values(db.prepare(sql).get() ?? {})[0]
  db.close()
  return Number(value)
}

function rows(sql: string): Record<string, unknown>[] {
  const db = openForReading(folder)
  const found = db.prepare(sql).all()
  db.close()
  return found.map((row) => ({ ...row }))
}

function problems(): unknown[] {
  const db = openForReading(folder)
  const found = db.prepare('pragma foreign_key_check').all()
  db.close()
  return found
}
