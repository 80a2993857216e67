import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { entry, put } from './support/case.ts'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { missed } from './support/missed.ts'

const title = 'of a full disk it is said that room is needed, not that another program works on the case'

/** Runs a program on the copy of a case on a disk that is full. */
function onFullDisk(folder: string, ...program: string[]) {
  const script = `set -e
cp -r "$1" "$1.copy"; mount -t tmpfs -o size=4m tmpfs "$1"; cp -r "$1.copy/." "$1"; rm -r "$1.copy"; shift
dd if=/dev/zero of="$CASE/filled" bs=4k 2>/dev/null || true
exec "$@"`
  const words = ['--user', '--map-root-user', '--mount', 'sh', '-c', script, 'sh', folder, ...program]
  return spawnSync('unshare', words, { encoding: 'utf8', env: { ...process.env, CASE: folder } })
}

if (onFullDisk(temporaryFolder(), 'true').status === 0) {
  test(title, () => {
    const folder = temporaryFolder()
    const store = openCase(folder)
    put(store, 'export.csv', [entry()])
    store.close()

    const told = onFullDisk(folder, process.execPath, join(root, 'src/cli.ts'), 'report', '--case', folder)

    expect(told.stderr).toMatch(/^hoofprint: database or disk is full: make room on the disk of the case/)
    expect(told.status).toBe(1)
  })
} else missed(title, 'this system gives no mount namespace')
