import { fileRecord, searchRecord, siteSearchRecord } from './file-records.ts'
import type { Json } from './record.ts'
import { teamsRecord } from './service-records.ts'
import type { Session } from './session.ts'
import type { Account } from './tenant.ts'

/** Looks for something in the mailbox or in SharePoint. */
export function search(session: Session, text: string, where: 'mailbox' | 'sharepoint' = 'mailbox') {
  session.act((here) => searchRecord(here, text, where), {
    category: 'search',
    mailbox: session.visit.account.upn,
    search: { text, where },
  })
}

/** Looks for something on a page of SharePoint, which writes that down by itself. */
export function searchSite(session: Session, text: string) {
  session.act((here) => siteSearchRecord(here, text), {
    category: 'search',
    mailbox: session.visit.account.upn,
    search: { text, where: 'sharepoint' },
  })
}

/** Opens, downloads, changes or previews a file. */
export function useFile(session: Session, operation: string, name: string) {
  session.act((here) => fileRecord(here, operation, { name }), {
    category: 'file',
    mailbox: session.visit.account.upn,
    file: { name },
  })
}

/** Shares a file with somebody, or with everybody who has the link. */
export function share(session: Session, operation: string, about: { name: string; target: string; rights: string }) {
  const { name, target, rights } = about
  const more: Record<string, Json> = {
    EventData: `<Type>${rights}</Type>`,
    TargetUserOrGroupName: target,
    TargetUserOrGroupType: target.endsWith('@fabrikam.example') ? 'Member' : 'Guest',
  }
  session.act((here) => fileRecord(here, operation, { name, more }), {
    category: 'share',
    mailbox: session.visit.account.upn,
    detail: { file: name, target, rights },
  })
}

/** Writes to a colleague in Teams. */
export function chat(session: Session, operation: string, members: Account[]) {
  session.act((here) => teamsRecord(here, operation, members), {
    category: 'other',
    mailbox: session.visit.account.upn,
  })
}
