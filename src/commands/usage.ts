import { stripVTControlCharacters } from 'node:util'
import { broken } from '../reports/wrapped.ts'

/** What stands before a description: the name and the gap behind it. */
const named = /^ +\S.*? {4}(?=\S)/

/**
 * A command's usage for a terminal of so many columns: descriptions go on below where they began, and no line ends in blanks, which would make it
 * wider than the terminal. Colours take no room.
 */
export function fittedUsage(usage: string, columns = Number.POSITIVE_INFINITY): string {
  return usage
    .split('\n')
    .flatMap((line) => fitted(line.trimEnd(), columns))
    .join('\n')
}

function fitted(line: string, columns: number): string[] {
  const start = named.exec(stripVTControlCharacters(line))?.[0].length ?? 0
  return broken(line, columns, { start, indent: start })
}
