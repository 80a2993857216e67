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

test('questions to which nothing was found stand together behind the others, but for what limits that', () => {
  const section = (question: string, total: number, limits: string[] = []) => ({
    name: 'sent',
    question,
    total,
    limits,
    findings: [],
  })
  const sections = [section('Who?', 0), section('What?', 0, ['not audited']), section('Where?', 0), section('When?', 1)]
  const answer = { whose: 'everybody', activities: 1, doubled: 0, marks: [], datasets: [], limits: ['late'], sections }

  const text = answerAsText(answer as unknown as CaseAnswer)

  const none = 'nothing in this evidence; that is not proof that there was none'
  expect(text).toContain(
    `\nWhat? 0\n  ${none}\n  ! not audited\n\nWhen? 1\n\nTo these questions: ${none}\n  Who?\n  Where?\n\nWhat limits`,
  )
})
