import { copiesDiffer, retoldTag, serviceTag, withheldTag } from '../../document.ts'
import { sum } from '../sum.ts'
import { countOf, few, mailsCounted, number, percent } from '../words.ts'
import { type Check, gap, info, isOrAre, warning } from './check.ts'

/** Records whose end is missing. */
export const truncated: Check = ({ answers }) => {
  const count = answers.marks['truncated'] ?? 0
  if (count === 0) return []
  const text = `${countOf(count, 'record')} ${isOrAre(count)} not whole in the evidence, or not surely (a file broke off in it, a spreadsheet keeps 32,767 characters of a cell and of a time what it shows, PowerShell's ConvertTo-Json two levels unless -Depth says more, Export-Csv of a list its type alone and of all rows the columns of the first, what PAX explodes no lists, go-office365 no more than its schema, scripts' tables of mail access neither mailbox nor application, and the Entra portal's CSV three targets, five properties of each and six details): what could be read is counted, the rest is missing.`
  return [gap('truncated', text)]
}

/** Records of which somebody took out what tells them, and whom they are of, from others. */
export const withheld: Check = ({ answers }) => {
  const count = answers.marks[withheldTag] ?? 0
  if (count === 0) return []
  const text = `${countOf(count, 'record')} had ids, names or addresses taken out before ${count === 1 ? 'it was' : 'they were'} handed over, such as [REDACTED]: what these would prove of sessions, mailboxes, addresses and mails is not known, and a copy that has them counts again.`
  return [gap('withheld', text)]
}

/** What delegates and administrators did in mailboxes of which no record tells whose they are. */
export const unnamedMailboxes: Check = ({ answers: { unnamedMailboxes: count } }) => {
  if (count === 0) return []
  const text = `${countOf(count, 'record')} of what a delegate or an administrator did ${count === 1 ? 'does' : 'do'} not say in whose mailbox, and no other record tells whose its id is: whose it was is not known, and it need not be the user’s own.`
  return [gap('unnamed-mailboxes', text)]
}

/** Operations that no table lists. */
export const unknown: Check = ({ answers: { unknownOperations } }) => {
  const operations = Object.values(unknownOperations)
  const total = sum(operations, (count) => count)
  if (total === 0) return []
  const what = `${countOf(total, 'activity', 'activities')} of ${countOf(operations.length, 'operation')}`
  const text = `${what} that Hoofprint does not know ${isOrAre(total)} counted as "other" and may belong to an answer.`
  return [warning('unknown-operations', text)]
}

/** How it is known from where mail was read. */
export const attribution: Check = ({ answers: { reads, readsByMethod } }) => {
  const { displays } = reads
  if (displays === 0) return []
  const { session, nearest, recorded, service, nobody } = readsByMethod
  const share = (count: number) => `${number(count)} (${percent(count, displays)})`
  const told = [
    ...(recorded > 0 ? [`${share(recorded)} name their address themselves`] : []),
    `${share(session)} are tied to a logon by its session`,
    `${share(nearest)} to the nearest earlier logon`,
    ...(service > 0 ? [`${share(service)} came through a service of Microsoft's`] : []),
    `${share(nobody)} to none`,
  ]
  const text = `Of ${countOf(displays, 'display or access', 'displays and accesses')} of mail, ${told.join(', ')}.`
  return [nobody + service > 0 ? warning('attribution', text) : info('attribution', text)]
}

/** What may be the owner's in sessions that the intruder used: whoever holds a stolen token is in its owner's session. */
export const shared: Check = ({ answers: { sharedSessions, intruderReads } }) => {
  const { sessions, activities, mails, addresses, addressTotal } = sharedSessions
  if (sessions === 0) return []
  const named = addresses.map(({ ip, activities: own }) => `${ip} (${number(own)})`).join(', ')
  const more = addressTotal > addresses.length ? ` and ${number(addressTotal - addresses.length)} more` : ''
  const read =
    mails === 0
      ? ''
      : ` ${number(mails)} of the ${countOf(intruderReads.items, 'mail')} read ${isOrAre(mails)} known to be read from there alone.`
  const text = `${countOf(activities, 'activity', 'activities')} in ${countOf(sessions, 'session')} ${activities === 1 ? 'counts' : 'count'} as the marked intruder's for the session alone: the addresses that ${activities === 1 ? 'its record names' : 'their records name'} are not marked, ${named}${more}.${read} A stolen token is used in the session of its owner, so these may be the owner's: hoofprint mark --trusted ADDRESS says so of what is.`
  return [warning('shared-sessions', text)]
}

const namedUsers = 3

/** What may be the intruder's too, though no mark says so: it comes from where he was, and its records name another session, or none. */
export const unmarked: Check = ({ answers: { unmarkedBeside } }) => {
  const { activities, mails, addresses, addressTotal } = unmarkedBeside
  if (activities === 0) return []
  const more = addressTotal > addresses.length ? ` and ${number(addressTotal - addresses.length)} more` : ''
  const named = addresses.map(
    ({ ip, activities, users }) => `${ip} (${number(activities)} of ${few(users, namedUsers) || 'nobody named'})`,
  )
  const read = mails === 0 ? '' : `; ${countOf(mails, 'mail')} ${mails === 1 ? 'was' : 'were'} read so`
  const text = `${countOf(activities, 'activity', 'activities')} that no mark tells of ${activities === 1 ? 'comes' : 'come'} from addresses from which the marked intruder's sessions were used, and ${activities === 1 ? 'names' : 'name'} another session or none: ${named.join(', ')}${more}${read}. Of an address that is his alone hoofprint mark --hostile ADDRESS says so, and they count as his; from one that many use, as an office's, it says nothing.`
  return [warning('unmarked-beside', text)]
}

