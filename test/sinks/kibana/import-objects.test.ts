import { createServer } from 'node:https'
import { afterEach, expect, test } from '@jest/globals'
import { ConfigError, FatalError, messageOf, RetryableError } from '#src/errors.ts'
import { connectKibana } from '#src/sinks/kibana/client.ts'
import { checkKibana, importObjects } from '#src/sinks/kibana/import-objects.ts'
import { KibanaOptions } from '#src/sinks/kibana/options.ts'
import { objects } from '../../../kibana/objects.ts'
import { makeCertificates } from '../../support/certificates.ts'
import { never } from '../../support/files.ts'
import { type Habits, startKibana } from '../../support/kibana/server.ts'
import { listening } from '../../support/listening.ts'
import { thrown } from '../../support/thrown.ts'

const certificates = makeCertificates()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test('every object is imported, and again in place of itself', async () => {
  const { run, stored } = await open()

  const first = await run()
  const before = new Map(stored)
  const second = await run()

  expect(first).toHaveLength(objects.length)
  expect(first).toContainEqual({ kind: 'dashboard', name: '[Hoofprint] Logons', did: 'imported' })
  expect(second).toEqual(first)
  expect(stored).toEqual(before)
  expect(stored.size).toBe(objects.length)
})

test('a space has objects of its own', async () => {
  const { run, stored, target } = await open({ spaces: ['case-7'] }, { space: 'case-7' })

  await run()

  expect(target).toMatch(/\/s\/case-7$/)
  expect([...stored.keys()].every((key) => key.startsWith('case-7 '))).toBe(true)
})

test.each([
  ['an API key', { apiKey: 'a2V5OnNlY3JldA==' }, 'ApiKey a2V5OnNlY3JldA=='],
  ['a name and a password', { username: 'elena', password: 'se:cret' }, 'Basic ZWxlbmE6c2U6Y3JldA=='],
])('%s is sent', async (_, credentials, authorization) => {
  const { run } = await open({ authorization }, credentials)

  expect(await run()).toHaveLength(objects.length)
})

test.each<[string, Habits, Record<string, string>, typeof FatalError | typeof RetryableError, RegExp]>([
  ['an older Kibana', { version: '8.11.4' }, {}, FatalError, /is Kibana 8\.11\.4: the dashboards need 8\.12 or newer/],
  [
    'a stranger',
    { authorization: 'ApiKey other' },
    { apiKey: 'bWluZQ==' },
    FatalError,
    /does not tell its version.*KIBANA_API_KEY/,
  ],
  ['no such space', {}, { space: 'gone' }, FatalError, /answered 404.*that the space exists/],
  [
    '401',
    { status: 401 },
    { apiKey: 'bWluZQ==' },
    FatalError,
    /answered 401 \(as told ApiKey …\): check KIBANA_API_KEY/,
  ],
  ['403', { status: 403 }, { apiKey: 'bWluZQ==' }, FatalError, /Saved Objects Management: All/],
  ['a Kibana that starts', { status: 503 }, {}, RetryableError, /answered 503.*try again/],
  ['a redirect', { status: 302 }, {}, FatalError, /answered 302/],
])('%s is told, and nothing is imported', async (_, habits, options, kind, message) => {
  const { run, stored } = await open(habits, options)

  const error = await run().catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(kind)
  expect(messageOf(error)).toMatch(message)
  expect(messageOf(error)).not.toContain('bWluZQ==')
  expect(stored.size).toBe(0)
})

test.each(['8.12.0', '8.19.3', '9.0.0', '9.5.1', '10.0.0'])('Kibana %s is new enough', async (version) => {
  const { run } = await open({ version })

  await expect(run()).resolves.toHaveLength(objects.length)
})

test('an answer of 200 that holds errors is a failure, with each object and why', async () => {
  const { run } = await open({ refuses: (id) => id === 'hoofprint-logons' })

  await expect(run()).rejects.toEqual(thrown(FatalError, /refused 1 objects: dashboard hoofprint-logons: unknown$/))
})

test('a Kibana that is away is said to be', async () => {
  const kibana = await startKibana()
  await kibana.close()
  const client = connectKibana({ ...KibanaOptions.parse({}), url: kibana.url })
  closing.push(client.close)

  await expect(checkKibana(client, never)).rejects.toEqual(
    thrown(RetryableError, /gave no answer: .*ECONNREFUSED.*Is Kibana running/),
  )
})

test.each<[string, () => object, RegExp]>([
  ['whom nobody vouches for', () => ({}), /\((?:self-signed|unable)[^;]*\): give the certificate of .* as KIBANA_CA$/],
  ['by a name of another', () => ({ ca: certificates.ca }), /\): write the url with a name/],
])('a Kibana %s is told with what to do', async (_, given, message) => {
  const { certificate: cert, key } = certificates.server
  const server = createServer({ cert, key })
  const url = `https://localhost:${await listening(server)}`
  const client = connectKibana({ ...KibanaOptions.parse(given()), url })
  closing.push(client.close, async () => server.close())

  await expect(checkKibana(client, never)).rejects.toEqual(thrown(FatalError, message))
})

test('what answers and is no Kibana is said to be none', async () => {
  const { target, run } = await open({ status: 200 })

  await expect(run()).rejects.toThrow(`${target} does not tell its version: check that it is Kibana`)
})

test.each([
  ['over plain HTTP to another machine', { url: 'http://kibana.example:5601', apiKey: 'bWluZQ==' }, /unencrypted/],
  ['in the URL', { url: 'https://elena:secret@kibana.example' }, /KIBANA_USERNAME/],
  ['of two kinds', { url: 'https://kibana.example', apiKey: 'bWluZQ==', username: 'elena' }, /one or the other/],
  ['without a password', { url: 'https://kibana.example', username: 'elena' }, /no password/],
])('credentials %s are refused, and not repeated', (_, options, message) => {
  const connecting = () => connectKibana({ ...KibanaOptions.parse(options), url: options.url })

  expect(connecting).toThrow(ConfigError)
  expect(connecting).toThrow(message)
  expect(connecting).not.toThrow(/secret|bWluZQ/)
})

async function open(habits: Habits = {}, options: Record<string, string> = {}) {
  const kibana = await startKibana(habits)
  const client = connectKibana({ ...KibanaOptions.parse(options), url: kibana.url })
  closing.push(client.close, kibana.close)
  const run = async () => {
    await checkKibana(client, never)
    return importObjects(client, never)
  }
  return { run, stored: kibana.stored, target: client.target }
}
