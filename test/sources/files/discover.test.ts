import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { discover } from '#src/sources/files/discover.ts'
import { temporaryFolder } from '../../support/folder.ts'

test('a path that is given is named, what lies in a folder is not, and all come in a stable order', async () => {
  const folder = folderWith('b.csv', 'a/2.csv', 'a/10.csv', 'c/d/e.csv')

  const found = await discover([join(folder, 'b.csv'), folder])

  expect(found).toEqual([
    { path: join(folder, 'b.csv'), named: true },
    { path: join(folder, 'a/10.csv'), named: false },
    { path: join(folder, 'a/2.csv'), named: false },
    { path: join(folder, 'c/d/e.csv'), named: false },
  ])
})

test('a path that is not there is found too, so that its absence is told', async () => {
  const path = join(temporaryFolder(), 'gone.csv')

  expect(await discover([path])).toEqual([{ path, named: true }])
})

test('an empty folder holds nothing', async () => {
  expect(await discover([temporaryFolder()])).toEqual([])
})

test('what is neither a file nor a folder is said to be so, rather than waited for', async () => {
  const folder = folderWith('a.csv')
  execFileSync('mkfifo', [join(folder, 'pipe.csv')])

  const found = await discover([folder])

  expect(found).toEqual([
    { path: join(folder, 'a.csv'), named: false },
    { path: join(folder, 'pipe.csv'), named: false, unreadable: 'it is a pipe or a device: give a file' },
  ])
})

test('a folder that leads back into itself is not walked for ever, and its files are found once', async () => {
  const folder = folderWith('a.csv', 'inner/b.csv')
  symlinkSync(folder, join(folder, 'inner/back'))

  const found = await discover([folder])

  expect(found.map(({ path }) => path)).toEqual([join(folder, 'a.csv'), join(folder, 'inner/b.csv')])
})

function folderWith(...paths: string[]): string {
  const folder = temporaryFolder()
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), '')
  }
  return folder
}
