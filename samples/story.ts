import { type Mail, makeMail } from './mail.ts'
import type { Random } from './random.ts'
import { deliveryDetails, messageDelivered } from './records.ts'
import type { Row } from './retriever-csv.ts'
import { type By, createTruth } from './truth.ts'
import { mailbox, type Person, type Topic } from './words.ts'

/** One mailbox while its story is being told: every recorded row is also counted for the truth. */
export type Story = {
  random: Random
  rows: Row[]
  /** Mail to read, oldest first. */
  mails: Mail[]
  record(row: Row, by?: By): void
  /** Lets a mail arrive, and records its delivery. */
  deliver(receivedAt: number, about: Arrival): Mail
  truth: ReturnType<typeof createTruth>
}

/** What arrives: from whom, about what and, when it is not the inbox, where. */
export type Arrival = { from: Person; topic: Topic; folder?: string; to?: string[] }

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Begins a story in which nothing has happened yet. */
export function createStory(random: Random): Story {
  const rows: Row[] = []
  const truth = createTruth(mailbox)

  function record(row: Row, by?: By) {
    rows.push(row)
    truth.add(row, by)
  }

  function deliver(receivedAt: number, about: Arrival): Mail {
    const { from, topic, folder = 'Inbox', to = [mailbox] } = about
    const mail = { ...makeMail(random, receivedAt, { from, topic, to }), folder }
    record(messageDelivered(mail, deliveryDetails(mail, random)))
    return mail
  }

  return { random, rows, mails: [], record, deliver, truth }
}
