import { createRandom, type Random } from '../random.ts'
import { day, second } from './clock.ts'
import type { Fact } from './fact.ts'
import { type Mail, makeMail, type Topic } from './mail.ts'
import type { AuditRecord } from './record.ts'
import { makeSignIn, type SignIn } from './sign-in.ts'
import { owners } from './tenant.ts'

/** One audit record as the story tells it, and what it really is. */
export type Told = { time: number; record: AuditRecord; fact: Fact }

/** One row of the message trace: a mail on its way to one recipient. */
export type Trace = { time: number; mail: Mail; to: string; status: string }

/** A mailbox whose reads the service stops writing down for 24 hours. */
export type Throttle = { mailbox: string; from: number; to: number; suppressed: number }

/** The tenant while its story is being told. */
export type Story = ReturnType<typeof createStory>

/** Begins a story in which nothing has happened yet. */
export function createStory(seed: number) {
  const random: Random = createRandom(seed)
  const told: Told[] = []
  const signIns: SignIn[] = []
  const traces: Trace[] = []
  const throttles: Throttle[] = []
  const inboxes = new Map<string, Mail[]>(owners.map(({ upn }) => [upn, []]))

  /** Tells one record, unless it is a read of a mailbox that is throttled then. */
  function tell(record: AuditRecord, fact: Fact) {
    const time = Date.parse(`${record.CreationTime}Z`)
    const throttle = throttles.find(({ mailbox, from, to }) => fact.mailbox === mailbox && from < time && time <= to)
    if (fact.read !== undefined && throttle !== undefined) throttle.suppressed++
    else told.push({ time, record, fact })
  }

  /** Sends a mail: it is traced to each recipient, and stands in the inbox of those whose mailbox is told of. */
  function deliver(sentAt: number, about: Topic & { from: string; to: string[]; status?: string }): Mail {
    const mail = makeMail(random, sentAt, about)
    for (const to of mail.to) {
      const time = mail.sentAt + random.whole(1, 9) * second
      traces.push({ time, mail, to, status: about.status ?? 'Delivered' })
      if (about.status === undefined) inboxes.get(to)?.push(mail)
    }
    return mail
  }

  /** The mail that stands in a mailbox at a time, oldest first. */
  function inbox(mailbox: string, time: number): Mail[] {
    const mails = inboxes.get(mailbox) ?? []
    return mails.filter(({ sentAt }) => sentAt < time - 10 * second).sort((a, b) => a.sentAt - b.sentAt)
  }

  return {
    random,
    told,
    signIns,
    traces,
    throttles,
    tell,
    deliver,
    inbox,
    /** Passes a mail that was delivered on to one more recipient. */
    forward: (mail: Mail, to: string) =>
      traces.push({ time: mail.sentAt + 12 * second, mail, to, status: 'Delivered' }),
    signIn: (...about: Parameters<typeof makeSignIn>) => signIns.push(makeSignIn(...about)),
    /** From now on the reads of a mailbox are not written down for 24 hours. */
    throttle: (mailbox: string, from: number) => throttles.push({ mailbox, from, to: from + day, suppressed: 0 }),
  }
}
