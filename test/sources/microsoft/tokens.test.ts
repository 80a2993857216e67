import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ConfigError, FatalError, messageOf, RetryableError } from '#src/errors.ts'
import { openDispatchers } from '#src/sources/microsoft/dispatchers.ts'
import type { Credentials } from '#src/sources/microsoft/options.ts'
import { Network } from '#src/sources/microsoft/options.ts'
import { signOnWith } from '#src/sources/microsoft/sign-on.ts'
import { tokensOf } from '#src/sources/microsoft/tokens.ts'
import { listening } from '../../support/listening.ts'
import { makeCertificates } from '../../support/microsoft/certificates.ts'
import { never } from '../../support/microsoft/collector.ts'
import { type Double, microsoftDouble } from '../../support/microsoft/double.ts'
import { federatedToken } from '../../support/microsoft/login.ts'
import { clientId, clientSecret, tenantId } from '../../support/microsoft/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'hoofprint-tokens-'))
afterAll(() => rmSync(folder, { recursive: true }))
const scope = 'https://graph.microsoft.com/.default'
const secret: Credentials = { type: 'secret', clientId, clientSecret }

let double: Double
beforeEach(async () => {
  double = await microsoftDouble()
})
afterEach(() => double.close())

describe('an application signs on', () => {
  test.each<[string, () => Credentials]>([
    ['with a secret', () => secret],
    [
      'with a certificate, by PS256',
      () => ({ type: 'certificate', clientId, certificateFile: double.certificates.clientFile }),
    ],
    [
      'with a federated token',
      () => ({ type: 'workload-identity', clientId, tokenFile: file('token', `${federatedToken}\n`) }),
    ],
  ])('%s', async (_, credentials) => {
    const token = await double.tenant(credentials()).tokens.get(scope, never)

    expect(audienceOf(token)).toBe('https://graph.microsoft.com')
  })

  test('with a token that was given', async () => {
    expect(await double.tenant({ type: 'token', token: 'given' }).tokens.get(scope, never)).toBe('given')
    expect(double.requests).toEqual([])
  })

  test('as a managed identity, past any proxy', async () => {
    const asked: string[] = []
    const machine = createServer((request, response) => {
      asked.push(`${request.headers['metadata']} ${request.url}`)
      const expires_on = String(Math.floor(Date.now() / 1000) + 3600)
      response.end(JSON.stringify({ access_token: 'of.the.machine', expires_on, token_type: 'Bearer' }))
    })
    process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = `http://127.0.0.1:${await listening(machine)}`
    const tenant = double.tenant({ type: 'managed-identity', clientId }, { proxy: 'http://127.0.0.1:9', noProxy: '' })

    const token = await tenant.tokens.get(scope, never)

    delete process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST']
    machine.close()
    expect(token).toBe('of.the.machine')
    expect(asked).toEqual([
      expect.stringMatching(`true .*resource=https%3A%2F%2Fgraph.microsoft.com.*client_id=${clientId}`),
    ])
  })

  test.each<[string, () => Credentials, RegExp]>([
    ['a wrong secret', () => ({ ...secret, clientSecret: 'hunter3' }), /AADSTS7000215.*give its value/],
    ['another app', () => ({ ...secret, clientId: tenantId }), /AADSTS700016.*clientId/],
    [
      'another certificate',
      () => ({ type: 'workload-identity', clientId, tokenFile: file('other', 'a.e30.c') }),
      /AADSTS700024.*clock/,
    ],
  ])('not with %s, and learns why', async (_, credentials, message) => {
    const error = await double.tenant(credentials()).tokens.get(scope, never).catch(same)

    expect(error).toBeInstanceOf(FatalError)
    expect(messageOf(error)).toMatch(message)
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('hunter')
  })

  test('and sees in no error what it proved itself by, where that is sent back', async () => {
    const [clientSecret, inForm] = ['a secret~"&', 'a+secret%7E%22%26']
    const error_description = `AADSTS1: no, for ${clientSecret} in client_secret=${inForm}`
    double.order(/token/, { status: 401, body: JSON.stringify({ error: 'invalid_client', error_description }) })

    const error = await double
      .tenant({ ...secret, clientSecret })
      .tokens.get(scope, never)
      .catch(same)

    expect(messageOf(error)).toContain('no, for … in client_secret=…')
  })

  test.each([
    [500, RetryableError],
    [429, RetryableError],
    [400, FatalError],
  ])('not while the answer is HTTP %d', async (status, kind) => {
    double.order(/token/, { status, body: JSON.stringify({ error: 'x', error_description: 'AADSTS1: no' }) })

    const error = await double.tenant().tokens.get(scope, never).catch(same)

    expect(error).toBeInstanceOf(kind)
  })

  test('not with a file that is no certificate, and learns which', async () => {
    const certificateFile = file('no.pem', 'hunter2')

    const error = await double
      .tenant({ type: 'certificate', clientId, certificateFile })
      .tokens.get(scope, never)
      .catch(same)

    expect(error).toBeInstanceOf(ConfigError)
    expect(messageOf(error)).toContain(certificateFile)
    expect(inspect(error)).not.toContain('hunter2')
  })

  test.each([
    ['is not there', 'missing.pem'],
    ['is none', 'nonsense.pem'],
  ])('not with a caFile that %s, and learns which', (_, name) => {
    file('nonsense.pem', 'nonsense')

    expect(() => double.tenant(secret, { caFile: join(folder, name) })).toThrow(ConfigError)
  })

  test('with an authority that was put into its caFile meanwhile', async () => {
    const others = makeCertificates()
    const caFile = file('rotating.pem', readFileSync(others.authorityFile, 'utf8'))
    others.remove()
    const { tokens } = double.tenant(secret, { caFile })
    const error = await tokens.get(scope, never).catch(same)

    file('rotating.pem', `${readFileSync(double.certificates.authorityFile, 'utf8')}\n`)

    expect(messageOf(error)).toMatch(/not trusted/)
    expect(audienceOf(await tokens.get(scope, never))).toBe('https://graph.microsoft.com')
  })

  test('with the authorities that there were while their file is rubbish or away, which is told once', async () => {
    const whole = readFileSync(double.certificates.authorityFile, 'utf8')
    const caFile = file('replaced.pem', whole)
    const told: unknown[] = []
    const log = { ...double.deps.log, warn: (fields: object) => void told.push(fields) }
    const dispatchers = openDispatchers(Network.parse({ caFile }), { log })
    const first = dispatchers.outside

    file('replaced.pem', whole.slice(0, 200))
    const [broken, again] = [dispatchers.outside, dispatchers.outside]
    file('replaced.pem', `${whole}\n`)
    const mended = dispatchers.outside

    await dispatchers.close()
    expect([broken, again]).toEqual([first, first])
    expect(mended).not.toBe(first)
    expect(told).toEqual([{ reason: expect.stringContaining(caFile) }])
  })

  test('not over a connection that nobody vouches for', async () => {
    const tenant = double.tenant(secret, { caFile: undefined })

    const error = await tenant.tokens.get(scope, never).catch(same)

    expect(error).toBeInstanceOf(FatalError)
    expect(messageOf(error)).toMatch(/not trusted.*caFile/)
  })
})

