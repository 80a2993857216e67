import { once } from 'node:events'
import { describe, expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { type CaseStore, openCase } from '#src/case/store.ts'
import type { DeliveryWishes } from '#src/delivery.ts'
import type { Entry } from '#src/entry.ts'
import { FatalError, RetryableError } from '#src/errors.ts'
import { type Progress, silent } from '#src/progress.ts'
import { publish } from '#src/publish.ts'
import { type PublishTask, renderDocuments } from '#src/render/render-documents.ts'
import type { Sink } from '#src/sinks/sink.ts'
import { inline } from '#src/threads.ts'
import { createRandom } from '../samples/random.ts'
import { sinkContract } from './contracts/sink.ts'
import { delivery, logon, randomEntries, read } from './support/activities.ts'
import { contentsOf, put } from './support/case.ts'
import { temporaryFolder } from './support/folder.ts'
import { memorySink } from './support/memory-sink.ts'

const never = new AbortController().signal

sinkContract('the sink in memory', async () => {
  const { sink, stored } = memorySink()
  return { sink, ids: async () => [...stored.keys()] }
})

test('what one read names is filled in when the delivery of that mail arrives later, and nothing else is sent again', async () => {
  const { add, deliver, replaced } = opened()
  add([read(1, 'item-1'), read(2, 'item-2'), read(3, 'item-1')])
  await deliver()

  add([delivery(0.5, 'item-1')])
  const totals = await deliver()

  expect(totals).toMatchObject({ written: 1, duplicate: 0, replaced: 2, rejected: 0, earlier: 3 })
  expect(replaced).toEqual([read(1, 'item-1').id, read(3, 'item-1').id])
})

test('a logon that arrives later is given to the events of its session, and to those of a day that name none', async () => {
  const { add, deliver, replaced } = opened()
  const events = [read(1, 'a', 's1'), read(2, 'b'), read(24.9, 'c'), read(25.1, 'd'), read(30, 'e', 's1')]
  add(events)
  await deliver()

  add([logon(1, 's1')])
  await deliver()

  expect(replaced.sort()).toEqual([events[0], events[1], events[2], events[4]].map((one) => one?.id).sort())
})

test('a logon of no session that arrives later is given to what was done in one, too, which no logon began', async () => {
  const { add, deliver, replaced } = opened()
  const [bare, begun] = [read(2, 'a', 's1'), read(4, 'b', 's2')]
  add([bare, logon(1, 's2'), begun])
  await deliver()

  add([logon(1.5)])
  await deliver()

  expect(replaced).toEqual([bare.id])
})

test('a later logon takes over only from its own time on', async () => {
  const { add, deliver, replaced } = opened()
  add([logon(1, 's1'), read(2, 'a', 's1'), read(4, 'b', 's1'), logon(5, 's1'), read(6, 'c', 's1')])
  await deliver()

  add([logon(3, 's1')])
  await deliver()

  expect(replaced).toEqual([read(4, 'b', 's1').id])
})

test('what is marked after delivery is told to the documents that it concerns, and taken back with the mark', async () => {
  const { add, deliver, replaced, stored, store } = opened()
  add([logon(1, 's1'), read(2, 'a', 's1'), read(40, 'b', 's2')])
  await deliver()
  const before = new Map(stored)

  store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
  await deliver()

  expect(replaced.sort()).toEqual([logon(1, 's1').id, read(2, 'a', 's1').id].sort())
  expect(stored.get(read(2, 'a', 's1').id)).toContain('"actor":"intruder","actor_certainty":"session"')
  store.changeMarks([], 'all')
  await deliver()
  expect(stored).toEqual(before)
})

test('a mark notes nothing of each event, and what is looked at again for it is gone on with from the newest down, behind what is new', async () => {
  const { add, deliver, replaced, stored, store, folder, sink } = opened()
  const events = Array.from({ length: 20 }, (_, i) => read(i + 2, `item-${i}`, 's1'))
  add([logon(1, 's1'), ...events])
  await deliver()
  store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
  const some = () => publishTo(sink, store, folder, { againMs: 0 })

  const first = await some()
  const left = store.delivery('memory').countStale()
  add([read(30, 'item-30', 's9')])
  const second = await some()
  await some()

  expect([first.replaced, left, second.written, second.replaced]).toEqual([7, 14, 1, 7])
  expect(replaced.slice(0, 7).toSorted()).toEqual(
    events
      .slice(-7)
      .map(({ id }) => id)
      .toSorted(),
  )
  expect(replaced).toHaveLength(21)
  expect([...stored.values()].filter((text) => text.includes('"actor":"intruder"'))).toHaveLength(21)
  expect(store.delivery('memory').countStale()).toBe(0)
  expect(await some()).toMatchObject({ replaced: 0, written: 0 })
})

test('however often documents are delivered again, what they name is kept once', async () => {
  const { add, deliver, store, folder } = opened()
  const mentions = () => contentsOf(folder)['mention']?.length
  add([logon(1, 's1'), read(2, 'item-1', 's1'), read(3, 'item-2')])
  await deliver()
  const before = mentions()

  for (const actor of ['intruder', 'owner'] as const) {
    store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor }], [])
    await deliver()
  }

  expect(before).toBeGreaterThan(0)
  expect(mentions()).toBe(before)
})

