import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from '@jest/globals'
import { type CaseStore, type OpenOptions, openCase, streamOf } from '#src/case/store.ts'
import type { Counts } from '#src/counts.ts'
import type { Entry } from '#src/entry.ts'
import { ConfigError } from '#src/errors.ts'
import { newOrigins } from '#src/origins.ts'
import { silent } from '#src/progress.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { randomEntries } from '../support/activities.ts'
import { begin, contentsOf, entry, importFile, mixedRows, packed, put } from '../support/case.ts'
import { header } from '../support/files.ts'
import { fileOf, temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const open: CaseStore[] = []

afterEach(() => {
  for (const store of open.splice(0)) store.close()
})

function opened(folder: string, options?: OpenOptions): CaseStore {
  const store = openCase(folder, options)
  open.push(store)
  return store
}

function closed(store: CaseStore): void {
  open.splice(open.indexOf(store), 1)
  store.close()
}

const none: Counts = { read: 0, stored: 0, duplicate: 0, rejected: 0 }

test('a file that is imported again adds nothing, and says what it gave', async () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const path = fileOf([header, ...mixedRows(createRandom(1), 100)].join('\n'))
  await importFile(store, path)
  const before = contentsOf(folder)

  const again = await importFile(store, path)

  expect(again.complete).toBe(true)
  expect(again.counts).toEqual(store.evidences()[0]?.counts)
  expect(contentsOf(folder)).toEqual(before)
})

test('the same bytes under another path add sightings and rejects, and no event', async () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const content = [header, ...mixedRows(createRandom(2), 100)].join('\n')
  await importFile(store, fileOf(content))
  const before = contentsOf(folder)

  await importFile(store, fileOf(content, 'copy.csv'))

  const after = contentsOf(folder)
  const [first, copy] = store.evidences()
  expect(after['event']).toEqual(before['event'])
  expect(after['message']).toEqual(before['message'])
  expect(after['logon']).toEqual(before['logon'])
  expect(after['sighting']).toHaveLength(2 * (before['sighting']?.length ?? 0))
  expect(copy?.complete).toBe(true)
  const { read = 0, stored = 0, duplicate = 0, rejected = 0 } = first?.counts ?? {}
  expect(copy?.counts).toEqual({ read, stored: 0, duplicate: stored + duplicate, rejected })
  expect(store.countRejects()).toBe(2 * rejected)
  expect(new Set(store.rejects(1000).map((reject) => reject.path)).size).toBe(2)
})

test('the same bytes are read again when the first reading was not completed', () => {
  const store = opened(temporaryFolder())
  store.write(begin(store, 'a.csv', 'same'), { entries: packed([entry()]), rejected: [], cursor: 1 })

  const copy = begin(store, 'b.csv', 'same')

  expect(copy).toMatchObject({ complete: false, counts: none })
})

test('other bytes under a known path are another evidence', () => {
  const store = opened(temporaryFolder())
  put(store, 'a.csv', [entry()])

  const second = begin(store, 'a.csv', 'other bytes')

  expect(second.complete).toBe(false)
  expect(store.evidences().map(({ path }) => path)).toEqual(['a.csv', 'a.csv'])
})

test('what two exports both hold is one event with two sightings', () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const entries = [1, 2, 3, 4].map((time) => entry({ time, row: time + 1 }))

  put(store, 'first.csv', entries.slice(0, 3))
  put(store, 'second.csv', entries.slice(1))

  const { event, sighting } = contentsOf(folder)
  expect(event).toHaveLength(4)
  expect(event).toMatchObject([1, 2, 3, 4].map((time) => ({ time, evidence: time < 4 ? 1 : 2, row: time + 1 })))
  expect(sighting).toHaveLength(6)
  expect(store.evidences().map(({ counts }) => counts)).toEqual([
    { read: 3, stored: 3, duplicate: 0, rejected: 0 },
    { read: 3, stored: 1, duplicate: 2, rejected: 0 },
  ])
})

test('a row that stands twice in one file is one event with two sightings', () => {
  const folder = temporaryFolder()
  const store = opened(folder)

  put(store, 'a.csv', [entry({ row: 2 }), entry({ row: 3 })])

  expect(contentsOf(folder)).toMatchObject({ event: [{ row: 2 }], sighting: [{ row: 2 }, { row: 3 }] })
  expect(store.evidences()[0]?.counts).toEqual({ read: 2, stored: 1, duplicate: 1, rejected: 0 })
})

