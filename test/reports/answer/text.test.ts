import { expect, test } from '@jest/globals'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import { answerAsText } from '#src/reports/answer/text.ts'

test.each([
  ['applications', 'all in the table <case>-applications.tsv'],
  ['sent', 'all activities in the tables'],
])('of %s that are more than an answer lists it says where all of them are', (name, where) => {
  const finding = { at: '2026-03-09T08:00:00.000Z', text: 'x', certainty: null, references: [], facts: {} }
  const findings = Array.from({ length: 9 }, () => finding)
  const answer = {
    ...{
      whose: 'everybody',
      told: 10,
      first: finding.at,
      last: finding.at,
      activities: 10,
      inferred: 0,
      doubled: 0,
      marks: [],
      datasets: [],
      limits: [],
    },
    sections: [{ name, question: 'Which?', total: 10, findings, limits: [] }],
  } as unknown as CaseAnswer

  expect(answerAsText(answer)).toContain(`… and 2 more: 9 in --json, ${where}`)
})
