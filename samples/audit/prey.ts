import { minute } from './clock.ts'
import { search, searchSite, share, useFile } from './file-acts.ts'
import type { Mail } from './mail.ts'
import { openAttachment, read } from './mail-acts.ts'
import type { Session } from './session.ts'
import type { Account } from './tenant.ts'
import { files } from './words.ts'

/** Mail about money that is in the inbox now, newest last. */
export function moneyMail(session: Session, mailbox = session.visit.account): Mail[] {
  return session.story.inbox(mailbox.upn, session.now()).filter(({ money }) => money)
}

/** Looks for a word in the mailbox, and reads what was found. */
export function lookFor(text: string, reads: number) {
  return (session: Session) => {
    search(session, text)
    readSome(session, reads)
  }
}

/** Reads mail of a mailbox that is somebody else's. */
export function readOthers(mailbox: Account, reads: number) {
  return (session: Session) => readSome(session, reads, mailbox)
}

/** Fetches attachments of mail about money. */
export function fetchAttachments(count: number) {
  return (session: Session) => {
    const mails = moneyMail(session).filter(({ attachment }) => attachment !== '')
    for (const mail of mails.slice(-count)) openAttachment(session, mail, 'Download')
  }
}

/** Looks for something among the files, as the service and as SharePoint itself write it down. */
export function lookInFiles(text: string) {
  return (session: Session) => {
    search(session, text, 'sharepoint')
    searchSite(session, text)
  }
}

/** Downloads files that are about money, and looks at some others. */
export function downloadFiles(count: number) {
  return (session: Session) => {
    const wanted = files.filter((name) => /bank|invoice|payment|signature|contract|budget/i.test(name))
    for (let done = 0; done < count; done++) {
      const name = wanted[done % wanted.length] ?? ''
      if (done < wanted.length) useFile(session, 'FileAccessed', name)
      useFile(session, 'FileDownloaded', name)
    }
  }
}

/** Makes links to files, one for somebody outside and one for everybody. */
export function shareFiles(target: string) {
  return (session: Session) => {
    share(session, 'SharingSet', { name: 'Customers and bank accounts.xlsx', target, rights: 'View' })
    share(session, 'AnonymousLinkCreated', { name: 'Payment run 2026-02.xlsx', target: 'Anonymous', rights: 'Edit' })
  }
}

function readSome(session: Session, reads: number, mailbox = session.visit.account) {
  const found = moneyMail(session, mailbox).slice(-30)
  for (let left = reads; left > 0; left--) {
    const mails = new Set(Array.from({ length: session.random.whole(1, 4) }, () => session.random.pick(found)))
    read(session, [...mails], { mailbox })
    session.wait(minute / 4, 3 * minute)
  }
}
