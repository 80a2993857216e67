import { expect, jest, test } from '@jest/globals'
import { fileLines } from '#src/commands/file-lines.ts'
import { noCounts } from '#src/counts.ts'
import type { ImportedFile } from '#src/gather/import-files.ts'

const plain: ImportedFile = {
  path: 'hour.json',
  fate: 'imported',
  shape: 'audit-json',
  counts: { read: 3, stored: 2, duplicate: 1, rejected: 0 },
}

function told(files: readonly ImportedFile[]) {
  const printed: string[] = []
  const warned: string[] = []
  const lines = fileLines(
    (text) => void printed.push(text),
    (text) => void warned.push(text),
  )
  for (const file of files) lines.say(file)
  lines.end()
  return { printed, warned }
}

test('each of some files is told with what became of its rows', () => {
  expect(told([plain, { ...plain, path: 'log.txt', fate: 'skipped', reason: 'no header', counts: noCounts }])).toEqual({
    printed: [
      'hour.json: audit-json',
      '  3 rows read = 2 stored + 1 duplicate + 0 rejected',
      'log.txt: skipped: no header',
    ],
    warned: [],
  })
})

test('of thousands of files those with something to say are told, and the sum of all others', () => {
  const complaint = jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const skipped = { ...plain, path: 'a.txt', fate: 'skipped', reason: 'no header', counts: noCounts } as const
  const { printed, warned } = told([
    ...Array.from({ length: 1500 }, () => plain),
    { ...plain, path: 'lossy.json', counts: { read: 2, stored: 1, duplicate: 0, rejected: 1 } },
    { ...plain, path: 'guessed.csv', mailbox: 'a@contoso.example', mailboxFrom: '3 of 3 logons name it' },
    { ...plain, path: 'doubted.csv', doubt: 'no logon names it' },
    { ...plain, path: 'locked.zip', fate: 'failed', reason: 'it has a password', counts: noCounts },
    { ...plain, path: 'cut.json', brokeOff: 'it ends within a record' },
    ...[skipped, skipped],
  ])
  const complained = complaint.mock.calls.join('')
  complaint.mockRestore()

  expect(printed.slice(400)).toEqual([
    'lossy.json: audit-json',
    '  2 rows read = 1 stored + 0 duplicate + 1 rejected',
    'guessed.csv: audit-json, taken for the mailbox of a@contoso.example (3 of 3 logons name it)',
    '  3 rows read = 2 stored + 1 duplicate + 0 rejected',
    'doubted.csv: audit-json',
    '  3 rows read = 2 stored + 1 duplicate + 0 rejected',
    'cut.json: audit-json',
    '  3 rows read = 2 stored + 1 duplicate + 0 rejected',
    'and 1,300 more files (--json lists each)',
    '  3900 rows read = 2600 stored + 1300 duplicate + 0 rejected',
    '2 more files were skipped (--json lists each)',
  ])
  expect(warned).toEqual(['doubted.csv: no logon names it'])
  expect(complained).toContain('locked.zip: not read: it has a password')
  expect(complained).toContain('cut.json: not read to its end: it ends within a record')
})
