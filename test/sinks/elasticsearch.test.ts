import { afterEach, describe, expect, test } from '@jest/globals'
import type { Deps } from '#src/deps.ts'
import { FatalError, messageOf, RetryableError } from '#src/errors.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { documents, sinkContract } from '../contracts/sink.ts'
import { bulkServer, type Play } from './bulk-server.ts'

const never = new AbortController().signal
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

sinkContract('the Elasticsearch sink, on a stub,', async () => {
  const { sink, server } = await openSink()
  return { sink, ids: async () => [...server.stored] }
})

test('documents go to the data stream of their dataset and namespace, under their id', async () => {
  const { sink, server } = await openSink()

  await sink.write(documents(0, 2), never)

  expect(sink.id).toBe(`elasticsearch ${server.url} case1`)
  expect([...server.indices]).toEqual(['logs-o365.activity-case1'])
  expect(server.requests).toEqual([['id-0', 'id-1']])
})

test('each document is written, a duplicate, or rejected with its reason', async () => {
  const { sink } = await openSink([[201, 409, 400]])

  const result = await sink.write(documents(0, 3), never)

  expect(result).toEqual({
    written: 1,
    duplicate: 1,
    replaced: 0,
    foreign: 0,
    gone: 0,
    rejected: [{ seq: 2, reason: 'some_exception: because' }],
  })
})

test('what is to be updated and is not there is not written, unless its id is a new one', async () => {
  const { sink, server } = await openSink()
  await sink.write(documents(0, 1), never)
  const [deleted, later] = documents(1, 3) as [OutgoingDocument, OutgoingDocument]

  const result = await sink.write([deleted, { ...later, id: `${later.id}~1773044131000` }], never, 'updated')

  expect(result).toEqual({ written: 1, duplicate: 0, replaced: 0, foreign: 0, gone: 1, rejected: [] })
  expect(server.requests.at(-1)).toEqual(['id-2~1773044131000'])
})

test('a reason is one line of a sane length that keeps its beginning and its end', async () => {
  const reason = `start\n\u0000${'x'.repeat(40_000)} end`
  const items = [{ create: { _id: 'id-0', _index: 'i', status: 400, error: { type: 't', reason } } }]
  const { sink } = await openSink([{ items }])

  const { rejected } = await sink.write(documents(0, 1), never)

  expect(rejected[0]?.reason).toMatch(/^t: start x+ … x+ end$/)
  expect(rejected[0]?.reason.length).toBeLessThanOrEqual(500)
})

// As 8.19 and 9.5 say it.
const used = { _id: 'an-id-of-its-own', _index: '.fs-x', status: 201, result: 'created', failure_store: 'used' }
const failed = { _id: null, _index: 'x', status: 400, error: { type: 't', reason: 'why' }, failure_store: 'failed' }
const fails = {
  _id: 'id-1',
  _index: 'x',
  status: 500,
  error: { type: 't', reason: 'why' },
  failure_store: 'not_enabled',
}
const dropped = { _id: 'id-1', _index: 'logs-x', status: 200, result: 'noop' }

test.each<[string, object, string]>([
  ['went to the failure store', used, 'refused, and kept in the failure store .fs-x'],
  ['was to go to a failure store that took it not', failed, 't: why'],
  ['makes an ingest pipeline fail', fails, 't: why'],
  ['was dropped by an ingest pipeline', dropped, 'an ingest pipeline of the data stream drops it'],
])('a document that %s is rejected at once, whatever its status and id say', async (_, item, reason) => {
  const { sink, server } = await openSink([[201], { items: [{ create: item }] }])
  await sink.write(documents(0, 1), never)

  const result = await sink.write(documents(1, 2), never)

  expect(result).toEqual({ written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [{ seq: 1, reason }] })
  expect(server.requests).toHaveLength(2)
})

