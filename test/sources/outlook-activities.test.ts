import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FatalError } from '#src/errors.ts'
import { outlookActivities } from '#src/sources/outlook-activities/index.ts'
import { OutlookActivitiesOptions } from '#src/sources/outlook-activities/options.ts'
import type { Source } from '#src/sources/source.ts'
import { sourceContract } from '../contracts/source.ts'
import { type Activity, mailbox } from '../support/microsoft/activities.ts'
import { type Collector, collector } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'
import { thrown } from '../support/thrown.ts'

const now = Date.parse(start)
const hourMs = 3_600_000

sourceContract('outlook-activities', (double) => {
  const activities = Array.from({ length: 10 }, (_, i) => activity(`a${i}`, now - (i + 2) * hourMs))
  double.activities.push(...activities)
  return { open: () => sourceOn(double, { end: start }), ids: activities.map(({ Id }) => Id), contents: /Activities/ }
})

describe('Outlook activities', () => {
  let double: Double
  let caller: Collector
  beforeEach(async () => {
    double = await microsoftDouble()
    caller = collector()
  })
  afterEach(() => double.close())

  test('are asked for as retriever.py does, in order', async () => {
    await caller.run(
      sourceOn(double, { types: ['ServerLogon', 'Logon'], start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z' }),
    )

    const asked = double.requests.find(({ url }) => url.pathname.endsWith('/Activities'))
    expect(asked?.url.pathname).toBe("/api/v2.0/Users('o''neil%40contoso.example')/Activities")
    expect(Object.fromEntries(asked?.url.searchParams ?? [])).toEqual({
      $orderby: 'TimeStamp asc',
      $filter:
        '(TimeStamp ge 2026-03-01T00:00:00.000Z) and (TimeStamp le 2026-03-02T00:00:00.000Z) and ' +
        "(ActivityIdType eq 'ServerLogon' or ActivityIdType eq 'Logon')",
      $top: '3',
      $skip: '0',
      $select:
        'TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties',
    })
    expect(asked?.headers).toMatchObject({
      accept: 'application/json; odata.metadata=none',
      prefer: 'exchange.behavior="ActivityAccess"',
    })
  })

  test('of the wanted types come, and no others', async () => {
    double.activities.push(activity('logon', now - hourMs, 'Logon'), activity('search', now - hourMs, 'SearchResult'))

    await caller.run(sourceOn(double, { types: ['SearchResult'] }))

    expect(caller.records().map(({ Id }) => Id)).toEqual(['search'])
  })

  test('that are new come at the next reading, even if they are a little late', async () => {
    double.activities.push(activity('old', now - 3 * hourMs))
    await caller.run(sourceOn(double))
    double.activities.push(activity('late', now - hourMs / 2), activity('new', now + hourMs))
    double.clock.pass(2 * hourMs)

    await caller.run(sourceOn(double))

    expect(caller.records().map(({ Id }) => Id)).toEqual(['old', 'late', 'new'])
  })

  test('that fill their last page exactly are all read', async () => {
    double.activities.push(...Array.from({ length: 6 }, (_, i) => activity(`a${i}`, now - (i + 1) * hourMs)))

    await caller.run(sourceOn(double))

    expect(caller.records()).toHaveLength(6)
  })

  test('that may not be read: the service’s own reason is told', async () => {
    const tenant = double.tenant({ type: 'token', token: 'expired' })

    await expect(caller.run(sourceOn(double, {}, tenant))).rejects.toEqual(
      thrown(FatalError, /HTTP 401 the token is none of ours/),
    )
  })

  test.each([
    ['Microsoft’s own, which is closed', { status: 403 }, /closed this API in 2018/],
    [
      'another mailbox',
      { status: 404, body: '{"error":{"code":"ErrorInvalidUser","message":"no"}}' },
      /may not read this mailbox/,
    ],
  ])('that are not there stop the stream: %s', async (_, answer, message) => {
    double.order(/Activities/, answer)

    await expect(caller.run(sourceOn(double))).rejects.toEqual(thrown(FatalError, message))
  })

  test('are of types that cannot close the quotes around them', () => {
    expect(OutlookActivitiesOptions.safeParse({ user: mailbox, types: ["x' or 'a' eq 'a"] }).success).toBe(false)
  })
})

function sourceOn(double: Double, options: object = {}, tenant = double.tenant()): Source {
  const given = { user: mailbox, baseUrl: double.world.root(), pageSize: 3, ...options }
  return outlookActivities(tenant, OutlookActivitiesOptions.parse(given), double.deps)
}

function activity(Id: string, time: number, ActivityIdType = 'Logon'): Activity {
  return { Id, TimeStamp: new Date(time).toISOString(), ActivityIdType }
}
