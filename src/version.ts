import { globSync, readFileSync, statSync } from 'node:fs'

const own = import.meta.dirname

/** The version in package.json. */
export const version: string = JSON.parse(readFileSync(`${own}/../package.json`, 'utf8')).version

/** Names this program as it is installed: a change to any of its files gives another name. */
export function programStamp(): string {
  const changed = globSync('**/*.{ts,css,js}', { cwd: own }).map((file) => statSync(`${own}/${file}`).mtimeMs)
  return `${version} ${Math.max(...changed)} ${changed.length}`
}
