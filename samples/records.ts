import type { Mail } from './mail.ts'
import type { Random } from './random.ts'
import type { Row } from './retriever-csv.ts'

/** Where and when an activity happens. */
export type Moment = { app: string; session: string; time: number }

/** What one attempt to log on looked like; `unknown` is an attempt without any result. */
export type Attempt = { user: string; ip: string; userAgent: string; outcome: 'success' | 'failure' | 'unknown' }

/** Makes any activity; the service wrote it down a fraction of a second after it happened. */
export function activity(at: Moment, type: string, about: { item?: string; properties?: Row['properties'] } = {}): Row {
  const created = at.time + 150 + ((at.time * 7) % 800)
  return { ...at, type, item: about.item ?? '', created, properties: about.properties ?? {} }
}

/** Makes the logon that the server sees: it has a result and an address, and never a session. */
export function serverLogon(time: number, app: string, attempt: Attempt): Row {
  const { user, ip, userAgent, outcome } = attempt
  const properties: Row['properties'] = {
    UserName: user,
    ExceptionInfo: outcome === 'failure' ? 'LogonFailedException: the user name or password is not right' : '',
    NetworkPresenceLocation: '',
    UserAgent: userAgent,
    ClientIP: ip,
  }
  if (outcome !== 'unknown') properties['Result'] = outcome === 'success' ? 'Success' : 'Failure'
  return activity({ app, session: '', time }, 'ServerLogon', { properties })
}

/** Makes the logon that the web client reports: it has a session and an address, and never a result. */
export function clientLogon(at: Moment, client: { ip: string; userAgent: string; timezone: string }): Row {
  const properties = {
    Layout: 'Mouse',
    InferenceUiReady: 'True',
    InferenceUiOnKeyName: 'False',
    Flights: 'auth,pal,mcs',
    Timezone: client.timezone,
    IPAddress: client.ip,
    Browser: `${client.userAgent}+Preload+Preload`,
  }
  return activity(at, 'Logon', { properties })
}

/** Makes the delivery of a mail, with the properties that say which mail it is. */
export function messageDelivered(mail: Mail, more: Row['properties'] = {}): Row {
  const properties = {
    From: mail.from.name === '' ? mail.from.address : `${mail.from.name} <${mail.from.address}>`,
    DeliveredToInbox: mail.folder === 'Inbox' ? 'True' : 'False',
    DeliveredFolderType: mail.folder,
    ItemClass: 'IPM.Note',
    Recipients: mail.recipients.join(';'),
    ConversationId: mail.conversation,
    ReceivedTime: americanTime(mail.receivedAt),
    SentTime: new Date(mail.sentAt).toISOString(),
    SenderSmtpAddress: mail.from.address,
    InternetMessageId: mail.messageId,
    ...more,
    Subject: mail.subject,
  }
  return activity({ app: 'Exchange', session: '', time: mail.receivedAt }, 'MessageDelivered', {
    item: mail.item,
    properties,
  })
}

/** The properties of a delivery that say how the service handled the mail. */
export function deliveryDetails(mail: Mail, random: Random): Row['properties'] {
  return {
    InferenceClassification: mail.folder === 'Inbox' ? 'Focused' : 'Other',
    AddressingGroupMessage: 'False',
    isReply: mail.reply ? 'True' : 'False',
    MessageCardContext: '',
    MessageGuid: random.guid(),
    ExchangeApplicationFlags: '0',
    DeliveredViaBcc: 'False',
    DeliveredToClutter: mail.folder === 'Clutter' ? 'True' : 'False',
    DeliveredFolderId: `LgAAAAB${random.hex(8)}`,
    OrgAuthAs: mail.from.address.endsWith('@northquay.example') ? 'Internal' : 'Anonymous',
    IsGroupEscalationMessage: 'False',
    Hashtags: '',
    IsMentioned: 'False',
    MessageClientInfo: '',
  }
}

/** The properties by which mail programs name the mail that was marked, answered or forwarded. */
export function mailReference(mail: Mail, folderProperty: string): Row['properties'] {
  return {
    ReceivedTime: americanTime(mail.receivedAt),
    SenderAddress: mail.from.address,
    InternetMessageId: mail.messageId,
    [folderProperty]: mail.folder,
  }
}

/** The properties of a finished search; they hold the text that was looked for. */
export function searchResult(query: string, random: Random): Row['properties'] {
  return {
    Folders: 'SW5ib3g7QXJjaGl2ZQ==',
    Ver: '1',
    MaxRes: '250',
    App: 'OWA',
    Pos: '0',
    Item: '0',
    NetworkPresenceLocation: '',
    Params: 'IncludeDeleted',
    ResIds: Array.from({ length: random.whole(0, 4) }, () => random.hex(8)).join(','),
    Sid: random.guid(),
    Query: query,
    Rid: random.hex(8),
    AltResIds: '',
    Trunc: 'False',
  }
}

// `6/20/2018 8:05:00 AM`, the form of an American Windows server that keeps UTC.
function americanTime(time: number): string {
  const date = new Date(time)
  const hour = date.getUTCHours()
  const [minutes, seconds] = [date.getUTCMinutes(), date.getUTCSeconds()].map((n) => String(n).padStart(2, '0'))
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`
  return `${day} ${hour % 12 === 0 ? 12 : hour % 12}:${minutes}:${seconds} ${hour < 12 ? 'AM' : 'PM'}`
}
