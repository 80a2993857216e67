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
const since = iso(now - 60 * dayMs)

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
      [1, { streams: expect.stringMatching(/^management-api:.+:$/), from: since, to: iso(now) }],
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
    double.search.records.splice(0, 8, ...[1, 2, 3].map((i) => ({ id: `same${i}`, createdDateTime: iso(now - dayMs) })))
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
        reason: 'the search gave 6, 7, 8 records when read 3 times',
      }),
    ])
  })

  test('that fails is submitted again, and stops the stream when it fails three times', async () => {
    double.search.endings.push('failed', 'succeeded', 'failed', 'failed', 'failed')

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, /failed 3 times/))
    expect(double.search.queries).toHaveLength(5)
  })

  test('that somebody cancels stops the stream', async () => {
    double.search.endings.push('cancelled')

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, /cancelled/))
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

  test('that never ends is left for later', async () => {
    double.search.endings.push(...Array.from({ length: 2000 }, () => 'running'))

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(RetryableError, /running for more than 12 hours/))
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

  test('without the role stops, and says what to do', async () => {
    double.world.roles.clear()

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, /AuditLogsQuery\.Read\.All/))
  })
})

function sourceOn(double: Double, options: object = {}, deps = double.deps): Source {
  return graphAuditSearch(double.tenant(), GraphAuditSearchOptions.parse({ since, until: start, ...options }), deps)
}

function record(i: number): AuditRecord {
  return { id: `r${i}`, createdDateTime: iso(now - (i + 1) * 7 * dayMs) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
