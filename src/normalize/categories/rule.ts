import { ruleId, ruleName, ruleSummary } from '../audit/forwarding.ts'
import type { Category, FieldTable } from '../table.ts'
import { partsOf } from './rows.ts'

const named: FieldTable = { 'rule.name': ruleName, 'rule.id': ruleId, 'hoofprint.rule.summary': ruleSummary }

/** Rules that handle mail on their own: of a mailbox, and of the whole tenant. Where one sends mail stands in `email.to.address`. */
export const rule: Category = {
  name: 'rule',
  ecs: { category: ['email', 'configuration'], type: ['change'] },
  audit: partsOf('email', 'configuration')(
    {
      change: `Set-InboxRule, Enable-InboxRule, Disable-InboxRule, UpdateInboxRules, Set-TransportRule,
        Enable-TransportRule, Disable-TransportRule, Set-JournalRule, Enable-JournalRule, Disable-JournalRule,
        Set-SweepRule, Enable-SweepRule, Disable-SweepRule, Import-TransportRuleCollection,
        Set-MailboxJunkEmailConfiguration`,
      creation: 'New-InboxRule, New-TransportRule, New-JournalRule, New-SweepRule',
      deletion: 'Remove-InboxRule, Remove-TransportRule, Remove-JournalRule, Remove-SweepRule',
    },
    named,
  ),
}
