import type { EcsDocument } from '../document.ts'
import type { ReportedActivity, ReportedMail } from './reported-activity.ts'
import {
  accessOf,
  actorOf,
  addressOf,
  isToldElsewhere,
  itemOf,
  markedOf,
  methodOf,
  senderOf,
  sessionOf,
  subjectOf,
  userOf,
} from './said.ts'

/** A record that shows mail being read, or a folder being synchronized: what the rows of all its mails say in the `reading` table. */
export interface ReadingRecord {
  readonly mailbox: string
  /** Who read it, in lower case, where that is not the mailbox's owner; `not named` where an audit record does not say. */
  readonly actor: string | undefined
  readonly at: string
  /** `bind` or `sync`; nothing for what Outlook displayed. */
  readonly access: string | undefined
  /** Whether this names mails as read: not the end of a display, nor a folder, nor what another record tells. */
  readonly displayed: number
  readonly ip: string | undefined
  readonly method: string | undefined
  readonly session: string | undefined
  /** Which application read it, by its id. */
  readonly application: string | undefined
  readonly marked: string | undefined
  readonly certainty: string | undefined
  /** The `event.id` of the record. */
  readonly id: string | undefined
}

/** What the row of one mail, or of the one thing, says that such a record names. */
export interface Reading {
  readonly item: string
  readonly subject: string | undefined
  readonly sender: string | undefined
  /** How many bytes its line in the table of readings has. */
  readonly bytes: number | undefined
}

/** In the order of the columns of the `reading` table, in which what the mails of a record share stands first. */
export const readingRecordColumns = [
  ...(['mailbox', 'actor', 'at', 'access', 'displayed', 'ip', 'method'] as const),
  ...(['session', 'application', 'marked', 'certainty', 'id'] as const),
] satisfies readonly (keyof ReadingRecord)[]
/** Of these columns those of one mail. */
export const readingMailColumns = ['item', 'subject', 'sender', 'bytes'] as const satisfies readonly (keyof Reading)[]
export const readingColumns = [...readingRecordColumns, ...readingMailColumns] as const

/** What all rows of a record say. Which record it was, and how sure it is whose, only answers without tables tell of each mail (`isTold`). */
export function readingRecordOf({ document }: ReportedActivity, isTold: boolean): ReadingRecord {
  const access = accessOf(document)
  const isRead = access === undefined ? document['event.action'] === 'ReadingPaneDisplayStart' : access === 'bind'
  return {
    mailbox: document['hoofprint.mailbox'] ?? '',
    actor: readerOf(document),
    at: document['@timestamp'],
    access,
    displayed: isRead && !isToldElsewhere(document) ? 1 : 0,
    ip: addressOf(document),
    method: methodOf(document),
    session: sessionOf(document),
    application: document['hoofprint.application.id'],
    marked: markedOf(document),
    certainty: isTold ? document['hoofprint.actor_certainty'] : undefined,
    id: isTold ? document['event.id'] : undefined,
  }
}

function readerOf(document: EcsDocument): string | undefined {
  // Outlook's activities name nobody but are those of their mailbox; what the audit log tells is somebody's.
  if (document['event.dataset'] === 'o365.audit' && userOf(document) === undefined) return 'not named'
  return actorOf(document)?.toLowerCase()
}

/** What the row of one mail says; its line has so many bytes where there is one. */
export function readingOf(
  activity: ReportedActivity,
  mail: ReportedMail | undefined,
  bytes: number | undefined,
): Reading {
  return {
    item: itemOf(activity.document, mail) ?? '',
    subject: subjectOf(activity, mail),
    sender: senderOf(activity, mail),
    bytes,
  }
}