test('each row that is stored or a duplicate is one sighting, whichever of its copies stands in the event', () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const rows = randomEntries(createRandom(3)).map((one, i) => ({ ...one, row: i + 2 }))

  for (const part of [0, 1, 2]) {
    const own = rows.filter((_, i) => i % 3 === part)
    put(store, `${part}.csv`, own)
  }

  const { event = [], sighting = [] } = contentsOf(folder) as Record<string, { evidence: number; row: number }[]>
  const placeOf = ({ evidence, row }: { evidence: number; row: number }) => `${evidence} ${row}`
  expect(event.length).toBeLessThan(rows.length)
  expect(new Set(sighting.map(placeOf))).toEqual(new Set(rows.map(({ row }, i) => `${(i % 3) + 1} ${row}`)))
  expect(sighting).toHaveLength(rows.length)
})

test('what was read is stored, duplicate or rejected, and the three add up, for any files', async () => {
  const store = opened(temporaryFolder())

  for (let seed = 1; seed <= 12; seed += 1) {
    const random = createRandom(seed)
    const rows = mixedRows(random, random.whole(0, 200))
    await importFile(store, fileOf([header, ...rows].join('\n')), { chunkBytes: random.whole(100, 5000) })
  }

  const evidences = store.evidences()
  expect(evidences).toHaveLength(12)
  for (const { counts } of evidences) expect(counts.read).toBe(counts.stored + counts.duplicate + counts.rejected)
  expect(evidences.reduce((sum, { counts }) => sum + counts.rejected, 0)).toBe(store.countRejects())
})

test('a rejected row is kept with its reason and its bytes', () => {
  const store = opened(temporaryFolder())
  const original = Uint8Array.of(0x22, 0xff, 0x00, 0x0a)

  store.write(begin(store, 'a.csv'), {
    entries: packed([]),
    rejected: [{ row: 7, reason: 'no TimeStamp', original }],
    cursor: 1,
  })

  expect(store.rejects(10)).toEqual([
    {
      stream: 'file:sha-of-a.csv:alice@contoso.example:a.csv',
      path: 'a.csv',
      row: 7,
      reason: 'no TimeStamp',
      original,
    },
  ])
})

test('an import that is ended anywhere and taken up again leaves what a calm one leaves', async () => {
  const path = fileOf([header, ...mixedRows(createRandom(3), 60)].join('\n'))
  const calm = temporaryFolder()
  let blocks = 0
  const store = opened(calm)
  await importFile(store, path, { onBlock: (done) => (blocks = done) })
  closed(store)
  expect(blocks).toBeGreaterThan(8)

  for (let end = 1; end <= blocks; end += 1) {
    const folder = temporaryFolder()
    const first = opened(folder)
    const ended = importFile(first, path, {
      onBlock: (done) => {
        if (done === end) throw new Error('ended')
      },
    })
    await expect(ended).rejects.toThrow('ended')
    closed(first)

    const second = opened(folder)
    await importFile(second, path)
    closed(second)

    expect(contentsOf(folder)).toEqual(contentsOf(calm))
  }
})

test('an import whose process is killed is taken up again, and leaves what a calm one leaves', async () => {
  const path = fileOf([header, ...mixedRows(createRandom(4), 3000)].join('\n'))
  const [calm, folder] = [temporaryFolder(), temporaryFolder()]
  const store = opened(calm)
  await importFile(store, path)
  closed(store)

  const script = join(import.meta.dirname, '../support/killed-import.ts')
  const dying = promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    script,
    folder,
    path,
    '1200', // Behind the first batches that were stored together, in the middle of the next.
  ])
  await expect(dying).rejects.toMatchObject({ signal: 'SIGKILL' })
  const begun = contentsOf(folder)
  const second = opened(folder)
  await importFile(second, path)
  closed(second)

  expect(begun).toMatchObject({ cursor: [{ value: expect.stringContaining('offset') }], evidence: [{ complete: 0 }] })
  expect(contentsOf(folder)).toEqual(contentsOf(calm))
})

