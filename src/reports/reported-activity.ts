import type { EcsDocument } from '../document.ts'

/** What reports are made of: a finished document, and what its joins know beyond it. */
export interface ReportedActivity {
  readonly document: EcsDocument
  /** The mails and items it names, with what the case knows of each. */
  readonly messages: readonly ReportedMail[]
  /** The latest logon before this: of its session, else of the mailbox. */
  readonly lastLogon: { readonly ip: string } | undefined
}

/** A mail or item by what it is found by, and what the case knows of it. */
export interface ReportedMail {
  readonly item: string
  readonly subject?: string | undefined
  readonly from?: string | undefined
  readonly received?: string | undefined
}