test('what another case wrote stays as it is, and is counted, until this one is asked to write everything again', async () => {
  const [owner, guest] = [opened(), opened()]
  const shared = [logon(1, 's1'), read(2, 'a', 's1')]
  const mark = { kind: 'ip', value: '192.0.2.10' } as const
  owner.add(shared)
  owner.store.changeMarks([{ ...mark, actor: 'intruder' }], [])
  await owner.deliver()
  const asOwned = new Map(owner.stored)
  guest.add([...shared, read(3, 'b', 's1')])
  const deliver = (again = false) => publishTo(owner.sink, guest.store, guest.folder, { again })
  await deliver()

  guest.store.changeMarks([{ ...mark, actor: 'owner' }], [])
  const totals = await deliver()

  expect(totals).toMatchObject({ written: 0, replaced: 1, foreign: 2, earlier: 3 })
  for (const { id } of shared) expect(owner.stored.get(id)).toBe(asOwned.get(id))
  expect(await deliver()).toMatchObject({ replaced: 0, foreign: 0, earlier: 3 })
  expect(await deliver(true)).toMatchObject({ replaced: 2, foreign: 0, earlier: 3 })
  for (const { id } of shared) expect(owner.stored.get(id)).toContain('"actor":"owner"')
  // Now they are the guest's.
  owner.store.changeMarks([], 'all')
  expect(await owner.deliver()).toMatchObject({ replaced: 0, foreign: 2, earlier: 2 })
})

test('a case that is made anew takes its documents over when everything is to be written again', async () => {
  const [lost, anew] = [opened(), opened()]
  lost.add([logon(1, 's1'), read(2, 'a', 's1')])
  await lost.deliver()
  anew.add([logon(1, 's1'), read(2, 'a', 's1'), read(3, 'b')])
  anew.store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])

  const totals = await publishTo(lost.sink, anew.store, anew.folder, { again: true })

  expect(totals).toMatchObject({ written: 1, duplicate: 2, replaced: 2, foreign: 0, gone: 0, rejected: 0, earlier: 0 })
  expect(lost.stored.get(read(2, 'a', 's1').id)).toContain('"actor":"intruder"')
})

