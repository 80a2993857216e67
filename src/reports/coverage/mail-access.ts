import { bindLimit } from '../completeness.ts'
import { mailRequestsText } from '../graph-requests.ts'
import { countOf, number } from '../words.ts'
import { type Check, gap, info, isOrAre, minute, oneByOne, warning } from './check.ts'

// Microsoft (Throttling of MailItemsAccessed audit records): it is "not logged for 24 hours after the mailbox was throttled", which holds for
// binds only; what is synchronized goes on being recorded.
const blind = 'mails opened one by one were not recorded for up to 24 hours'

/** Mailboxes of which Microsoft says itself that it stopped recording. */
export const throttled: Check = ({ answers }) =>
  oneByOne(
    answers.throttled,
    ({ mailbox, records, first, last }) => {
      const when = first === last ? `at ${at(first)}` : `from ${at(first)} to ${at(last)}`
      const text = `${countOf(records, 'record')} of ${mailbox}, ${when}, ${isOrAre(records)} marked as throttled: ${blind} after ${records === 1 ? 'it' : 'each'}, so which mails were read then is not known.`
      return gap('throttled', text)
    },
    (more) => gap('throttled', `${countOf(more, 'more mailbox', 'more mailboxes')} had throttled records.`),
  )

/** Mailboxes with so much mail access that Microsoft stops recording it. */
export const busy: Check = ({ answers }) =>
  oneByOne(
    answers.busyBinds,
    ({ mailbox, records, since }) => {
      const text = `${mailbox} has ${number(records)} records of mail access (bind) within 24 hours, and more than ${number(bindLimit)} since ${at(since)}: beyond that Microsoft records none for 24 hours, so mails read then may be missing.`
      return warning('busy-binds', text)
    },
    (more) => warning('busy-binds', `${countOf(more, 'more mailbox', 'more mailboxes')} had as much mail access.`),
  )

/** Folders of which all mail has to be taken for read. */
export const synchronized: Check = ({ answers: { mailAccess, folders } }) => {
  const { syncRecords } = mailAccess
  if (syncRecords === 0) return []
  const text = `${countOf(syncRecords, 'record')} ${isOrAre(syncRecords)} of a whole folder being synchronized (${countOf(folders.total, 'folder')}) and ${syncRecords === 1 ? 'names' : 'name'} no mail: any mail in these folders may have been copied.`
  return [warning('synchronized', text)]
}

/** Mails that were opened, of which no record says which. */
export const nameless: Check = ({ answers: { mailAccess } }) => {
  const { namelessBinds } = mailAccess
  if (namelessBinds === 0) return []
  const text = `${countOf(namelessBinds, 'record')} of mail access (bind) ${namelessBinds === 1 ? 'names' : 'name'} none of the mails by their ids: which were opened then is not known, and they are not among the mails that are counted.`
  return [gap('nameless-binds', text)]
}

/** Mails that were opened beside others, of which no record says which: Exchange names some by their place in the mailbox alone. */
export const unnamed: Check = ({ answers: { mailAccess } }) => {
  const { unnamedMails } = mailAccess
  if (unnamedMails === 0) return []
  const text = `${countOf(unnamedMails, 'further mail or item', 'further mails or items')} ${isOrAre(unnamedMails)} listed in records of mail access (bind) without an Internet message id, as drafts and items of calendars are: ${unnamedMails === 1 ? 'it was accessed and is' : 'they were accessed and are'} not among the mails that are counted.`
  return [warning('nameless-binds', text)]
}

// Microsoft (Mailbox audit logging in Exchange Server): of delegates there is one entry of FolderBind for a folder in 24 hours.
/** Folders that were opened, where no record says what was read in them. */
export const opened: Check = ({ answers: { openedFolders } }) => {
  if (openedFolders === 0) return []
  const text = `${countOf(openedFolders, 'record')} ${openedFolders === 1 ? 'says' : 'say'} that somebody other than its owner opened a folder (FolderBind), which Exchange records once in 24 hours for each folder: which mails were read there then is not known.`
  return [warning('opened-folders', text)]
}

/** Access that was tried in vain. */
export const failed: Check = ({ answers: { mailAccess } }) => {
  const { failedRecords } = mailAccess
  if (failedRecords === 0) return []
  const text = `${countOf(failedRecords, 'record')} of mail access ${failedRecords === 1 ? 'says that it' : 'say that they'} failed: the tables have ${failedRecords === 1 ? 'it' : 'them'}, and what ${failedRecords === 1 ? 'it names' : 'they name'} is not counted as read.`
  return [info('failed-access', text)]
}

// Microsoft (Use MailItemsAccessed to investigate compromised accounts): binds of two minutes are one record, and the same bind or sync by the
// same client in the same session is left out for an hour.
/** How often something was accessed is not what is recorded. */
export const repeated: Check = ({ answers: { mailAccess } }) =>
  mailAccess.bindRecords + mailAccess.syncRecords === 0
    ? []
    : [
        info(
          'repeated-access',
          'Exchange records two minutes of mail access at once, and the same access by the same client and session once an hour: how often a mail was read or a folder synchronized is at least what is told. A client accessed it: whether somebody looked at it no record says.',
        ),
      ]

/** Mail access of which not even the kind is known. */
export const unsaid: Check = ({ answers: { mailAccess } }) => {
  const { unsaidRecords } = mailAccess
  if (unsaidRecords === 0) return []
  const text = `${countOf(unsaidRecords, 'record')} of mail access ${unsaidRecords === 1 ? 'says' : 'say'} neither which mails were read nor that a folder was synchronized: what was accessed then is not known.`
  return [gap('unsaid-access', text)]
}

/** Mail that was fetched through Microsoft Graph: beside the mails that are known to be read, at least so many. */
export const requested: Check = ({ answers }) => {
  const text = mailRequestsText(answers)
  return text === undefined ? [] : [warning('graph-requests', text)]
}

// Microsoft (OMEPortal): who opens it there is its recipient, by a code or an account that Microsoft does not tell.
/** Encrypted mail that was opened in Microsoft's portal. */
export const portal: Check = ({ answers: { openedInPortal: records } }) => {
  if (records === 0) return []
  const text = `${countOf(records, 'record')} ${records === 1 ? 'tells' : 'tell'} that an encrypted mail or its attachment was opened in Microsoft’s portal, by its recipient or whoever has the recipient’s mailbox: the delivery table has which, and none of it is counted as mail read.`
  return [warning('opened-in-portal', text)]
}

function at(time: string): string {
  return minute(Date.parse(time))
}
