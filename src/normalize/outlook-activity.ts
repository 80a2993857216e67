import { lastOf } from '../remember.ts'
import { clientFields } from './client-fields.ts'
import { openMap } from './open-map.ts'
import { many, one, parseAddress, property, text, time } from './readers.ts'
import type { DatasetTable, Reader } from './table.ts'
import { splitUser } from './users.ts'

const addressIn = lastOf(parseAddress)
const clientAddress = property('ClientIP', 'IPAddress', 'ClientIPAddress')
const client = clientFields((record, activity) => addressIn(clientAddress(record, activity)))

/** The name that logged on, else the mailbox: the Activities API gives one user's own activities. */
const user: Reader<string> = (record, activity) => userName(record, activity) ?? activity.mailbox
const userName = property('UserName')
const userIn = lastOf(splitUser)
const email: Reader<string> = (record, activity) => userIn(user(record, activity))?.join('@')

/** The mailbox's owner where somebody else is named: a delegate, or a stranger. */
const ownerIfOther: Reader<[string, string]> = (record, activity) => {
  const name = userName(record, activity)?.toLowerCase()
  return name === undefined || name === activity.mailbox ? undefined : ownerIn(activity.mailbox)
}
const ownerIn = lastOf(splitUser)

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
    'user.email': email,
    'user.name': (record, activity) => userIn(user(record, activity))?.[0],
    'user.domain': (record, activity) => userIn(user(record, activity))?.[1],
    'user.target.email': (record, activity) => ownerIfOther(record, activity)?.join('@'),
    'user.target.name': (record, activity) => ownerIfOther(record, activity)?.[0],
    'user.target.domain': (record, activity) => ownerIfOther(record, activity)?.[1],
    ...client,
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
