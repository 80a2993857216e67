import { expect, test } from '@jest/globals'
import { ConfigError, messageOf } from '#src/errors.ts'
import { fileOf } from '../support/folder.ts'
import { loadConfig } from '../support/load-config.ts'

const cloudId = (text: string) => `production:${Buffer.from(text).toString('base64')}`
const pem = '-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n'

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

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
