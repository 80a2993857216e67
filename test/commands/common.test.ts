import { expect, test } from '@jest/globals'
import { columnsOf } from '#src/commands/common.ts'

test('a terminal is as wide as it says, and one that says 0 does not say', () => {
  expect([{ columns: 80 }, { columns: 0 }, {}].map(columnsOf)).toEqual([80, undefined, undefined])
})
