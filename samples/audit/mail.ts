import type { Random } from '../random.ts'
import { second } from './clock.ts'

/** A mail of the story. `to` are all who get it, `traceId` is the service's own name for it. */
export type Mail = {
  messageId: string
  subject: string
  from: string
  to: string[]
  sentAt: number
  size: number
  item: string
  traceId: string
  attachment: string
  money: boolean
  bulk: boolean
}

/** What a mail is about. */
export type Topic = { subject: string; money?: boolean; bulk?: boolean; attachment?: string }

/** Writes a mail at the given time. */
export function makeMail(random: Random, sentAt: number, about: Topic & { from: string; to: string[] }): Mail {
  const { subject, from, to, money = false, bulk = false, attachment = '' } = about
  const domain = from.slice(from.indexOf('@') + 1)
  const host = domain === 'fabrikam.example' ? 'DB9P123MB0456.fabrikam.example' : `mail.${domain}`
  return {
    messageId: `<${random.hex(20).toUpperCase()}@${host}>`,
    subject,
    from,
    to,
    sentAt: sentAt - (sentAt % second),
    size: random.whole(9_000, 60_000) + (attachment === '' ? 0 : random.whole(40_000, 900_000)),
    item: `RgAAAAB${random.hex(14)}BwB${random.hex(12)}AAA`,
    traceId: random.guid(),
    attachment,
    money,
    bulk,
  }
}
