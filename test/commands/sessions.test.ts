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
