import type { Mail } from './mail.ts'

/** The kinds of activity that reports tell apart. */
export type Category =
  | 'logon'
  | 'read'
  | 'search'
  | 'attachment'
  | 'send'
  | 'delete'
  | 'move'
  | 'rule'
  | 'forward'
  | 'permission'
  | 'consent'
  | 'account'
  | 'admin'
  | 'file'
  | 'share'
  | 'alert'
  | 'other'

/** Who is really behind it. `service` is Microsoft's own, which nobody asked for. */
export type Actor = 'owner' | 'admin' | 'intruder' | 'service'

/** Who did it, and from where; `user` is the account's name as the record tells it, in lower case. */
export type By = { actor: Actor; user: string; ip?: string; session?: string }

export type Outcome = 'success' | 'failure' | 'unknown'

/** What one record really is: said by the teller of the story, never read back from the record. */
export type Fact = By & {
  category: Category
  /** The mailbox acted upon. */
  mailbox?: string
  logon?: { outcome: Outcome; reason: string }
  search?: { text: string; where: 'mailbox' | 'sharepoint' }
  read?: { access: 'bind' | 'sync'; throttled: boolean; folder: string; mails: Mail[] }
  attachment?: { way: 'Download' | 'Preview'; mail: Mail; name: string }
  sent?: { mail: Mail; as?: string }
  deleted?: { mails: Mail[]; folder: string }
  file?: { name: string }
  /** Mail whose subject stands in the record. */
  names?: Mail[]
  /** What a change was, in the words a report needs. */
  detail?: Record<string, string | number | boolean | string[] | Record<string, string>>
}
