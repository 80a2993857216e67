import { booleanIn } from '../../microsoft/booleans.ts'
import { type FieldTable, firstOf, lower, madeOf, type Reader, text } from '../table.ts'
import { forwardedTo } from './forwarding.ts'
import { attachmentNames, listsMails, mailCount, messageIds, subjects } from './mails.ts'
import { extended, objectsIn, operationProperty, within } from './name-values.ts'
import { recipientsIn } from './recipients.ts'

const owner = text('MailboxOwnerUPN')
const posed = text('SendAsUserSmtp', 'SendOnBehalfOfUserSmtp')

// Only of these is it sure in whose name the mail left: of SendAs and SendOnBehalf the owner may be either of the two.
const senders: ReadonlyMap<string, Reader<string>> = new Map([
  ['send', lower(owner)],
  ['sendas', lower(posed)],
  ['sendonbehalf', lower(posed)],
])

/** In whose name a mail was sent, where the record leaves no doubt. */
export const sentFrom: Reader<string> = (record, activity) => {
  const from = senders.get(activity.operation.trim().toLowerCase())?.(record, activity)
  return from?.includes('@') ? from : undefined
}

// Alerts tell of their mail in `Data`, under short names; data loss prevention in metadata of its own.
const alertTo = within('Data', 'trc')
// Of a mail that leaked they have commas between.
const leakedTo = madeOf(within('Data', 'to'), commasApart)
const leakedCc = madeOf(within('Data', 'cc'), commasApart)
// Records of sensitivity labels, with mails in Outlook as with files; only those of mails have receivers.
const ofLabelled =
  (name: string): Reader<string> =>
  (record, activity) =>
    record['Receivers'] === undefined ? undefined : text(name)(record, activity)
// Defender's explorer has it as a part of an address: `%3C1%40mail.example%3E`.
const explored = madeOf(extended('InternetMessageId'), decoded)
const otherId = firstOf(within('Data', 'imsgid'), within('ExchangeMetaData', 'MessageID'), explored)
const otherSubject = firstOf(
  within('Data', 'ms'),
  within('ExchangeMetaData', 'Subject'),
  text('Subject'),
  ofLabelled('ItemName'),
)
const namedFrom = firstOf(
  sentFrom,
  text('P2Sender'),
  within('ExchangeMetaData', 'From'),
  within('Data', 'mfrm'),
  ofLabelled('Sender'),
)
// What users report has the name before the address: `Eve <eve@fabrikam.example>`.
const from: Reader<readonly string[]> = (record, activity) => recipientsIn(namedFrom(record, activity))
const namedSender = firstOf(text('P1Sender'), within('Data', 'tsd'))
const sender: Reader<string> = (record, activity) => recipientsIn(namedSender(record, activity))?.[0]

function commasApart(addresses: string): string {
  return addresses.replaceAll(',', ';')
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id // A per cent sign of its own.
  }
}

/** A list of recipients in what data loss prevention says of a mail. */
const leakTo =
  (name: string): Reader<readonly string[]> =>
  (record) =>
    recipientsIn(objectsIn(record['ExchangeMetaData'])[0]?.[name])
const [toLeaked, ccLeaked] = [leakTo('To'), leakTo('CC')]

const to: Reader<readonly string[]> = (record, activity) => {
  const alerted = [alertTo(record, activity), leakedTo(record, activity)]
  const told = recipientsIn(record['recipientList'], record['Recipients'], record['Receivers'], ...alerted)
  const lists = [told, toLeaked(record, activity), forwardedTo(record, activity)].filter((list) => list !== undefined)
  return lists.length > 1 ? [...new Set(lists.flat())] : lists[0]
}

const accessType = operationProperty('MailAccessType')

/**
 * Whether mails were read one by one, or all that a folder holds was fetched. A sync names a folder and no mail (Microsoft's guide to
 * MailItemsAccessed): a record that lost its type and names mails is a bind.
 */
export const mailAccess: Reader<'bind' | 'sync'> = (record, activity) => {
  const type = accessType(record, activity)?.toLowerCase()
  if (type === 'bind' || type === 'sync') return type
  return activity.operation === 'MailItemsAccessed' && listsMails(record) ? 'bind' : undefined
}

const throttled = operationProperty('IsThrottled')

/** Whether the record says that reads are not recorded any more: after 1,000 binds a mailbox is silent for a day. */
export const isThrottled: Reader<boolean> = (record, activity) => booleanIn(throttled(record, activity)) === true

/** The mails that a record is about. */
export const mailFields: FieldTable = {
  'email.message_id': (record, activity) => messageIds(record, activity) ?? otherId(record, activity),
  'email.subject': (record, activity) => subjects(record, activity) ?? otherSubject(record, activity),
  'email.from.address': from,
  'email.sender.address': sender,
  'email.to.address': to,
  'email.cc.address': (record, activity) => ccLeaked(record, activity) ?? recipientsIn(leakedCc(record, activity)),
  'email.bcc.address': leakTo('BCC'),
  'email.attachments.file.name': attachmentNames,
  'hoofprint.mail_access': mailAccess,
  'hoofprint.messages': mailCount,
}
