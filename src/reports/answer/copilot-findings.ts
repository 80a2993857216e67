import { copilotByUser, copilotUses } from '../copilot.ts'
import type { Scratch } from '../scratch.ts'
import { surenesses } from '../sureness.ts'
import { countOf, shortened } from '../words.ts'
import { isOf } from './fact-findings.ts'
import { type Finding, type Found, mostFindings, type Whose } from './finding.ts'

const named = 3

/** Who had Copilot answer from where, and what it named as read for that. */
export function copilotFindings(scratch: Scratch, whose: Whose): Found {
  const uses = copilotByUser(scratch, { limit: mostFindings[whose], where: isOf(whose) })
  const findings = uses.map(({ ids, sure, ...facts }): Finding => {
    const { user, ip, interactions, resources, hosts, at, last } = facts
    const where = hosts.length === 0 ? '' : ` in ${hosts.join(', ')}`
    const more = resources.length > named ? ' …' : ''
    const names =
      resources.length === 0
        ? ''
        : `: ${resources
            .slice(0, named)
            .map((name) => shortened(name, 40))
            .join(', ')}${more}`
    return {
      at,
      last,
      text: `${user} from ${ip ?? 'no address'}: ${countOf(interactions, 'interaction')}${where}, naming ${countOf(resources.length, 'resource')}${names}`,
      certainty: surenesses[sure] ?? null,
      references: ids.map((id) => ({ id })),
      facts,
    }
  })
  return { total: copilotUses(scratch, isOf(whose)), findings }
}
