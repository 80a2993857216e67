import type { Evidence } from '../evidence.ts'
import type { Told } from '../story.ts'
import { countBy, iso, mapBy, unique } from './counting.ts'

/** Which mail was read, by whom and how that is proven, and of how much the evidence tells the subject. */
export function readTruth({ told, traces }: Evidence) {
  const reads = told.filter(({ fact }) => fact.read !== undefined)
  const named = new Set(told.flatMap(({ fact }) => (fact.names ?? []).map(({ messageId }) => messageId)))
  for (const { mail } of traces) named.add(mail.messageId)
  const tell = (group: Told[]) => tellReads(group, named)
  const theirs = reads.filter(({ fact }) => fact.actor === 'intruder')
  return {
    ...tell(reads),
    byActor: mapBy(reads, ({ fact }) => fact.actor, tell),
    byMailbox: mapBy(reads, ({ fact }) => fact.mailbox ?? '', tell),
    byAddress: mapBy(reads, ({ fact }) => fact.ip ?? '', tell),
    ofIntruder: {
      byMailbox: mapBy(theirs, ({ fact }) => fact.mailbox ?? '', tell),
      bySession: mapBy(theirs, ({ fact }) => fact.session ?? 'none', tell),
      syncedFolders: theirs
        .filter(({ fact }) => fact.read?.access === 'sync')
        .map(({ time, fact }) => ({
          time: iso(time),
          mailbox: fact.mailbox,
          folder: fact.read?.folder,
          by: fact.user,
        })),
    },
  }
}

function tellReads(reads: Told[], named: Set<string>) {
  const count = (access: string) => reads.filter(({ fact }) => fact.read?.access === access).length
  const mails = reads.flatMap(({ fact }) => fact.read?.mails ?? [])
  const messages = unique(mails.map(({ messageId }) => messageId))
  return {
    bindRecords: count('bind'),
    syncRecords: count('sync'),
    throttledRecords: reads.filter(({ fact }) => fact.read?.throttled).length,
    // A message that two records name counts twice here, and once below.
    messageReads: mails.length,
    messages: messages.length,
    subjectKnown: messages.filter((messageId) => named.has(messageId)).length,
    subjectUnknown: messages.filter((messageId) => !named.has(messageId)).length,
  }
}

/** Attachments, sent and deleted mail. */
export function mailTruth({ told }: Evidence) {
  const theirs = told.filter(({ fact }) => fact.actor === 'intruder')
  return {
    attachments: {
      byActor: countBy(having(told, 'attachment'), ({ fact }) => fact.actor),
      ofIntruder: having(theirs, 'attachment').map(({ time, fact }) => ({
        ...when(time, fact),
        name: fact.attachment?.name,
        messageId: fact.attachment?.mail.messageId,
      })),
    },
    sent: {
      byActor: mapBy(
        having(told, 'sent'),
        ({ fact }) => fact.actor,
        (group) => countBy(group, ({ record }) => record.Operation),
      ),
      ofIntruder: having(theirs, 'sent').map(({ time, fact }) => ({
        ...when(time, fact),
        as: fact.sent?.as,
        to: fact.sent?.mail.to,
        subject: fact.sent?.mail.subject,
      })),
    },
    deleted: {
      byActor: mapBy(
        having(told, 'deleted'),
        ({ fact }) => fact.actor,
        (group) =>
          mapBy(
            group,
            ({ record }) => record.Operation,
            (records) => ({
              records: records.length,
              messages: records.flatMap(({ fact }) => fact.deleted?.mails ?? []).length,
            }),
          ),
      ),
      ofIntruder: having(theirs, 'deleted').map(({ time, record, fact }) => ({
        ...when(time, fact),
        operation: record.Operation,
        folder: fact.deleted?.folder,
        subjects: fact.deleted?.mails.map(({ subject }) => subject),
      })),
    },
  }
}

function having(told: Told[], part: 'attachment' | 'sent' | 'deleted'): Told[] {
  return told.filter(({ fact }) => fact[part] !== undefined)
}

function when(time: number, { user, ip, session, mailbox }: Told['fact']) {
  return { time: iso(time), user, mailbox, ip, session }
}
