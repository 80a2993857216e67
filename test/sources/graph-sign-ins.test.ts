import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FatalError, messageOf } from '#src/errors.ts'
import { graphSignIns } from '#src/sources/graph-sign-ins/index.ts'
import { GraphSignInsOptions } from '#src/sources/graph-sign-ins/options.ts'
import type { Source } from '#src/sources/source.ts'
import { sourceContract } from '../contracts/source.ts'
import { type Collector, collector, never } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'
import type { SignIn } from '../support/microsoft/sign-ins.ts'
import { thrown } from '../support/thrown.ts'

const now = Date.parse(start)
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

sourceContract('graph-sign-ins', (double) => {
  const signIns = Array.from({ length: 15 }, (_, i) => signIn(`s${i}`, now - 3 * minuteMs - i * i * 10 * minuteMs))
  double.log.signIns.push(...signIns)
  return { open: () => sourceOn(double), ids: signIns.map(({ id }) => id), contents: /signIns\?(?!\$top=1$)/ }
})

describe('sign-ins', () => {
  let double: Double
  let caller: Collector
  beforeEach(async () => {
    double = await microsoftDouble()
    caller = collector()
  })
  afterEach(() => double.close())

  /** Reads as a schedule does, until so many are here, and so many gaps. */
  async function untilRead(count: number, gaps = 0): Promise<void> {
    for (let reading = 0; new Set(idsOf(caller)).size < count || caller.gaps.size < gaps; reading += 1) {
      if (reading > 60) throw new Error(`only ${new Set(idsOf(caller)).size} were read`)
      await caller.run(sourceOn(double)).catch(() => {})
    }
  }

  test('with seven decimals, on the border of two spans, are all read', async () => {
    const border = now - dayMs + 6 * hourMs
    double.log.signIns.push(
      { id: 'before', createdDateTime: `${iso(border - 1000).slice(0, 19)}.9999999Z` },
      { id: 'on it', createdDateTime: iso(border) },
      { id: 'after', createdDateTime: `${iso(border).slice(0, 19)}.0000001Z` },
    )

    await caller.run(sourceOn(double, { lookBackDays: 1 }))

    expect(new Set(caller.records().map(({ id }) => id))).toEqual(new Set(['before', 'on it', 'after']))
  })

  test.each([
    ['within two hours', hourMs, [3 * hourMs + 5 * minuteMs]],
    ['within a day', 20 * hourMs, [3 * hourMs + 5 * minuteMs, 22 * hourMs]],
  ])('that are logged late are read, too: %s', async (_, lateMs, waitsMs) => {
    double.log.signIns.push({ ...signIn('late', now - 10 * minuteMs), loggedAt: now + lateMs })
    await caller.run(sourceOn(double))

    for (const waitMs of waitsMs) {
      double.clock.pass(waitMs)
      await caller.run(sourceOn(double))
    }

    expect([...new Set(caller.records().map(({ id }) => id))]).toEqual(['late'])
  })

  test('are asked for again by the hour, when they are old', async () => {
    await caller.run(sourceOn(double))
    const before = double.requests.length
    double.clock.pass(5 * minuteMs)

    await caller.run(sourceOn(double))

    expect(double.requests.slice(before).filter(asksForSpan)).toHaveLength(1)
  })

  test('are asked for below the quota of 5 requests in 10 seconds', async () => {
    double.log.signIns.push(...Array.from({ length: 40 }, (_, i) => signIn(`s${i}`, now - hourMs - i)))

    await caller.run(sourceOn(double))

    const asked = double.requests.filter(({ url }) => url.pathname.includes('signIns')).length
    expect((double.clock.now() - now) / asked).toBeGreaterThanOrEqual(2000)
  })

  test('are left to the next reading when a page’s link expires again and again, which is not for ever', async () => {
    const expired = { status: 400, body: '{"error":{"code":"Directory_ExpiredPageToken","message":"expired"}}' }
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i)))
    double.order(/skiptoken/, ...Array.from({ length: 20 }, () => expired))

    const message = await caller.run(sourceOn(double)).catch(messageOf)
    const asked = double.requests.filter(({ url }) => url.search.includes('skiptoken')).length
    await untilRead(9)

    expect(message).toMatch(/ExpiredPageToken/)
    expect(asked).toBeLessThan(16)
    expect(caller.gaps.size).toBe(0)
  })

  test.each([
    ['without a code', { code: '', message: 'Invalid Skip Token' }],
    ['as nobody knows what', { code: 'UnknownError', message: 'Invalid Skip Token, skip token is null' }],
  ])('are read from the first page again where a link is refused %s', async (_, error) => {
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i)))
    double.order(/skiptoken/, { status: 400, body: JSON.stringify({ error }) })

    await caller.run(sourceOn(double))

    expect(new Set(idsOf(caller)).size).toBe(9)
  })

  test('are read from the first page again where pages go in a circle', async () => {
    const link = (n: number) => `${double.world.root()}/v1.0/auditLogs/signIns?$top=1000&$skiptoken=page${n}`
    const page = (next: number) => ({ status: 200, body: JSON.stringify({ value: [], '@odata.nextLink': link(next) }) })
    double.log.signIns.push(signIn('s', now - hourMs))
    double.order(/skiptoken=page1/, page(2), page(2))
    double.order(/skiptoken=page2/, page(1), page(1))
    double.order(/filter/, page(1))

    await caller.run(sourceOn(double))

    expect(idsOf(caller)).toEqual(['s'])
    expect(double.requests.filter(({ url }) => url.search.includes('page'))).toHaveLength(2)
  })

  test('are asked for in halves where the service gives nothing of many', async () => {
    double.log.signIns.push(...Array.from({ length: 40 }, (_, i) => signIn(`s${i}`, now - hourMs - i * 9 * minuteMs)))
    double.log.troubles.most = 5

    await untilRead(40)

    expect(caller.gaps.size).toBe(0)
  })

  test('that the service cannot give are a short gap, and keep nobody from the others', async () => {
    double.log.signIns.push(...Array.from({ length: 40 }, (_, i) => signIn(`s${i}`, now - 30 * hourMs - i * minuteMs)))
    double.log.troubles.spoiled.add('s20')

    await untilRead(38, 1)

    const gaps = [...caller.gaps.values()]
    expect(idsOf(caller)).not.toContain('s20')
    expect(gaps).toEqual([expect.objectContaining({ final: true, reason: expect.stringMatching(/HTTP 500/) })])
    expect(Date.parse(gaps[0]?.to ?? '') - Date.parse(gaps[0]?.from ?? '')).toBeLessThanOrEqual(2 * minuteMs)
  })

  test('that a later pass can give close the gap', async () => {
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i * minuteMs)))
    double.log.troubles.spoiled.add('s5')
    await untilRead(7, 1)
    const open = [...caller.gaps.values()].map(({ final }) => final)
    double.log.troubles.spoiled.clear()
    double.clock.pass(3 * hourMs)

    await caller.run(sourceOn(double))

    expect(open).toEqual([false])
    expect(new Set(idsOf(caller)).size).toBe(9)
    expect(caller.gaps.size).toBe(0)
  })

  test('that only a later pass cannot give were read, and the gap says so', async () => {
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i * minuteMs)))
    await caller.run(sourceOn(double))
    double.log.troubles.spoiled.add('s5')
    double.clock.pass(3 * hourMs)

    await untilRead(9, 1)

    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ final: false, reason: expect.stringMatching(/^it was read before/) }),
    ])
  })

  test('that are not read for more than 30 days, reading after reading, are one gap', async () => {
    await caller.run(sourceOn(double))
    double.clock.pass(40 * dayMs)
    double.order(/filter/, ...Array.from({ length: 6 * 3 }, () => ({ status: 503 })))
    for (let reading = 0; reading < 3; reading += 1) {
      await caller.run(sourceOn(double)).catch(() => {})
      double.clock.pass(hourMs)
    }

    await caller.run(sourceOn(double))

    const [gap, ...more] = caller.gaps.values()
    expect(more).toEqual([])
    expect(gap?.final).toBe(true)
    expect(Date.parse(gap?.to ?? '')).toBeGreaterThanOrEqual(now + 10 * dayMs + 3 * hourMs)
  })

  test.each([
    ['says so', { status: 503 }],
    ['has nothing at any address', { status: 404 }],
    ['is kept away by a page for people', { status: 200, body: '<html>Blocked</html>' }],
  ])('are no gap where the service %s, for however long', async (_, answer) => {
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i * minuteMs)))
    await caller.run(sourceOn(double), { stopAfter: 1 })
    let isAway = true
    double.onAny(() => (isAway && double.requests.at(-1)?.url.pathname.includes('signIns') ? answer : undefined))
    for (let reading = 0; reading < 60; reading += 1) {
      await caller.run(sourceOn(double)).catch(() => {})
      double.clock.pass(10 * minuteMs)
    }
    isAway = false

    await untilRead(9)

    expect(caller.gaps.size).toBe(0)
  })

  test('are gone on with at the page where reading was broken off', async () => {
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - 23 * hourMs - i)))
    await caller.run(sourceOn(double, { lookBackDays: 1 }), { stopAfter: 3 })
    const before = double.requests.length

    await caller.run(sourceOn(double, { lookBackDays: 1 }))

    const [first] = double.requests.slice(before).filter(asksForSpan)
    expect(first?.url.search).toContain('skiptoken')
  })

  test('are read from the first page again when a page’s link has expired', async () => {
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i)))
    double.order(/skiptoken/, {
      status: 400,
      body: '{"error":{"code":"Directory_ExpiredPageToken","message":"expired"}}',
    })

    await caller.run(sourceOn(double))

    expect(new Set(caller.records().map(({ id }) => id)).size).toBe(9)
  })

  test.each([
    [[]],
    [['truncate']],
    [['cut in body', 'stall']],
  ] as const)('on pages too large to be held are read page by page, in spite of %j', async (plays) => {
    double.log.pageSize = 1
    double.log.signIns.push(
      ...[1, 2, 3].map((i) => ({ ...signIn(`s${i}`, now - hourMs - i), text: 'x'.repeat(600_000) })),
    )
    double.order(/skiptoken/, ...plays)

    await caller.run(sourceOn(double))

    expect(
      caller
        .records()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['s1', 's2', 's3'])
  })

  test('of a tenant that has P1, and is told nine times of ten that it has none, are read', async () => {
    const body = JSON.stringify({
      error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: 'no' },
    })
    double.log.signIns.push(...Array.from({ length: 9 }, (_, i) => signIn(`s${i}`, now - hourMs - i)))
    let asked = 0
    double.onAny(() => {
      if (!double.requests.at(-1)?.url.pathname.endsWith('/signIns')) return undefined
      asked += 1
      return asked % 5 === 0 ? undefined : { status: 403, body }
    })

    await caller.run(sourceOn(double))

    expect(new Set(idsOf(caller)).size).toBe(9)
  })

  test('that are empty make no content', async () => {
    await caller.run(sourceOn(double))

    expect(caller.names()).toEqual([])
  })

  test('that were logged late before it was off for 30 days are in a gap', async () => {
    const late = { ...signIn('late', now - 30 * minuteMs), loggedAt: now + hourMs }
    double.log.signIns.push(late)
    await caller.run(sourceOn(double))
    double.clock.pass(30 * dayMs)

    await caller.run(sourceOn(double))

    const [gap] = caller.gaps.values()
    expect([gap?.final, (gap?.from ?? '') <= late.createdDateTime]).toEqual([true, true])
  })

  test('that were not read for more than 30 days are a gap for good', async () => {
    await caller.run(sourceOn(double))
    double.clock.pass(40 * dayMs)

    await caller.run(sourceOn(double))

    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ final: true, reason: expect.stringContaining('30 days') }),
    ])
  })

  test('that were left and are kept no longer are gaps for good', async () => {
    const ago = (days: number) => iso(now - days * dayMs)
    const cursor = { done: [ago(20), ago(31), ago(31)], left: [{ pass: 0, from: ago(31), to: ago(30.5) }] }

    const [first] = await Array.fromAsync(sourceOn(double).read(cursor, () => true, never))

    expect(first?.gaps?.map(({ from, to, final }) => [from, to, final])).toEqual([
      [ago(31), ago(30), true],
      [ago(31), ago(30.5), true],
    ])
  })

  test('that are left beside a thousand others are a gap for good', async () => {
    const border = iso(now - hourMs)
    const [from, to] = [border, iso(now - hourMs + minuteMs)]
    const left = Array.from({ length: 1000 }, (_, i) => ({
      pass: 0,
      from: border,
      to: iso(now - hourMs + i * 1000 + 1),
    }))
    const slice = { pass: 0, from, to, readAt: from, page: 1, failures: 2 }
    double.log.signIns.push(signIn('s', now - hourMs + minuteMs / 2))
    double.log.troubles.spoiled.add('s')

    const gaps = []
    const done = [border, iso(now - 2 * hourMs), iso(now - dayMs)]
    for await (const part of sourceOn(double).read({ done, left, slice }, () => true, never)) {
      gaps.push(...(part.gaps ?? []))
      if (gaps.length > 0) break
    }

    expect(gaps).toEqual([expect.objectContaining({ from, to, final: true })])
  })

  test('of other kinds come from beta', async () => {
    await caller.run(sourceOn(double, { events: ['servicePrincipal'], lookBackDays: 1 }))

    const asked = double.requests.filter(({ url }) => url.pathname.includes('signIns'))
    expect(asked.every(({ url }) => url.pathname.startsWith('/beta/'))).toBe(true)
    expect(asked.at(-1)?.url.searchParams.get('$filter')).toMatch(
      /and signInEventTypes\/any\(t: t eq 'servicePrincipal'\)$/,
    )
  })

  test('a next page that leads elsewhere gets no token', async () => {
    const body = JSON.stringify({
      '@odata.nextLink': 'https://graph.microsoft.com.evil.example/v1.0/auditLogs/signIns',
      value: [{ id: 'a' }],
    })
    double.order(/filter/, { status: 200, body })

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, 'graph.microsoft.com.evil.example'))
  })

  test.each<[string, () => void, RegExp]>([
    ['a missing role', () => double.world.roles.clear(), /AuditLog\.Read\.All.*consent/],
    [
      'a tenant without P1',
      () => {
        double.log.isPremium = false
      },
      /no Entra ID P1/,
    ],
  ])('%s stops the stream, and says what to do', async (_, prepare, message) => {
    prepare()

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, message))
  })
})

function idsOf(caller: Collector): (string | undefined)[] {
  return caller.records().map(({ id }) => id)
}

/** Whether a request asks for more than the time. */
function asksForSpan({ url }: Double['requests'][number]): boolean {
  return url.pathname.includes('signIns') && url.searchParams.get('$top') !== '1'
}

function sourceOn(double: Double, options: object = {}): Source {
  return graphSignIns(double.tenant(), GraphSignInsOptions.parse({ lookBackDays: 2, ...options }))[0] as Source
}

function signIn(id: string, time: number): SignIn {
  return { id, createdDateTime: `${iso(time).slice(0, 19)}.6195833Z` }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