describe('a token', () => {
  test('serves until shortly before it expires, and one sign-on serves all who ask at once', async () => {
    const { tokens } = double.tenant()

    const first = await Promise.all([1, 2, 3].map(() => tokens.get(scope, never)))
    double.clock.pass(54 * 60_000)
    const later = await tokens.get(scope, never)
    double.clock.pass(2 * 60_000)
    const renewed = await tokens.get(scope, never)

    expect(new Set([...first, later]).size).toBe(1)
    expect(renewed).not.toBe(later)
  })

  test('that is still good goes on serving while it cannot be renewed, which not each request tries anew', async () => {
    const { tokens } = double.tenant()
    const first = await tokens.get(scope, never)
    double.clock.pass(56 * 60_000)
    double.order(/token/, { status: 503, body: '{}' })

    expect([await tokens.get(scope, never), await tokens.get(scope, never)]).toEqual([first, first])
    double.clock.pass(31_000)
    expect(await tokens.get(scope, never)).not.toBe(first)
  })

  test('of few minutes serves more than one request, too', async () => {
    double.world.tokenLifetimeMs = 240_000
    const { tokens } = double.tenant()

    const first = await tokens.get(scope, never)
    double.clock.pass(60_000)

    expect(await tokens.get(scope, never)).toBe(first)
  })

  test('that expired is renewed at once, however lately that failed', async () => {
    const { tokens } = double.tenant()
    const first = await tokens.get(scope, never)
    double.clock.pass(60 * 60_000 - 10_000)
    double.order(/token/, { status: 503, body: '{}' })

    expect(await tokens.get(scope, never)).toBe(first)
    double.clock.pass(11_000)
    expect(await tokens.get(scope, never)).not.toBe(first)
  })

  test('that is still good goes on serving while its certificate is half written', async () => {
    const whole = readFileSync(double.certificates.clientFile, 'utf8')
    const certificateFile = file('renewed.pem', whole)
    const { tokens } = double.tenant({ type: 'certificate', clientId, certificateFile })
    const first = await tokens.get(scope, never)
    double.clock.pass(56 * 60_000)

    file('renewed.pem', whole.slice(0, 200))
    const meanwhile = await tokens.get(scope, never)
    file('renewed.pem', whole)
    double.clock.pass(31_000)

    expect(meanwhile).toBe(first)
    expect(await tokens.get(scope, never)).not.toBe(first)
  })

  test('that was refused is not used again', async () => {
    const { tokens } = double.tenant()
    const first = await tokens.get(scope, never)

    tokens.refused(scope, first)

    expect(await tokens.get(scope, never)).not.toBe(first)
  })

  test('that could not be sent is refused without being shown', async () => {
    const error = await double.tenant({ type: 'token', token: 'hunter2\n' }).tokens.get(scope, never).catch(same)

    expect(error).toBeInstanceOf(FatalError)
    expect(inspect(error)).not.toContain('hunter2')
  })

  test('is not waited for by whoever is told to stop', async () => {
    const dispatchers = openDispatchers(Network.parse({}), double.deps)
    const authority = { tenant: tenantId, login: double.world.root(), dispatchers }
    const signOn = signOnWith(() => ({ type: 'token', token: 'x' }), authority)
    const tokens = tokensOf(async (of) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return signOn(of)
    }, double.deps)

    const message = await tokens.get(scope, AbortSignal.abort(new Error('stopped'))).catch(messageOf)

    await dispatchers.close()
    expect(message).toBe('stopped')
  })
})

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

function audienceOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).aud
}

function same(error: unknown): unknown {
  return error
}
