import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { moveToPlace } from '#src/reports/report-file.ts'
import { temporaryFolder } from '../support/folder.ts'

/** Moves files as Windows does while another program has one open for the first so many times. */
function held(code: string, times: number) {
  let tries = 0
  return (from: unknown, to: unknown) => {
    tries += 1
    if (tries <= times) throw Object.assign(new Error(`${code}: operation not permitted, rename`), { code })
    renameSync(from as string, to as string)
  }
}

test.each([
  'EPERM',
  'EBUSY',
  'EACCES',
])('a report that another program has open for a moment (%s) is replaced', (code) => {
  const folder = temporaryFolder()
  const [part, place] = [join(folder, 'a.tsv.part'), join(folder, 'a.tsv')]
  writeFileSync(part, 'new')
  writeFileSync(place, 'old')

  moveToPlace(part, place, held(code, 2))

  expect(readFileSync(place, 'utf8')).toBe('new')
})

test('what stays open, or cannot be moved at all, is told', () => {
  const [part, place] = [join(temporaryFolder(), 'a.tsv.part'), join(temporaryFolder(), 'a.tsv')]
  let tries = 0
  const always = () => {
    tries += 1
    throw Object.assign(new Error('EPERM: operation not permitted, rename'), { code: 'EPERM' })
  }

  expect(() => moveToPlace(part, place, always)).toThrow('EPERM')
  expect(tries).toBeGreaterThan(10)
  expect(() => moveToPlace(part, place)).toThrow('ENOENT')
})
