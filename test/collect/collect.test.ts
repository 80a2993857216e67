import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { type CollectParts, collect } from '#src/collect/collect.ts'
import { messageOf, RetryableError } from '#src/errors.ts'
import { render } from '#src/render/render.ts'
import { openStreams } from '#src/sources/index.ts'
import { managementApi } from '#src/sources/management-api/index.ts'
import { ManagementApiOptions } from '#src/sources/management-api/options.ts'
import type { Part, Source } from '#src/sources/source.ts'
import { temporaryFolder } from '../support/folder.ts'
import { mailbox } from '../support/microsoft/activities.ts'
import { clockAt } from '../support/microsoft/clock.ts'
import { never } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'

const hourMs = 3_600_000
const type = 'Audit.Exchange'
const quiet = clockAt(start).deps

let folder: string
let store: CaseStore
beforeEach(() => {
  folder = temporaryFolder()
  store = openCase(folder)
})
afterEach(() => store.close())

describe('collecting', () => {
  test('stores each record once, with the content that held it, and nothing the second time', async () => {
    const source = sourceOf([content('a', records('a', 3)), content('b', records('b', 2))])

    await collect(source, parts(), never)
    await collect(source, parts(), never)

    expect(documents()).toHaveLength(5)
    expect(documents()[0]).toMatchObject({
      'hoofprint.source': 'management-api',
      'hoofprint.evidence.content_id': 'a',
      'hoofprint.evidence.file': undefined,
      'hoofprint.evidence.row': 1,
    })
    expect(countsOf(store)).toEqual({ evidences: 2, read: 5, stored: 5, duplicate: 0, rejected: 0 })
    expect(store.cursor('stream')).toEqual({ at: 'b' })
  })

  test('a page of a search is named by its query', async () => {
    const page = [{ id: 'r1', createdDateTime: start, auditData: records('r', 1)[0] }]

    await collect(sourceOf([content('q-1 reading 1 page 2', page, 'graph-audit')]), parts(), never)

    expect(documents()[0]).toMatchObject({ 'hoofprint.evidence.query_id': 'q-1', 'hoofprint.source': 'graph-audit' })
  })

  test('what two streams name alike is of each its own', async () => {
    await collect(sourceOf([content('page 1', records('a', 1))]), parts(), never)
    await collect({ ...sourceOf([content('page 1', records('b', 1))]), id: 'other' }, parts(), never)

    expect(documents()).toHaveLength(2)
  })

  test('a content that breaks off leaves nothing, and is asked for again', async () => {
    const source = sourceOf([content('a', records('a', 3), 'management-api', ['broken', 'whole'])])

    await collect(source, parts(), never)

    expect(countsOf(store)).toEqual({ evidences: 1, read: 3, stored: 3, duplicate: 0, rejected: 0 })
  })

  test('a content that cannot be had leaves no evidence, and the cursor where it was', async () => {
    const source = sourceOf([content('a', records('a', 3), 'management-api', Array(9).fill('broken'))])

    await collect(source, parts(), never)

    expect(countsOf(store)).toEqual({ evidences: 0, read: 0, stored: 0, duplicate: 0, rejected: 0 })
    expect(store.cursor('stream')).toBeUndefined()
  })

  test('a record that is none is kept with the reason, and those around it are stored', async () => {
    const broken = [...records('a', 1), { Id: 'no time', Operation: 'Send' }, 7, ...records('b', 1)]

    await collect(sourceOf([content('a', broken)]), parts(), never)

    expect(countsOf(store)).toMatchObject({ read: 4, stored: 2, rejected: 2 })
    expect(store.rejects(9).map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'no record of a kind that is known'],
      [3, 'broken JSON: text after the end (character 2)'],
    ])
  })

  test.each(['list', 'page'])('all records are found in a %s, as in a file', async (layout) => {
    const all = records('a', 3)
    const wrapped =
      layout === 'list' ? all : { '@odata.context': 'https://x/[', value: all, '@odata.nextLink': 'https://x/{' }

    await collect(sourceOf([content('a', wrapped)]), parts(), never)

    expect(countsOf(store)).toMatchObject({ read: 3, stored: 3 })
  })

  test('a large content waits on the disk, and is gone from there afterwards', async () => {
    const seen: boolean[] = []
    const scratch = join(folder, 'unpacked')
    const large = records('a', 6000).map((record) => ({ ...record, text: 'y'.repeat(1000) }))
    const onWrite = () => seen.push(existsSync(scratch) && readdirSync(scratch).length > 0)

    await collect(sourceOf([content('a', large)]), parts({ store: { ...store, write: noting(onWrite) } }), never)

    expect(countsOf(store)).toMatchObject({ read: 6000, stored: 6000 })
    expect(seen.length).toBeGreaterThan(3)
    expect(new Set(seen)).toEqual(new Set([true]))
    expect(existsSync(scratch)).toBe(false)
  })

  test('stopped in the middle of a large content, it goes on where it was', async () => {
    const large = records('a', 6000).map((record) => ({ ...record, text: 'y'.repeat(1000) }))
    let writes = 0
    const onWrite = () => {
      writes += 1
      if (writes === 4) throw new Error('killed')
    }
    const source = sourceOf([content('a', large)])

    await collect(source, parts({ store: { ...store, write: noting(onWrite) } }), never).catch(messageOf)
    const before = countsOf(store)
    await collect(source, parts(), never)

    expect(before.stored).toBeGreaterThan(0)
    expect(before.stored).toBeLessThan(6000)
    expect(countsOf(store)).toEqual({ evidences: 1, read: 6000, stored: 6000, duplicate: 0, rejected: 0 })
  })

  test('of a content that has become another one, what is new is stored too', async () => {
    const large = (prefix: string) => records(prefix, 6000).map((record) => ({ ...record, text: 'y'.repeat(500) }))
    const [first, second] = [large('a'), [...large('b'), ...large('a')]]
    let writes = 0
    const onWrite = () => {
      writes += 1
      if (writes === 2) throw new Error('killed')
    }
    await collect(sourceOf([content('a', first)]), parts({ store: { ...store, write: noting(onWrite) } }), never).catch(
      messageOf,
    )

    await collect(sourceOf([content('a', second)]), parts(), never)

    expect(documents()).toHaveLength(12_000)
  })

  test('gaps are kept with the time they were first seen, and closed when the content is had after all', async () => {
    const open = { name: 'a', from: start, to: start, reason: 'HTTP 500', final: false }
    const clock = clockAt(start)
    const at = (gaps: Part[]) => collect(sourceOf([], gaps), parts({ deps: clock.deps }), never)

    await at([{ gaps: [open], cursor: 1 }])
    clock.pass(hourMs)
    await at([
      {
        gaps: [
          { ...open, reason: 'HTTP 503' },
          { ...open, name: 'b', final: true },
        ],
        cursor: 2,
      },
    ])
    const between = store.collection.countGaps()
    await at([{ closed: ['a'], cursor: 3 }])

    expect(between).toEqual([{ stream: 'stream', lost: 1, searched: 0, open: 1 }])
    expect(store.collection.gaps(9)).toEqual([
      { ...open, stream: 'stream', name: 'b', final: true, firstSeen: '2026-03-10T13:00:00.000Z', closed: undefined },
      { ...open, stream: 'stream', reason: 'HTTP 503', firstSeen: start, closed: '2026-03-10T13:00:00.000Z' },
    ])
    expect(['a', 'b'].map((name) => store.collection.isSettled('stream', name))).toEqual([false, true])
  })
})

