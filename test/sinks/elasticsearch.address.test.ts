import { createPrivateKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { configOf } from '#src/config/config.ts'
import { ConfigError, messageOf } from '#src/errors.ts'
import { type Identity, makeCertificates } from '../support/certificates.ts'
import { fileOf } from '../support/folder.ts'
import { loadConfig } from '../support/load-config.ts'
import { thrownBy } from '../support/thrown.ts'

const cloudId = (text: string) => `production:${Buffer.from(text).toString('base64')}`
const certificates = makeCertificates()
const { ca: pem } = certificates

test.each([
  ['eu-west-1.cloud.example$a1b2c3$d4e5f6', 'https://a1b2c3.eu-west-1.cloud.example:443'],
  ['cloud.example:9243$a1b2c3$d4e5f6', 'https://a1b2c3.cloud.example:9243'],
  ['cloud.example$a1b2c3:9244$', 'https://a1b2c3.cloud.example:9244'],
])('a Cloud id of %s stands for %s', (text, url) => {
  expect(loadConfig(undefined, { ELASTICSEARCH_CLOUD_ID: cloudId(text) }, {}).elasticsearch.url).toBe(url)
})

test.each([
  '',
  'production',
  cloudId(''),
  cloudId('cloud.example'),
  cloudId('cloud.example$'),
  cloudId('evil.example/$a$b'),
])('a Cloud id that is none is refused: %s', (text) => {
  const load = () => loadConfig(undefined, { ELASTICSEARCH_CLOUD_ID: text }, {})

  expect(load).toThrow(ConfigError)
  expect(messageOf(thrownBy(load))).toMatch(/^options: elasticsearch\.cloudId: no Cloud id: copy it/)
})

test('a URL and a Cloud id may name two clusters, so both are refused', () => {
  const environment = { ELASTICSEARCH_CLOUD_ID: cloudId('cloud.example$a1b2c3') }
  const load = () =>
    loadConfig(undefined, environment, { elasticsearch: { url: 'https://elasticsearch.example:9200' } })

  expect(messageOf(thrownBy(load))).toBe('options: elasticsearch: a url and a cloudId: give one or the other')
})

test.each<[string, () => Record<string, string>]>([
  ['its text', () => ({ ELASTICSEARCH_CA: pem })],
  ['a path', () => ({ ELASTICSEARCH_CA: fileOf(pem, 'ca.pem') })],
  ['a path, as of secrets', () => ({ ELASTICSEARCH_CA_FILE: fileOf(pem, 'ca.pem') })],
])('a certificate is given by %s', (_, environment) => {
  expect(loadConfig(undefined, environment(), {}).elasticsearch.ca?.trim()).toBe(pem.trim())
})

test('a certificate that is not there is told by the name of its option', () => {
  const load = () => loadConfig(undefined, { ELASTICSEARCH_CA: '/nowhere/ca.pem' }, {})

  expect(load).toThrow(ConfigError)
  expect(messageOf(thrownBy(load))).toBe('options: elasticsearch.ca: neither PEM nor a file that can be read (ENOENT)')
})

test.each<[string, () => object, string]>([
  ['no certificate', () => ({ ca: certificates.server.key }), 'ca: it holds no certificate that can be read as PEM'],
  ['a damaged one', () => ({ ca: pem.replaceAll('M', '%') }), 'ca: it holds no certificate that can be read'],
  ['half a file', () => ({ ca: pem.slice(0, 300) }), 'ca: it holds no certificate that can be read as PEM'],
  ['one of two', () => ({ ca: pem + pem.replaceAll('M', '%') }), 'ca: of its 2 certificates number 2 cannot be read'],
  ['a bundle', () => ({ ca: pem.slice(0, 300) + pem }), 'ca: of its 2 certificates number 1 cannot be read as PEM'],
  ['a SHA-1', () => ({ caFingerprint: 'AA:'.repeat(20) }), 'caFingerprint: no SHA-256 of a certificate: `openssl x509'],
  [
    "another one's key",
    () => ({ ...certificates.client, key: certificates.server.key }),
    'key: the key is not that of',
  ],
  ['both exchanged', () => exchanged(certificates.client), 'key: not PEM of a private key and its certificate (ERR_'],
  [
    'an encrypted key',
    () => ({ ...certificates.client, key: encrypted(certificates.client.key) }),
    'key: the key is enc',
  ],
])('what no connection could be made with is told before: %s', (_, given, message) => {
  expect(messageOf(thrownBy(() => loadConfig(undefined, {}, { elasticsearch: given() })))).toContain(
    `options: elasticsearch.${message}`,
  )
})

test.each([
  (text: string) => text,
  (text: string) => `sha256 Fingerprint=${text}\n`,
  (text: string) => text.replaceAll(':', '').toLowerCase(),
])('a fingerprint is taken as programs print it', (write) => {
  const caFingerprint = write(certificates.caFingerprint)

  expect(loadConfig(undefined, {}, { elasticsearch: { caFingerprint } }).elasticsearch.caFingerprint).toBe(
    certificates.caFingerprint.replaceAll(':', ''),
  )
})

test('a client certificate that is renewed before its key counts as it was until both are new', () => {
  const [old, renewed] = [certificates.client, certificates.server]
  const [certificate, key] = [fileOf(old.certificate, 'own.pem'), fileOf(old.key, 'own.key')]
  const faults: string[] = []
  const config = configOf(undefined, {}, { elasticsearch: { certificate, key } }, ({ message }) => faults.push(message))

  const now = () => config().elasticsearch.certificate
  expect(now()).toBe(old.certificate)
  writeFileSync(certificate, renewed.certificate)
  expect(now()).toBe(old.certificate)
  writeFileSync(key, renewed.key)
  expect(now()).toBe(renewed.certificate)
  expect(faults).toEqual(['options: elasticsearch.key: the key is not that of the certificate'])
})

function exchanged({ certificate, key }: Identity): Identity {
  return { certificate: key, key: certificate }
}

function encrypted(key: string): string {
  const how = { cipher: 'aes-256-cbc', passphrase: 'not a secret', type: 'pkcs8', format: 'pem' } as const
  return createPrivateKey(key).export(how).toString()
}
