import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { hoofprint } from '../support/cli.ts'
import { header } from '../support/files.ts'
import { fileOf, temporaryFolder } from '../support/folder.ts'
import { writeMmdb } from '../support/mmdb.ts'

const logon =
  "2018-06-20T08:59:00.000Z,Exchange,ServerLogon,,2018-06-20T08:59:00.900Z,,\"{'UserName': 'alice@contoso.example', 'Result': 'Success', 'ClientIP': '192.0.2.7'}\""
const search = "2018-06-20T09:00:00.000Z,Web,SearchResult,,2018-06-20T09:00:00.900Z,,{'Query': 'invoice'}"

test.each<[string, (geo: string, asn: string) => { args?: string[]; env?: Record<string, string> }]>([
  ['on the command line', (geo, asn) => ({ args: ['--geo-db', geo, '--asn-db', asn] })],
  ['in the environment', (geo, asn) => ({ env: { HOOFPRINT_GEO_DB: geo, HOOFPRINT_ASN_DB: asn } })],
  ['in the configuration', (geo, asn) => ({ args: ['--config', configured(geo, asn)] })],
])('databases of the user named %s say where logons are, and those attributed to them', (_, named) => {
  const folder = temporaryFolder()
  const geo = writeMmdb(join(folder, 'geo.mmdb'), { '192.0.2.0/24': { country: { iso_code: 'NZ' } } })
  const asn = writeMmdb(join(folder, 'asn.mmdb'), { '192.0.2.0/24': { autonomous_system_number: 64496 } })
  const { args = [], env = {} } = named(geo, asn)
  const evidence = fileOf(`${header}\n${logon}\n${search}\n`)

  const { code, err } = hoofprint(['import', evidence, '--case', join(folder, 'case'), ...args], { env })

  expect([code, err]).toEqual([0, ''])
  const lines = readFileSync(join(folder, 'case/reports/events.ndjson'), 'utf8').trim().split('\n')
  const [first, second] = lines.map((line) => JSON.parse(line))
  expect(first.source).toMatchObject({
    geo: { country_iso_code: 'NZ', country_name: 'New Zealand' },
    as: { number: 64496 },
  })
  expect(second.hoofprint.logon).toMatchObject({
    ip: '192.0.2.7',
    geo: { country_iso_code: 'NZ' },
    as: { number: 64496 },
  })
})

test('a database that is none is refused before anything is read', () => {
  const folder = temporaryFolder()
  const wrong = fileOf('no database', 'places.mmdb')

  const { code, err } = hoofprint([
    'import',
    fileOf(`${header}\n${logon}\n`),
    '--case',
    join(folder, 'case'),
    '--geo-db',
    wrong,
  ])

  expect(code).toBe(2)
  expect(err).toContain(wrong)
})

function configured(geo: string, asn: string): string {
  const path = join(temporaryFolder(), 'hoofprint.yaml')
  writeFileSync(path, `databases:\n  geo: ${geo}\n  asn: ${asn}\n`)
  return path
}
