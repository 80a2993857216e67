import { lower, one, text } from '../readers.ts'
import type { FieldTable } from '../table.ts'
import { operationProperty } from './name-values.ts'

/** Which encrypted mail was opened in Microsoft's portal, of whom, and by whom: its recipient. */
export const openedInPortal: FieldTable = {
  'email.message_id': text('MessageId'),
  'email.subject': operationProperty('MailSubject'),
  'email.from.address': one(lower(text('Sender'))),
  'email.to.address': one(lower(text('Recipient'))),
}
