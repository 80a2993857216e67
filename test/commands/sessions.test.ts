import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { hoofprint, root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

test('sessions are narrowed by whose they are in any case of letters, and another word is refused', () => {
  const folder = temporaryFolder()
  const logon = join(root, 'test/fixtures/logon/audit/UserLoggedIn.json')
  hoofprint(['import', logon, '--case', folder, '--no-reports'])

  const results = ['Unknown', 'foo'].map((word) => hoofprint(['sessions', '--case', folder, '--marked', word]))

  expect(results).toMatchObject([
    { code: 0, out: expect.stringContaining('1 session'), err: '' },
    { code: 2, out: '', err: 'hoofprint: --marked foo: it takes one of intruder, owner, unknown\n' },
  ])
})

test('sessions as JSON are one object, with the marks of the case, whether there are many or none', () => {
  const folder = temporaryFolder()
  hoofprint(['import', join(root, 'test/fixtures/logon/audit/UserLoggedIn.json'), '--case', folder, '--no-reports'])
  hoofprint(['mark', '--hostile', '192.0.2.7', '--case', folder])

  const [all, none] = ['unknown', 'owner'].map((word) =>
    JSON.parse(hoofprint(['sessions', '--case', folder, '--marked', word, '--json']).out),
  )

  const marks = [expect.objectContaining({ value: '192.0.2.7' })]
  expect(all).toEqual({ total: 1, marks, sessions: [expect.objectContaining({ records: 1 })] })
  expect(none).toEqual({ total: 0, marks, sessions: [] })
})

test('whose sessions there are is said where a mailbox has none, and one that no record is of is refused', () => {
  const folder = temporaryFolder()
  hoofprint(['import', join(root, 'test/fixtures/logon/audit/UserLoggedIn.json'), '--case', folder, '--no-reports'])
  const { sessions } = JSON.parse(hoofprint(['sessions', '--case', folder, '--json']).out)
  const [user] = sessions[0].users

  const results = [[user], [`x${user}`], [user, '--marked', 'owner']].map((asked) =>
    hoofprint(['sessions', '--case', folder, '--json', '--mailbox', ...asked]),
  )

  const none = `no session of ${user} is among those that are asked for; sessions are of ${user}\n`
  const refusal = `hoofprint: --mailbox x${user}: no record of this case is of such a mailbox or user; sessions are of ${user}\n`
  expect(results.map(({ code, err }) => [code, err])).toEqual([
    [0, ''],
    [2, refusal],
    [0, none],
  ])
})
