import { expect, test } from '@jest/globals'
import { namesFirst, told } from '#src/reports/changed-values.ts'

test('of what was changed words stand before ids, in their order', () => {
  const properties = {
    Role_ObjectID: { NewValue: '"3f9d2c61-7b84-4e0a-9c15-d26a8e01b7f4"' },
    Role_DisplayName: { OldValue: '', NewValue: '"Compliance Administrator"' },
    AccountEnabled: { OldValue: '[true]', NewValue: '[false]' },
  }

  const parts = Object.entries(properties)
    .toSorted(namesFirst)
    .map(([name, change]) => told(name, change))

  expect(parts).toEqual([
    'Role_DisplayName: "Compliance Administrator"',
    'AccountEnabled: [true] → [false]',
    'Role_ObjectID: "3f9d2c61-7b84-4e0a-9c15-d26a8e01b7f4"',
  ])
})
