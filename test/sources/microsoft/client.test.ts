import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { FatalError, messageOf, RetryableError } from '#src/errors.ts'
import type { Client } from '#src/sources/microsoft/client.ts'
import { clouds } from '#src/sources/microsoft/clouds.ts'
import { askJson } from '#src/sources/microsoft/json.ts'
import { Endpoint } from '#src/sources/microsoft/options.ts'
import { pace } from '#src/sources/microsoft/pace.ts'
import { pageScanner } from '#src/sources/microsoft/page-scanner.ts'
import { problemOf } from '#src/sources/microsoft/problem.ts'
import { retryAfterMs } from '#src/sources/microsoft/retry-after.ts'
import { closed, listening } from '../../support/listening.ts'
import { clockAt } from '../../support/microsoft/clock.ts'
import { never } from '../../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../../support/microsoft/double.ts'
import { throttled } from '../../support/microsoft/management.ts'
import { thrown } from '../../support/thrown.ts'

const none = { codes: [], statuses: {} }

describe('a client', () => {
  let double: Double
  beforeEach(async () => {
    double = await microsoftDouble()
  })
  afterEach(() => double.close())

  const ask = (client: Client) =>
    askJson(client, { url: new URL('/here', client.api.root), schema: z.unknown() }, never)

  function open(network: object = {}): Client {
    const root = new URL(double.world.root())
    const api = { name: 'Test API', root, paths: ['/here'], scope: 'https://test.example/.default', rules: none }
    return double.tenant(undefined, network).client(api, { name: 'test', perMinute: 60_000 })
  }

  test.each<[string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '90' }, 90_000],
    ['a date of the server’s clock', { 'retry-after': new Date(Date.parse(start) + 45_000).toUTCString() }, 45_000],
    ['more than ten minutes, which is too much', { 'retry-after': '86400' }, 600_000],
  ])('waits as it is told: %s', async (_, headers, ms) => {
    double.order(/here/, { status: 429, headers }, { status: 200, body: '{}' })

    await ask(open())

    expect(double.clock.now() - Date.parse(start)).toBeGreaterThanOrEqual(ms)
    expect(double.clock.now() - Date.parse(start)).toBeLessThan(ms + 5000)
  })

  test.each([408, 500, 503])('asks again after HTTP %d', async (status) => {
    double.order(/here/, { status, body: '{}' }, { status: 200, body: '1' })

    expect(await ask(open())).toMatchObject({ value: { data: 1 } })
  })

  test('shows in no error the token that is sent back', async () => {
    const headers = { 'x-ms-diagnostics': '2000001;reason="not for my.own.token";error_category="x"' }
    double.order(/here/, {
      status: 403,
      headers,
      body: JSON.stringify({ error: { code: 'x', message: 'Bearer my.own.token' } }),
    })
    const root = new URL(double.world.root())
    const api = { name: 'Test API', root, paths: ['/here'], scope: 'https://test.example/.default', rules: none }
    const client = double
      .tenant({ type: 'token', token: 'my.own.token' })
      .client(api, { name: 'test', perMinute: 60_000 })

    await expect(ask(client)).rejects.toEqual(thrown(FatalError, /HTTP 403 x Bearer … not for …: /))
  })

  test('takes a new token when one is refused, and gives up when that is refused as well', async () => {
    double.order(/here/, { status: 401 }, { status: 200, body: '1' }, { status: 401 }, { status: 401 })
    const client = open()

    const answer = await ask(client)
    const error = await ask(client).catch((thrown: unknown) => thrown)

    expect(answer).toMatchObject({ value: { data: 1 } })
    expect(error).toBeInstanceOf(FatalError)
    expect(double.requests.filter(({ url }) => url.pathname.endsWith('/token'))).toHaveLength(3)
  })

  test('takes another token when the new one has expired, too, while the service made it wait', async () => {
    double.order(/here/, { status: 401 }, { status: 503 }, { status: 401 }, { status: 200, body: '1' })

    const answer = await ask(open())

    expect(answer).toMatchObject({ value: { data: 1 } })
  })

  test.each([400, 403, 404])('judges nothing by half an answer: HTTP %d', async (status) => {
    double.order(/here/, { status, body: '{"error":{"code":"AF4' }, { status: 200, body: '1' })

    const answer = await ask(open())

    expect(answer).toMatchObject({ value: { data: 1 } })
  })

  test.each(['', '{"error":{"code":"AF4'])('heeds what half an answer says of time: %s', async (body) => {
    double.order(/here/, { status: 429, headers: { 'retry-after': '90' }, body }, { status: 401, body })
    double.order(/here/, { status: 200, body: '1' })

    const answer = await ask(open())

    expect(answer).toMatchObject({ value: { data: 1 } })
    expect(double.clock.now() - Date.parse(start)).toBeGreaterThanOrEqual(90_000)
    expect(double.requests.filter(({ url }) => url.pathname.endsWith('/token'))).toHaveLength(2)
  })

  test('says what to do about what only ever comes in halves', async () => {
    const halves = Array.from({ length: 6 }, () => ({ status: 403, body: '{"error":' }))
    double.order(/here/, ...halves)

    await expect(ask(open())).rejects.toEqual(
      thrown(RetryableError, /HTTP 403 .*after 6 attempts: check the permissions/),
    )
  })

  test('follows no redirect, for the token would go along', async () => {
    double.order(/here/, { status: 302, headers: { location: 'https://evil.example/' } })

    await expect(ask(open())).rejects.toEqual(thrown(FatalError, /HTTP 302/))
  })

  test('goes through the proxy that it is given, and checks certificates behind it', async () => {
    const asked: string[] = []
    const proxy = createServer().on('connect', ({ url = '' }, socket: Socket) => {
      asked.push(url)
      const [host, port] = url.split(':')
      const onward = connect(Number(port), host, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'))
      onward.pipe(socket).pipe(onward)
      for (const side of [onward, socket]) side.on('error', () => {})
    })
    const address = `http://127.0.0.1:${await listening(proxy)}`
    double.order(/here/, { status: 200, body: '1' })

    const answer = await ask(open({ proxy: address, noProxy: '' }))
    const message = await ask(open({ proxy: address, noProxy: '', caFile: undefined })).catch(messageOf)

    await closed(proxy)
    expect(answer).toMatchObject({ value: { data: 1 } })
    expect(new Set(asked)).toEqual(new Set([new URL(double.world.root()).host]))
    expect(message).toMatch(/not trusted/)
  })

  test('says what is wrong with an answer that is no JSON, without quoting it', async () => {
    double.order(/here/, ...Array.from({ length: 6 }, () => ({ status: 200, body: '<p>hunter2</p>' })))

    const message = await ask(open()).catch(messageOf)

    expect(message).toMatch(/no JSON, after 6 attempts/)
    expect(message).not.toContain('hunter2')
  })

  test('slows all down who share the quota when the service complains, whatever the status', async () => {
    const root = new URL(double.world.root())
    const rules = { codes: [[/^AF429$/, 'slow down'] as const], statuses: {} }
    const api = { name: 'Test API', root, paths: ['/here'], scope: 'https://test.example/.default', rules }
    const tenant = double.tenant()
    const [one, other] = [1, 2].map(() => tenant.client(api, { name: 'shared', perMinute: 6000 }))
    double.order(/here/, throttled, ...Array.from({ length: 4 }, () => ({ status: 200, body: '{}' })))
    await ask(one as Client)
    const before = double.clock.now()

    for (let i = 0; i < 3; i += 1) await ask(other as Client)

    expect(double.clock.now() - before).toBeGreaterThan(45)
  })
})

