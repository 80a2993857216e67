import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FatalError, messageOf, RetryableError } from '#src/errors.ts'
import { managementApi } from '#src/sources/management-api/index.ts'
import { ManagementApiOptions } from '#src/sources/management-api/options.ts'
import { toQueryTime, windows } from '#src/sources/management-api/windows.ts'
import type { Source } from '#src/sources/source.ts'
import { sourceContract } from '../contracts/source.ts'
import { type Collector, collector, never } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'
import { type Blob, throttled } from '../support/microsoft/management.ts'
import type { Play } from '../support/microsoft/misbehaviour.ts'
import { tenantId } from '../support/microsoft/world.ts'
import { thrown } from '../support/thrown.ts'

const type = 'Audit.Exchange'
const now = Date.parse(start)
const hourMs = 3_600_000
const dayMs = 24 * hourMs

sourceContract('management-api', (double) => {
  const blobs = Array.from({ length: 9 }, (_, i) => blob(`blob${i}`, now - i * 20 * hourMs - 1000, 3))
  double.feed.subscriptions.set(type, 'enabled')
  double.feed.blobs.push(...blobs)
  return { open: () => sourceOn(double), ids: blobs.flatMap(idsIn), contents: /\/audit\//, throttled }
})

describe('the management API', () => {
  let double: Double
  let caller: Collector
  beforeEach(async () => {
    double = await microsoftDouble()
    double.feed.subscriptions.set(type, 'enabled')
    caller = collector()
  })
  afterEach(() => double.close())

  test('is asked with the publisher’s id each time, whatever a link leaves out', async () => {
    double.feed.blobs.push(...Array.from({ length: 8 }, (_, i) => blob(`blob${i}`, now - hourMs - i, 1)))

    await caller.run(sourceOn(double))

    const asked = double.requests.filter(({ url }) => url.pathname.includes('/activity/feed/'))
    expect(asked.length).toBeGreaterThan(8)
    expect(asked.map(({ url }) => url.searchParams.get('PublisherIdentifier'))).toEqual(asked.map(() => tenantId))
    expect(caller.names()).toHaveLength(8)
  })

  test('is followed by the other name of the header, too', async () => {
    double.feed.blobs.push(...Array.from({ length: 4 }, (_, i) => blob(`blob${i}`, now - hourMs - i, 1)))
    const next = `${double.world.root()}/api/v1.0/${tenantId}/activity/feed/subscriptions/content?contentType=${type}&startTime=${toQueryTime(now - 2 * hourMs)}&endTime=${toQueryTime(now)}&nextPage=1`
    double.order(/content\?.*startTime=2026-03-09T/, { status: 200, body: '[]', headers: { NextPageUrl: next } })

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['blob3'])
  })

  test('a subscription is listed first, started when it is missing, and not again for 15 minutes', async () => {
    double.feed.subscriptions.clear()
    double.order(/start/, { status: 500 })

    const first = await caller.run(sourceOn(double)).catch(messageOf)
    double.feed.subscriptions.clear()
    double.clock.pass(10 * 60_000)
    const second = await caller.run(sourceOn(double)).catch(messageOf)
    double.clock.pass(10 * 60_000)
    await caller.run(sourceOn(double))
    await caller.run(sourceOn(double))

    expect([first, second]).toEqual([expect.stringMatching(/HTTP 500/), expect.stringMatching(/not before 15 minutes/)])
    expect(double.requests.filter(({ url }) => url.pathname.endsWith('/start'))).toHaveLength(2)
    expect(double.feed.subscriptions.get(type)).toBe('enabled')
  })

  test.each([
    ['without a status', 0, () => double.feed.subscriptions.set(type, undefined)],
    ['that is there after all', 1, () => double.order(/\/list/, { status: 200, body: '[]' })],
  ])('a subscription %s is no reason to stop', async (_, starts, prepare) => {
    prepare()
    double.feed.blobs.push(blob('a', now - hourMs, 1))

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['a'])
    expect(double.feed.starts).toHaveLength(starts)
  })

  test('an audit log that is switched off is told also while a subscription may not be asked for again', async () => {
    double.feed.subscriptions.clear()
    double.feed.isAuditOn = false
    const read = () => caller.run(sourceOn(double)).catch((error: unknown) => error)

    const told = [await read(), await read()]
    double.feed.isAuditOn = true
    double.clock.pass(15 * 60_000)
    await read()

    expect(told).toEqual([thrown(FatalError, /switched off/), thrown(FatalError, /switched off/)])
    expect([double.feed.starts.length, double.feed.subscriptions.get(type)]).toEqual([2, 'enabled'])
  })

  test('a subscription that is listed and is none all the same is asked for', async () => {
    double.order(/content\?/, { status: 400, body: '{"error":{"code":"AF20022","message":"No subscription found"}}' })

    const message = await caller.run(sourceOn(double)).catch(messageOf)

    expect(message).toMatch(/AF20022/)
    expect(double.feed.starts).toHaveLength(1)
  })

  test('a subscription that an administrator disabled is started again, and the time without it is a gap', async () => {
    await caller.run(sourceOn(double))
    double.feed.subscriptions.set(type, 'disabled')
    double.clock.pass(3 * hourMs)

    await caller.run(sourceOn(double))

    expect(double.feed.subscriptions.get(type)).toBe('enabled')
    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ final: true, reason: expect.stringContaining('subscription'), from: start }),
    ])
  })

  test('windows are at most 24 hours, begin at most 7 days back, and lie without a hole', async () => {
    await caller.run(sourceOn(double))

    const asked = double.requests
      .filter(({ url }) => url.pathname.endsWith('/content'))
      .map(({ url }) => url.searchParams)
    const spans = asked.map(
      (query) => ['startTime', 'endTime'].map((name) => Date.parse(`${query.get(name)}Z`)) as [number, number],
    )
    expect(now - (spans[0]?.[0] ?? 0)).toBeLessThanOrEqual(167 * hourMs + 55 * 60_000 + 1000)
    expect(Math.max(...spans.map(([from, to]) => to - from))).toBeLessThanOrEqual(dayMs)
    expect(spans.slice(1).map(([from]) => from)).toEqual(spans.slice(0, -1).map(([, to]) => to))
    expect(spans.at(-1)?.[1]).toBeGreaterThanOrEqual(now)
  })

  test('content that is listed late is read: within the overlap at once, within 7 days by the daily sweep', async () => {
    double.feed.blobs.push({ ...blob('late', now - hourMs, 1), listedAt: now + 1000 })
    double.feed.blobs.push({ ...blob('very late', now - 4 * dayMs, 1), listedAt: now + 1000 })
    await caller.run(sourceOn(double))
    double.clock.pass(10 * 60_000)

    await caller.run(sourceOn(double))
    const afterMinutes = caller.names()
    double.clock.pass(dayMs - 10 * 60_000)
    await caller.run(sourceOn(double))

    expect(afterMinutes).toEqual(['late'])
    expect(caller.names()).toEqual(['late', 'very late'])
  })

  test('content that is listed twice is read once', async () => {
    const twice = blob('twice', now - hourMs, 2)
    double.feed.blobs.push(twice, blob('other', now - hourMs, 1), twice)

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['twice', 'other'])
    expect(caller.records()).toHaveLength(3)
  })

  test.each([
    [
      'AF20051',
      {
        status: 400,
        body: "{'error':{'code':'AF20051','message':'Content requested with the key x has already expired.'}}",
      },
    ],
    [
      'AF20050',
      { status: 400, body: '{"error":{"code":"AF20050","message":"The specified content does not exist."}}' },
    ],
  ])('a content that is gone is a gap for good, and no reason to stop: %s', async (_, answer) => {
    double.feed.blobs.push(blob('a', now - hourMs, 1), blob('b', now - hourMs, 1), blob('c', now - hourMs, 1))
    double.order(/audit\/b/, answer)

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['a', 'c'])
    expect([...caller.gaps.values()]).toEqual([
      {
        name: 'b',
        from: iso(now - hourMs),
        to: iso(now - hourMs),
        final: true,
        reason: expect.stringContaining('HTTP 4'),
      },
    ])
  })

  test('a content that expires before it can be read is a gap for good, without a request', async () => {
    double.feed.blobs.push({ ...blob('a', now - hourMs, 1), expires: now - 1 })

    await caller.run(sourceOn(double))

    expect(caller.gaps.get('a')).toMatchObject({ final: true, reason: 'it expired' })
    expect(double.requests.some(({ url }) => url.pathname.includes('/audit/'))).toBe(false)
  })

  test('a clock that jumps ahead makes no content expire: the service says what it has', async () => {
    const created = now - 6.5 * dayMs
    double.feed.blobs.push(...Array.from({ length: 12 }, (_, i) => blob(`blob${i}`, created + i, 1)))
    const contents: string[] = []
    const gaps: string[] = []

    for await (const part of sourceOn(double).read(undefined, (name) => contents.includes(name), never)) {
      gaps.push(...(part.gaps ?? []).map(({ name }) => name))
      if (part.content === undefined) continue
      for await (const _ of part.content.chunks(never));
      contents.push(part.content.name)
      if (contents.length > 1) continue
      double.clock.pass(dayMs)
      double.skew(-dayMs)
    }

    expect(gaps).toEqual([])
    expect(contents).toHaveLength(12)
  })

  test('a clock that jumps ahead while old contents are read makes nothing be passed over', async () => {
    double.feed.blobs.push(blob('a', now - hourMs, 1))
    double.order(/audit\/a/, ...many({ status: 500 }, 6))
    await caller.run(sourceOn(double))
    const saved: unknown = JSON.parse(caller.cursors.at(-1) ?? '')
    let cursor: unknown

    for await (const part of sourceOn(double).read(saved, () => cursor !== undefined, never)) {
      cursor = part.cursor
      if (part.content === undefined) continue
      double.clock.pass(dayMs)
      double.skew(-dayMs)
    }

    expect(Date.parse((cursor as { until: string }).until)).toBeLessThan(double.world.now() + hourMs)
  })

  test('a content that the service cannot give is an open gap until it can, or until it expires', async () => {
    double.feed.blobs.push(blob('a', now - hourMs, 1), blob('b', now - hourMs, 1))
    double.feed.blobs.push({ ...blob('c', now - 9 * hourMs, 1), expires: now + hourMs })
    double.order(/audit\/a/, ...many({ status: 500 }, 6))
    double.order(/audit\/c/, ...many({ status: 500 }, 50))

    await caller.run(sourceOn(double))
    const open = [...caller.gaps.values()].map(({ name, final }) => [name, final])
    double.clock.pass(hourMs / 2)
    await caller.run(sourceOn(double))
    double.clock.pass(2 * hourMs)
    await caller.run(sourceOn(double))

    expect(open.sort()).toEqual([
      ['a', false],
      ['c', false],
    ])
    expect(caller.names().sort()).toEqual(['a', 'b'])
    expect([...caller.gaps.values()].map(({ name, final }) => [name, final])).toEqual([['c', true]])
  })

  test('of a service that does not tell the time an expired content is asked for once more, and then lost', async () => {
    double.hideTime()
    double.feed.blobs.push({ ...blob('a', now - hourMs, 1), expires: now + hourMs })
    double.feed.blobs.push({ ...blob('b', now - hourMs, 1), expires: now + hourMs })
    double.order(/audit\/a/, ...many({ status: 500 }, 50))
    double.order(/audit\/b/, ...many({ status: 500 }, 6))

    await caller.run(sourceOn(double))
    const open = [...caller.gaps.values()].map(({ name, final }) => [name, final])
    double.clock.pass(2 * hourMs)
    double.feed.blobs.splice(0, 2, blob('a', now - hourMs, 1), blob('b', now - hourMs, 1)) // It has them still.
    await caller.run(sourceOn(double))

    expect(open).toEqual([
      ['a', false],
      ['b', false],
    ])
    expect(caller.names()).toEqual(['b'])
    expect([...caller.gaps.values()].map(({ name, final }) => [name, final])).toEqual([['a', true]])
  })

  test.each<[string, Play]>([
    ['by what stands in between', { status: 403, body: '<html>Forbidden</html>' }],
    ['with a token that is good for the others', { status: 401, body: '{"Message":"Authorization has been denied."}' }],
    ['by a code that nobody knows', { status: 400, body: '{"error":{"code":"AF99999","message":"x"}}' }],
    ['by a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }],
    ['as not there, without a code of the service', { status: 404, body: '<html>Not Found</html>' }],
  ])('a content that is refused alone, %s, keeps nobody from the others, and is tried until it expires', async (_, play) => {
    double.feed.blobs.push(blob('bad', now - 2 * hourMs, 1), blob('good', now - hourMs, 1))
    double.order(/audit\/bad/, ...many(play, 20))

    await caller.run(sourceOn(double))
    const first = [caller.names(), [...caller.gaps.values()].map(({ name, final }) => [name, final])]
    for (let reading = 0; reading < 30 && caller.gaps.size > 0; reading += 1) await caller.run(sourceOn(double))

    expect(first).toEqual([['good'], [['bad', false]]])
    expect(caller.names()).toEqual(['good', 'bad'])
    expect(caller.gaps.size).toBe(0)
  })

  test('contents that are all refused stop the stream, and those that were noted first do not stop what is new', async () => {
    const forbidden = { status: 403, body: '<html>Forbidden</html>' }
    double.feed.blobs.push(...Array.from({ length: 30 }, (_, i) => blob(`blob${i}`, now - hourMs, 1)))
    double.order(/audit\//, ...many(forbidden, 10))

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, 'HTTP 403'))
    await caller.run(sourceOn(double))
    await caller.run(sourceOn(double))

    expect(caller.names()).toHaveLength(30)
    expect(caller.gaps.size).toBe(0)
  })

  test('a content whose times cannot be read is read, and keeps nobody from the others', async () => {
    double.feed.blobs.push({ ...blob('odd', now - 2 * hourMs, 1), isTimeless: true }, blob('good', now - hourMs, 1))

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['odd', 'good'])
  })

  test('a content whose times cannot be read is not held for expired before it may be', async () => {
    double.feed.blobs.push({ ...blob('odd', now - 6.1 * dayMs, 1), isTimeless: true })
    double.order(/audit\/odd/, ...many({ status: 500 }, 6))
    await caller.run(sourceOn(double))
    double.clock.pass(hourMs)

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['odd'])
    expect(caller.gaps.size).toBe(0)
  })

  test('a service that gives every other content gives them all', async () => {
    double.feed.blobs.push(
      ...Array.from({ length: 60 }, (_, i) => blob(i % 2 ? `good${i}` : `bad${i}`, now - hourMs, 1)),
    )
    double.order(/audit\/bad/, ...many({ status: 500 }, 500))

    await caller.run(sourceOn(double))

    expect(caller.names()).toHaveLength(30)
    expect(caller.gaps.size).toBe(30)
  })

  test('a service that gives nothing at all is not asked for everything', async () => {
    double.feed.blobs.push(...Array.from({ length: 60 }, (_, i) => blob(`blob${i}`, now - hourMs, 1)))
    double.order(/\/audit\//, ...many({ status: 500 }, 500))

    const message = await caller.run(sourceOn(double)).catch(messageOf)

    expect(message).toMatch(/HTTP 500/)
    expect(double.requests.length).toBeLessThan(100)
  })

  test('a content that could not be stored is an open gap, and offered once by the next reading', async () => {
    double.feed.blobs.push(blob('a', now - hourMs, 1))
    const read = (cursor?: unknown) => Array.fromAsync(sourceOn(double).read(cursor, () => false, never))

    const parts = await read()
    const again = await read(parts.at(-1)?.cursor)
    const stored = await Array.fromAsync(sourceOn(double).read(again.at(-1)?.cursor, () => true, never))

    expect(parts.flatMap(({ gaps = [] }) => gaps)).toMatchObject([{ name: 'a', final: false }])
    expect(again.flatMap(({ content }) => content?.name ?? [])).toEqual(['a'])
    expect(stored.flatMap(({ closed = [] }) => closed)).toEqual(['a'])
    expect(stored.every(({ content }) => content === undefined)).toBe(true)
  })

  test('what could not be had is asked for briefly, and keeps nobody from what is new', async () => {
    double.feed.blobs.push(...Array.from({ length: 12 }, (_, i) => blob(`old${i}`, now - 3 * hourMs, 1)))
    double.order(/audit\/old/, ...many({ status: 500 }, 500))
    await caller.run(sourceOn(double))
    double.clock.pass(10 * 60_000)
    double.feed.blobs.push(blob('new', double.clock.now() - 1000, 1))
    double.order(/audit\/new/, ...many({ status: 500 }, 3))
    const before = double.requests.length

    await caller.run(sourceOn(double))

    const asked = double.requests.slice(before).filter(({ url }) => url.pathname.includes('/audit/old'))
    expect(asked).toHaveLength(5 * 2)
    expect(caller.names()).toEqual(['new'])
  })

  test('a sweep that breaks off unsays nothing of what was read before', async () => {
    await caller.run(sourceOn(double))
    double.clock.pass(dayMs)
    double.order(/content\?/, { status: 200, body: '[]' }, ...many({ status: 500 }, 6))
    const message = await caller.run(sourceOn(double)).catch(messageOf)
    double.clock.pass(3 * dayMs)

    await caller.run(sourceOn(double))

    expect(message).toMatch(/HTTP 500/)
    expect([...caller.gaps.values()]).toEqual([])
  })

  test('nothing is asked for that the service does not keep any more, however far readings go back', async () => {
    const options = { sweepHours: 96, overlapMinutes: 1440 }
    await caller.run(sourceOn(double, options))
    double.clock.pass(5.9 * dayMs)
    await caller.run(sourceOn(double, options))
    const before = caller.gaps.size
    double.clock.pass(6.5 * dayMs)

    await caller.run(sourceOn(double, options))

    expect([before, caller.gaps.size]).toEqual([0, 1])
  })

  test('what was listed late before it was off, and was kept no longer when it was on again, is in a gap, told once', async () => {
    await caller.run(sourceOn(double))
    const listed = (id: string, hoursAgo: number) => ({
      ...blob(id, now - hoursAgo * hourMs, 1),
      listedAt: now + hourMs,
    })
    double.feed.blobs.push(listed('late', 12), listed('kept', 3))
    double.clock.pass(6.8 * dayMs)
    double.order(/content\?/, ...many({ status: 500 }, 6))

    await caller.run(sourceOn(double)).catch(() => {})
    const first = [...caller.gaps.values()]
    await caller.run(sourceOn(double))

    const [gap] = first
    expect(gap).toMatchObject({ name: expect.stringContaining(type), final: true })
    expect([...caller.gaps.values()]).toEqual([gap])
    expect(caller.names()).toEqual(['kept'])
    expect(Date.parse(gap?.from ?? '')).toBeLessThanOrEqual(now - 12 * hourMs)
    expect(Date.parse(gap?.to ?? '')).toBeGreaterThanOrEqual(now - 12 * hourMs)
  })

  test('a first reading that breaks off is gone on with', async () => {
    double.feed.blobs.push(blob('a', now - 6 * dayMs, 1), blob('b', now - hourMs, 1))
    double.order(/content\?.*startTime=2026-03-05/, ...many({ status: 500 }, 6))

    const message = await caller.run(sourceOn(double)).catch(messageOf)
    await caller.run(sourceOn(double))

    expect(message).toMatch(/HTTP 500/)
    expect([caller.names(), caller.gaps.size]).toEqual([['a', 'b'], 0])
  })

  test('a day whose list cannot be had keeps nobody from the days after it, and is asked for again', async () => {
    double.feed.blobs.push(
      blob('bad', now - 6.5 * dayMs, 1),
      blob('good', now - 3 * dayMs, 1),
      blob('new', now - hourMs, 1),
    )
    double.order(/content\?.*startTime=2026-03-03/, ...many({ status: 500 }, 12))

    const message = await caller.run(sourceOn(double)).catch(messageOf)
    const first = caller.names()
    double.clock.pass(hourMs)
    double.feed.blobs.push(blob('newer', double.clock.now() - 1000, 1))
    await caller.run(sourceOn(double)).catch(messageOf)
    const second = caller.names()
    await caller.run(sourceOn(double))

    expect(message).toMatch(/HTTP 500/)
    expect([first, second]).toEqual([
      ['good', 'new'],
      ['good', 'new', 'newer'],
    ])
    expect(caller.names()).toEqual(['good', 'new', 'newer', 'bad'])
  })

  test('a day whose list can never be had is a gap once it is kept no longer', async () => {
    double.feed.blobs.push(blob('bad', now - 6.5 * dayMs, 1))
    double.order(/content\?.*startTime=2026-03-03/, ...many({ status: 500 }, 6))
    await caller.run(sourceOn(double)).catch(messageOf)
    double.clock.pass(dayMs)

    await caller.run(sourceOn(double))

    const [gap, ...more] = caller.gaps.values()
    expect([gap, more]).toEqual([expect.objectContaining({ final: true }), []])
    expect(Date.parse(gap?.from ?? '')).toBeLessThanOrEqual(now - 6.5 * dayMs)
  })

  test('what goes on being lost is one gap that grows', async () => {
    await caller.run(sourceOn(double))
    double.clock.pass(8 * dayMs)
    double.order(/content\?/, ...many({ status: 500 }, 1000))
    const ends: string[] = []
    for (let reading = 0; reading < 5; reading += 1) {
      await caller.run(sourceOn(double)).catch(messageOf)
      double.clock.pass(hourMs)
      ends.push(...[...caller.gaps.values()].map(({ to }) => to))
    }

    expect(ends).toHaveLength(5)
    expect(Date.parse(ends[4] ?? '') - Date.parse(ends[0] ?? '')).toBeGreaterThan(4 * hourMs)
  })

  test('what was not read for more than 7 days is a gap for good', async () => {
    await caller.run(sourceOn(double))
    double.clock.pass(9 * dayMs)

    await caller.run(sourceOn(double))

    const [gap] = caller.gaps.values()
    const dayBefore = new Date(now - dayMs).toISOString()
    expect(gap).toMatchObject({ from: dayBefore, final: true, reason: expect.stringContaining('7 days') })
    expect(Date.parse(gap?.to ?? '') - now).toBeGreaterThan(2 * dayMs)
  })

  test.each([-2 * hourMs, 3 * dayMs])('the service’s clock counts, not ours: %d ms apart', async (skewMs) => {
    double.skew(skewMs)
    double.world.tokenLifetimeMs = 10 * dayMs
    double.feed.blobs.push(blob('new', now + skewMs - 1000, 1), blob('old', now + skewMs - 6.9 * dayMs, 1))

    await caller.run(sourceOn(double))

    expect(caller.names().sort()).toEqual(['new', 'old'])
  })

  test.each(['cut in body', 'stall'] as const)('a refusal that breaks off (%s) stops nothing', async (play) => {
    const gone = `${double.world.root()}/api/v1.0/${tenantId}/activity/feed/audit/nothing`
    double.feed.blobs.push({ ...blob('a', now - hourMs, 1), uri: gone }, blob('b', now - hourMs, 1))
    double.order(/audit\/nothing/, play)

    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['b'])
    expect([...caller.gaps.values()]).toEqual([expect.objectContaining({ name: 'a', final: true })])
  })

  test('a window that the service refuses is drawn closer once, and then left to the next reading', async () => {
    const refusal = { status: 400, body: '{"error":{"code":"AF20055","message":"Start time is too old."}}' }
    double.feed.blobs.push(blob('a', now - hourMs, 1))
    double.order(/content\?/, refusal)
    await caller.run(sourceOn(double))
    const [refused = 0, closer = 0] = double.requests
      .filter(({ url }) => url.pathname.endsWith('/content'))
      .map(({ url }) => Date.parse(`${url.searchParams.get('startTime')}Z`))
    double.order(/content\?/, refusal, refusal)

    const error = await caller.run(sourceOn(double)).catch((thrown: unknown) => thrown)
    double.feed.blobs.push(blob('b', now - hourMs, 1))
    await caller.run(sourceOn(double))

    expect(closer - refused).toBe(hourMs)
    expect(error).toBeInstanceOf(RetryableError)
    expect(messageOf(error)).toMatch(/AF20055.*clock/)
    expect(caller.names()).toEqual(['a', 'b'])
  })

  test.each([
    ['another host', () => 'https://manage.office.com.evil.example/api/v1.0/x', 'manage.office.com.evil.example'],
    ['the host as a user name', () => 'https://127.0.0.1@evil.example/api/v1.0/x', 'evil.example'],
    ['another port', () => `https://127.0.0.1:1/api/v1.0/${tenantId}/x`, '127.0.0.1:1'],
    ['another path', () => `${double.world.root()}/elsewhere`, 'another path'],
    ['another tenant', () => `${double.world.root()}/api/v1.0/${tenantId}x/audit/1`, 'another path'],
    ['a path that climbs out', () => `${double.world.root()}/api/v1.0/${tenantId}/..%2f..%2fx`, 'another path'],
    ['plain HTTP', () => `${double.world.root().replace('https', 'http')}/api/v1.0/${tenantId}/x`, '127.0.0.1'],
  ])('a contentUri that leads to %s gets no token, and keeps nobody from the others', async (_, uri, host) => {
    double.feed.blobs.push({ ...blob('a', now - hourMs, 1), uri: uri() }, blob('b', now - hourMs, 1))

    await caller.run(sourceOn(double))
    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual(['b'])
    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ name: 'a', final: false, reason: expect.stringContaining(host) }),
    ])
    expect(double.requests.map(({ url }) => url.href)).not.toContain(uri())
  })

  test('a next page that leads elsewhere gets no token', async () => {
    const headers = { NextPageUri: 'https://manage.office.com.evil.example/api/v1.0/next' }
    double.order(/content\?/, { status: 200, body: '[]', headers })

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, 'manage.office.com.evil.example'))
  })

  test('a next page that is no link is asked for again', async () => {
    double.feed.blobs.push(blob('a', now - hourMs, 1))
    double.order(/content\?/, { status: 200, body: '[]', headers: { NextPageUri: 'nonsense' } })

    const error = await caller.run(sourceOn(double)).catch((thrown: unknown) => thrown)
    await caller.run(sourceOn(double))

    expect(error).toBeInstanceOf(RetryableError)
    expect(caller.names()).toEqual(['a'])
  })

  test('pages that go in a circle come to an end', async () => {
    const next = `${double.world.root()}/api/v1.0/${tenantId}/activity/feed/subscriptions/content?nextPage=0`
    double.order(/content\?/, ...many({ status: 200, body: '[]', headers: { NextPageUri: next } }, 9))

    expect(await caller.run(sourceOn(double)).catch(messageOf)).toMatch(/in a circle/)
  })

  test.each<[string, () => void, RegExp]>([
    ['a missing role', () => double.world.roles.delete('ActivityFeed.Read'), /AF10001.*ActivityFeed\.Read.*consent/],
    [
      'an audit log that is off',
      () => {
        double.feed.isAuditOn = false
        double.feed.subscriptions.clear()
      },
      /audit log is switched off/,
    ],
    [
      'another tenant',
      () => double.order(/list/, { status: 400, body: '{"error":{"code":"AF20010","message":"no"}}' }),
      /AF20010.*tenant/,
    ],
  ])('%s stops the stream, and says what to do', async (_, prepare, message) => {
    prepare()

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, message))
  })

  test.each([
    'truncate',
    'cut in body',
    'stall',
  ] as const)('a large content that ends early is asked for again: %s', async (play) => {
    const records = [1, 2, 3].map((n) => ({ Id: `large-${n}`, text: 'x'.repeat(400_000) }))
    double.feed.blobs.push({ id: 'large', type, created: now - hourMs, records })
    double.order(/audit\/large/, play)

    await caller.run(sourceOn(double))

    expect(caller.records().map(({ Id }) => Id)).toEqual(['large-1', 'large-2', 'large-3'])
    expect(double.requests.filter(({ url }) => url.pathname.endsWith('/large'))).toHaveLength(2)
  })

  test('a blob of 100 MB passes through in little memory', async () => {
    const record = JSON.stringify({ Id: 'x', text: 'y'.repeat(9000) })
    double.feed.blobs.push(blob('large', now - hourMs, 1))
    double.order(/audit\/large/, { status: 200, body: `[${Array(11_000).fill(record).join(',')}]` })
    let [bytes, most] = [0, 0]
    const before = process.memoryUsage()

    for await (const { content } of sourceOn(double).read(undefined, () => bytes > 0, new AbortController().signal)) {
      for await (const chunk of content?.chunks(new AbortController().signal) ?? []) {
        bytes += chunk.length
        const { heapUsed, arrayBuffers } = process.memoryUsage()
        most = Math.max(most, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers)
      }
    }

    expect(bytes).toBeGreaterThan(95_000_000)
    expect(most).toBeLessThan(240_000_000) // The double's own copy of it included.
  })
})

test('windows are whole seconds, one after the other', () => {
  expect(
    windows(Date.parse('2026-01-01T00:00:00.900Z'), Date.parse('2026-01-02T06:00:00.100Z')).map(({ from, to }) => [
      toQueryTime(from),
      toQueryTime(to),
    ]),
  ).toEqual([
    ['2026-01-01T00:00:00', '2026-01-02T00:00:00'],
    ['2026-01-02T00:00:00', '2026-01-02T06:00:01'],
  ])
})

function sourceOn(double: Double, more: object = {}): Source {
  const options = ManagementApiOptions.parse({ contentTypes: [type], ...more })
  return managementApi(double.tenant(), options)[0] as Source
}

function blob(id: string, created: number, count: number): Blob {
  return {
    id,
    type,
    created,
    records: Array.from({ length: count }, (_, i) => ({ Id: `${id}-${i}`, Operation: 'Send' })),
  }
}

function idsIn({ records }: Blob): string[] {
  return records.map((record) => (record as { Id: string }).Id)
}

function many<T>(item: T, times: number): T[] {
  return Array.from({ length: times }, () => item)
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