test('what was deleted there stays away, whatever is marked or learnt of it, and is counted, until everything is asked for again', async () => {
  const { add, deliver, stored, remove, store, folder, sink } = opened()
  add([logon(1, 's1'), read(2, 'a', 's1'), read(3, 'b', 's1')])
  await deliver()
  remove(read(2, 'a', 's1').id)

  add([delivery(0.5, 'a')])
  const learnt = await deliver()
  store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
  const marked = await deliver()

  expect(learnt).toMatchObject({ written: 1, replaced: 0, gone: 1, earlier: 3 })
  expect(marked).toMatchObject({ written: 0, replaced: 2, gone: 1, rejected: 0, earlier: 4 })
  expect([...stored.keys()]).not.toContain(read(2, 'a', 's1').id)
  expect(await deliver()).toMatchObject({ written: 0, gone: 0, earlier: 4 })
  expect(await publishTo(sink, store, folder, { again: true })).toMatchObject({ written: 1, gone: 0 })
})

test('of what was delivered last is told how much is not there any more, where that is asked for', async () => {
  const { add, deliver, remove, store, folder, sink } = opened()
  add([logon(1, 's1'), read(2, 'a', 's1')])
  const first = await deliver()
  add(Array.from({ length: 100 }, (_, i) => read(3 + i, `b${i}`, 's1')))
  await deliver()
  for (const id of [logon(1, 's1'), read(5, 'b2', 's1'), read(102, 'b99', 's1')].map((one) => one.id)) remove(id)

  expect(first).toMatchObject({ written: 2, lost: 0, lookedFor: 0 })
  expect(await deliver()).toMatchObject({ written: 0, lost: 2, lookedFor: 100, earlier: 102 })
  expect(await publishTo(sink, store, folder, { countsEarlier: false })).toMatchObject({ lost: 0, lookedFor: 0 })
  expect(await publishTo(sink, store, folder, { again: true })).toMatchObject({ written: 3, lost: 0 })
  expect(await deliver()).toMatchObject({ lost: 0, lookedFor: 100 })
})

test('what was delivered last is looked for in slices, as large as they are for all else', async () => {
  const { add, deliver, sink, store, folder } = opened()
  add(Array.from({ length: 20 }, (_, i) => read(3 + i, `b${i}`, 's1')))
  await deliver()
  const asked: number[] = []
  const watched: Sink = {
    ...sink,
    countMissing(documents, signal) {
      asked.push(documents.length)
      return sink.countMissing(documents, signal)
    },
  }

  expect(await publishTo(watched, store, folder)).toMatchObject({ lost: 0, lookedFor: 20 })
  expect(asked).toEqual([7, 7, 6])
})

test('what is new is delivered, though nobody can say just then whether the last is there', async () => {
  const { add, deliver, sink, stored, store, folder } = opened()
  add([logon(1, 's1')])
  await deliver()
  add([read(2, 'a', 's1')])
  const unsure = { ...sink, countMissing: () => Promise.reject(new RetryableError('busy')) }

  await expect(publishTo(unsure, store, folder)).rejects.toThrow('busy')

  expect(stored.size).toBe(2)
})

test('what is written anew at the first delivery, and broken off, is gone on with as it was asked for', async () => {
  const [owner, guest] = [opened(), opened()]
  const entries = [logon(1, 's1'), ...Array.from({ length: 40 }, (_, i) => read(2 + i, `b${i}`, 's1'))]
  for (const { add } of [owner, guest]) add(entries)
  await owner.deliver()
  guest.store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
  let left = 14
  const breaking: Sink = {
    ...owner.sink,
    async write(documents, signal, known) {
      left -= documents.length
      if (left < 0) throw new Error('killed')
      return await owner.sink.write(documents, signal, known)
    },
  }
  await expect(publishTo(breaking, guest.store, guest.folder, { again: true })).rejects.toThrow('killed')

  await publishTo(owner.sink, guest.store, guest.folder)

  expect([...owner.stored.values()].filter((text) => !text.includes('"actor":"intruder"'))).toEqual([])
  expect(guest.store.delivery('memory').countStale()).toBe(0)
})