test('a pace keeps requests apart, slows down, and recovers', async () => {
  const clock = clockAt(start)
  const { turn, slowDown, speedUp } = pace(600, clock.deps)
  const took = async (turns: number) => {
    const before = clock.now()
    for (let i = 0; i < turns; i += 1) await turn(never)
    return clock.now() - before
  }

  const usual = await took(11)
  slowDown(5000)
  const slow = await took(3)
  for (let i = 0; i < 100; i += 1) speedUp()
  await took(1)
  const again = await took(10)

  expect(usual).toBe(1000)
  expect(slow).toBeGreaterThanOrEqual(5400)
  expect(again).toBe(1000)
})

test('a pace that is complained of for hours slows down to a limit, and a short wait ends no long one', async () => {
  const clock = clockAt(start)
  const { turn, slowDown } = pace(600, clock.deps)
  for (let i = 0; i < 2000; i += 1) slowDown(5000)
  slowDown(10)

  await turn(never)
  const held = clock.now() - Date.parse(start)
  await turn(never)

  expect([held, clock.now() - Date.parse(start) - held]).toEqual([5000, 6400])
})

test('a clock that is put back makes no request wait until it shows that time again', async () => {
  const clock = clockAt(start)
  const { turn, slowDown } = pace(600, clock.deps)
  await turn(never)
  slowDown(5000)

  clock.pass(-24 * 3_600_000)
  const before = clock.now()
  await turn(never)

  expect(clock.now() - before).toBe(5000)
})

