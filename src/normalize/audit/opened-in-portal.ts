import { type FieldTable, lower, one, text } from '../table.ts'
import { operationProperty } from './name-values.ts'

/** Which encrypted mail was opened in Microsoft's portal, of whom, and by whom: its recipient. */
export const openedInPortal: FieldTable = {
  'email.message_id': text('MessageId'),
  'email.subject': operationProperty('MailSubject'),
  'email.from.address': one(lower(text('Sender'))),
  'email.to.address': one(lower(text('Recipient'))),
}
