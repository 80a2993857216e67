import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

test('of a second that thousands of mailboxes share each is given its own, in one pass over the second', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const mailboxes = Array.from({ length: 4000 }, (_, i) => `user-${i}@contoso.example`)
  put(
    store,
    'traces.csv',
    mailboxes.map((mailbox, i) => entry({ time: 1000, id: `id-${i}`, mailbox, dataset: 'o365.messagetrace' })),
  )
  store.close()
  const reader = openReader(folder)
  const second = { dataset: 'o365.messagetrace', from: 1000, to: 1999, operation: null, hasRows: true }
  const moments = [...mailboxes.map((mailbox) => ({ ...second, mailbox })), { ...second, mailbox: null }]

  const began = performance.now()
  const found = reader.neighbours.at(moments)
  const tookMs = performance.now() - began
  reader.close()

  const own = found.filter(({ of }) => of < mailboxes.length)
  expect(new Set(own.map(({ of, seq }) => seq - of)).size).toBe(1)
  expect([own.length, found.length]).toEqual([4000, 8000])
  expect(tookMs).toBeLessThan(1000) // Gone through for each mailbox it takes 10 s.
})