test('what is written anew and broken off is gone on with as it was asked for: what is not there, and what others wrote', async () => {
  const [owner, guest] = [opened(), opened()]
  owner.add([logon(1, 's1')])
  await owner.deliver()
  const stop = new Error('killed')
  let left = Number.POSITIVE_INFINITY
  const { sink, remove, stored } = owner
  const breaking: Sink = {
    ...sink,
    async write(documents, signal, known) {
      if (left < documents.length) throw stop
      left -= documents.length
      return await sink.write(documents, signal, known)
    },
  }
  guest.add([logon(1, 's1'), ...Array.from({ length: 40 }, (_, i) => read(2 + i, `b${i}`, 's1'))])
  await publishTo(sink, guest.store, guest.folder)
  for (const { id } of [read(2, 'b0', 's1'), read(41, 'b39', 's1')]) remove(id)
  left = 14
  await expect(publishTo(breaking, guest.store, guest.folder, { again: true })).rejects.toThrow('killed')
  left = Number.POSITIVE_INFINITY
  guest.store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])

  const rest = await publishTo(breaking, guest.store, guest.folder)

  expect(rest).toMatchObject({ foreign: 0, gone: 0, written: 1, rejected: 0 })
  expect(stored.size).toBe(41)
  expect(stored.get(logon(1, 's1').id)).toContain('"actor":"intruder"')
  remove(read(2, 'b0', 's1').id)
  guest.store.changeMarks([], 'all')
  expect(await publishTo(sink, guest.store, guest.folder)).toMatchObject({ gone: 1 }) // Asked for once.
})

test('what is new does not wait for what stays as it was', async () => {
  const { add, deliver, sink, store, folder } = opened()
  add([logon(1, 's1'), read(2, 'a', 's1'), read(3, 'b', 's1')])
  await deliver()
  store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
  await publishTo(
    refusing(sink, () => true),
    store,
    folder,
  )
  add([read(4, 'c', 's1')])
  const order: number[][] = []
  const watched: Sink = {
    ...sink,
    write(documents, signal, known) {
      order.push(documents.map(({ seq }) => seq))
      return sink.write(documents, signal, known)
    },
  }

  await publishTo(watched, store, folder, { rejects: true })

  expect(order).toEqual([[4], [2]])
})

test('what was refused is not given up when evidence changes it', async () => {
  const { add, sink, store, folder } = opened()
  let isFussy = true
  const fussy = refusing(sink, () => isFussy)
  add([logon(1, 's1'), read(2, 'a', 's1')])
  await publishTo(fussy, store, folder)
  isFussy = false

  add([delivery(0.5, 'a')])
  const learnt = await publishTo(fussy, store, folder)

  expect(learnt).toMatchObject({ written: 1, rejected: 0, gone: 0 })
  expect(store.delivery('memory').countStale()).toBe(0)
  expect(await publishTo(fussy, store, folder, { rejects: true })).toMatchObject({ written: 1, gone: 0 })
})

test('what cannot be brought up to date is told to stay as it was, sent again with what was refused, and let go once it is deleted', async () => {
  const { add, deliver, remove, sink, store, folder } = opened()
  let isReadOnly = true
  const fussy = refusing(sink, () => isReadOnly)
  add([logon(1, 's1'), read(2, 'a', 's1'), read(3, 'b', 's1')])
  await deliver()
  store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])

  const blocked = await publishTo(fussy, store, folder)
  const refusals = store.delivery('memory').refusals(10)
  const still = await publishTo(fussy, store, folder, { rejects: true })
  remove(read(2, 'a', 's1').id)
  isReadOnly = false
  const lifted = await publishTo(fussy, store, folder, { rejects: true })

  expect(blocked).toMatchObject({ rejected: 1, replaced: 2, earlier: 2 })
  expect(refusals).toMatchObject([{ reason: 'stays as it was: too deep', documents: 1 }])
  expect(still).toMatchObject({ rejected: 1, replaced: 0 })
  expect(lifted).toMatchObject({ written: 0, rejected: 0, gone: 1, earlier: 3 })
  expect(store.delivery('memory').countRefused()).toBe(0)
})

