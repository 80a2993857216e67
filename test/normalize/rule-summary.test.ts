import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { ruleSummary } from '#src/normalize/audit/forwarding.ts'

test('a parameter without a name is no part of a rule', () => {
  const named = [
    { Name: 'SubjectContainsWords', Value: 'invoice' },
    { Name: 'DeleteMessage', Value: 'True' },
  ]
  const [whole, withMore, cut] = [named, [...named, { Value: 'lost' }], '[{"Name":"Subj'].map(summaryOf)

  expect(whole).toContain('invoice')
  expect(withMore).toBe(whole)
  expect(cut).toBe(summaryOf([]))
})

function summaryOf(parameters: JsonObject['x'] | undefined): string | undefined {
  const operation = 'New-InboxRule'
  const record = { Parameters: parameters ?? null }
  return ruleSummary(record, { dataset: 'o365.audit', id: '1', time: 0, operation, mailbox: '', record })
}
