import type { ReportedActivity, ReportedMail } from './reported-activity.ts'
import { accessOf, addressOf, itemOf, markedOf, methodOf, senderOf, sessionOf, subjectOf } from './said.ts'

/** One mail that one record shows being read, or a folder being synchronized, as a row of the `reading` table. */
export interface Reading {
  readonly mailbox: string
  readonly item: string
  readonly at: string
  /** `bind` or `sync`; nothing for what Outlook displayed. */
  readonly access: string | undefined
  /** Whether this names a mail as read: not the end of a display, nor a folder. */
  readonly displayed: number
  readonly ip: string | undefined
  readonly method: string | undefined
  readonly subject: string | undefined
  readonly sender: string | undefined
  readonly session: string | undefined
  readonly marked: string | undefined
  readonly certainty: string | undefined
  /** The `event.id` of the record. */
  readonly id: string | undefined
  /** How many bytes its line in the table of readings has. */
  readonly bytes: number | undefined
}

/** In the order of the columns of the `reading` table. */
export const readingColumns = [
  ...(['mailbox', 'item', 'at', 'access', 'displayed', 'ip', 'method', 'subject', 'sender', 'bytes'] as const),
  ...(['session', 'marked', 'certainty', 'id'] as const),
] satisfies readonly (keyof Reading)[]

/**
 * The row of one mail, or of the one thing, that a record of reading names: with the bytes of its line; where there is none, with
 * which record it was and whose doing, which only an answer without tables tells of each mail.
 */
export function readingOf(
  activity: ReportedActivity,
  mail: ReportedMail | undefined,
  bytes: number | undefined,
): Reading {
  const { document } = activity
  const access = accessOf(document)
  const isRead = access === undefined ? document['event.action'] === 'ReadingPaneDisplayStart' : access === 'bind'
  const isTold = bytes === undefined
  return {
    mailbox: document['hoofprint.mailbox'] ?? '',
    item: itemOf(document, mail) ?? '',
    at: document['@timestamp'],
    access,
    displayed: isRead ? 1 : 0,
    ip: addressOf(document),
    method: methodOf(document),
    subject: subjectOf(activity, mail),
    sender: senderOf(activity, mail),
    bytes,
    session: sessionOf(document),
    marked: isTold ? markedOf(document) : undefined,
    certainty: isTold ? document['hoofprint.actor_certainty'] : undefined,
    id: isTold ? document['event.id'] : undefined,
  }
}