/** Refuses the second event. */
function refusing(sink: Sink, isFussy: () => boolean): Sink {
  return {
    ...sink,
    async write(documents, signal, known) {
      const taken = documents.filter(({ seq }) => seq !== 2 || !isFussy())
      const rejected = taken.length < documents.length ? [{ seq: 2, reason: 'too deep' }] : []
      return { ...(await sink.write(taken, signal, known)), rejected }
    },
  }
}

test('a fuller copy replaces the document, and what others had from the poorer one', async () => {
  const { add, deliver, replaced } = opened()
  add([delivery(1, 'item-1', { fullness: -1, subject: 'cut o' }), read(2, 'item-1')])
  await deliver()

  add([delivery(1, 'item-1', { fullness: 1, subject: 'cut off no more' })])
  const totals = await deliver()

  expect(totals).toMatchObject({ written: 0, replaced: 2 })
  expect(replaced).toHaveLength(2)
})

test('evidence that changes no document sends none again', async () => {
  const { add, deliver } = opened()
  add([logon(1, 's1'), read(2, 'item-1', 's1'), delivery(1.5, 'item-1')])
  await deliver()

  add([read(3, 'item-1', 's1'), logon(4, 's2'), delivery(5, 'item-2')])

  expect(await deliver()).toMatchObject({ written: 3, replaced: 0, earlier: 3 })
  expect(await deliver()).toMatchObject({ written: 0, replaced: 0, earlier: 6 })
})

test('a place that got nothing yet costs an import nothing: no fact is kept for it', async () => {
  const { add, store } = opened()
  add([delivery(1, 'item-1', { fullness: -1 })])
  add([delivery(1, 'item-1', { fullness: 1 })])

  expect(store.delivery('memory').begin(0).cursor.superseded).toBe(0)
})

test('however evidence arrives, and wherever a run is cut off, the documents end as those of one calm run', async () => {
  let replacedInAll = 0
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = createRandom(seed)
    let isFrail = true
    const crash = () => {
      if (isFrail && random.chance(0.004)) throw new Error('killed')
    }
    const { add, deliver, sink, stored, replaced, store, folder } = opened(crash)
    const entries = randomEntries(random)
    const parts = random.whole(2, 6)
    // Each time as if another process went on, and now and then without coming to its end.
    const goOn = () => publishTo(sink, store, folder, random.chance(0.5) ? { againMs: 0 } : {}).catch(() => {})
    for (let part = 0; part < parts; part += 1) {
      add(entries.filter((_, i) => i % parts === part))
      await goOn()
      if (random.chance(0.5)) {
        const actor = random.pick(['intruder', 'owner'] as const)
        const mark = { kind: 'session', value: random.pick(['s1', 's2', 's3']), actor } as const
        store.changeMarks([mark], random.chance(0.3) ? 'all' : [])
      }
      if (random.chance(0.5)) await goOn()
    }
    isFrail = false
    await deliver()

    const calm = memorySink(undefined, 'calm')
    await publishTo(calm.sink, store, folder)
    expect(stored.size).toBe(calm.stored.size)
    expect([...calm.stored].filter(([id, text]) => stored.get(id) !== text)).toEqual([])
    replacedInAll += replaced.length
  }
  expect(replacedInAll).toBeGreaterThan(300)
}, 300_000)

test('however large records are, a run expects as many in flight from the one before', async () => {
  const asked = await Promise.all(
    ['small', 'large '.repeat(500_000)].map(async (subject) => {
      const { add, deliver, store } = opened()
      const begun: number[] = []
      const { delivery: deliveryTo } = store
      store.delivery = (sink) => {
        const books = deliveryTo(sink)
        const begin = (inFlight: number) => {
          begun.push(inFlight)
          return books.begin(inFlight)
        }
        return { ...books, begin }
      }
      add([delivery(1, 'item-1', { subject }), read(2, 'item-1')])
      await deliver()
      return begun
    }),
  )

  expect(asked[0]).toHaveLength(1)
  expect(asked[1]).toEqual(asked[0])
})

