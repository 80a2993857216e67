import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { openCollecting } from '#src/collecting.ts'
import { configOf, loadConfig } from '#src/config.ts'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { never } from './support/microsoft/collector.ts'
import { microsoftDouble } from './support/microsoft/double.ts'
import { clientId, clientSecret, tenantId } from './support/microsoft/world.ts'

test('what a killed run had unpacked is gone when collecting begins', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'unpacked'))
  writeFileSync(join(folder, 'unpacked', 'content.json'), '[]')
  const store = openCase(folder)
  const environment = {
    HOOFPRINT_CLIENT_SECRET: 'not a secret',
    ELASTICSEARCH_API_KEY: 'not a key',
    ELASTICSEARCH_URL: 'https://elasticsearch.example:9200',
  }
  const config = loadConfig(join(root, 'hoofprint.example.yaml'), environment, { case: folder })
  const deps = { now: () => new Date(0), sleep: async () => {}, random: () => 0, log: silentLog }

  const collecting = await openCollecting({ config, store, deps })

  expect(existsSync(join(folder, 'unpacked'))).toBe(false)
  expect(collecting.streams().length).toBeGreaterThan(0)
  await collecting.close()
  store.close()
})

test('a secret that expired is followed by the one that its file holds then, and so is the key of Elasticsearch', async () => {
  const folder = temporaryFolder()
  const double = await microsoftDouble()
  const fileOf = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const environment = {
    HOOFPRINT_CLIENT_SECRET_FILE: fileOf('secret', 'the expired one'),
    ELASTICSEARCH_API_KEY_FILE: fileOf('key', 'the first'),
  }
  const at = double.world.root()
  const yaml = `
elasticsearch: { apiKey: "\${ELASTICSEARCH_API_KEY}" }
tenants:
  - tenant: ${tenantId}
    credentials: { type: secret, clientId: ${clientId}, clientSecret: "\${HOOFPRINT_CLIENT_SECRET}" }
    network: { caFile: ${double.certificates.authorityFile}, noProxy: "*" }
    endpoints: { login: "${at}", management: "${at}", graph: "${at}" }
    sources: { graphSignIns: {} }
`
  const renewed = configOf(fileOf('hoofprint.yaml', yaml), environment, { case: folder })
  const config = renewed()
  const store = openCase(folder)
  const collecting = await openCollecting({ config, renewed, store, deps: double.deps })
  const before = await collecting.schedule.once(never)
  const [told] = collecting.streams()

  fileOf('secret', `${clientSecret}\n`)
  fileOf('key', 'the second')
  fileOf('hoofprint.yaml', 'what was written stays as it was at first')

  expect([before, told?.state, told?.reason]).toEqual([false, 'stopped', expect.stringMatching(/client secret/)])
  expect(await collecting.schedule.once(never)).toBe(true)
  expect([config.elasticsearch.apiKey, renewed().elasticsearch.apiKey]).toEqual(['the first', 'the second'])
  await collecting.close()
  store.close()
  await double.close()
})

const silentLog = { debug() {}, info() {}, warn() {}, error() {} }
