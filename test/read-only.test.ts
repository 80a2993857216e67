import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { missed } from './support/missed.ts'

const title = 'where only the case can be written, as in the container, evidence is imported and answered from'

// A temporary folder that is a mount of its own is made read-only too, else SQLite would find a place there.
const onlyTheCase = `set -e
case=$1; shift
mount --bind "$case" "$case"
for place in / /tmp /var/tmp /usr/tmp /dev/shm; do
  if mountpoint -q $place; then mount -o remount,ro,bind $place; fi
done
cd /
for place in /tmp /var/tmp; do
  if [ -w $place ]; then echo "$place can be written" >&2; exit 9; fi
done
exec "$@"`

/** Runs a program where nothing but `folder` can be written. */
function confined(folder: string, ...program: string[]) {
  const { TMPDIR: _, SQLITE_TMPDIR: __, ...env } = process.env
  const words = ['--user', '--map-root-user', '--mount', 'sh', '-c', onlyTheCase, 'sh', folder, ...program]
  return spawnSync('unshare', words, { encoding: 'utf8', env })
}

if (confined(import.meta.dirname, 'true').status === 0) {
  test(title, () => {
    const folder = temporaryFolder()
    const run = (...words: string[]) =>
      confined(folder, process.execPath, join(root, 'bin/hoofprint.mjs'), ...words, '--case', folder)

    const imported = run('import', join(root, 'samples/outlook-activities.csv'))
    const answered = run('answer')

    expect(imported).toMatchObject({ status: 0, stderr: '' })
    expect(imported.stdout).toContain('14114 rows read = 14114 stored + 0 duplicate + 0 rejected')
    expect(answered).toMatchObject({ status: 0, stderr: '' })
    expect(answered.stdout).toContain('14,114 activities')
    expect(readdirSync(join(folder, 'reports')).filter((name) => name.endsWith('.part'))).toEqual([])
  })
  test('where a case can not even be made, it is said that this user has to be let write it', () => {
    const folder = temporaryFolder()
    const program = [process.execPath, join(root, 'bin/hoofprint.mjs')]

    const { status, stderr } = confined(folder, ...program, 'import', folder, '--case', '/nowhere/to/be/written')

    expect(stderr).toMatch(/^hoofprint: EROFS: read-only file system, \w+ '.*': let this user write the case, or /)
    expect(status).toBe(1)
  })
} else missed(title, 'this system gives no mount namespace')
