import { ruleSummary } from '../audit/forwarding.ts'
import type { Category } from '../table.ts'
import { plain } from './rows.ts'

/** Mailboxes whose mail goes on to another address; that stands in `email.to.address`. */
export const forward: Category = {
  name: 'forward',
  ecs: { category: ['email', 'configuration'], type: ['change'] },
  audit: [{ fields: { 'hoofprint.rule.summary': ruleSummary }, operations: plain('Set-Mailbox with forwarding') }],
}
