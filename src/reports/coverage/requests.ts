import { mailRequestsText } from '../mail-requests.ts'
import { countOf } from '../words.ts'
import { type Check, warning } from './check.ts'

/** Mail that was fetched through Microsoft Graph: beside the mails that are known to be read, at least so many. */
export const requested: Check = ({ answers }) => {
  const text = mailRequestsText(answers)
  return text === undefined ? [] : [warning('graph-requests', text)]
}

// Microsoft (OMEPortal): who opens it there is its recipient, by a code or an account that Microsoft does not tell.
/** Encrypted mail that was opened in Microsoft's portal. */
export const portal: Check = ({ answers: { openedInPortal: records } }) => {
  if (records === 0) return []
  const text = `${countOf(records, 'record')} ${records === 1 ? 'tells' : 'tell'} that an encrypted mail or its attachment was opened in Microsoft’s portal, by its recipient or whoever has the recipient’s mailbox: the delivery table has which, and none of it is counted as mail read.`
  return [warning('opened-in-portal', text)]
}
