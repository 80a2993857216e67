import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { saidOf } from '#src/commands/exit.ts'
import { temporaryFolder } from '../support/folder.ts'

test('of a full disk it is said that the same command goes on when there is room', () => {
  const db = new DatabaseSync(':memory:')
  db.exec('pragma max_page_count = 2; create table some (text)')

  const full = thrown(() => db.exec('insert into some select hex(zeroblob(1000000))'))

  expect(saidOf(full)).toMatch(/^database or disk is full: make room .* goes on from where it was$/)
  const system = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(saidOf(system)).toMatch(/^ENOSPC: no space left on device, write: make room /)
})

test('of a case that cannot be written or opened it is said what to look at', () => {
  const path = join(temporaryFolder(), 'case.sqlite')
  new DatabaseSync(path).exec('create table some (text)')

  expect(saidOf(thrown(() => new DatabaseSync(path, { readOnly: true }).exec('drop table some')))).toMatch(
    /^attempt to write a readonly database: let this user write the case, or copy it /,
  )
  expect(saidOf(thrown(() => new DatabaseSync(join(path, 'none'))))).toMatch(/^unable to open .*: see that the disk /)
})

test.each(['EPERM', 'EBUSY'])('of a report that Excel has open it is said to close it (%s)', (code) => {
  const system = Object.assign(new Error(`${code}: operation not permitted, rename 'a.tsv.part'`), { code })

  expect(saidOf(system)).toMatch(/^E[A-Z]+: .*: close it in the program that has it open .* goes on from where it was$/)
})

test('of a damaged case it is said to begin a new one', () => {
  const path = join(temporaryFolder(), 'case.sqlite')
  writeFileSync(path, 'no database '.repeat(1000))

  expect(saidOf(thrown(() => new DatabaseSync(path).exec('pragma user_version')))).toMatch(
    /^file is not a database: case.sqlite is damaged, or was copied while .* import .* \(--case DIR\)$/,
  )
})

test('what is not the fault of a disk stays as it was said', () => {
  expect(saidOf(new Error('there is no such option'))).toBe('there is no such option')
  expect(saidOf('just a text')).toBe('just a text')
  const wrong = thrown(() => new DatabaseSync(':memory:').exec('select from nothing'))
  expect(saidOf(wrong)).toMatch(/^near "from": syntax error$/)
})

function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
