import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { graphAuditSearchSteps } from '#src/sources/graph-audit-search/index.ts'
import { GraphAuditSearchOptions } from '#src/sources/graph-audit-search/options.ts'
import { graphSignInsSteps } from '#src/sources/graph-sign-ins/index.ts'
import { GraphSignInsOptions } from '#src/sources/graph-sign-ins/options.ts'
import { managementApiSteps } from '#src/sources/management-api/index.ts'
import { ManagementApiOptions } from '#src/sources/management-api/options.ts'
import { check, type Finding } from '#src/sources/microsoft/check.ts'
import type { Tenant } from '#src/sources/microsoft/tenant.ts'
import { outlookActivitiesSteps } from '#src/sources/outlook-activities/index.ts'
import { OutlookActivitiesOptions } from '#src/sources/outlook-activities/options.ts'
import { listening } from '../../support/listening.ts'
import { mailbox } from '../../support/microsoft/activities.ts'
import { never } from '../../support/microsoft/collector.ts'
import { type Double, microsoftDouble } from '../../support/microsoft/double.ts'
import { clientId } from '../../support/microsoft/world.ts'

const type = 'Audit.Exchange'

describe('a check', () => {
  let double: Double
  beforeEach(async () => {
    double = await microsoftDouble()
    double.feed.subscriptions.set(type, 'enabled')
  })
  afterEach(() => double.close())

  const run = async (tenant: Tenant = double.tenant(), mayStart = false): Promise<Finding[]> => {
    const options = { ...ManagementApiOptions.parse({ contentTypes: [type] }), mayStart }
    return Array.fromAsync(check(managementApiSteps(tenant, options, double.deps), never))
  }

  test('of what is well says so of each step', async () => {
    const findings = await run()

    expect(findings.map(({ subject, isGood }) => [subject, isGood])).toEqual([
      ['sign-on for Management API', true],
      [type, true],
      ['clock', true],
    ])
  })

  test.each<[string, () => Promise<Finding[]>, string, RegExp]>([
    [
      'a wrong secret',
      () => run(double.tenant({ type: 'secret', clientId, clientSecret: 'no' })),
      'sign-on',
      /client secret is wrong/,
    ],
    [
      'a missing role',
      () => {
        double.world.roles.clear()
        return run()
      },
      type,
      /ActivityFeed\.Read/,
    ],
    [
      'a missing subscription',
      () => {
        double.feed.subscriptions.clear()
        return run()
      },
      type,
      /no subscription/,
    ],
    [
      'an audit log that is off',
      () => {
        double.feed.subscriptions.clear()
        double.feed.isAuditOn = false
        return run(double.tenant(), true)
      },
      type,
      /audit log is switched off/,
    ],
    [
      'a wrong tenant',
      () => {
        double.order(/subscriptions\/list/, { status: 400, body: '{"error":{"code":"AF20010","message":"no"}}' })
        return run()
      },
      type,
      /AF20010.*the tenant is not that of the credentials/,
    ],
    [
      'a wrong clock',
      () => {
        double.skew(-3_000_000)
        return run()
      },
      'clock',
      /3000 s ahead of the service’s/,
    ],
    [
      'a proxy that lets nobody through',
      async () => {
        const proxy = createServer().on('connect', (_, socket) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
        const network = { proxy: `http://127.0.0.1:${await listening(proxy)}`, noProxy: '' }
        return run(double.tenant(undefined, network)).finally(() => proxy.close())
      },
      'sign-on',
      /the proxy does not let us through/,
    ],
  ])('tells %s, and tries nothing after it', async (_, prepare, subject, text) => {
    const findings = await prepare()

    expect(findings.at(-1)).toMatchObject({ subject: expect.stringContaining(subject), isGood: false })
    expect(findings.at(-1)?.text).toMatch(text)
    expect(findings.filter(({ isGood }) => !isGood)).toHaveLength(1)
  })

  test('of the other sources asks for what only the right permissions give', async () => {
    const tenant = double.tenant()
    const activities = OutlookActivitiesOptions.parse({ user: mailbox, baseUrl: double.world.root() })
    const all = () => [
      graphSignInsSteps(tenant, GraphSignInsOptions.parse({}), double.deps),
      graphAuditSearchSteps(tenant, GraphAuditSearchOptions.parse({ since: '2026-01-01T00:00:00Z' }), double.deps),
      outlookActivitiesSteps(tenant, activities, double.deps),
    ]

    const good = await Promise.all(all().map((steps) => Array.fromAsync(check(steps, never))))
    double.world.roles.clear()
    const bad = await Promise.all(
      all()
        .slice(0, 2)
        .map((steps) => Array.fromAsync(check(steps, never))),
    )

    expect(good.flat().map(({ isGood }) => isGood)).toEqual(Array(9).fill(true))
    expect(bad.map((findings) => findings.at(-1)?.text)).toEqual([
      expect.stringContaining('AuditLog.Read.All'),
      expect.stringContaining('AuditLogsQuery.Read.All'),
    ])
    expect(double.search.queries).toEqual([])
  })

  test('takes a page for people, which something in between gives, for no answer', async () => {
    const html = { status: 200, body: '<html><style>p {}</style>Sign in to this network</html>' }
    double.order(/signIns/, html, html)

    const steps = graphSignInsSteps(double.tenant(), GraphSignInsOptions.parse({}), double.deps)
    const findings = await Array.fromAsync(check(steps, never))

    expect(findings.at(-1)).toMatchObject({ isGood: false, text: expect.stringMatching(/no JSON.*stands between/) })
  })
})