describe('what is undecided', () => {
  test.each([
    ...['i_o_exception', 'file_system_exception', 'already_closed_exception', 'node_not_connected_exception'],
    ...['receive_timeout_transport_exception', 'shard_not_in_primary_mode_exception'],
  ])('is sent again where a node had trouble: %s', async (type) => {
    const item = { ...fails, _id: 'id-0', error: { type, reason: 'why' } }
    const { sink, server } = await openSink([{ items: [{ create: item }] }])

    expect(await sink.write(documents(0, 1), never)).toMatchObject({ written: 1, rejected: [] })
    expect(server.requests).toHaveLength(2)
  })

  test('only documents refused for load are sent again', async () => {
    const { sink, server } = await openSink([[201, 429, 503], [201, 429], [201]])

    const result = await sink.write(documents(0, 3), never)

    expect(result).toEqual({ written: 3, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [] })
    expect(server.requests).toEqual([['id-0', 'id-1', 'id-2'], ['id-1', 'id-2'], ['id-2']])
  })

  test.each<[string, Play]>([
    ['429', { status: 429 }],
    ['503', { status: 503, body: 'upstream is away' }],
    ['a connection that breaks before anything is stored', 'break off before'],
    ['an answer with too few items', [201]],
    ['an answer without items', { status: 200, body: '{}' }],
    [
      'an answer to another request',
      { items: ['a', 'b', 'c', 'd'].map((id) => ({ create: { _id: id, _index: '.ds', status: 201 } })) },
    ],
    ['502', { status: 502, body: '<html>bad gateway</html>' }],
    ['504', { status: 504 }],
    ['an answer that is cut off', { status: 200, body: '{"items":[{"create":{"sta' }],
  ])('after %s all is sent again', async (_, play) => {
    const { sink, server } = await openSink([play])

    const { written, duplicate, rejected } = await sink.write(documents(0, 4), never)

    expect({ all: written + duplicate, rejected }).toEqual({ all: 4, rejected: [] })
    expect(server.stored.size).toBe(4)
  })

  test('what was stored although the answer was lost counts as written, not as a duplicate', async () => {
    const { sink, server } = await openSink(['break off after'])

    const result = await sink.write(documents(0, 4), never)

    expect(result).toEqual({ written: 4, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [] })
    expect(server.requests.map((ids) => ids.length)).toEqual([4, 2, 2])
  })

  test('a duplicate that was answered to stays one', async () => {
    const { sink } = await openSink([[429, 429]])
    await sink.write(documents(0, 2), never)

    expect(await sink.write(documents(0, 2), never)).toEqual({
      written: 0,
      duplicate: 2,
      replaced: 0,
      foreign: 0,
      gone: 0,
      rejected: [],
    })
  })

  test('a server that does not answer in time is asked again', async () => {
    const { sink } = await openSink(['never answer'], { requestTimeoutMs: 50 })

    expect(await sink.write(documents(0, 2), never)).toMatchObject({ written: 2 })
  })

  test('waits grow, have jitter, and end after fourteen attempts in an error that says where and why', async () => {
    const waits: number[] = []
    const { sink, server } = await openSink(Array(15).fill([429]), { sleep: async (ms) => void waits.push(ms) })

    const error = await sink.write(documents(0, 1), never).catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(RetryableError)
    expect(messageOf(error)).toBe(`${server.url} did not take 1 documents in 14 attempts: some_exception: because`)
    expect(server.requests).toHaveLength(14)
    const longest = [500, 1000, 2000, 4000, 8000, 16_000, ...Array<number>(7).fill(30_000)]
    expect(waits).toHaveLength(13)
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual((longest[i] as number) / 2)
      expect(wait).toBeLessThanOrEqual(longest[i] as number)
    }
  })

  test.each<[string, string, number, number]>([
    ['for some seconds', '7', 7_000, 7_700],
    ['until some time', new Date(Date.now() + 60_000).toUTCString(), 50_000, 66_000],
    ['for far too long', '86400', 120_000, 132_000],
    ['in words', 'soon', 250, 500],
  ])('a server that asks to be left alone is, within reason: %s', async (_, header, least, most) => {
    const waits: number[] = []
    const play = { status: 429, headers: { 'retry-after': header } }
    const { sink } = await openSink([play], { sleep: async (ms) => void waits.push(ms) })

    await sink.write(documents(0, 1), never)

    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeGreaterThanOrEqual(least)
    expect(waits[0]).toBeLessThanOrEqual(most)
  })

  test('a stream that was deleted since it was looked for has nothing, and is made anew', async () => {
    const { sink } = await openSink([])
    await sink.write(documents(0, 1), never)

    expect(await sink.write(documents(1, 3), never, 'replaced')).toMatchObject({ written: 2, rejected: [] })
  })

  test('calling off ends a wait', async () => {
    const stop = new AbortController()
    const sleep: Deps['sleep'] = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        stop.abort(new Error('called off'))
      })
    const { sink } = await openSink([[429]], { sleep })

    await expect(sink.write(documents(0, 1), stop.signal)).rejects.toThrow('called off')
  })
})

