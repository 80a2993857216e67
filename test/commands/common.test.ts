import { expect, test } from '@jest/globals'
import { columnsOf } from '#src/commands/columns.ts'
import { caseOption } from '#src/commands/common.ts'
import { configOf } from '#src/config.ts'

test('a terminal is as wide as it says, and one that says 0 does not say', () => {
  expect([{ columns: 80 }, { columns: 0 }, {}].map(columnsOf)).toEqual([80, undefined, undefined])
})

test('a command to be typed next names the case unless it is the usual one, and so that a shell takes it for one word', () => {
  const options = ['./case', '../cases/7', 'my case'].map((folder) =>
    caseOption({ config: configOf(undefined, {}, { case: folder }, () => {})() }),
  )

  expect(options).toEqual(['', ' --case ../cases/7', ' --case "my case"'])
})