describe('collecting from the Management API', () => {
  let double: Double
  beforeEach(async () => {
    double = await microsoftDouble()
    double.feed.subscriptions.set(type, 'enabled')
    for (let i = 0; i < 12; i += 1) {
      const created = Date.parse(start) - i * 12 * hourMs - 1000
      double.feed.blobs.push({ id: `blob${i}`, type, created, records: records(`blob${i}`, 3) })
    }
  })
  afterEach(() => double.close())

  test('killed at any step of storing and started again, each record is there once', async () => {
    const steps = ['beginEvidence', 'write', 'completeEvidence', 'advance'] as const
    for (let kill = 1; kill <= 16; kill += 1) {
      let left = kill
      const dying = <T extends object>(target: T): T =>
        new Proxy(target, {
          get(of, name, receiver) {
            const value = Reflect.get(of, name, receiver)
            if (name === 'collection') return dying(value as object)
            if (!(steps as readonly unknown[]).includes(name)) return value
            return (...given: unknown[]) => {
              left -= 1
              if (left === 0) throw new Error('killed')
              return (value as (...given: unknown[]) => unknown)(...given)
            }
          },
        })
      await collect(managementSource(), parts({ store: dying(store) }), never).catch(messageOf)
    }
    await collect(managementSource(), parts(), never)

    expect(documents()).toHaveLength(36)
    expect(countsOf(store)).toEqual({ evidences: 12, read: 36, stored: 36, duplicate: 0, rejected: 0 })
  })

  test('a blob that has expired is a gap, and the others are stored', async () => {
    double.feed.blobs.push({
      id: 'old',
      type,
      created: Date.parse(start) - hourMs,
      records: records('old', 3),
      expires: 1,
    })

    await collect(managementSource(), parts(), never)

    expect(store.collection.gaps(9)).toEqual([expect.objectContaining({ name: 'old', final: true })])
    expect(documents()).toHaveLength(36)
  })

  function managementSource(): Source {
    const options = ManagementApiOptions.parse({ contentTypes: [type] })
    return managementApi(double.tenant(), options)[0] as Source
  }
})

