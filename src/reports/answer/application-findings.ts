import { applicationAnswers } from '../application-answers.ts'
import { applicationConsents, applicationDid, applicationLabel, applicationMailboxes } from '../application-words.ts'
import type { Scratch } from '../scratch.ts'
import { countOf } from '../words.ts'
import { isOf } from './fact-findings.ts'
import { type Finding, type Found, mostFindings, type Sureness, type Whose } from './finding.ts'

// An id of an application stands in the record itself, so that without marks what it did is as sure as can be.
const surenesses: readonly Sureness[] = ['record', 'session', 'inferred', 'record']

/** The applications that had access to mail; with marks only those of the intruder's, and who let them in, whoever that was. */
export function applicationFindings(scratch: Scratch, whose: Whose): Found {
  const { total, rows } = applicationAnswers(scratch, { limit: mostFindings[whose], where: isOf(whose) })
  const findings = rows.map((answer): Finding => {
    const { sure, id, ...facts } = answer
    const activities = countOf(answer.activities, 'activity', 'activities')
    const did = answer.activities === 0 ? undefined : (applicationDid(answer) ?? `${activities} that name no mail`)
    const where = answer.mailboxTotal === 0 ? '' : ` in ${applicationMailboxes(answer)}`
    const parts = [did === undefined ? undefined : `${did}${where}`, applicationConsents(answer)]
    return {
      at: answer.first,
      last: answer.last,
      text: `${applicationLabel(answer)}: ${parts.filter((part) => part !== undefined).join('; ')}`,
      certainty: surenesses[sure] ?? null,
      references: [{ id }],
      facts,
    }
  })
  return { total, findings }
}
