import { type Answers, hasReading } from '../answers.ts'
import { type Check, gap, warning } from './check.ts'

const noProof = 'absence in this evidence is not proof that there were none'

/** What is not there at all; for audit records also whether it would be there. */
export const absent: Check = ({ answers }) => {
  if (answers.total === 0) return [gap('no-activities', `The evidence holds no activity at all; ${noProof}.`)]
  const lacks = (category: string) => (answers.categories[category] ?? 0) === 0
  const noLogons = 'The evidence holds no logons, so nothing can be tied to an address by one'
  return [
    ...(lacks('logon') ? [gap('no-logons', `${noLogons}; ${noProof}.`)] : []),
    ...(lacks('search')
      ? [warning('no-searches', `The evidence holds no searches; ${noProof}.${searchHint(answers)}`)]
      : []),
    ...(hasReading(answers)
      ? []
      : [warning('no-reads', `The evidence holds no mail being read; ${noProof}.${readHint(answers)}`)]),
  ]
}

// Microsoft: SearchQueryInitiated is no default of mailbox auditing, whatever the licence.
/** Why searches may be missing in audit records. */
export function searchHint(answers: Answers): string {
  if (!hasAudit(answers)) return ''
  return ' Searches of a mailbox are audited only after Set-Mailbox -AuditOwner @{Add="SearchQueryInitiated"}.'
}

// Microsoft: MailItemsAccessed came with E5 and was widened to further licences in 2024.
/** Why mail access may be missing in audit records. */
export function readHint(answers: Answers): string {
  if (!hasAudit(answers)) return ''
  return ' MailItemsAccessed is recorded only where licence and audit settings of the mailbox include it: check both.'
}

/** Whether there are audit records. */
export function hasAudit({ datasets }: Answers): boolean {
  return datasets.some(({ dataset }) => dataset === 'o365.audit')
}
