import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { messageOf } from '#src/errors.ts'
import { root } from '../support/cli.ts'
import { fileOf } from '../support/folder.ts'
import { loadConfig } from '../support/load-config.ts'

const environment = {
  ELASTICSEARCH_URL: 'https://elasticsearch.example:9200',
  ELASTICSEARCH_API_KEY: 'key-from-environment',
  HOOFPRINT_CLIENT_SECRET: 'secret: "with" {signs} # and more',
}
const placeholder = `\${HOOFPRINT_CLIENT_SECRET}`
const example = join(root, 'hoofprint.example.yaml')

const tenant = `
tenants:
  - tenant: 6f1e2d3c-0000-4000-8000-00000000aaaa
    credentials:
      type: secret
      clientId: 6f1e2d3c-0000-4000-8000-00000000bbbb
      clientSecret: \${HOOFPRINT_CLIENT_SECRET}
    sources:
      managementApi: {}
`

describe('the configuration', () => {
  test('is all of what the example says', () => {
    const config = loadConfig(example, environment, {})

    expect(config).toMatchObject({
      case: '/case',
      elasticsearch: { url: environment.ELASTICSEARCH_URL, apiKey: 'key-from-environment' },
      collect: { listen: '127.0.0.1:9464', retention: { deliveredDays: 30, joinDays: 90 } },
      tenants: [
        {
          cloud: 'commercial',
          credentials: { type: 'secret', clientSecret: environment.HOOFPRINT_CLIENT_SECRET },
          sources: { managementApi: { everySeconds: 300 }, graphAuditSearch: [{ windowDays: 30 }] },
        },
      ],
    })
  })

  test('takes as usual what the example says is usual', () => {
    const said = loadConfig(example, environment, {})
    const traces = '{mailboxes: [alice@contoso.example]}'
    const sources = `managementApi: {}\n      graphSignIns: {}\n      graphMessageTraces: ${traces}`
    const usual = loadConfig(fileOf(tenant.replace('managementApi: {}', sources), 'c.yaml'), environment, {})

    expect(said.collect).toEqual(usual.collect)
    for (const key of ['managementApi', 'graphSignIns', 'graphMessageTraces']) {
      expect(said.tenants[0]?.sources[key]).toEqual(usual.tenants[0]?.sources[key])
    }
  })

  test('fills a variable from a file that is named for it, and a secret may hold any sign', () => {
    const path = fileOf('from a file\n', 'secret')
    const { HOOFPRINT_CLIENT_SECRET: _, ...others } = environment

    const config = loadConfig(fileOf(tenant, 'c.yaml'), { ...others, HOOFPRINT_CLIENT_SECRET_FILE: path }, {})

    expect(config.tenants[0]?.credentials).toMatchObject({ clientSecret: 'from a file' })
  })

  test.each([
    ['UTF-16, as Windows PowerShell writes it by `>`', (bytes: Buffer) => bytes],
    ['UTF-16 with the high byte first', (bytes: Buffer) => bytes.swap16()],
  ])('reads what is in %s', (_, ordered) => {
    const utf16 = (text: string) => ordered(Buffer.from(`\ufeff${text}`, 'utf16le'))
    const path = fileOf(utf16('from a file\r\n'), 'secret')
    const { HOOFPRINT_CLIENT_SECRET: __, ...others } = environment

    const file = fileOf(utf16(tenant.replaceAll('\n', '\r\n')), 'c.yaml')
    const config = loadConfig(file, { ...others, HOOFPRINT_CLIENT_SECRET_FILE: path }, {})

    expect(config.tenants[0]?.credentials).toMatchObject({ clientSecret: 'from a file' })
  })

  test('takes no line end into a key, as a secret made by `echo` has one', () => {
    const config = loadConfig(undefined, { ...environment, ELASTICSEARCH_API_KEY: 'key\n' }, {})

    expect(config.elasticsearch.apiKey).toBe('key')
  })

  test('tells a secret that is empty by the name of its variable', () => {
    const path = fileOf('\n', 'secret')

    expect(() => loadConfig(undefined, { ELASTICSEARCH_API_KEY_FILE: path }, {})).toThrow(
      `${path}, which ELASTICSEARCH_API_KEY_FILE names, is empty`,
    )
  })

  test.each([
    [
      'managementApi: {}',
      'managmentApi: {}',
      /line 9: tenants\[0\]\.sources\.managmentApi is no option: did you mean managementApi\?/,
    ],
    [
      'managementApi: {}',
      'managementApi: { contentType: [] }',
      /line 9: .*managementApi\.contentType is no option: did you mean contentTypes\?/,
    ],
    [
      'managementApi: {}',
      'managementApi: { contentTypes: [Audit.Exchnge] }',
      /line 9: tenants\[0\]\.sources\.managementApi\.contentTypes\[0\]: /,
    ],
    ['managementApi: {}', '{}', /line 8: tenants\[0\]\.sources: name at least one source/],
    [
      'type: secret',
      'type: secrets',
      /line 5: tenants\[0\]\.credentials\.type: must be one of secret, certificate, managed-identity/,
    ],
    ['clientSecret:', 'clientSecrets:', /line 7: .*clientSecrets is no option: did you mean clientSecret\?/],
    ['tenant: 6f1e2d3c-', 'tenant: ', /line 3: tenants\[0\]\.tenant: /],
    ['tenants:', 'tenant:', /line 2: tenant is no option: did you mean tenants\?/],
    ['tenants:', 'collect: { listen: 9464 }\ntenants:', /line 2: collect\.listen: /],
    [
      'tenants:',
      'collect: { retention: { deliveredDays: 99 } }\ntenants:',
      /line 2: collect\.retention: joinDays must not be less/,
    ],
    ['tenants:', 'case: 7\ntenants:', /line 2: case: /],
    ['tenants:', 'case: [x\ntenants:', /line \d: no YAML/],
    [
      placeholder,
      placeholder.replace('CLIENT_', ''),
      /line 7: it uses \$\{HOOFPRINT_SECRET\}, which is not in the environment: set HOOFPRINT_SECRET/,
    ],
  ])('%s written as %s is refused with option, line and what would be right', (right, wrong, message) => {
    const path = fileOf(tenant.replace(right, wrong), 'c.yaml')

    const told = refusal(path)

    expect(told).toMatch(message)
    expect(told).toContain(path)
  })

  test('every complaint is told, not only the first', () => {
    const told = refusal(fileOf('cas: x\nnamespce: y\n', 'c.yaml'))

    expect(told.split('\n')).toHaveLength(2)
  })

  test('no complaint holds a secret', () => {
    const bad = tenant.replace('clientId: 6f1e2d3c', 'clientId: x').replace('sources:', 'surces:')
    const inline = `${tenant.replace(placeholder, 'hunter2-inline')}\n  bad: [hunter2-inline`

    expect(refusal(fileOf(bad, 'c.yaml'))).not.toContain('signs')
    expect(refusal(fileOf(inline, 'c.yaml'))).not.toContain('hunter2')
  })

  test('the command line wins over the file, which wins over the environment', () => {
    const path = fileOf('namespace: file\nelasticsearch: { url: "https://file.example" }\n', 'c.yaml')
    const given = { namespace: 'given', collect: { listen: '[::1]:1' } }

    const config = loadConfig(path, { ...environment, HOOFPRINT_LISTEN: '0.0.0.0:9464' }, given)

    expect(config.namespace).toBe('given')
    expect(config.elasticsearch.url).toBe('https://file.example')
    expect(config.collect.listen).toBe('[::1]:1')
  })

  test('the example names every option there is', () => {
    const text = readFileSync(example, 'utf8')
    const config = loadConfig(example, environment, {})

    const missing = namesIn(config).filter((name) => !new RegExp(`\\b${name}\\b`).test(text))

    expect(missing).toEqual([])
  })
})

function refusal(path: string): string {
  try {
    loadConfig(path, environment, {})
    return 'nothing was refused'
  } catch (error) {
    return messageOf(error)
  }
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(namesIn)
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
}
