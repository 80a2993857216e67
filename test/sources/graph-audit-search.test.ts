import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ConfigError, FatalError, messageOf, RetryableError } from '#src/errors.ts'
import { graphAuditSearch } from '#src/sources/graph-audit-search/index.ts'
import { GraphAuditSearchOptions } from '#src/sources/graph-audit-search/options.ts'
import type { Source } from '#src/sources/source.ts'
import { sourceContract } from '../contracts/source.ts'
import type { AuditRecord } from '../support/microsoft/audit-search.ts'
import { type Collector, collector, never } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'
import { thrown } from '../support/thrown.ts'

const now = Date.parse(start)
const dayMs = 24 * 3_600_000
const since = iso(now - 64 * dayMs)
/** So long ago that what is searched is complete. */
const until = iso(now - 4 * dayMs)

// The contract counts each record once, and this source reads each twice, on purpose.
sourceContract(
  'graph-audit-search',
  (double) => {
    const records = Array.from({ length: 8 }, (_, i) => record(i))
    double.search.records.push(...records)
    return { open: () => sourceOn(double), ids: records.map(({ id }) => id), contents: /\/records/ }
  },
  { timesRead: 2 },
)

describe('a search of the audit log', () => {
  let double: Double
  let caller: Collector
  beforeEach(async () => {
    double = await microsoftDouble()
    caller = collector()
    double.search.records.push(...Array.from({ length: 8 }, (_, i) => record(i)))
  })
  afterEach(() => double.close())

  const ids = () => [...new Set(caller.records().map(({ id }) => id))].sort()

  test('says what it wants as Graph names it', async () => {
    const options = {
      operations: ['Send'],
      users: ['a@contoso.example'],
      recordTypes: ['exchangeItem'],
      keyword: 'k',
      service: 'Exchange',
    }

    await caller.run(sourceOn(double, options))

    expect(double.search.queries.map(({ body }) => body)[0]).toMatchObject({
      filterStartDateTime: since,
      recordTypeFilters: ['exchangeItem'],
      operationFilters: ['Send'],
      userPrincipalNameFilters: ['a@contoso.example'],
      keywordFilter: 'k',
      serviceFilter: 'Exchange',
    })
  })

  test('tells at its end what it searched for everything, where it chose nothing', async () => {
    const searched = async (options: object) => {
      const parts = await Array.fromAsync(sourceOn(double, options).read(undefined, () => true, never))
      return parts.flatMap(({ searched = [] }, i) => [searched].flat().map((one) => [parts.length - i, one]))
    }

    expect(await searched({})).toEqual([
      [1, { streams: expect.stringMatching(/^management-api:.+:$/), from: since, to: until }],
    ])
    expect(await searched({ operations: ['Send'] })).toEqual([])
  })

  test('goes on with its query after a restart', async () => {
    double.order(/GET .*query-0$/, 'cut before')
    const stop = new AbortController()
    const sleep = double.deps.sleep
    const impatient = {
      ...double.deps,
      sleep: async (ms: number, signal: AbortSignal) => {
        stop.abort(new Error('killed'))
        await sleep(ms, signal)
      },
    }

    const killed = await caller.run(sourceOn(double, {}, impatient), { signal: stop.signal }).catch(messageOf)
    await caller.run(sourceOn(double))

    expect(killed).toMatch(/killed/)
    expect(double.search.queries).toHaveLength(2) // One for each span of 30 days.
    expect(ids()).toHaveLength(8)
  })

  test('finds the query again whose submission was never answered, and makes no second one', async () => {
    double.order(/^POST .*queries$/, 'cut before')

    const error = await caller.run(sourceOn(double)).catch((thrown: unknown) => thrown)
    await caller.run(sourceOn(double))

    expect(error).toBeInstanceOf(RetryableError)
    expect(double.search.queries).toHaveLength(2)
    expect(ids()).toHaveLength(8)
  })

  test('is halved while it has more results than it may give', async () => {
    double.search.limit = 2

    await caller.run(sourceOn(double))

    expect(double.search.queries).toHaveLength(6)
    expect(ids()).toHaveLength(8)
    expect(caller.gaps.size).toBe(0)
  })

  test('that cannot be halved any more is a gap', async () => {
    double.search.records.splice(
      0,
      8,
      ...[1, 2, 3].map((i) => ({ id: `same${i}`, createdDateTime: iso(now - 5 * dayMs) })),
    )
    double.search.limit = 2

    await caller.run(sourceOn(double))

    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ final: false, reason: expect.stringContaining('more results') }),
    ])
    expect(ids()).toEqual(['same1', 'same2'])
  })

  test('whose readings differ is read a third time, and all that any showed is kept', async () => {
    double.search.forgets = (reading) => (reading === 1 ? 2 : 0)

    await caller.run(sourceOn(double, { windowDays: 90 }))

    expect(double.search.queries[0]?.readings).toBe(3)
    expect(ids()).toHaveLength(8)
    expect(caller.gaps.size).toBe(0)
  })

  test('whose readings never agree is a gap that says so', async () => {
    double.search.forgets = (reading) => 3 - reading

    await caller.run(sourceOn(double, { windowDays: 90 }))

    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({
        final: false,
        from: since,
        reason: expect.stringMatching(
          /^the search gave 6, 7, 8 records when read 3 times: it is searched once more after /,
        ),
      }),
    ])
  })

  /** Reads as a schedule does, until a reading comes to its end. */
  async function untilDone(readings = 200): Promise<void> {
    for (let reading = 0; reading < readings; reading += 1) {
      const isDone = await caller.run(sourceOn(double, { windowDays: 90 })).then(
        () => true,
        () => false,
      )
      if (isDone) return
    }
    throw new Error('it never came to its end')
  }

  test('that fails is submitted again, and in halves when it fails three times', async () => {
    double.search.endings.push('failed', 'succeeded', 'failed', 'failed', 'failed')

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(RetryableError, /failed 3 times.*in halves/))
    const submitted = double.search.queries.length
    await caller.run(sourceOn(double))

    expect([submitted, double.search.queries.length]).toEqual([5, 7])
    expect(ids()).toHaveLength(8)
    expect(caller.gaps.size).toBe(0)
  })

  test('that fails in each part is a gap of the shortest, and the others are read', async () => {
    double.search.endings.push(...Array.from({ length: 3 * 17 }, () => 'failed'))

    await untilDone()

    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ from: since, reason: expect.stringMatching(/^the search ended failed 3 times: /) }),
    ])
    expect(ids()).toHaveLength(8)
  })

  test('what it could not give is searched once more, days later, and closes the gap', async () => {
    double.search.spoiled.add('r4')
    await untilDone()
    const [gap] = caller.gaps.values()
    const queries = double.search.queries.length
    double.search.spoiled.clear()
    await untilDone()
    const early = double.search.queries.length
    double.clock.pass(3 * dayMs)

    await untilDone()
    await untilDone()

    expect(gap).toMatchObject({ final: false, reason: expect.stringContaining('it is searched once more after') })
    expect([early, double.search.queries.length]).toEqual([queries, queries + 1])
    expect(double.search.queries.at(-1)?.body).toMatchObject({
      filterStartDateTime: gap?.from,
      filterEndDateTime: gap?.to,
    })
    expect(ids()).toHaveLength(8)
    expect(caller.gaps.size).toBe(0)
  })

  test('what it could not give the second time, either, is lost to it, and says where it may be had', async () => {
    double.search.spoiled.add('r4')
    await untilDone()
    double.clock.pass(3 * dayMs)
    await untilDone()
    const queries = double.search.queries.length
    double.clock.pass(30 * dayMs)

    await untilDone()

    expect([...caller.gaps.values()]).toEqual([
      expect.objectContaining({ final: true, reason: expect.stringMatching(/to its end: search for it elsewhere/) }),
    ])
    expect(double.search.queries).toHaveLength(queries)
  })

  test('what it could not give beside a thousand others is lost at once', async () => {
    const at = iso(now + dayMs)
    const left = Array.from({ length: 1000 }, (_, i) => ({ from: iso(now - i), to: iso(now), at }))
    const todo = [{ from: since, to: iso(Date.parse(since) + 60_000) }]
    double.search.endings.push('failed', 'failed', 'failed')

    const parts = await Array.fromAsync(sourceOn(double).read({ todo, left }, () => true, never))

    expect(parts.flatMap(({ gaps = [] }) => gaps)).toEqual([expect.objectContaining({ from: since, final: true })])
  })

  test('whose readings differed is closed by its halves where these can be had days later', async () => {
    double.search.forgets = (reading) => 3 - reading
    await untilDone()
    const open = caller.gaps.size
    double.search.forgets = () => 0
    double.search.endings.push('failed', 'failed', 'failed')
    double.clock.pass(3 * dayMs)

    await untilDone()

    expect([open, caller.gaps.size]).toEqual([1, 0])
  })

  test('that somebody cancels stops the stream, and is begun anew the next time', async () => {
    double.search.endings.push('cancelled')

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, /cancelled/))
    await caller.run(sourceOn(double))

    expect(ids()).toHaveLength(8)
  })

  test('of whose results one cannot be given lacks that one, and says so', async () => {
    double.search.spoiled.add('r4')

    await untilDone()

    const [gap, ...more] = caller.gaps.values()
    expect([gap, more]).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^the search cannot be read to its end: /) }),
      [],
    ])
    expect(Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '')).toBeLessThan(5 * 60_000)
    expect(ids()).toEqual(['r0', 'r1', 'r2', 'r3', 'r5', 'r6', 'r7'])
  })

  test('whose results cannot be had for some readings is not asked for anew', async () => {
    double.order(/records\?/, ...Array.from({ length: 6 * 4 }, () => 'truncate' as const))

    await untilDone()

    expect(double.search.queries).toHaveLength(1)
    expect(ids()).toHaveLength(8)
  })

  test.each([
    ['is refused', { status: 400, body: '{"error":{"code":"","message":"Invalid Skip Token"}}' }],
    ['has expired', { status: 410 }],
  ])('whose link to a page %s is read from the first page again, and not for ever', async (_, refusal) => {
    double.order(/records\?/, ...Array.from({ length: 4 }, () => refusal))
    await caller.run(sourceOn(double, { windowDays: 90 }))
    const queries = double.search.queries.length
    double.order(/records\?/, ...Array.from({ length: 1000 }, () => refusal))

    await caller.run(sourceOn(double, { since: iso(now - 63 * dayMs), windowDays: 90 })).catch(() => {})

    expect(queries).toBe(1)
    expect(ids()).toHaveLength(8)
    expect(double.requests.filter(({ url }) => url.pathname.endsWith('/records')).length).toBeLessThan(40)
  })

  test('whose pages go in a circle is read from the first page again', async () => {
    const link = `${double.world.root()}/v1.0/security/auditLog/queries/query-0/records`
    double.order(/records\?/, { status: 200, body: JSON.stringify({ value: [], '@odata.nextLink': link }) })

    await caller.run(sourceOn(double, { windowDays: 90 }))

    expect(ids()).toHaveLength(8)
    expect(double.search.queries).toHaveLength(1)
  })

  test('that the service forgot is submitted again', async () => {
    double.order(/GET .*query-0$/, { status: 404, body: '{"error":{"code":"NotFound","message":"gone"}}' })

    await caller.run(sourceOn(double))

    expect(double.search.queries).toHaveLength(3)
    expect(ids()).toHaveLength(8)
  })

  test('shows that it waits for a query, and is not at a standstill', async () => {
    double.search.endings.push(...Array.from({ length: 200 }, () => 'running'))

    const parts = await caller.run(sourceOn(double))

    expect(parts).toBeGreaterThan(200)
  })

  test('that does not end within a day is asked for in halves, restarts or not', async () => {
    double.search.endings.push(...Array.from({ length: 1500 }, () => 'running'))
    const stop = new AbortController()
    let slept = 0
    const sleep = async (ms: number, signal: AbortSignal) => {
      slept += 1
      if (slept === 700) stop.abort(new Error('killed'))
      await double.deps.sleep(ms, signal)
    }

    await caller.run(sourceOn(double, {}, { ...double.deps, sleep }), { signal: stop.signal }).catch(messageOf)
    const message = await caller.run(sourceOn(double)).catch(messageOf)
    await untilDone()

    expect(message).toMatch(/running for more than a day: it is asked for in halves/)
    expect((double.clock.now() - now) / dayMs).toBeLessThan(1.2)
    expect(ids()).toHaveLength(8)
  })

  test('up to now is a gap until what came late is searched again, days later, and once', async () => {
    const read = () => caller.run(sourceOn(double, { until: undefined, windowDays: 90 }))
    await read()
    const [gap] = caller.gaps.values()
    double.search.records.push({ id: 'late', createdDateTime: iso(now - dayMs) })
    double.clock.pass(2 * dayMs)
    await read()
    const queries = double.search.queries.length
    double.clock.pass(2 * dayMs)
    await read()
    await read()

    expect(gap).toMatchObject({ final: false, from: iso(now - 3 * dayMs), to: iso(now) })
    expect([queries, double.search.queries.length]).toEqual([1, 2])
    expect(double.search.queries[1]?.body).toMatchObject({ filterStartDateTime: iso(now - 3 * dayMs) })
    expect(ids()).toContain('late')
    expect(caller.gaps.size).toBe(0)
  })

  test('up to a day to come is gone on with when that has passed', async () => {
    const read = () => caller.run(sourceOn(double, { until: iso(now + 2 * dayMs), windowDays: 90 }))
    await read()
    double.search.records.push({ id: 'later', createdDateTime: iso(now + dayMs) })
    double.clock.pass(6 * dayMs)
    await read()

    expect(ids()).toContain('later')
    expect(caller.gaps.size).toBe(0)
  })

  test('of what is late asks for no more at once than any other', async () => {
    const read = () => caller.run(sourceOn(double, { until: iso(now + 2 * dayMs), windowDays: 2 }))
    await read()
    const before = double.search.queries.length
    double.clock.pass(6 * dayMs)

    await read()

    expect(double.search.queries.slice(before).map(({ body }) => body.filterStartDateTime)).toEqual([
      iso(now - 3 * dayMs),
      iso(now - dayMs),
      iso(now + dayMs),
    ])
    expect(caller.gaps.size).toBe(0)
  })

  test('up to now says only of what was complete that it was searched, and of the rest when it was', async () => {
    const searched: unknown[] = []
    let cursor: unknown
    for (const waitMs of [0, 4 * dayMs]) {
      double.clock.pass(waitMs)
      for await (const part of sourceOn(double, { until: undefined }).read(cursor, () => true, never)) {
        cursor = JSON.parse(JSON.stringify(part.cursor))
        if (part.searched !== undefined) searched.push(part.searched.to)
      }
    }

    expect(searched).toEqual([iso(now - 3 * dayMs), iso(now)])
  })

  test.each([-3, 3])('reaches until now by the service’s clock: ours is %d hours apart', async (hours) => {
    double.skew(hours * 3_600_000)
    double.search.records.push({ id: 'late', createdDateTime: iso(now + (hours - 1) * 3_600_000) })

    await caller.run(sourceOn(double, { until: undefined }))

    expect(ids()).toContain('late')
    expect(double.search.queries.at(-1)?.body.filterEndDateTime).toBe(iso(now + hours * 3_600_000))
  })

  test('is refused where the cloud has none', () => {
    const tenant = { ...double.tenant(), isGlobal: false, cloud: 'gcc-high' }

    expect(() => graphAuditSearch(tenant, GraphAuditSearchOptions.parse({ since }), double.deps)).toThrow(ConfigError)
  })

  test('that this version of Graph has not says which may', async () => {
    const message = "Resource not found for the segment 'auditLog'."
    const body = JSON.stringify({ error: { code: 'BadRequest', message } })
    double.order(/queries/, { status: 400, body })

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, /option `version`/))
  })

  test('without the role stops, and says what to do', async () => {
    double.world.roles.clear()

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, /AuditLogsQuery\.Read\.All/))
  })
})

function sourceOn(double: Double, options: object = {}, deps = double.deps): Source {
  return graphAuditSearch(double.tenant(), GraphAuditSearchOptions.parse({ since, until, ...options }), deps)
}

function record(i: number): AuditRecord {
  return { id: `r${i}`, createdDateTime: iso(Date.parse(until) - (i + 1) * 7 * dayMs) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