test.each([
  'write',
  'completeEvidence',
] as const)('of batches one of which fails %s leaves nothing, and does not move the cursor', (step) => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const evidence = begin(store, 'a.csv')
  store.write(evidence, { entries: packed([entry({ time: 1 })]), rejected: [], cursor: 'first' })
  const before = contentsOf(folder)
  const good = { entries: packed([entry({ time: 2, row: 3 })]), rejected: [], cursor: 'second' }
  const broken = [{ row: 4, reason: undefined as never, original: new Uint8Array() }]
  const bad = { entries: packed([entry({ time: 3, row: 5 })]), rejected: broken, cursor: 'third' }

  const write = () =>
    step === 'write' ? store.write(evidence, good, bad) : store.completeEvidence(evidence, [], good, bad)

  expect(write).toThrow()
  expect(contentsOf(folder)).toEqual(before)
  expect(store.cursor(streamOf(evidence))).toBe('first')
})

test('batches that are written together leave what they leave one by one', () => {
  const batches = [1, 2].map((time) => ({
    entries: packed([entry({ time, row: 2 * time }), entry({ id: 'same', row: 2 * time + 1 })]),
    rejected: [{ row: 10 + time, reason: 'torn', original: new Uint8Array() }],
    claims: [[5, 2]] as const,
    cursor: time,
  }))
  const [apart, together] = [temporaryFolder(), temporaryFolder()]
  const [one, other] = [opened(apart), opened(together)]

  const evidence = begin(one, 'a.csv')
  const counts = batches.map((batch) => one.write(evidence, batch))
  const end = one.completeEvidence(evidence, [])
  const all = other.completeEvidence(begin(other, 'a.csv'), [], ...batches)

  expect([...counts, end].map(({ read, duplicate }) => [read, duplicate])).toEqual([
    [3, 0],
    [3, 1],
    [0, 0],
  ])
  expect(all).toEqual({ read: 6, stored: 3, duplicate: 1, rejected: 2 })
  expect(contentsOf(together)).toEqual(contentsOf(apart))
})

test('the joins are ready when they are built after a bulk import, or at the next opening that does not leave them', () => {
  const folder = temporaryFolder()
  const first = opened(folder)
  first.beginBulk()
  const during = indexesOf(folder)
  first.buildJoins()
  const after = indexesOf(folder)
  first.beginBulk()
  closed(first)

  closed(opened(folder, { joinsLater: true }))
  const left = indexesOf(folder)
  opened(folder)

  expect(after.length).toBeGreaterThan(during.length)
  expect(left).toEqual(during)
  expect(indexesOf(folder)).toEqual(after)
})

test('what a large import had settled is stored, also when what follows fails', () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  store.beginBulk()
  const paths: string[] = []
  while (paths.length === 0 || !store.isSettled()) {
    const path = `${paths.length + 10}.csv`
    put(store, path, [entry({ id: path })])
    paths.push(path)
  }
  const failing = begin(store, 'late.csv')
  store.write(failing, { entries: packed([entry({ id: 'late.csv' })]), rejected: [], cursor: 1 })
  const broken = [{ row: 4, reason: undefined as never, original: new Uint8Array() }]

  expect(store.isSettled()).toBe(false)
  expect(() => store.write(failing, { entries: packed([]), rejected: broken, cursor: 2 })).toThrow()

  closed(store)
  const { evidence = [], event = [] } = contentsOf(folder)
  expect(paths.length).toBeGreaterThan(1)
  expect(evidence.map(({ path, complete }) => [path, complete])).toEqual(paths.map((path) => [path, 1]))
  expect(event.map(({ id }) => id)).toEqual(paths)
})

test('bytes that were read before are found without going through all files', () => {
  const folder = temporaryFolder()
  closed(opened(folder))
  const db = new DatabaseSync(join(folder, 'case.sqlite'))

  const plan = db.prepare('explain query plan select id from evidence where sha256 = ? and mailbox = ?').all('a', 'b')
  db.close()

  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('evidence_content')])
})

