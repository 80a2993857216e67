import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { ConfigError, FatalError, messageOf } from '#src/errors.ts'
import { ask, noTrust } from '#src/sinks/elasticsearch/ask.ts'
import { type Cluster, connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { type ElasticsearchOptions, targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import { documents } from '../contracts/sink.ts'
import { closed, listening } from '../support/listening.ts'
import { thrownBy } from '../support/thrown.ts'
import { bulkServer } from './bulk-server.ts'

const never = new AbortController().signal
const deps = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

describe('credentials', () => {
  const basic = `Basic ${Buffer.from('bob:p@ss%word').toString('base64')}`
  test.each<[string, Partial<ElasticsearchOptions>, string, string | undefined]>([
    ['none', {}, '', undefined],
    ['in the URL', {}, 'bob:p%40ss%25word@', basic],
    ['in the URL, with a bare %', {}, 'bob:p@ss%word@', basic],
    ['as options', { username: 'bob', password: 'p@ss%word' }, '', basic],
    ['an API key', { apiKey: 'a2V5' }, '', 'ApiKey a2V5'],
  ])('%s', async (_, options, inUrl, sent) => {
    const server = await bulkServer()
    const client = connect({ url: server.url.replace('//', `//${inUrl}`), ...options })
    closing.push(
      () => server.close(),
      () => client.close(),
    )

    await elasticsearchSink(client, { target: server.url, namespace: 'a' }, deps).write(documents(0, 1), never)

    expect(server.headers[0]?.authorization).toBe(sent)
  })

  test.each<[string, ElasticsearchOptions, RegExp]>([
    ['no URL', { url: 'bob:hunter2@' }, /is no URL|must begin/],
    ['another protocol', { url: 'ftp://bob:hunter2@es' }, /must begin with https/],
    ['plain HTTP to elsewhere', { url: 'http://bob:hunter2@es:9200' }, /http:\/\/es:9200 .*unencrypted: use https/],
    ['plain HTTP to elsewhere, without credentials', { url: 'http://es:9200' }, /unencrypted/],
    ['an authority over plain HTTP', { url: 'http://127.0.0.1:9200', ca: 'x' }, /ca needs https/],
    ['two authorities', { url: 'https://es', ca: 'x', caFingerprint: 'AA' }, /one or the other/],
    ['a certificate without its key', { url: 'https://es', certificate: 'x' }, /has no key/],
    ['an API key over plain HTTP', { url: 'http://10.0.0.1:9200', apiKey: 'hunter2' }, /unencrypted/],
    [
      'a fingerprint over plain HTTP',
      { url: 'http://127.0.0.1:9200', caFingerprint: 'AA' },
      /caFingerprint needs https/,
    ],
    ['two kinds', { url: 'https://bob:hunter2@es', apiKey: 'x' }, /one or the other/],
    ['a name alone', { url: 'https://es', username: 'bob' }, /has no password/],
  ])('that cannot be meant are refused without being shown: %s', (_, options, message) => {
    const error = thrownBy(() => connect(options))

    expect(error).toBeInstanceOf(ConfigError)
    expect(messageOf(error)).toMatch(message)
    expect(inspect(error)).not.toContain('hunter2')
  })

  test('go over plain HTTP when that is asked for', async () => {
    await connect({ url: 'http://bob:hunter2@es:9200', insecureHttp: true }).close()
  })

  test('are no part of the name of the target', () => {
    expect(targetOf('https://bob:hunter2@es.example.com:9200/prefix/?a=b')).toBe('https://es.example.com:9200/prefix')
  })

  test.each([401, 403, 418, 500, 'break off before' as const])('are in no error: %s', async (what) => {
    const plays = Array.from({ length: 20 }, () => (typeof what === 'number' ? { status: what } : what))
    const server = await bulkServer(plays)
    const client = connect({ url: server.url.replace('//', '//bob:hunter2@') })
    closing.push(
      () => server.close(),
      () => client.close(),
    )

    const errors = await Promise.all([
      elasticsearchSink(client, { target: server.url, namespace: 'a' }, deps).write(documents(0, 1), never).catch(same),
      setup({ client, target: server.url }, { namespace: 'a' }, deps).catch(same),
    ])

    const shown = errors.map((error) => inspect(error, { depth: 20, showHidden: true })).join()
    expect(shown).toContain(server.url)
    for (const secret of ['hunter2', Buffer.from('bob:hunter2').toString('base64')]) expect(shown).not.toContain(secret)
  })

  test('are in no error where what was sent is sent back', async () => {
    const sent = `Basic ${Buffer.from('bob:hunter2').toString('base64')}`
    const said = {
      error: { type: 'security_exception', reason: `cannot read [${sent}], Basic authentication is needed` },
    }
    const server = await bulkServer([{ status: 401, body: JSON.stringify(said) }])
    const client = connect({ url: server.url.replace('//', '//bob:hunter2@') })
    closing.push(
      () => server.close(),
      () => client.close(),
    )

    const error = await elasticsearchSink(client, { target: server.url, namespace: 'a' }, deps)
      .write(documents(0, 1), never)
      .catch(same)

    expect(messageOf(error)).toContain('cannot read [Basic …], Basic authentication is needed')
  })
})

test('a server that speaks no TLS is told at once', async () => {
  const server = await bulkServer()
  const target = server.url.replace('http:', 'https:')
  const client = connect({ url: target })
  closing.push(
    () => server.close(),
    () => client.close(),
  )

  const error = await setup({ client, target }, { namespace: 'a' }, deps).catch(same)

  expect(error).toBeInstanceOf(FatalError)
  expect(messageOf(error)).toMatch(/does not speak TLS, or another program answers there .*check the url/)
})

describe('a pinned authority', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-tls-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  makeAuthority('real')
  makeAuthority('false')
  const caFingerprint = new X509Certificate(read('real.pem')).fingerprint256

  test('is trusted though no system knows it, whatever name the server is reached by', async () => {
    const answer = await statusAt(issue('real'), caFingerprint)

    expect(answer).toBe('true')
  })

  test('is not the one that issued this certificate', async () => {
    expect(await statusAt(issue('false'), caFingerprint)).toMatch(/sends no certificate that has this caFingerprint/)
  })

  test('may be the certificate of the server itself', async () => {
    const { key, chain } = issue('real')
    const own = read('server.pem')

    expect(await statusAt({ key, chain: own }, new X509Certificate(own).fingerprint256)).toBe('true')
    expect(await statusAt({ key, chain }, new X509Certificate(own).fingerprint256)).toBe('true')
  })

  test('is not believed for being sent along with a certificate that it did not issue', async () => {
    const { key, chain } = issue('false')
    const forged = { key, chain: chain.replace(read('false.pem'), read('real.pem')) }

    expect(await statusAt(forged, caFingerprint)).toMatch(/verify|signature|issuer|authority/)
  })

  test('by a file of it is trusted where the server is called by its name; its certificate does for it', async () => {
    const { key, chain } = issue('real', '-extfile names.cnf')

    expect(await statusAt({ key, chain }, { ca: read('real.pem') })).toBe('true')
    expect(await statusAt({ key, chain: read('server.pem') }, { ca: read('server.pem') })).toBe('true')
  })

  test.each<[string, string, string, object, RegExp]>([
    ['has another name', 'real', '', {}, /altnames.*: write the url with a name that its certificate is for/],
    ['has expired', 'real', '-extfile names.cnf -days -1', {}, /has expired\): have the certificate .*renewed.*clock/],
    [
      'of another authority',
      'false',
      '-extfile names.cnf',
      {},
      /self-signed.*\): give the certificate of the authority/,
    ],
    [
      'of whom the system knows nothing',
      'real',
      '',
      { ca: undefined },
      /\(self-signed certificate in [a-z ]+\): give the/,
    ],
    ['of another fingerprint', 'real', '', { ca: undefined, caFingerprint: '0'.repeat(64) }, /\): compare it with/],
  ])('a certificate that is not trusted is told with what to do: %s', async (_, authority, how, given, message) => {
    const error = await failureAt(issue(authority, how), { ca: read('real.pem'), ...given })

    expect(error).toBeInstanceOf(FatalError)
    expect(messageOf(error)).toMatch(message)
  })

  test.each([
    'ssl3_read_bytes:tlsv1 alert protocol version:SSL alert number 70', // By who hears that this program speaks nothing older.
    'ssl_choose_client_version:unsupported protocol', // By this program, where it is answered in something older.
  ])('is not looked at where TLS is too old, and that is told: %s', (cause) => {
    expect(noTrust('it', `SSL routines:${cause}`)?.message).toMatch(/has to speak TLS 1.2 or newer/)
  })

  function makeAuthority(name: string): void {
    openssl(`req -x509 -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.pem -days 2 -subj /CN=authority`)
  }

  function issue(authority: string, how = ''): { key: string; chain: string } {
    writeFileSync(join(folder, 'names.cnf'), 'subjectAltName=IP:127.0.0.1')
    openssl('req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=elsewhere')
    openssl(
      `x509 -req -in server.csr -CA ${authority}.pem -CAkey ${authority}.key -set_serial 1 -out server.pem -days 2 ${how}`.trim(),
    )
    return { key: read('server.key'), chain: read('server.pem') + read(`${authority}.pem`) }
  }

  function read(file: string): string {
    return readFileSync(join(folder, file), 'utf8')
  }

  function openssl(command: string): void {
    execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' })
  }
})

/** What a client that trusts so hears from a server with this certificate, or why it hears nothing. */
async function statusAt(shown: Shown, trust: string | object): Promise<string> {
  return asked(shown, trust, ({ client }) => client.ping().then(String, messageOf))
}

/** Why a client that trusts so has no answer from a server with this certificate. */
async function failureAt(shown: Shown, trust: object): Promise<unknown> {
  return asked(shown, trust, ({ client, target }) => ask(target, client.ping()).catch(same))
}

interface Shown {
  readonly key: string
  readonly chain: string
}

async function asked<Heard>(
  { key, chain }: Shown,
  trust: string | object,
  ask: (cluster: Cluster) => Promise<Heard>,
): Promise<Heard> {
  const server = createServer({ key, cert: chain }, (_, response) => {
    response.writeHead(200, { 'x-elastic-product': 'Elasticsearch' }).end()
  })
  const target = `https://127.0.0.1:${await listening(server)}`
  const client = connect({
    url: target,
    apiKey: 'a2V5',
    ...(typeof trust === 'string' ? { caFingerprint: trust } : trust),
  })

  const heard = await ask({ client, target })

  await client.close()
  await closed(server)
  return heard
}

function same(error: unknown): unknown {
  return error
}
