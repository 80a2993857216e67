import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FatalError, messageOf } from '#src/errors.ts'
import { graphMessageTraces, graphMessageTracesSteps } from '#src/sources/graph-message-traces/index.ts'
import { GraphMessageTracesOptions } from '#src/sources/graph-message-traces/options.ts'
import { check } from '#src/sources/microsoft/check.ts'
import type { Source } from '#src/sources/source.ts'
import { sourceContract } from '../contracts/source.ts'
import { type Collector, collector, never } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'
import type { Trace } from '../support/microsoft/message-traces.ts'

const now = Date.parse(start)
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

sourceContract('graph-message-traces', (double) => {
  const traces = Array.from({ length: 15 }, (_, i) => trace(`t${i}`, now - 3 * minuteMs - i * i * 10 * minuteMs))
  double.traces.traces.push(...traces)
  return { open: () => sourcesOn(double)[0] as Source, ids: traces.map(({ id }) => id), contents: /%24filter|\$filter/ }
})

describe('message traces', () => {
  let double: Double
  let callers: Map<string, Collector>
  beforeEach(async () => {
    double = await microsoftDouble()
    callers = new Map()
  })
  afterEach(() => double.close())

  const all = async (options: object = {}) => {
    for (const source of sourcesOn(double, options)) {
      const caller = callers.get(source.id) ?? collector()
      callers.set(source.id, caller)
      await caller.run(source)
    }
  }
  const ids = () => [...new Set([...callers.values()].flatMap((caller) => caller.records().map(({ id }) => id)))].sort()

  test('go back as far as is asked for, within ten days a query', async () => {
    double.traces.traces.push(trace('old', now - 89 * dayMs), trace('too old', now - 95 * dayMs))

    await all({ lookBackDays: 90, sliceHours: 240 })

    expect(ids()).toEqual(['old'])
  })

  test('of some mailboxes are those that they sent and received, in streams whose names tell no address', async () => {
    double.traces.traces.push(
      trace('received', now - hourMs, { recipientAddress: "O'Brien@contoso.example" }),
      trace('sent', now - hourMs, { senderAddress: "o'brien@contoso.example" }),
      trace('of others', now - hourMs),
    )
    const options = { mailboxes: ["O'Brien@contoso.example", "o'brien@contoso.example"] }

    await all(options)

    expect(ids()).toEqual(['received', 'sent'])
    const streams = sourcesOn(double, options).map(({ id }) => id)
    expect(new Set(streams).size).toBe(2)
    expect(streams.join().toLowerCase()).not.toContain('brien')
  })

  test('that are told late are read, too', async () => {
    double.traces.traces.push({ ...trace('late', now - 10 * minuteMs), loggedAt: now + 20 * hourMs })
    await all()
    double.clock.pass(25 * hourMs)

    await all()

    expect(ids()).toEqual(['late'])
  })

  test('are asked for within 100 requests in 5 minutes', async () => {
    double.traces.traces.push(...Array.from({ length: 500 }, (_, i) => trace(`t${i}`, now - hourMs - i)))

    await all()

    expect(ids()).toHaveLength(500)
    expect(double.clock.logged.join()).not.toContain('429')
  })

  test('of many mailboxes cost hardly more than a request for each stream and span', async () => {
    const mailboxes = Array.from({ length: 40 }, (_, i) => `user${i}@contoso.example`)
    await all({ mailboxes })
    const before = double.requests.length
    double.clock.pass(15 * minuteMs)

    await all({ mailboxes })

    const asked = double.requests.slice(before).filter(({ url }) => url.pathname.endsWith('/messageTraces'))
    expect(asked.filter(({ url }) => url.searchParams.has('$filter')).length).toBeGreaterThanOrEqual(80)
    expect(asked.filter(({ url }) => !url.searchParams.has('$filter'))).toHaveLength(1)
  })

  test('that were not read for more than 90 days are a gap for good, and what is kept is read', async () => {
    await all()
    double.clock.pass(100 * dayMs)
    double.traces.traces.push(trace('kept', double.clock.now() - 89 * dayMs))

    await all()

    expect(ids()).toEqual(['kept'])

    expect([...callers.values()].flatMap(({ gaps }) => [...gaps.values()])).toEqual([
      expect.objectContaining({ final: true, reason: expect.stringContaining('90 days') }),
    ])
  })

  test.each<[string, () => void, RegExp]>([
    ['a missing role', () => double.world.roles.clear(), /ExchangeMessageTrace\.Read\.All.*consent/],
    [
      'a missing service principal',
      () => {
        double.traces.hasPrincipal = false
      },
      /New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373/,
    ],
  ])('%s stops the stream, and says what to do; a check says the same', async (_, prepare, message) => {
    prepare()

    const error = await all().catch((thrown: unknown) => thrown)
    const options = GraphMessageTracesOptions.parse({})
    const findings = await Array.fromAsync(check(graphMessageTracesSteps(double.tenant(), options, double.deps), never))

    expect(error).toBeInstanceOf(FatalError)
    expect(messageOf(error)).toMatch(message)
    expect(findings.at(-1)).toMatchObject({
      subject: 'message traces',
      isGood: false,
      text: expect.stringMatching(message),
    })
  })

  test('a check of what is well says so', async () => {
    const options = GraphMessageTracesOptions.parse({})

    const findings = await Array.fromAsync(check(graphMessageTracesSteps(double.tenant(), options, double.deps), never))

    expect(findings.map(({ subject, isGood }) => [subject, isGood])).toEqual([
      ['sign-on for Graph', true],
      ['message traces', true],
      ['clock', true],
    ])
  })

  test('a cloud that has none is told', () => {
    const tenant = { ...double.tenant(), isGlobal: false, cloud: 'gcc-high' }

    expect(() => graphMessageTraces(tenant, GraphMessageTracesOptions.parse({}))).toThrow(
      'gcc-high has no message traces',
    )
  })
})

function sourcesOn(double: Double, options: object = {}): Source[] {
  return graphMessageTraces(double.tenant(), GraphMessageTracesOptions.parse({ lookBackDays: 2, ...options }))
}

function trace(id: string, time: number, given: Partial<Trace> = {}): Trace {
  const addresses = { senderAddress: 'bob@fabrikam.example', recipientAddress: 'alice@contoso.example' }
  return { id, receivedDateTime: `${iso(time).slice(0, 19)}.6195833Z`, ...addresses, status: 'delivered', ...given }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
