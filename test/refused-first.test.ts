import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { hoofprint } from './support/cli.ts'
import { header } from './support/files.ts'
import { fileOf, temporaryFolder } from './support/folder.ts'

const logon =
  "2018-06-20T08:59:00.000Z,Exchange,ServerLogon,,2018-06-20T08:59:00.900Z,,\"{'UserName': 'alice@contoso.example', 'Result': 'Success', 'ClientIP': '192.0.2.7'}\""
const evidence = () => fileOf(`${header}\n${logon}\n`)

test.each<[string, () => string[], string]>([
  ['a delivery to nowhere', () => ['import', evidence(), '--publish'], 'give --elasticsearch URL'],
  [
    'a delivery that anybody could read',
    () => ['import', evidence(), '--publish', '--elasticsearch', 'http://elasticsearch.example:9200'],
    'use https',
  ],
  ['collecting from nobody', () => ['collect', '--once'], 'no tenants to collect from'],
  ['collecting for ever from nobody', () => ['collect'], 'no tenants to collect from'],
  ['a database that is not there', () => ['import', evidence(), '--geo-db', 'none.mmdb'], 'there is no such file'],
  ['no URL', () => ['setup', '--elasticsearch', 'there'], 'such as https://elasticsearch.example:9200'],
])('%s is refused before anything is done', (_, wordsOf, why) => {
  const folder = join(temporaryFolder(), 'case')

  const { code, out, err } = hoofprint([...wordsOf(), '--case', folder])

  expect([code, out, existsSync(folder)]).toEqual([2, '', false])
  expect(err).toContain(why)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('where nothing is evidence, the kinds of exports are told, and last which file it is; beside evidence they are not', () => {
  const unknown = fileOf('Date,User,Action\n1,2,3\n')

  const [alone, beside] = [[unknown], [unknown, evidence()]].map((paths) =>
    hoofprint(['import', ...paths, '--case', temporaryFolder()]),
  )

  expect([alone?.code, beside?.code]).toEqual([1, 1])
  expect(alone?.err.match(/of a Graph audit search/g)).toHaveLength(1)
  expect(alone?.err.trimEnd().split('\n').at(-1)).toContain(unknown)
  expect(beside?.err).not.toContain('What can be read')
})