test('a delivery that was cut off tells from its start on how much it had delivered', async () => {
  let isFrail = true
  let stored = 0
  const { add, sink, store, folder } = opened(() => {
    stored += 1
    if (isFrail && stored > 45) throw new Error('killed')
  })
  add(Array.from({ length: 60 }, (_, i) => read(i, `item-${i}`)))
  const told: number[] = []
  const ends: number[] = []
  const progress = { ...silent, update: (done: number) => void told.push(done), end: () => void ends.push(0) }
  await publishTo(sink, store, folder, { countsEarlier: false, progress }).catch(() => {})
  expect(ends).toHaveLength(1) // Else the bar stands before the words that say why.
  const before = told.splice(0).at(-1)
  isFrail = false

  await publishTo(sink, store, folder, { countsEarlier: false, progress })

  expect(before).toBeGreaterThan(0)
  expect([told[0], told.at(-1)]).toEqual([before, 60])
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(store.retention.undelivered(told.at(-1))).toBe(0)
})

test('all that was refused is sent again in its turn, however little time there is for what is there', async () => {
  let isFussy = true
  const { add, sink, store, folder } = opened()
  const fussy: Sink = {
    ...sink,
    async write(documents, signal, known) {
      if (!isFussy) return sink.write(documents, signal, known)
      const rejected = documents.map(({ seq }) => ({ seq, reason: 'too deep' }))
      return { written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected }
    },
  }
  add(Array.from({ length: 40 }, (_, i) => read(i, `item-${i}`)))
  await publishTo(fussy, store, folder)
  isFussy = false

  expect(await publishTo(fussy, store, folder, { rejects: true, againMs: 0 })).toMatchObject({ written: 40 })
})

test.each([
  ['nobody asks for what was refused', {}, { duplicate: 0, rejected: 0, earlier: 3 }],
  ['that is asked for', { rejects: true }, { duplicate: 0, rejected: 1, earlier: 2 }],
  ['everything is asked for again', { again: true }, { duplicate: 0, rejected: 1, earlier: 2 }],
])('a refused document counts once, whatever was marked, where %s', async (_, wishes, expected) => {
  const { add, sink, store, folder } = opened()
  const fussy = refusing(sink, () => true)
  add([logon(1, 's1'), read(2, 'a', 's1'), read(3, 'b')])
  await publishTo(fussy, store, folder)
  store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])

  expect(await publishTo(fussy, store, folder, wishes)).toMatchObject({ written: 0, ...expected })
  expect(store.delivery('memory').countRefused()).toBe(1)
})

test('what was refused is kept with its reason, and sent again when that is asked for', async () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'a.csv', [read(1, 'a'), read(2, 'b'), read(3, 'c')])
  const { sink } = memorySink()
  let isFussy = true
  const fussy: Sink = {
    ...sink,
    async write(documents, signal, known) {
      const refused = documents.filter(({ seq }) => isFussy && seq === 2)
      const result = await sink.write(
        documents.filter((one) => !refused.includes(one)),
        signal,
        known,
      )
      return { ...result, rejected: refused.map(({ seq }) => ({ seq, reason: 'too deep' })) }
    },
  }

  const first = await publishTo(fussy, store, folder)
  const refusals = store.delivery('memory').refusals(10)
  isFussy = false
  const second = await publishTo(fussy, store, folder)
  const third = await publishTo(fussy, store, folder, { rejects: true })

  expect(first).toMatchObject({ written: 2, rejected: 1 })
  expect(refusals).toEqual([{ reason: 'too deep', documents: 1, example: read(2, 'b').id }])
  expect(second).toMatchObject({ written: 0, rejected: 0, earlier: 3 })
  expect(third).toMatchObject({ written: 1, rejected: 0, earlier: 2 })
  expect(store.delivery('memory').refusals(10)).toEqual([])
  store.close()
})

