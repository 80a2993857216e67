import type { EcsDocument } from '../document.ts'
import type { ReportedActivity, ReportedMail } from './reported-activity.ts'
import * as said from './said.ts'
import { evidenceColumns, markColumns, type ScratchColumns, shown } from './scratch-columns.ts'

/** What the mails have in common that a record names as read, or the folder that it names as synchronized, in their rows of the `reading` table. */
export const readingRecordColumns = {
  mailbox: (document) => document['hoofprint.mailbox'] ?? '',
  /** Who read it, in lower case, where that is not the mailbox's owner; `not named` where an audit record does not say. */
  actor: readerOf,
  at: (document) => document['@timestamp'],
  /** `bind` or `sync`; nothing for what Outlook displayed. */
  access: said.accessOf,
  /** Whether this names mails as read: not the end of a display, nor a folder, nor what failed, nor what another record tells. */
  displayed: (document) => (isRead(document) && !said.isToldElsewhere(document) ? 1 : 0),
  ip: said.addressOf,
  method: said.methodOf,
  session: said.sessionOf,
  /** By its id. */
  application: (document) => document['hoofprint.application.id'],
  ...markColumns,
  id: evidenceColumns.id,
} satisfies ScratchColumns

/** Which record it was only answers without tables tell of each mail. */
export const toldWithoutTables: ReadonlySet<string> = new Set(['id'])

/** What the row says of its mail, or of the one thing that the record names; its line in the table of readings has so many bytes, where there is one. */
export const readingMailColumns = {
  item: ({ document }, mail) => said.itemOf(document, mail) ?? '',
  subject: shown(said.subjectOf),
  sender: shown(said.senderOf),
  bytes: (_activity, _mail, bytes) => bytes,
} satisfies Readonly<Record<string, MailColumn<ReportedActivity>>>

/** What stands in a column, here of an activity or one of its mails. */
export type MailColumn<Of> = (
  of: Of,
  mail: ReportedMail | undefined,
  bytes: number | undefined,
) => string | number | undefined

function isRead(document: EcsDocument): boolean {
  if (document['event.outcome'] === 'failure') return false // Nobody read what was refused.
  const access = said.accessOf(document)
  return access === undefined ? document['event.action'] === 'ReadingPaneDisplayStart' : access === 'bind'
}

function readerOf(document: EcsDocument): string | undefined {
  // Outlook's activities name nobody but are those of their mailbox; what the audit log tells is somebody's.
  if (document['event.dataset'] === 'o365.audit' && said.userOf(document) === undefined) return 'not named'
  return said.actorOf(document)?.toLowerCase()
}
