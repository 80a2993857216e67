import { chmodSync, copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { begin, entry, packed, put } from './support/case.ts'
import { type CliResult, hoofprint } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { leftByVersion } from './support/older-case.ts'

/** Runs `hoofprint` on a case as an archive has it: nobody may write it. Root may always, so it is then another user. */
function onArchive(folder: string, command: string, mode = 0o444): CliResult {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), mode)
  chmodSync(folder, 0o555)
  const nobody = process.getuid?.() === 0 ? { as: 65534 } : {}
  try {
    return hoofprint([...command.split(' '), '--case', folder], nobody)
  } finally {
    chmodSync(folder, 0o755)
  }
}

test('a case that nobody may write is answered from as it is', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'export.csv', [entry()])
  store.close()
  const files = readdirSync(folder)

  const results = ['answer', 'sessions'].map((command) => onArchive(folder, command))

  expect(results).toEqual([
    { code: 0, err: '', out: expect.stringContaining('1 activity of everybody') },
    { code: 0, err: '', out: expect.stringContaining('No record that is asked for names a session') },
  ])
  expect(readdirSync(folder)).toEqual(files)
})

test('of an archived case that is not whole without what stands beside it, it is said what to do', () => {
  const [folder, archive] = [temporaryFolder(), temporaryFolder()]
  const store = openCase(folder)
  store.write(begin(store, 'a.csv'), { entries: packed([entry()]), rejected: [], cursor: 1 })
  for (const name of ['case.sqlite', 'case.sqlite-wal']) copyFileSync(join(folder, name), join(archive, name))
  store.close()

  const { code, err } = onArchive(archive, 'answer')

  expect(err).toMatch(/cannot be written, and what was stored last is in case\.sqlite-wal still: copy both/)
  expect(code).toBe(2)
})

test('of an archived case of an earlier version, which is to be brought up to date first, it is said what to do', () => {
  const folder = temporaryFolder()
  openCase(folder).close()
  leftByVersion(12, folder)

  const { code, err } = onArchive(folder, 'answer')

  expect(err).toMatch(/cannot be written, and is as an older Hoofprint wrote it: copy it/)
  expect(code).toBe(2)
})

test('of an archived case whose records are not joined yet, it is said what to do', () => {
  const folder = temporaryFolder()
  const store = openCase(folder, { joinsLater: true })
  store.beginBulk()
  put(store, 'a.csv', [entry({ usage: { ip: '192.0.2.7', userAgent: 'x', isOwn: true, asks: false } })])
  store.close()

  const { code, err } = onArchive(folder, 'answer')

  expect(err).toMatch(/cannot be written, and was left without what records are joined by: copy it/)
  expect(code).toBe(2)
})

test('of a case that this user may not read, it is the permission that is named', () => {
  const folder = temporaryFolder()
  openCase(folder).close()

  const { code, err } = onArchive(folder, 'answer', 0o000)

  expect(err).toMatch(/EACCES: permission denied, access .*case\.sqlite.*: let this user write the case/)
  expect(code).toBe(1)
})

test('of a folder in which this user may make no case, as what another owns, it is the permission that is named', () => {
  const { code, err } = onArchive(temporaryFolder(), 'import samples/outlook-activities.csv')

  expect(err).toMatch(/^hoofprint: EACCES: permission denied, access '.*': let this user write the case, or /m)
  expect(code).toBe(1)
})