test.each([
  { delivered: false, when: 'before anything is delivered' },
  { delivered: true, when: 'when something is delivered' },
])('a large import leaves what small ones leave, $when', ({ delivered }) => {
  const random = createRandom(5)
  const files = Array.from({ length: 3 }, () => Array.from({ length: 100 }, (_, i) => usedEntry(random, i + 2)))
  const [small, ...others] = (['small', 'large', 'cut off', 'put off'] as const).map((kind) => {
    const folder = temporaryFolder()
    const options = { joinsLater: kind === 'put off' }
    let store = opened(folder, options)
    for (const [i, entries] of files.entries()) {
      if (delivered && i === 1) store.saveCursor('publish:somewhere', {})
      if (kind !== 'small') store.beginBulk()
      const evidence = begin(store, `${i}.csv`)
      const origins = [newOrigins(), newOrigins()] // As two threads have them.
      for (let at = 0; at < entries.length; at += 10) {
        const some = packed(entries.slice(at, at + 10), origins[(at / 10) % 2])
        store.write(evidence, { entries: some, rejected: [], cursor: at })
      }
      store.completeEvidence(evidence, [])
      if (kind === 'large') store.buildJoins()
      const isOff = kind === 'cut off' || kind === 'put off'
      if (isOff) closed(store)
      const isPending = contentsOf(folder)['pending_usage']?.length !== 0
      expect(isPending).toBe(isOff && !(delivered && i > 0))
      if (isOff) store = opened(folder, options)
    }
    store.buildJoins()
    closed(store)
    return contentsOf(folder)
  })

  // Where a fuller copy takes back who was first, only a large import still knows who was next.
  const keyOf = ({ mailbox, ip, user_agent }: Row) => `${mailbox} ${ip} ${user_agent}`
  const known = new Map((small?.['usage'] ?? []).map((row: Row) => [keyOf(row), row]))
  for (const { usage = [], ...other } of others) {
    expect({ ...other, usage: small?.['usage'] }).toEqual(small)
    const earlier = usage.filter((row: Row) => Number(row['time']) < Number(known.get(keyOf(row))?.['time'] ?? 5))
    const alike = usage.filter((row: Row) => !earlier.includes(row))
    expect(alike).toEqual([...known.values()].filter((row) => alike.some((one: Row) => keyOf(one) === keyOf(row))))
    expect(usage.map(keyOf)).toEqual(expect.arrayContaining([...known.keys()]))
    expect(earlier.length).toBeLessThan(usage.length / 4)
  }
  for (const table of ['usage', 'session_usage', 'session_link']) expect(small?.[table]?.length).toBeGreaterThan(5)
  expect((small?.['superseded']?.length ?? 0) > 5).toBe(delivered)
  const { event = [], further_sighting: copies = [] } = small ?? {}
  expect([event.length > 100, copies.length > 20]).toEqual([true, true])
})

test.each([
  ['usage', { usage: { ip: '192.0.2.1', userAgent: 'a', isOwn: true, asks: false } }],
  ['session_link', { session: 's-1', sessionIds: ['t-1'] }],
])('a large import that has nothing for later but a %s has it in the end', (table, told) => {
  const folder = temporaryFolder()
  const store = opened(folder)
  store.beginBulk()
  put(store, 'a.csv', [entry(told)])

  store.buildJoins()

  closed(store)
  expect(contentsOf(folder)[table]).toHaveLength(1)
})

type Row = Readonly<Record<string, unknown>>

/**
 * Of few mailboxes, sessions, addresses, clients and times, so that many say the same, some at once, and some come too late to be the
 * first; some are fuller copies of others, sign-ins at another time.
 */
function usedEntry(random: Random, row: number): Entry {
  const ip = `192.0.2.${random.whole(1, 15)}`
  const userAgent = random.pick([undefined, 'A/1', 'B/2'])
  const tokens = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']
  const isCopy = random.chance(0.4)
  return entry({
    id: `id-${random.whole(1, isCopy ? 20 : 10_000)}`,
    dataset: isCopy ? 'azure.signinlogs' : 'o365.activity',
    time: random.whole(1, 4),
    fullness: random.whole(0, 2),
    content: 'x',
    row,
    mailbox: isCopy ? 'alice@contoso.example' : random.pick(['', 'alice@contoso.example', 'bob@contoso.example']),
    session: random.pick([undefined, 's1', 's2', 's3']),
    usage: random.chance(0.9) ? { ip, userAgent, isOwn: random.chance(0.8), asks: random.chance(0.1) } : undefined,
    sessionIds: tokens.filter(() => random.chance(0.1)),
  })
}

test('a case is open once at a time', () => {
  const folder = temporaryFolder()
  const store = opened(folder)

  expect(() => openCase(folder)).toThrow(ConfigError)
  expect(() => openCase(folder)).toThrow('another hoofprint is working on the case')
  closed(store)
  expect(() => opened(folder)).not.toThrow()
})

