import { expect, test } from '@jest/globals'
import { ownerOf } from '#src/gather/file-mailbox.ts'
import { never, surveyed } from '../support/files.ts'
import { fileOf } from '../support/folder.ts'

const [alice, bob, carol] = ['alice@contoso.example', 'bob@contoso.example', 'carol@contoso.example'] as const
const anyDoubt = expect.stringContaining('if that is wrong, import it into a new case')

test.each<[string, readonly string[], { said?: string; known?: string[] }, unknown]>([
  ['whom most logons name', [alice, alice, bob], {}, { mailbox: alice, from: '2 of 3 logons name it' }],
  ['nobody’s whom half of them name', [alice, bob], {}, expect.stringMatching(/none by most logons.* with --mailbox/)],
  ['nobody’s where no logon names anybody', [], {}, expect.stringContaining('--mailbox')],
  ['whose it is said to be', [], { said: bob }, { mailbox: bob }],
  ['as said, where most logons name him', [alice, alice, bob], { said: ` ${alice.toUpperCase()}` }, { mailbox: alice }],
  ['as said, where no other has more than half of the logons', [alice, bob], { said: bob }, { mailbox: bob }],
  ['as said, in doubt', [alice, alice, bob], { said: bob }, { mailbox: bob, doubt: anyDoubt }],
  ['of whom it was read as', [alice], { known: [bob] }, { mailbox: bob }],
  [
    'of whom it was read as, whoever is said',
    [alice],
    { said: carol, known: [bob] },
    { mailbox: bob, doubt: anyDoubt },
  ],
  ['as said, where it was read as several', [alice], { said: carol, known: [bob, carol] }, { mailbox: carol }],
])('a file that does not say whose it is, is %s', async (_whose, names, { said, known = [] }, owner) => {
  const logons = names.map(
    (name, i) => `2018-06-20T09:00:0${i}.000Z,Exchange,ServerLogon,,,,"{'UserName': '${name}', 'Result': 'Success'}"\n`,
  )
  const rows = ["2018-06-20T10:00:00.000Z,Web,SearchResult,,,s1,{'Query': 'wire'}\n", ...logons]
  const header =
    'TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties\n'
  const file = await surveyed(fileOf(header + rows.join('')))

  expect(await ownerOf(file, { mailbox: said, store: { mailboxesOf: () => known } }, never)).toEqual(owner)
})
