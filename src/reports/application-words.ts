import { isNotorious } from '../microsoft/applications.ts'
import type { ApplicationAnswer, LetInByOwners } from './application-answers.ts'
import { countOf, minute, number } from './words.ts'

/** An application by its name, as far as one is known, and its id, by which it is marked. */
export function applicationLabel({ name, application }: Pick<ApplicationAnswer, 'name' | 'application'>): string {
  const note = applicationNote({ application })
  return `${name ?? 'no name known'} (${application}${note === undefined ? '' : `, ${note}`})`
}

/** What is known of it from elsewhere. */
export function applicationNote({ application }: Pick<ApplicationAnswer, 'application'>): string | undefined {
  return isNotorious(application) ? 'known from other intrusions' : undefined
}

/** In whose mailboxes it did something: the first by name, and how many more. */
export function applicationMailboxes({ mailboxes, mailboxTotal }: ApplicationAnswer): string {
  return named(mailboxes, mailboxTotal)
}

/** What it did with mail, in a few words; nothing where no record tells of any. */
export function applicationDid(answer: ApplicationAnswer): string | undefined {
  const { reads, mails, folders, sent } = answer
  const did = [
    reads === 0 ? '' : mails === 0 ? 'read mails that the records do not name' : `read ${countOf(mails, 'mail')}`,
    folders === 0 ? '' : `copied ${countOf(folders, 'folder')}`,
    sent === 0 ? '' : `sent ${countOf(sent, 'mail')}`,
    applicationRequested(answer) ?? '',
  ].filter((part) => part !== '')
  return did.length === 0 ? undefined : did.join(', ')
}

/** What Microsoft Graph gave it, which the audit log may have too, under other ids. */
export function applicationRequested(answer: ApplicationAnswer): string | undefined {
  const { requestedMails, requestedLists, requestedSendings } = answer
  const asked = [
    requestedMails === 0 ? '' : countOf(requestedMails, 'mail'),
    requestedLists === 0 ? '' : `${countOf(requestedLists, 'list')} of mails`,
    requestedSendings === 0 ? '' : `sent ${countOf(requestedSendings, 'time')}`,
  ].filter((part) => part !== '')
  return asked.length === 0 ? undefined : `through Microsoft Graph ${asked.join(' and ')}`
}

/** Who let it in, and who took something back from it, when first; and until when it did something after that. */
export function applicationConsents(answer: ApplicationAnswer): string | undefined {
  const { consents, consented, consenters, withdrawn, withdrawers, active } = answer
  const times = consents > 1 ? ` (${countOf(consents, 'record')})` : ''
  const isActive = withdrawn !== null && active !== null && active > withdrawn
  const parts = [
    consented === null ? '' : `let in ${minute(consented)} by ${people(consenters)}${times}`,
    withdrawn === null ? '' : `rights taken back ${minute(withdrawn)} by ${people(withdrawers)}`,
    isActive ? `active after that until ${minute(active)}` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? undefined : parts.join('; ')
}

/** Who did so first, and who did later. */
function people([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'somebody not named'
  return others.length === 0 ? first : `${first}, later by ${named(others, others.length)}`
}

/** What of the intruder's applications was let in is no consent of his, by the marks. */
export function letInByOwnersText({ application, name, records, first, last, owners }: LetInByOwners): string {
  const when = first === last ? minute(first) : `${minute(first)} – ${minute(last)}`
  return `${applicationLabel({ application, name })}, which the marked intruder used, was let in ${when} UTC by ${named(owners, owners.length)}: by the marks that is the owners’ own doing, and ${countOf(records, 'record')} of it ${records === 1 ? 'is' : 'are'} not among these.`
}

const toName = 3

function named(names: readonly string[], total: number): string {
  const shown = names.slice(0, toName)
  return [...shown, ...(total > shown.length ? [`${number(total - shown.length)} more`] : [])].join(', ')
}