test('a case that little comes into at a time writes a third for it', () => {
  const written = (['large', 'small'] as const).map((pages) => {
    const folder = temporaryFolder()
    const random = createRandom(5)
    const entries = (count: number, first: number) =>
      Array.from({ length: count }, (_, i) =>
        entry({ id: random.guid(), time: first + i, row: i + 2, dataset: 'o365.audit', session: random.guid() }),
      )
    const store = openCase(folder, { pages })
    put(store, 'much', entries(20_000, 0))
    store.close()
    const again = openCase(folder)
    for (let i = 0; i < 20; i += 1) put(again, `little ${i}`, entries(5, 100_000 + 10 * i))
    const { size } = statSync(join(folder, 'case.sqlite-wal'))
    again.close()
    return size
  }) as [number, number]

  expect(written[1]).toBeLessThan(written[0] / 2)
})

test('what the log grew to beside somebody who read for long is given back', () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const large = (name: string) =>
    put(store, name, [entry({ id: name, time: name.length, content: 'x'.repeat(50_000_000) })])
  const logSize = () => statSync(join(folder, 'case.sqlite-wal')).size
  put(store, 'first', [entry({ id: 'first' }), entry({ id: 'second', time: 2, row: 3 })])
  const other = new DatabaseSync(join(folder, 'case.sqlite'), { readOnly: true })
  const rows = other.prepare('select seq from event').iterate()
  rows.next()

  for (const name of ['aa', 'bbb', 'cccc', 'ddddd']) large(name)
  const beside = logSize()
  rows.return?.()
  other.close()
  for (const name of ['eeeeee', 'fffffff']) large(name)

  expect(beside).toBeGreaterThan(200_000_000)
  expect(logSize()).toBeLessThan(150_000_000)
})

test.each<[string, string, string]>([
  ['no version', '', 'create table places (url text)'],
  ['a version like ours', 'pragma user_version = 17', 'create table places (url text)'],
])("another program's database of %s is refused, and not touched", (_, version, table) => {
  const folder = temporaryFolder()
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec(`${table}; ${version}`)
  db.close()

  expect(() => openCase(folder)).toThrow(/case\.sqlite is no case of Hoofprint's: name another folder/)
  expect(Object.keys(contentsOf(folder))).toEqual(['places'])
})

test('who names the database of a case is told that the case is its folder', () => {
  const folder = temporaryFolder()
  closed(opened(folder))
  const database = join(folder, 'case.sqlite')

  expect(() => openCase(database, { mustExist: true })).toThrow(
    `${database} is a case's database, and a case is a folder: --case ${folder}`,
  )
})

test('an empty file, as a crash can leave it, is a case for who writes and none for who reads', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'case.sqlite'), '')

  expect(() => openCase(folder, { mustExist: true })).toThrow(`there is no case in ${folder}`)
  expect(contentsOf(folder)).toEqual({})
  closed(opened(folder))
  expect(contentsOf(folder)).toHaveProperty('event')
})

test('a case of a newer version is not touched', () => {
  const folder = temporaryFolder()
  closed(opened(folder))
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec('pragma user_version = 99')
  db.close()

  expect(() => openCase(folder)).toThrow(ConfigError)
})

test('a file that cannot be read is kept with its latest reason, until it can', () => {
  const store = opened(temporaryFolder())

  store.rejectFile('a.csv', 'there is no such file')
  store.rejectFile('b.csv', 'the file is empty')
  store.rejectFile('a.csv', 'it is a folder')

  expect(store.rejects(10)).toMatchObject([
    { path: 'a.csv', row: undefined, reason: 'it is a folder', original: undefined },
    { path: 'b.csv', reason: 'the file is empty' },
  ])
  begin(store, 'a.csv')
  expect(store.rejects(10).map(({ path }) => path)).toEqual(['b.csv'])
})

