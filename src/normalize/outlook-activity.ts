import { addressIn, clientFields } from './client-fields.ts'
import { openMap } from './open-map.ts'
import { type DatasetTable, many, one, property, type Reader, text, time } from './table.ts'
import { partsOf, targetFields, userFields } from './users.ts'

/** The name that logged on, else the mailbox: the Activities API gives one user's own activities. */
const user: Reader<string> = (record, activity) => userName(record, activity) ?? activity.mailbox
const userName = property('UserName')

/** The mailbox's owner where somebody else is named: a delegate, or a stranger. */
const ownerIfOther: Reader<string> = (record, activity) => {
  const name = userName(record, activity)?.toLowerCase()
  return name === undefined || name === activity.mailbox ? undefined : activity.mailbox
}

/** `Bob <bob@example.com>` → `bob@example.com`. */
const bracketed: Reader<string> = (record, activity) => /<([^<>]+)>\s*$/.exec(from(record, activity) ?? '')?.[1]
const from = property('From')
const senderAddress = property('SenderSmtpAddress', 'SenderAddress')
const sender: Reader<string> = (record, activity) => senderAddress(record, activity) ?? bracketed(record, activity)

const itemId = text('ActivityItemId')
const subjectIn = property('Subject')
const receivedIn = property('ReceivedTime')
const messageIdIn = property('InternetMessageId')

/** Outlook activities as retriever.py and the Activities API give them (closed by Microsoft in 2018). */
export const outlookActivity: DatasetTable = {
  dataset: 'o365.activity',
  operations: 'activity',
  ecsCategory: [],
  fields: {
    'event.kind': 'event',
    'event.module': 'o365',
    'event.provider': 'Outlook',
    'event.outcome': 'success',
    'user.id': user,
    ...userFields(partsOf(user)),
    ...targetFields(partsOf(ownerIfOther)),
    ...clientFields(addressIn(property('ClientIP', 'IPAddress', 'ClientIPAddress'))),
    'user_agent.original': property('UserAgent', 'Browser'),
    'session.id': text('ClientSessionId'),
    'email.local_id': text('ActivityItemId'),
    'email.message_id': property('InternetMessageId'),
    'email.subject': property('Subject'),
    'email.from.address': one(sender),
    'email.to.address': many(property('Recipients')),
    'email.delivery_timestamp': time(property('ReceivedTime')),
    'email.origination_timestamp': time(property('SentTime')),
    'o365.activity.AppIdType': text('AppIdType'),
    'hoofprint.client.name': text('AppIdType'),
    'o365.activity.ActivityItemId': text('ActivityItemId'),
    'o365.activity.ActivityCreationTime': time(text('ActivityCreationTime')),
    'o365.activity.ClientSessionId': text('ClientSessionId'),
    'o365.activity.CustomProperties': openMap('CustomProperties'),
  },
  platform: text('AppIdType'),
  messages(record, activity, category) {
    const item = itemId(record, activity)
    if (item === undefined) return []
    const subject = subjectIn(record, activity)
    const from = sender(record, activity)
    const received = receivedIn(record, activity)
    const messageId = messageIdIn(record, activity)
    if (subject === undefined && from === undefined && received === undefined && messageId === undefined) return []
    const rank = category === 'delivery' ? 0 : 1 // The server's record of the delivery is whole, a client's is not.
    return [{ item, rank, subject, from, received, messageId }]
  },
}
