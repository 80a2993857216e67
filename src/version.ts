import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** The version in package.json. */
export const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

/** All that this program is made of, and what says which libraries it has. */
const parts = ['package.json', 'package-lock.json', 'src/**/*.{ts,css,js}', 'mappings/**/*.json']

/** Names this program as it is installed: each of its files by size and time of change. */
export function programStamp(): string {
  const files = globSync(parts, { cwd: root }).sort()
  return JSON.stringify(files.map((file) => [file, ...fileStamp(join(root, file))]))
}

/** Size and time of change of a file, by which one tells whether somebody wrote it since. */
export function fileStamp(path: string): [bytes: number, changed: number] {
  const { size, mtimeMs } = statSync(path)
  return [size, mtimeMs]
}