/** Of how many mails that were read the subject is known. */
export const subjects: Check = ({ answers }) => {
  const { reads, readSubjects } = answers
  const { items } = reads
  if (items === 0) return []
  const share = `${number(readSubjects)} (${percent(readSubjects, items)}) of ${countOf(items, 'mail')}`
  const text = `The subject is known of ${share} that were read: records of reading seldom name it, others of the case may${mailsCounted(answers)}.`
  return [readSubjects < items ? warning('subjects', text) : info('subjects', text)]
}

/** Records whose address says nothing of who acted. */
export const services: Check = ({ answers }) => {
  const count = answers.marks[serviceTag] ?? 0
  if (count === 0) return []
  const text = `${countOf(count, 'record')} ${isOrAre(count)} from a service of Microsoft's: their addresses are Microsoft's, not those of whoever asked for it.`
  return [info('microsoft-service', text)]
}

/** Shapes that record the same changes of the directory under ids that have nothing in common: what stands in both counts twice. */
const doubles: readonly { readonly shapes: readonly RegExp[]; readonly text: string }[] = [
  {
    shapes: [
      /^(?:(?:directory|entra)-audit|elastic-azure-auditlogs)/,
      /^(?:audit|management|compliance|purview|search-ual|graph-audit|cloud-app)-/,
    ],
    text: "Entra's audit log and the unified audit log both record changes of the directory, under ids of their own",
  },
  {
    shapes: [/^directory-audit/, /^entra-audit/],
    text: "Entra's audit log is here as the CSV of its portal, which has no ids, and in a form that has them",
  },
]

/** Changes of the directory that may count twice. */
export const doubledChanges: Check = ({ evidence, answers }) => {
  const both = answers.alsoAudited['o365.audit'] ?? 0
  const once =
    both === 0
      ? 'none is proven to be in both, and consents, roles and accounts that are count twice'
      : `${countOf(both, 'record')} ${isOrAre(both)} proven to be of a change that the other has (by correlation id, operation, second and target), which counts once; others that stand in both count twice`
  return doubles
    .filter(({ shapes }) => shapes.every((one) => evidence.some(({ shape }) => one.test(shape))))
    .map(({ text }) => warning('doubled-changes', `${text}: ${once}.`))
}

const unified = /^(?:audit|management|compliance|purview|search-ual|graph-audit|cloud-app|sentinel-officeactivity)/

/** What a log of Exchange's own and the unified audit log both record. */
export const doubledMailbox: Check = ({ evidence }) => {
  const isThere = [/^(?:mailbox|admin)-audit/, unified].every((one) => evidence.some(({ shape }) => one.test(shape)))
  const text =
    "The logs that Exchange keeps itself (Search-MailboxAuditLog, Search-AdminAuditLog) and the unified audit log may both record what is done in Exchange Online, under ids of their own. It counts once where both say the same second and nothing otherwise of user, mails, folders, parameters and address; twice where one's times are local, or it names the user by another name alone."
  return isThere ? [warning('doubled-mailbox', text)] : []
}

const activities = /^(?:outlook-activities|retriever|magic-unicorn)/

/** What Outlook activities and a log of mailboxes both record. */
export const doubledActivities: Check = ({ evidence }) => {
  const isThere = [activities, new RegExp(`^mailbox-audit|${unified.source}`)].every((one) =>
    evidence.some(({ shape }) => one.test(shape)),
  )
  const text =
    'Outlook activities and the audit log may both record that a mailbox was opened and what was sent, deleted and moved in it: nothing that both tell proves that it is one thing, so it counts twice.'
  return isThere ? [warning('doubled-activities', text)] : []
}

/** Rows that say again what records of the case say. */
export const retold: Check = ({ answers }) => {
  const rows = answers.alsoAudited[retoldTag] ?? 0
  if (rows === 0) return []
  const text = `${countOf(rows, 'row')} of tables that were made of other records (without their ids, or by Magic Unicorn), or of Exchange's own logs ${rows === 1 ? 'says' : 'say'} nothing that these do not say, and ${isOrAre(rows)} not counted again.`
  return [info('retold', text)]
}

/** Records of which copies tell different things. */
export const toldOtherwise: Check = ({ answers }) => {
  const count = answers.marks[copiesDiffer] ?? 0
  if (count === 0) return []
  const text = `${countOf(count, 'record')} (tagged ${copiesDiffer}) ${count === 1 ? 'has a copy that says' : 'have copies that say'} as much and not the same, in another file or row, as where an export was edited: which of them counts is the same whatever was imported first, and proves nothing. The table other_copy of the case has the other text, with file and row.`
  return [warning('copies-differ', text)]
}

/** Logons of which two are of one coming. */
export const mailboxLogins: Check = ({ answers: { logonRecords } }) => {
  const { mailboxes, others } = logonRecords
  if (mailboxes === 0 || others === 0) return []
  const text = `${number(mailboxes)} of ${countOf(mailboxes + others, 'logon')} ${isOrAre(mailboxes)} of a mailbox that was opened, as Exchange records it (MailboxLogin); the others are sign-ins, as Entra does. Who signs in and opens a mailbox is counted with both: logons are records of it, not how often somebody came.`
  return [info('mailbox-logins', text)]
}

/** What two datasets both record. */
export const doubled: Check = ({ answers }) => {
  const names = answers.datasets.map(({ dataset }) => dataset)
  if (!names.includes('o365.audit') || !names.includes('azure.signinlogs')) return []
  const both = answers.alsoAudited['azure.signinlogs'] ?? 0
  const once = `${countOf(both, 'sign-in')} ${isOrAre(both)} recorded in both, under one id, and counted once`
  const text = `The audit log and the sign-in log both record sign-ins: ${both === 0 ? 'none is found in both under one id' : once}.`
  return [info('doubled-logons', text)]
}
