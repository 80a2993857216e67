import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { openCollecting } from '#src/collecting.ts'
import { loadConfig } from '#src/config.ts'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'

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

const silentLog = { debug() {}, info() {}, warn() {}, error() {} }
