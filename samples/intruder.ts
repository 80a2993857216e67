import type { Mail } from './mail.ts'
import { openSession, type Session, type Visit } from './session.ts'
import { minute, type Story } from './story.ts'
import { mailbox, people } from './words.ts'

type Raid = {
  start: string
  ip: string
  app?: string
  queries: string[]
  reads: number
  replies: number
  moves: number
  deletes: number
}

const sprayer = '203.0.113.190'
const first = '203.0.113.66'
const second = '192.0.2.77'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:59.0) Gecko/20100101 Firefox/59.0'

const sprays = [
  { start: '2018-04-02T01:12:40.310Z', attempts: 143, app: 'Exchange' },
  { start: '2018-04-03T01:20:11.902Z', attempts: 31, app: 'IMAP4' },
  { start: '2018-04-09T02:31:05.077Z', attempts: 22, app: 'POP3' },
]

// Those around 09:00 overlap the owner's own web session: logons of both stand between a logon and its reads.
const raids: Raid[] = [
  raid('2018-04-11T02:14:07.412Z', first, ['invoice', 'wire', 'payment'], { reads: 14 }),
  raid('2018-04-11T21:41:30.006Z', first, ['bank details', "O'Neil", 'iban'], { reads: 9 }),
  raid('2018-04-16T09:31:19.733Z', second, ['wire transfer', 'remittance'], { reads: 8, moves: 1 }),
  raid('2018-04-19T01:30:44.120Z', second, [], { reads: 16 }, 'IMAP4'),
  raid('2018-04-19T03:05:58.219Z', first, ['statement of account', 'Sean\'s "last" offer'], { reads: 10, replies: 1 }),
  raid('2018-04-24T10:12:36.840Z', first, ['overdue', 'O\'Neil "urgent"'], { reads: 9, replies: 2, moves: 2 }),
  raid('2018-04-24T22:16:01.551Z', second, ['new bank'], { reads: 6, replies: 1, moves: 3, deletes: 5 }),
  raid('2018-05-03T02:02:27.018Z', second, ['swift', 'DE89 0000 0000 0000 00', 'payment'], {
    reads: 11,
    replies: 3,
    moves: 2,
    deletes: 4,
  }),
  raid('2018-05-09T08:48:52.660Z', first, ['=HYPERLINK("http://x.example","y")', 'fraud', 'maria'], {
    reads: 7,
    replies: 2,
    deletes: 12,
  }),
]

/** Tells all that the intruder does, from the guessing of passwords to the last deletion. */
export function tellIntruder(story: Story) {
  for (const { start, attempts, app } of sprays) {
    const guessing = openSession(story, visit(story, { start, ip: sprayer, app }, 'python-requests/2.18.4'))
    for (let left = attempts; left > 0; left--) {
      guessing.serverAttempt('failure')
      guessing.wait(5000, 75_000)
    }
  }
  for (const one of raids) tellRaid(story, one)
}

function raid(start: string, ip: string, queries: string[], counts: Partial<Raid>, app?: string): Raid {
  const plan = { start, ip, queries, reads: 0, replies: 0, moves: 0, deletes: 0, ...counts }
  return app === undefined ? plan : { ...plan, app }
}

function visit(story: Story, where: { start: string; ip: string; app?: string }, userAgent: string): Visit {
  const { start, ip, app = 'Web' } = where
  const session = app === 'Web' ? story.random.guid() : ''
  return { actor: 'intruder', ip, app, userAgent, timezone: 'UTC', start: Date.parse(start), session }
}

function tellRaid(story: Story, plan: Raid) {
  const session = openSession(story, visit(story, plan, plan.app === undefined ? firefox : 'imap-sync/1.6'))
  session.logOn()
  const inbox = story.mails.filter((mail) => mail.receivedAt < session.now() && mail.goneAt > session.now())
  const prey = inbox.filter((mail) => mail.money).slice(-40)
  if (plan.app !== undefined) return copyQuietly(session, prey.slice(-plan.reads))

  readPrey(story, session, { plan, prey })
  const answers = prey.slice(prey.length - plan.replies)
  const received = answers.map((mail) => redirectPayment(story, session, mail))
  for (const mail of prey.slice(0, plan.moves)) session.move(mail, 'RSS Feeds')
  session.remove([...received, ...prey.slice(10, 10 + plan.deletes)].slice(0, plan.deletes))
}

function readPrey(story: Story, session: Session, raiding: { plan: Raid; prey: Mail[] }) {
  const { plan, prey } = raiding
  const share = Math.ceil(plan.reads / plan.queries.length)
  let left = plan.reads
  for (const query of plan.queries) {
    session.search(query, /[="]|DE89/.test(query) ? 'pasted' : 'typed')
    for (let reads = Math.min(share, left); reads > 0; reads--, left--) {
      const mail = story.random.pick(prey)
      const opens = mail.attachment && story.random.chance(0.5)
      session.read(mail, () => {
        if (opens) session.act('OpenedAnAttachment', mail.item, { AttachmentAction: 'Download' })
      })
      session.wait(minute / 4, 4 * minute)
    }
  }
}

// Asks for the money to go to another account; the customer's question comes back at once and is read first by the
// one who must not read it.
function redirectPayment(story: Story, session: Session, mail: Mail): Mail {
  const subject = `Re: ${mail.subject} - our bank details have changed`
  session.answer(mail, subject, story.random.chance(0.25) ? 'Forward' : 'Reply')
  session.wait(minute, 3 * minute)
  const from = people.includes(mail.from) ? mail.from : story.random.pick(people)
  const topic = { subject: () => `Re: ${subject}`, money: true, attachment: false }
  const question = story.deliver(session.now() - minute / 4, { from, topic, to: [mailbox] })
  session.read(question)
  return question
}

function copyQuietly(session: Session, prey: Mail[]) {
  for (const mail of prey) {
    session.act('MarkAsRead', mail.item)
    session.act('CopyItem', mail.item)
  }
}
