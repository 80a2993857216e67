/** A listing of how things stood when somebody looked, known by its members. */
interface Listing {
  readonly members: readonly string[]
  readonly reason: string
}

// What the cmdlets and Graph's resources of these names have and records of what happened have not, in lower case.
const listings: readonly Listing[] = [
  {
    members: ['risklastupdateddatetime', 'risklevel', 'riskdetail'],
    reason:
      'who is at risk, not what was found: export the risk detections too (Get-MgRiskDetection, AADUserRiskEvents)',
  },
  {
    members: ['ruleidentity', 'mailboxownerid'],
    reason:
      'inbox rules as they were when somebody looked, not who made them and from where: the audit log tells that (New-InboxRule, Set-InboxRule, UpdateInboxRules)',
  },
  {
    members: ['forwardingsmtpaddress', 'delivertomailboxandforward', 'primarysmtpaddress'],
    reason:
      'mailboxes as they were when somebody looked, not who changed them and from where: the audit log tells that (Set-Mailbox)',
  },
]

/** Why a record or a row with these members is no evidence of what happened, where it is one of a listing that is known. */
export function whyNoEvidence(names: readonly string[]): string | undefined {
  const known = new Set(names.map((name) => name.toLowerCase()))
  return listings.find(({ members }) => members.every((name) => known.has(name)))?.reason
}