test.each<[string, string, string | undefined, string | undefined]>([
  ['JSON', '{"error":{"code":"AF20022","message":"No"}}', 'HTTP 400 AF20022 No', undefined],
  [
    'single quotes',
    "{'error':{'code':'AF20022','message':'Too many \"x\" requests'}}",
    'HTTP 400 AF20022 Too many "x" requests',
    undefined,
  ],
  ['a page', '<html><body>Bad</body></html>', 'HTTP 400', undefined],
  ['a header', '', 'HTTP 400 The token has expired', '2000001;reason="The token has expired";error_category="x"'],
])('an error is understood as %s', (_, text, said, diagnostics) => {
  const header = (name: string) => (name === 'x-ms-diagnostics' ? diagnostics : undefined)

  expect(problemOf({ status: 400, header, text }, none).said).toBe(said)
})

test.each<[string, string, string | undefined, number | undefined]>([
  ['that is nonsense counts for nothing', 'soon', undefined, undefined],
  ['that is a date is one of the server’s clock', '2026-03-10T10:00:45Z', '2026-03-10T10:00:00Z', 45_000],
  ['that is a date is one of ours where the server does not tell its time', '2026-03-10T12:00:30Z', undefined, 30_000],
])('Retry-After %s', (_, asked, date, ms) => {
  const utc = (time: string | undefined) => (time?.endsWith('Z') ? new Date(time).toUTCString() : time)
  const headers: Record<string, string | undefined> = { 'retry-after': utc(asked), date: utc(date) }

  expect(retryAfterMs((name) => headers[name], new Date('2026-03-10T12:00:00Z'))).toBe(ms)
})

describe('a page’s scanner', () => {
  test.each<[string, unknown, number, string | undefined]>([
    ['a list', [{ Id: 1, nested: [{ value: [{}] }] }, { Id: 2 }], 2, undefined],
    ['an empty list', [], 0, undefined],
    [
      'a page',
      { '@odata.nextLink': 'https://a.example/?$skip=1&b="c"', value: [{ a: [{}] }, {}, {}] },
      3,
      'https://a.example/?$skip=1&b="c"',
    ],
    ['a page with its link last', { value: [{ '@odata.nextLink': 'x' }], '@odata.nextLink': 'last é' }, 1, 'last é'],
    ['a page whose link is longer than links are', { value: [{}], '@odata.nextLink': 'x'.repeat(20_000) }, 1, ''],
    ['a page with other lists', { other: [{}, {}], value: [], more: { value: [{}] } }, 0, undefined],
  ])('reads %s, however it is cut', (_, value, records, nextLink) => {
    const bytes = Buffer.from(JSON.stringify(value, undefined, 1))

    for (const size of [1, 3, bytes.length]) {
      const { push, end } = pageScanner()
      for (let at = 0; at < bytes.length; at += size) push(bytes.subarray(at, at + size))
      expect(end()).toEqual({ records, nextLink })
    }
  })

  test.each<[string, RegExp]>([
    ['', /cut short/],
    ['[', /cut short/],
    ['[{"a":1}', /cut short/],
    ['{"value":[]', /cut short/],
    ['"text', /cut short/],
    ['null', /no JSON/],
    ['<html>', /no JSON/],
    ['\uFEFF<html><style>p {}</style></html>', /no JSON/],
    ['{}', /no list/],
    ['{"error":{"code":"UnknownError","details":[{}]}}', /no list/],
    ['{"value":null}', /no list/],
    ['{"value":{"value":[]}}', /no list/],
  ])('knows that this is no page: %s', (text, complaint) => {
    const { push, end } = pageScanner()
    push(Buffer.from(text))

    expect(end).toThrow(complaint)
  })

  test('passes over blanks, and the mark that some texts begin with', () => {
    const { push, end } = pageScanner()
    push(Buffer.from('\uFEFF\r\n\t [{}]\n'))

    expect(end().records).toBe(1)
  })
})

test('roots that get tokens are reached over TLS, or are this machine', () => {
  const urls = Object.values(clouds).flatMap(({ login, management, graph }) => [login, management ?? login, graph])

  expect(urls.every((url) => Endpoint.safeParse(url).success)).toBe(true)
  expect(Endpoint.safeParse('http://localhost:8080').success).toBe(true)
  expect(Endpoint.safeParse('http://localhost.evil.example').success).toBe(false)
})