test('Outlook activities are those of the mailbox that was asked for', async () => {
  const double = await microsoftDouble()
  const activity = { Id: 'x', TimeStamp: '2026-03-01T00:00:00.000Z', ActivityIdType: 'Move', AppIdType: 'Web' }
  double.activities.push(activity)
  const options = { user: mailbox, types: [], baseUrl: double.world.root(), pageSize: 100 }
  const given = { outlookActivities: [{ ...options, everySeconds: 60, silentAfterHours: 0 }] }

  const [stream] = await openStreams(double.tenant(), given, double.deps)
  await collect((stream as { source: Source }).source, parts({ deps: double.deps }), never)
  await double.close()

  expect(documents()).toEqual([expect.objectContaining({ 'hoofprint.mailbox': mailbox, 'event.action': 'Move' })])
})

function parts(given: Partial<CollectParts> = {}): CollectParts {
  const scratch = join(folder, 'unpacked')
  return { store, scratch, deps: quiet, onStored: () => {}, onProgress: () => {}, ...given }
}

/** `write` of the store, which tells of each call first. */
function noting(onWrite: () => void): CaseStore['write'] {
  return (...given) => {
    onWrite()
    return store.write(...given)
  }
}

type Answer = 'broken' | 'whole'

function content(name: string, value: unknown, shape = 'management-api', answers: Answer[] = []): Part {
  const bytes = Buffer.from(JSON.stringify(value))
  async function* chunks() {
    const answer = answers.shift() ?? 'whole'
    for (let at = 0; at < bytes.length; at += 50_000) {
      yield bytes.subarray(at, Math.min(at + 50_000, answer === 'whole' ? bytes.length : bytes.length - 2))
    }
    if (answer === 'broken') throw new RetryableError('an answer broke off')
  }
  return { content: { name, shape, chunks }, cursor: { at: name } }
}

/** A source that gives what is not known of these. */
function sourceOf(contents: readonly Part[], others: readonly Part[] = []): Source {
  return {
    id: 'stream',
    async *read(_cursor, known) {
      yield* contents.filter((part) => part.content === undefined || !known(part.content.name))
      yield* others
    },
  }
}

function records(name: string, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    Id: `${name}-${i}`,
    CreationTime: '2026-03-09T10:00:00',
    Operation: 'Send',
    UserId: 'alice@contoso.example',
  }))
}

function documents() {
  store.buildJoins()
  const reader = openReader(folder)
  const span = { after: 0, until: reader.lastSeq() }
  const all = [...reader.slices(span, 500)].flatMap((slice) => [...render(reader, slice)])
  reader.close()
  return all.map(({ document }) => document)
}

function countsOf(store: CaseStore) {
  const evidences = store.evidences()
  const total = (key: 'read' | 'stored' | 'duplicate' | 'rejected') =>
    evidences.reduce((sum, { counts }) => sum + counts[key], 0)
  return {
    evidences: evidences.length,
    ...{ read: total('read'), stored: total('stored'), duplicate: total('duplicate'), rejected: total('rejected') },
  }
}