test('what fails for good calls off what is still being sent, at once, and nothing of it is left when that is told', async () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(
    store,
    'a.csv',
    Array.from({ length: 30 }, (_, i) => read(i, `item-${i}`)),
  )
  let underWay = 0
  const trying: Sink = {
    ...memorySink().sink,
    async write(documents, signal) {
      if (documents.some(({ seq }) => seq > 7)) throw new FatalError('the account may not')
      underWay += 1
      // As if Elasticsearch had no time for these: they are sent again until that is called off.
      await once(signal, 'abort')
      underWay -= 1
      throw signal.reason
    },
  }

  await expect(publishTo(trying, store, folder)).rejects.toThrow('the account may not')

  expect(underWay).toBe(0)
  store.close()
})

test('asked to stop it ends though documents are being made that take long', async () => {
  const { add, store, folder, sink } = opened()
  add([read(1, 'a')])
  const reader = openReader(folder)
  const stop = new AbortController()
  const crewFor = async () => ({
    run: () => {
      setImmediate(() => stop.abort(new Error('stopped')))
      return new Promise<never>(() => {})
    },
    close: async () => {},
  })
  const options = { namespace: 'a', sliceSize: 7, rejects: false, progress: silent, now: () => new Date(0) }

  const ended = publish({ store, reader, sink, crewFor }, options, stop.signal)

  await expect(ended).rejects.toThrow('stopped')
  reader.close()
  store.close()
})

describe('documents that another version made', () => {
  const events = [logon(1, 's1'), read(2, 'a', 's1'), read(3, 'b', 's1')]

  /** A case of which all was delivered, by another version. */
  async function deliveredByOther() {
    const world = opened()
    const delivery = world.store.delivery(world.sink.id)
    world.add(events)
    await world.deliver()
    const own = delivery.hasOthers()
    const { maker: _, byOthers: __, ...older } = Object(world.store.cursor(`publish:${world.sink.id}`))
    world.store.saveCursor(`publish:${world.sink.id}`, older)
    return { ...world, delivery, own }
  }

  test('are known as such, whatever is delivered later, until they are written anew', async () => {
    const { add, deliver, sink, store, folder, delivery, own } = await deliveredByOther()

    await deliver()
    const atFirst = delivery.hasOthers()
    add([read(50, 'c', 's2')])
    await deliver()
    const later = delivery.hasOthers()
    await publishTo(sink, store, folder, { again: true })
    await deliver()

    expect([own, atFirst, later, delivery.hasOthers()]).toEqual([false, true, true, false])
  })

  test('are made anew where something is marked', async () => {
    const { deliver, store, delivery } = await deliveredByOther()
    await deliver()

    store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
    await deliver()

    expect(delivery.hasOthers()).toBe(false)
  })

  test('stay some where another version began with that and was cut off', async () => {
    const { deliver, store, sink, delivery } = await deliveredByOther()
    store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
    store.delivery(sink.id).begin(0)
    const { maker: _, ...place } = Object(store.cursor(`again:${sink.id}`))
    store.saveCursor(`again:${sink.id}`, place)

    await deliver()

    expect(delivery.hasOthers()).toBe(true)
  })
})

function opened(fail?: () => void) {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const { sink, stored, replaced, remove } = memorySink(fail)
  let files = 0
  const add = (entries: readonly Entry[]) => {
    files += 1
    put(
      store,
      `${files}.csv`,
      entries.map((one, i) => ({ ...one, row: i + 2 })),
    )
  }
  return { add, deliver: () => publishTo(sink, store, folder), sink, stored, replaced, remove, store, folder }
}

async function publishTo(
  sink: Sink,
  store: CaseStore,
  folder: string,
  wishes: DeliveryWishes & { progress?: Progress } = {},
) {
  const reader = openReader(folder)
  const crew = inline((task: PublishTask) => renderDocuments(reader, task))
  const fixed = { namespace: 'a', sliceSize: 7, now: () => new Date(0) }
  const options = { rejects: false, progress: silent, ...wishes, ...fixed }
  try {
    return await publish({ store, reader, sink, crewFor: async () => crew }, options, never)
  } finally {
    reader.close()
  }
}
