import type { Category } from '../table.ts'
import { attachment } from './attachment.ts'
import { calendar } from './calendar.ts'
import { deletion } from './delete.ts'
import { delivery } from './delivery.ts'
import { logon } from './logon.ts'
import { move } from './move.ts'
import { other } from './other.ts'
import { read } from './read.ts'
import { search } from './search.ts'
import { send } from './send.ts'

/** Every category there is. A new one is one file beside these and one line here. */
export const categories: readonly Category[] = [
  logon,
  search,
  read,
  attachment,
  send,
  deletion,
  move,
  calendar,
  delivery,
  other,
]
