import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { markChangeOf } from '#src/commands/mark-options.ts'
import { entry, put } from '../support/case.ts'
import { hoofprint } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

test('an option that stands there several times counts each time, and commas separate', () => {
  const { set, cleared } = markChangeOf([
    ...['--hostile', '203.0.113.66,192.0.2.0/24', '--trusted=DK', '--hostile', 'user-agent:A, B'],
    ...['--clear', 'AS64500'],
  ])

  expect(set).toEqual([
    { kind: 'ip', value: '203.0.113.66', actor: 'intruder' },
    { kind: 'cidr', value: '192.0.2.0/24', actor: 'intruder' },
    { kind: 'user-agent', value: 'a, b', actor: 'intruder' },
    { kind: 'country', value: 'DK', actor: 'owner' },
  ])
  expect(cleared).toEqual([{ kind: 'asn', value: 'AS64500' }])
})

test('what is both hostile and trusted is refused', () => {
  expect(() => markChangeOf(['--hostile', 'DK', '--trusted', 'dk'])).toThrow('DK is both hostile and trusted')
})

test('a session that no record names is refused, and nothing is marked', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'export.csv', [entry({ session: 's-known-1' })])
  store.close()

  const wrong = hoofprint(['mark', '--case', folder, '--hostile', '203.0.113.66,s-unknown'])
  const right = hoofprint(['mark', '--case', folder, '--hostile', 's-known-1', '--json'])

  expect([wrong.code, wrong.err]).toEqual([
    2,
    'hoofprint: no record of this case names a session s-unknown: hoofprint sessions lists them\n',
  ])
  expect(JSON.parse(right.out)).toEqual({ marks: [{ kind: 'session', value: 's-known-1', actor: 'intruder' }] })
})