describe('batches', () => {
  test('are cut by bytes, and what is larger alone goes alone', async () => {
    const { sink, server } = await openSink()
    const sizes = [2_000_000, 2_000_000, 2_000_000, 7_000_000, 10]
    const large = documents(0, 5).map((one, i) => ({
      ...one,
      source: Buffer.from(`{"a":"${'x'.repeat(sizes[i] as number)}"}`),
    }))

    const { written } = await sink.write(large, never)

    expect(written).toBe(5)
    expect(server.requests.sort()).toEqual([['id-0', 'id-1'], ['id-2'], ['id-3'], ['id-4']])
    expect(server.mostUnderWay()).toBeLessThanOrEqual(3)
  })

  test('that are too large for the server or a proxy are halved, down to a document that is rejected', async () => {
    const { sink, server } = await openSink([{ status: 413 }, { status: 413 }, { status: 413 }])

    const result = await sink.write(documents(0, 4), never)

    expect(server.requests.map((ids) => ids.length)).toEqual([4, 2, 1, 1, 2])
    expect(result).toEqual({
      written: 3,
      duplicate: 0,
      replaced: 0,
      foreign: 0,
      gone: 0,
      rejected: [{ seq: 0, reason: expect.stringMatching(/^HTTP 413: larger than http.max_content_length/) }],
    })
  })

  test('of which one fails call off the others, which is over when the error is thrown', async () => {
    const { sink, server } = await openSink([{ status: 403 }, 'never answer', 'never answer'])
    const large = documents(0, 3).map((one) => ({ ...one, source: Buffer.from(`{"a":"${'x'.repeat(4_000_000)}"}`) }))

    const [start, error] = [Date.now(), await sink.write(large, never).catch((thrown: unknown) => thrown)]

    expect(error).toBeInstanceOf(FatalError)
    expect(Date.now() - start).toBeLessThan(5_000)
    expect(server.stored.size).toBe(0)
  })
})

describe('what no repetition changes stops the stream and says what to do', () => {
  const security = JSON.stringify({ error: { type: 'security_exception', reason: 'no' }, status: 403 })
  const blocks = { type: 'cluster_block_exception', reason: 'blocked by: [FORBIDDEN/13/cluster read-only];' }
  const block = JSON.stringify({ error: blocks, status: 403 })
  const expired = { type: 'security_exception', reason: 'unable', additional_unsuccessful_credentials: 'it is expired' }
  const closed = { type: 'index_closed_exception', reason: 'closed' }
  const missing = { type: 'index_not_found_exception', reason: 'no such index and [require_data_stream]' }
  test.each<[string, Play, RegExp]>([
    ['401', { status: 401 }, /answered 401 .*check the apiKey/],
    [
      'a key that has expired',
      { status: 401, body: JSON.stringify({ error: expired, status: 401 }) },
      /answered 401 \(security_exception: unable; it is expired\): check the apiKey/,
    ],
    ['403', { status: 403, body: security }, /answered 403 \(security_exception: no\): the account needs .*read/],
    [
      'a cluster that is read-only',
      { status: 403, body: block },
      /answered 403 .*is read-only: find out who set it so/,
    ],
    ['404', { status: 404 }, /answered 404 .*hoofprint setup/],
    ['a redirect', { status: 302, headers: { location: '/login' } }, /answered 302 .*check the url/],
    ['a request it does not know', { status: 400 }, /answered 400 .*8\.19 or newer/],
    ['another product', { status: 200, body: '{}', headers: { 'x-elastic-product': 'no' } }, /is no Elasticsearch/],
    ...[201, 409].map((status): [string, Play, RegExp] => [
      `a pipeline that sends documents elsewhere, where they are ${status === 201 ? 'new' : 'known'}`,
      { items: [{ create: { _id: 'id-0', _index: '.ds-logs-elsewhere', status } }] },
      /goes to .ds-logs-elsewhere: .*index.default_pipeline or index.final_pipeline/,
    ]),
    [
      'a newest index that nobody may write to',
      { items: [{ create: { _id: 'id-0', _index: '.ds-x', status: 403, error: blocks } }] },
      /answered 403/,
    ],
    [
      'a newest index that is closed',
      { items: [{ create: { _id: 'id-0', _index: '.ds-x', status: 400, error: closed } }] },
      /answered 400 \(index_closed_exception/,
    ],
    [
      'a missing template',
      { items: [{ create: { _id: 'id-0', _index: 'i', status: 404, error: missing } }] },
      /hoofprint setup/,
    ],
  ])('%s', async (_, play, message) => {
    const { sink, server } = await openSink([play])

    const error = await sink.write(documents(0, 1), never).catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(FatalError)
    expect(messageOf(error)).toMatch(message)
    expect(messageOf(error)).toContain(server.url)
    expect(server.requests).toHaveLength(1)
  })
})

interface Wishes {
  sleep?: Deps['sleep']
  requestTimeoutMs?: number
}

async function openSink(plays: Play[] = [], { sleep = async () => {}, requestTimeoutMs = 60_000 }: Wishes = {}) {
  const server = await bulkServer(plays)
  const client = connect({ url: server.url, requestTimeoutMs })
  const log = { info() {}, warn() {}, error() {} }
  const sink = elasticsearchSink(client, { target: targetOf(server.url), namespace: 'case1' }, { sleep, log })
  closing.push(() => server.close(), sink.close)
  return { sink, server }
}