test('a file that was left out is kept with its latest reason, until it is read', () => {
  const store = opened(temporaryFolder())

  store.skipFile('b.txt', 'the file is empty')
  store.skipFile('a.txt', 'no export')
  store.skipFile('b.txt', 'no export')

  expect(store.skipped(1)).toEqual({ total: 2, rows: [{ path: 'a.txt', reason: 'no export' }] })
  begin(store, 'a.txt')
  expect(store.skipped(10)).toEqual({ total: 1, rows: [{ path: 'b.txt', reason: 'no export' }] })
  store.rejectFile('b.txt', 'no export') // Named, it counts as one that was not read.
  for (const path of ['/in/c.txt', '/in/d/e.txt', '/inside/f.txt']) store.skipFile(path, 'no export')
  store.forgetUnread('/in')
  expect(store.skipped(10).rows.map(({ path }) => path)).toEqual(['/inside/f.txt'])
  for (const path of ['C:\\in\\c.txt', 'C:\\in\\d.zip/e.txt', 'E:\\g.txt', 'C:\\inside\\f.txt'])
    store.skipFile(path, 'no export')
  for (const folder of ['C:\\in', 'E:\\']) store.forgetUnread(folder)
  expect(store.skipped(10).rows.map(({ path }) => path)).toEqual(['/inside/f.txt', 'C:\\inside\\f.txt'])
  expect(store.countRejects()).toBe(1)
})

test('files that could not be read are forgotten where they are looked at anew, and are told before rows', () => {
  const store = opened(temporaryFolder())
  const row = { row: 1, reason: 'no date', original: new Uint8Array() }
  store.write(begin(store, '/in/a.csv'), { entries: packed([]), rejected: [row], cursor: 1 })

  for (const path of ['/in/b.zip', '/in/b.zip/c.zip', '/inside/d.7z']) store.rejectFile(path, 'locked')
  expect(store.rejects(2).map(({ path }) => path)).toEqual(['/in/b.zip', '/in/b.zip/c.zip'])
  store.forgetUnread('/in')

  expect(store.rejects(9).map(({ path, reason }) => [path, reason])).toEqual([
    ['/inside/d.7z', 'locked'],
    ['/in/a.csv', 'no date'],
  ])
})

test('an event that a sink refuses is kept once, with the latest reason', () => {
  const store = opened(temporaryFolder())
  put(store, 'a.csv', [entry()])

  const mentions = new Float64Array()
  const refuse = (sink: string, reason: string) =>
    store.delivery(sink).settle('stale', [1], { rejected: [{ seq: 1, reason }], mentions })
  refuse('one', 'too deep')
  refuse('one', 'too long')
  refuse('two', 'read-only')

  expect(store.rejects(10).map(({ stream, reason, path }) => [stream, reason, path])).toEqual([
    ['publish:one', 'too long', undefined],
    ['publish:two', 'read-only', undefined],
  ])
})

test('a cursor is what was saved last, and gone when its file is complete', () => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const evidence = begin(store, 'a.csv')

  store.saveCursor('elasticsearch:one', { until: 7 })
  store.saveCursor('elasticsearch:one', { until: 8 })
  store.write(evidence, { entries: packed([]), rejected: [], cursor: { offset: 5, row: 3 } })

  expect(store.cursor('elasticsearch:one')).toEqual({ until: 8 })
  expect(store.cursor(streamOf(evidence))).toEqual({ offset: 5, row: 3 })
  expect(store.cursor('never heard of')).toBeUndefined()
  store.completeEvidence(evidence, [])
  expect(store.cursor(streamOf(evidence))).toBeUndefined()
})

function indexesOf(folder: string): unknown[] {
  const db = new DatabaseSync(join(folder, 'case.sqlite'), { readOnly: true })
  const names = db.prepare("select name from sqlite_schema where type = 'index' order by name").all()
  db.close()
  return names.map(({ name }) => name)
}

test('a case of an older Hoofprint is left alone, with what to do', () => {
  const folder = temporaryFolder()
  openCase(folder).close()
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec('pragma user_version = 1')
  db.close()

  expect(() => openCase(folder)).toThrow('written by an older Hoofprint: import the evidence into a new case')
})

test.each([
  'at once',
  'one after the other',
])('each copy tells from where its session was used, and only the fullest from where the mailbox was, stored %s', (how) => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const usage = { ip: '203.0.113.9', userAgent: undefined, isOwn: true, asks: false }
  const cut = entry({ id: 'a', mailbox: 'delegate@contoso.example', fullness: -5, usage, session: 's-1' })
  const whole = entry({ id: 'a', mailbox: 'owner@contoso.example', fullness: 5, row: 3 })
  const evidence = begin(store, 'a.csv')

  for (const some of how === 'at once' ? [[cut, whole]] : [[cut], [whole]])
    store.write(evidence, { entries: packed(some), rejected: [], cursor: 1 })

  closed(store)
  const { event, usage: usages, session_usage: ofSessions } = contentsOf(folder)
  expect(event).toEqual([expect.objectContaining({ mailbox: 'owner@contoso.example', session: null })])
  expect(usages).toEqual([])
  expect(ofSessions).toEqual([{ session: 's-1', ip: '203.0.113.9', user_agent: '' }])
})

