import type { Random } from './random.ts'
import type { Person, Topic } from './words.ts'

/** A mail of the story; `goneAt` is when somebody deleted it or moved it out of sight. */
export type Mail = {
  item: string
  conversation: string
  messageId: string
  from: Person
  recipients: string[]
  subject: string
  sentAt: number
  receivedAt: number
  goneAt: number
  folder: string
  reply: boolean
  money: boolean
  attachment: boolean
}

/** Writes a mail that arrives at the given time. */
export function makeMail(
  random: Random,
  receivedAt: number,
  about: { from: Person; topic: Topic; to: string[] },
): Mail {
  const { from, topic, to } = about
  const subject = topic.subject(random)
  const domain = from.address.slice(from.address.indexOf('@') + 1)
  return {
    item: `AAMkAGI2${random.hex(18)}AAA=`,
    conversation: `AAQkAGI2${random.hex(12)}=`,
    messageId: `<${random.hex(14)}@${domain}>`,
    from,
    recipients: to,
    subject,
    sentAt: receivedAt - random.whole(900, 9000),
    receivedAt,
    goneAt: Number.POSITIVE_INFINITY,
    folder: 'Inbox',
    reply: subject.startsWith('Re:'),
    money: topic.money,
    attachment: topic.attachment,
  }
}
