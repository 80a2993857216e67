import type { Outcome } from '../../document.ts'
import { type FieldTable, lower, one, text } from '../table.ts'
import { operationProperty } from './name-values.ts'

// EmailPostDeliveryEvents' ActionResult in real records (`Success`) and in queries of Microsoft's (`Error`); of others nobody knows.
const results: readonly (readonly [RegExp, Outcome])[] = [
  [/^success/i, 'success'],
  [/^(?:error|fail)/i, 'failure'],
]
const result = text('ResultStatus')
const told = [text('Action'), text('DeliveryLocation'), text('ActionTrigger')]

/** What was done to a mail after its delivery: what, where the mail is now, and who or what began it. */
export const afterDelivery: FieldTable = {
  'event.reason': (record, activity) => {
    const parts = told.map((read) => read(record, activity))
    return parts.filter((part) => part !== undefined).join('; ') || undefined
  },
  'event.outcome': (record, activity) => {
    const said = result(record, activity)?.trim() ?? ''
    return results.find(([pattern]) => pattern.test(said))?.[1] ?? 'unknown'
  },
  'rule.name': text('ThreatTypes'),
}

/** Which encrypted mail was opened in Microsoft's portal, of whom, and by whom: its recipient. */
export const openedInPortal: FieldTable = {
  'email.message_id': text('MessageId'),
  'email.subject': operationProperty('MailSubject'),
  'email.from.address': one(lower(text('Sender'))),
  'email.to.address': one(lower(text('Recipient'))),
}