test('what an earlier version took for the mailbox of threat intelligence is the same record under its own', () => {
  const store = opened(temporaryFolder())
  const found = { dataset: 'o365.audit', id: 't', time: 1, operation: 'TIMailData' } as const

  put(store, 'a.json', [entry({ ...found, mailbox: 'threatintel' })])
  put(store, 'b.json', [entry({ ...found, mailbox: 'alice@contoso.example' })])

  const stored = store.evidences().map(({ counts }) => counts.stored)
  closed(store)
  expect(stored).toEqual([1, 0])
})

test.each([
  false,
  true,
])('the next logon from an address is the first where that turns out to have failed, large import: %p', (isLarge) => {
  const folder = temporaryFolder()
  const store = opened(folder)
  const [usage, logon] = [
    { ip: '203.0.113.9', userAgent: 'a', isOwn: true, asks: false },
    { ip: '203.0.113.9', userAgent: 'a', platform: '' },
  ]
  const signIn = (id: string, told: object) =>
    entry({ id, dataset: 'azure.signinlogs', operation: 'Sign-in activity', time: Number(id), usage, logon, ...told })
  const logons = [
    ...[{ logon: { ...logon, ip: '192.0.2.1' } }, { logon: { ...logon, userAgent: 'b' } }],
    ...['MailboxLogin', 'UserLoggedIn'].map((operation) => ({ dataset: 'o365.audit', operation })),
  ].map((told, i) => signIn(String(i + 2), { ...told, usage: undefined }))
  put(store, 'later.json', [...logons, signIn('6', {})])
  put(store, 'poor.json', [signIn('1', {})])
  if (isLarge) store.beginBulk()

  put(store, 'fuller.json', [signIn('1', { usage: { ...usage, isOwn: false }, logon: undefined, fullness: 9 })])

  store.buildJoins()
  closed(store)
  expect(contentsOf(folder)['usage']).toMatchObject([{ ip: usage.ip, user_agent: 'a', time: 5, id: '5' }])
})

test('what a large import of an earlier version had noted when it was cut off is taken over', () => {
  const random = createRandom(7)
  const entries = Array.from({ length: 100 }, (_, i) => usedEntry(random, i + 2))
  const [now, earlier] = [false, true].map((isEarlier) => {
    const folder = temporaryFolder()
    const store = opened(folder)
    store.beginBulk()
    put(store, 'a.csv', entries)
    closed(store)
    if (isEarlier) {
      leftByVersion(
        9,
        folder,
        `create table noted as select event, session, mailbox, ip, user_agent, time, is_own
          from pending_usage join pending_origin using (origin);
        drop table pending_usage; drop table pending_origin;
        create table pending_usage (event integer not null, session text, mailbox text not null, ip text not null,
          user_agent text not null, time integer not null, is_own integer not null) strict;
        insert into pending_usage select * from noted; drop table noted`,
      )
    }
    closed(opened(folder))
    return contentsOf(folder)
  })

  expect(now?.['usage']?.length).toBeGreaterThan(5)
  expect(earlier).toEqual(now)
})

test('ids and addresses of an earlier version are found under the spelling that they have now', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const spelt = { id: '11111111-2222-4333-8444-00000000ABCD', session: '5E550000-0000-4000-8000-00000000ABCD' }
  const usage = { ip: '2001:0db8:0:0:0:0:0:1', userAgent: undefined, isOwn: true, asks: true }
  const logon = { platform: '', ip: usage.ip, userAgent: undefined }
  const token = 'Token-In-Its-Own-Case_0123456789ABCDEF'
  put(store, 'a.csv', [entry({ ...spelt, time: 5, sessionIds: [token], usage, logon })])
  store.changeMarks([{ kind: 'session', value: spelt.session, actor: 'intruder' }], [])
  store.buildJoins()
  store.close()
  leftByVersion(10, folder)

  openCase(folder).close()

  const { event, logon: logons, usage: usages, request, session_usage, session_link, mark } = contentsOf(folder)
  const [session, ip] = [spelt.session.toLowerCase(), '2001:db8::1']
  expect(event).toMatchObject([{ id: spelt.id.toLowerCase(), session }])
  expect([logons, request, session_usage]).toMatchObject([[{ session, ip }], [{ session, ip }], [{ session, ip }]])
  expect([usages, session_link, mark]).toMatchObject([[{ ip }], [{ id: token, session }], [{ value: session }]])
})

