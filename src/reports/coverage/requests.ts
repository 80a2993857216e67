import { mailRequestsText } from '../mail-requests.ts'
import { type Check, warning } from './check.ts'

/** Mail that was fetched through Microsoft Graph: beside the mails that are known to be read, at least so many. */
export const requested: Check = ({ answers }) => {
  const text = mailRequestsText(answers)
  return text === undefined ? [] : [warning('graph-requests', text)]
}
