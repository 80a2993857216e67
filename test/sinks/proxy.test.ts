import { createServer } from 'node:https'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { messageOf } from '#src/errors.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import type { ElasticsearchOptions } from '#src/sinks/elasticsearch/options.ts'
import { connectKibana } from '#src/sinks/kibana/client.ts'
import { KibanaOptions } from '#src/sinks/kibana/options.ts'
import { makeCertificates } from '../support/certificates.ts'
import { connectProxy } from '../support/connect-proxy.ts'
import { closed, listening } from '../support/listening.ts'

const never = new AbortController().signal
const certificates = makeCertificates()
const { certificate: cert, key } = certificates.server
const server = createServer({ key, cert: `${cert}${certificates.ca}` }, (_, response) => {
  response.writeHead(200, { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' }).end('{}')
})
let target = ''
beforeAll(async () => {
  target = `127.0.0.1:${await listening(server)}`
})
afterAll(() => closed(server))

let proxy: Awaited<ReturnType<typeof connectProxy>>
beforeEach(async () => {
  proxy = await connectProxy('bob:hunter2')
})
afterEach(() => proxy.close())

/** What a client hears of Elasticsearch, or why it hears nothing. */
async function pinged(options: Partial<ElasticsearchOptions>): Promise<unknown> {
  const client = connect({ url: `https://${target}`, apiKey: 'a2V5', ...options })
  const heard = await client.ping().catch((error: unknown) => error)
  await client.close()
  return heard
}

test.each<[string, () => Partial<ElasticsearchOptions>]>([
  ['by its authority', () => ({ ca: certificates.ca })],
  ['by the fingerprint of its authority', () => ({ caFingerprint: certificates.caFingerprint })],
])('Elasticsearch is asked through the proxy, and known %s', async (_, options) => {
  expect(await pinged({ ...options(), proxy: `http://bob:hunter2@${proxy.host}` })).toBe(true)

  expect(new Set(proxy.targets)).toEqual(new Set([target]))
})

test('a server whom nobody vouches for is none behind a proxy, either', async () => {
  const heard = await pinged({ proxy: `http://bob:hunter2@${proxy.host}` })

  expect(messageOf(heard)).toMatch(/certificate|issuer|verify/)
})

test('Kibana is asked through the proxy', async () => {
  const options = { url: `https://${target}`, ca: certificates.ca, proxy: `http://bob:hunter2@${proxy.host}` }
  const kibana = connectKibana({ ...KibanaOptions.parse(options), url: options.url })

  const heard = await kibana.ask({ path: '/api/status' }, never)
  await kibana.close()

  expect(heard).toEqual({})
  expect(proxy.targets).toEqual([target])
})

test.each<[string, () => string, RegExp]>([
  ['one that wants other credentials', () => `http://bob:hunter3@${proxy.host}`, /HTTP 407 .*credentials/],
  ['one that is not there', () => 'http://bob:hunter3@127.0.0.1:9', /no connection through the proxy 127\.0\.0\.1:9: /],
])('%s is told without its credentials', async (_, address, message) => {
  const heard = await pinged({ ca: certificates.ca, proxy: address() })

  expect(messageOf(heard)).toMatch(message)
  expect(inspect(heard, { depth: 20, showHidden: true })).not.toMatch(/hunter3|Ym9iOmh1bnRlcjM=/)
  expect(proxy.targets).toEqual([])
})

test('what is not encrypted goes through no proxy', () => {
  const options = { url: 'http://127.0.0.1:5601', proxy: 'http://127.0.0.1:3128' }

  expect(() => connect(options)).toThrow('proxy needs https')
  expect(() => connectKibana({ ...KibanaOptions.parse(options), url: options.url })).toThrow('proxy needs https')
})
