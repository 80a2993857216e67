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

test.each([
  ['UK', /^UK is no code of a country: is GB meant\?$/],
  ['xx', /^XX is no code of a country \(ISO 3166, such as DK\)$/],
])('%s is no country, so it is refused, and cleared all the same', (code, message) => {
  expect(() => markChangeOf(['--trusted', code])).toThrow(message)
  expect(markChangeOf(['--clear', code]).cleared).toEqual([{ kind: 'country', value: code.toUpperCase() }])
})

test('what is marked and matches nothing is told, and so is what was not marked and is cleared', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const usage = { ip: '198.51.100.7', userAgent: 'curl/8.5', isOwn: true, asks: false }
  put(store, 'export.csv', [entry({ session: 's-known-1', usage }), entry({ time: 2, content: failed })])
  store.close()
  const mark = (...words: string[]) => hoofprint(['mark', '--case', folder, ...words])

  const right = mark('--hostile', '198.51.100.0/24,user-agent:curl/8.5,203.0.113.9')
  const wrong = mark('--hostile', '9.9.9.9,AS1', '--clear', 'DK')

  expect(right).toMatchObject({ code: 0, err: '' })
  expect(wrong).toMatchObject({ code: 0, out: expect.stringContaining('intruder  ip           9.9.9.9') })
  expect(wrong.err.split('\n')).toEqual([
    'DK was not marked: there is nothing to clear',
    '9.9.9.9 matches nothing in this case yet: see that it is what was meant',
    'AS1 matches nothing in this case yet: see that it is what was meant',
    '',
  ])
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
  expect(JSON.parse(right.out)).toEqual({
    marks: [{ kind: 'session', value: 's-known-1', actor: 'intruder' }],
    unmatched: [],
  })
})

test('an application that no session has the id of is asked for by its kind, and one of Microsoft’s is everybody’s', () => {
  const folder = temporaryFolder()
  openCase(folder).close()
  const mark = (...words: string[]) => hoofprint(['mark', '--case', folder, ...words])

  const bare = mark('--hostile', stranger)
  const right = mark('--hostile', `application:${stranger},application:${outlook}`)

  expect(bare).toMatchObject({
    code: 2,
    err: `hoofprint: no record of this case names a session ${stranger}: hoofprint sessions lists them; an application's id is marked as application:${stranger}\n`,
  })
  expect(right).toMatchObject({ code: 0, out: expect.stringContaining(`intruder  application  ${stranger}\n`) })
  expect(right.err.split('\n')).toEqual([
    `${outlook} is Microsoft's own (Outlook Mobile), which everybody uses: it counts only where no address and no session that is marked says whose something is`,
    `${stranger} matches nothing in this case yet: see that it is what was meant`,
    `${outlook} matches nothing in this case yet: see that it is what was meant`,
    '',
  ])
})

const stranger = '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1'
const outlook = '27922004-5251-4030-b22d-91ecd9a37ea4'

// Nothing is noted of a logon that failed: its address is found by going through the records.
const failed = `2018-06-20T08:59:00.000Z,Exchange,ServerLogon,,x,,"{'UserName': 'alice@contoso.example', 'Result': 'Failure', 'ClientIP': '203.0.113.9'}"`
