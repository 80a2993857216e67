import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { activityTables, changeTables, directoryShapes, mailTables } from '#src/shape-names.ts'
import { csvShapes, jsonShapes } from '#src/sources/files/shapes/index.ts'
import { root } from '../../../support/cli.ts'

/** What Hoofprint fetches itself, and what is read under any name of a column. */
const unlisted = ['management-api', 'any-column-csv']

test('each shape that an import may print stands in the list of what is read', () => {
  const rows = readFileSync(join(root, 'docs/evidence.md'), 'utf8').matchAll(/^\| (`.*?) \| (.*) \|$/gm)
  const listed = [...rows].flatMap(([, names = '', told = '']) => [...namesIn(names), ...columnsIn(told)])
  const known = [...csvShapes, ...jsonShapes].map(({ name }) => name)

  expect(known.length).toBeGreaterThan(80)
  expect(known.filter((name) => !listed.includes(name) && !unlisted.includes(name))).toStrictEqual([])
})

test('each shape that is asked for by its name is one', () => {
  const known = [...csvShapes, ...jsonShapes].map(({ name }) => name)

  expect(
    [...mailTables, ...activityTables, ...directoryShapes, ...changeTables].filter((name) => !known.includes(name)),
  ).toStrictEqual([])
})

/** Of `a-csv`, `…-b` and `-c`: the second goes on where the one before ends, the third takes the place of the first's last part. */
function namesIn(cell: string): string[] {
  const names: string[] = []
  for (const [, told = ''] of cell.matchAll(/`([^`]+)`/g)) {
    const [first = '', last = ''] = [names[0], names.at(-1)]
    if (told.startsWith('…')) names.push(last + told.slice(1))
    else if (told.startsWith('-')) names.push(first.replace(/-[^-]*$/, told))
    else names.push(told)
  }
  return names
}

function columnsIn(text: string): string[] {
  return [...text.matchAll(/`(\w+)`/g)].map(([, column]) => `${column}-csv`)
}