test.each([
  ['is found under the id that they have now', [], 'd0e1f2a3-b4c5-4d6e-8f90-aaaaaaaaaaa0'],
  [
    'keeps its id where it was delivered under that',
    ["insert into cursor values ('publish:x', '{}')"],
    '1_20893_D0e1f2a3-b4c5-4d6e-8f90-aaaaaaaaaaa0',
  ],
])('what an earlier version read of events of Defender without their records %s', (_what, delivered, id) => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const usage = { ip: '192.0.2.7', userAgent: undefined, isOwn: true, asks: false }
  const reported = { dataset: 'o365.audit', id: '1_20893_D0e1f2a3-b4c5-4d6e-8f90-aaaaaaaaaaa0' } as const
  put(store, 'a.csv', [entry({ ...reported, usage, logon: { platform: '', ip: usage.ip, userAgent: undefined } })])
  store.close()
  leftByVersion(11, folder, ...delivered)

  openCase(folder).close()

  const { event, logon, usage: usages } = contentsOf(folder)
  expect([event, logon, usages]).toMatchObject([[{ id }], [{ id }], [{ id }]])
})

test('a case is opened though somebody marks in it just then', async () => {
  const folder = temporaryFolder()
  openCase(folder).close()
  const marking = `const { parentPort, workerData } = require('node:worker_threads')
    const db = new (require('node:sqlite').DatabaseSync)(workerData)
    db.exec('begin immediate')
    parentPort.postMessage('began')
    setTimeout(() => db.close(), 300)`
  const marker = new Worker(marking, { eval: true, workerData: join(folder, 'case.sqlite') })
  await once(marker, 'message')

  openCase(folder).close()

  await once(marker, 'exit')
})

test('of what an earlier version stored and did not deliver yet, any session may have been used from elsewhere', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'a.csv', [entry({ time: 1, session: 's-1' }), entry({ id: 'cut', time: 4, row: 2, fullness: 1 })])
  store.delivery('sink').begin(0)
  put(store, 'b.csv', [entry({ time: 2, session: 's-2' }), entry({ time: 3, row: 3 })])
  put(store, 'c.csv', [entry({ id: 'cut', time: 4, fullness: 2, session: 's-3' })])
  store.close()
  leftByVersion(14, folder)

  openCase(folder).close()

  const of = (event: number, session: string | null) => ({ event, session, item: null, platform: null })
  expect(contentsOf(folder)['superseded']).toMatchObject([of(2, null), of(3, 's-2'), of(2, 's-3')])
})

test('a case of an earlier version is taken over as it is, through each version between', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'a.csv', [entry({ id: '1' }), entry({ id: '2', time: 2, row: 3 })])
  put(store, 'b.csv', [entry({ id: '2', time: 2 }), entry({ id: '3', time: 3, row: 3 })])
  store.close()
  const before = contentsOf(folder)
  leftByVersion(
    6,
    folder,
    `create table known as select * from sighting; drop view sighting; drop table further_sighting;
    create table sighting (evidence integer not null references evidence, row integer not null,
      event integer not null references event, primary key (evidence, row)) strict, without rowid;
    insert into sighting select * from known; drop table known;
    create index sighting_event on sighting (event);
    drop table pending_usage; drop table pending_origin; drop table pending_link; drop index evidence_content`,
  )
  const told: unknown[] = []
  const progress = { ...silent, begin: (...words: unknown[]) => void told.push(words) }

  openCase(folder, { progress }).close()

  expect(told[0]).toEqual(['bringing the case up to date', 13])
  expect(before['sighting']).toHaveLength(4)
  expect(contentsOf(folder)).toEqual(before)
  told.length = 0
  openCase(folder, { progress }).close()
  expect(told).toEqual([]) // Nothing is left to do.
})
