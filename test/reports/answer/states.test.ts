import { expect, test } from '@jest/globals'
import { answerOf } from '#src/reports/answer/index.ts'
import { countParts } from '#src/reports/count.ts'
import { answersOf } from '#src/reports/count-answers.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { reported } from '../../support/reported.ts'

const rule = (day: string, given: object) =>
  reported({
    ...{ '@timestamp': `2026-03-${day}T09:00:00.000Z`, 'event.action': 'InboxRule', 'event.kind': 'state' },
    ...{ 'hoofprint.category': 'state', 'hoofprint.listed.by': 'name', 'event.dataset': 'o365.state' },
    ...{ 'rule.name': '.', 'o365.state': { Enabled: 'True', DeleteMessage: 'True' }, ...given },
  })
const record = (day: string, action: string, audit: object, given: object = {}) =>
  reported({
    ...{ '@timestamp': `2026-03-${day}T20:00:00.000Z`, 'event.action': action, 'hoofprint.category': 'rule' },
    ...{ 'o365.audit': audit, ...given },
  })
const byName = { Parameters: { Name: '.' } }

test('a record that has the number of a rule alone is of it, and so is one in the other letters of its mailbox, up to half a day later', async () => {
  const texts = await told([
    record('09', 'UpdateInboxRules', { OperationProperties: { RuleId: '115' } }),
    rule('10', { 'rule.id': '115' }),
    record('10', 'Set-InboxRule', byName, { 'hoofprint.mailbox': 'Ben@contoso.example' }),
    rule('10', { 'hoofprint.mailbox': 'ben@contoso.example' }),
  ])

  expect(texts).toEqual([
    expect.stringContaining('up to then is UpdateInboxRules, 2026-03-09 20:00 UTC'),
    expect.stringContaining('up to then is Set-InboxRule, 2026-03-10 20:00 UTC'),
  ])
})

test('what was done later, in vain or in another mailbox made no rule; that it was taken back before is told', async () => {
  const texts = await told([
    record('11', 'New-InboxRule', byName),
    record('09', 'New-InboxRule', byName, { 'event.outcome': 'failure' }),
    record('09', 'New-InboxRule', byName, { 'hoofprint.mailbox': 'ben@contoso.example' }),
    rule('10', {}),
    ...[
      record('08', 'New-InboxRule', { Parameters: { Name: 'x' } }),
      record('09', 'Remove-InboxRule', { Parameters: { Name: 'x' } }),
    ],
    rule('10', { 'rule.name': 'x' }),
  ])

  expect(texts).toEqual([
    expect.stringMatching(/“\.” of alice@contoso\.example: no record here names it$/),
    expect.stringContaining('up to then is Remove-InboxRule'),
  ])
})

test('a rule that is switched off, or hides nothing, is told where a record names it alone', async () => {
  const off = { 'o365.state': { Enabled: 'False', DeleteMessage: 'True' } }
  const harmless = { 'o365.state': { Enabled: 'True', ApplyCategory: 'Red' } }

  expect(await told([rule('10', off), rule('10', harmless)])).toEqual([])
  expect(await told([record('09', 'New-InboxRule', byName), rule('10', off)])).toHaveLength(1)
})

async function told(activities: readonly ReportedActivity[]): Promise<string[]> {
  const parts = async function* () {
    yield partRenderer(false, false)(activities)
  }
  const none = { total: 0, rows: [] }
  const answer = await countParts(parts(), ({ scratch, tally }) =>
    answerOf({ answers: answersOf(scratch, tally), evidence: [], rejects: none, skipped: none }, scratch, []),
  )
  return answer.sections.find(({ name }) => name === 'states')?.findings.map(({ text }) => text) ?? []
}
