import type { Category } from '../table.ts'
import { account } from './account.ts'
import { admin } from './admin.ts'
import { alert } from './alert.ts'
import { attachment } from './attachment.ts'
import { calendar } from './calendar.ts'
import { consent } from './consent.ts'
import { copilot } from './copilot.ts'
import { deletion } from './delete.ts'
import { delivery } from './delivery.ts'
import { file } from './file.ts'
import { forward } from './forward.ts'
import { logon } from './logon.ts'
import { move } from './move.ts'
import { other } from './other.ts'
import { permission } from './permission.ts'
import { read } from './read.ts'
import { request } from './request.ts'
import { rule } from './rule.ts'
import { search } from './search.ts'
import { send } from './send.ts'
import { share } from './share.ts'
import { state } from './state.ts'

/** Every category there is. A new one is one file beside these and one line here. */
export const categories: readonly Category[] = [
  logon,
  search,
  read,
  attachment,
  send,
  deletion,
  move,
  rule,
  forward,
  permission,
  consent,
  account,
  admin,
  file,
  share,
  alert,
  calendar,
  delivery,
  request,
  copilot,
  state,
  other,
]
