import { type Mail, makeMail } from './mail.ts'
import { ownerErrands, ownerSearch, readOne } from './owner-habits.ts'
import { openSession, type Session } from './session.ts'
import { day, hour, minute, type Story } from './story.ts'
import { mailbox, people, topics } from './words.ts'

type Place = 'office' | 'home' | 'phone' | 'hotel'
type Slot = { app: 'Web' | 'Outlook' | 'Mobile'; place: Place; from: number; until: number; chance: number }

const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0 Safari/537.36'
const outlook = 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.9126; Pro)'
const phone = "Outlook-iOS/2.71.0 (Maria's phone)"

const addresses: Record<Place, string> = {
  office: '198.51.100.24',
  home: '2001:db8:4f:12::a1',
  phone: '198.51.100.143',
  hotel: '192.0.2.140',
}

// Hours in UTC. Outlook and the phone never prove whose session it is, so no two of these slots overlap, and neither
// does a visit of the intruder: the logon before each of their reads is the owner's own.
const workday: Slot[] = [
  { app: 'Mobile', place: 'phone', from: 5.9, until: 6.3, chance: 0.6 },
  { app: 'Outlook', place: 'office', from: 7, until: 8.5, chance: 1 },
  { app: 'Web', place: 'office', from: 9.05, until: 11.7, chance: 1 },
  { app: 'Mobile', place: 'phone', from: 12, until: 12.4, chance: 0.5 },
  { app: 'Outlook', place: 'office', from: 12.7, until: 15.6, chance: 1 },
  { app: 'Web', place: 'home', from: 18.7, until: 19.6, chance: 0.3 },
]

const weekend: Slot[] = [
  { app: 'Mobile', place: 'phone', from: 9, until: 9.4, chance: 0.7 },
  { app: 'Web', place: 'home', from: 17, until: 17.6, chance: 0.4 },
]

const journey = { from: Date.parse('2018-05-14T00:00:00Z'), until: Date.parse('2018-05-17T00:00:00Z') }

/** Tells the owner's days between two midnights. */
export function tellOwner(story: Story, from: number, until: number) {
  const desk = createDesk(story, from)
  for (let midnight = from; midnight < until; midnight += day) {
    const weekday = new Date(midnight).getUTCDay()
    for (const slot of weekday === 0 || weekday === 6 ? weekend : workday) {
      if (story.random.chance(slot.chance)) tellSlot(story, desk, { slot, midnight })
    }
  }
}

/** What the owner has yet to read and has read. */
export type Desk = { next(now: number): Mail | undefined; old(now: number): Mail; errand: number }

function createDesk(story: Story, from: number): Desk {
  const { random } = story
  const about = () => ({ from: random.pick(people), topic: random.pick(topics), to: [mailbox] })
  // Mail from before the first row: its deliveries are not in the file, so nobody can know its subject.
  const read = Array.from({ length: 40 }, () => makeMail(random, from - random.whole(day, 60 * day), about()))
  const inbox = story.mails.toSorted((a, b) => a.receivedAt - b.receivedAt)
  let position = 0

  function next(now: number): Mail | undefined {
    for (let mail = inbox[position]; mail !== undefined && mail.receivedAt < now; mail = inbox[position]) {
      position++
      if (mail.goneAt < now || random.chance(0.05)) continue
      read.push(mail)
      return mail
    }
    return undefined
  }

  function old(now: number): Mail {
    const candidates = Array.from({ length: 5 }, () => random.pick(read))
    return candidates.find((mail) => mail.goneAt > now) ?? makeMail(random, from - day, about())
  }

  return { next, old, errand: 0 }
}

function tellSlot(story: Story, desk: Desk, when: { slot: Slot; midnight: number }) {
  const { slot, midnight } = when
  const { random } = story
  const travelling = midnight >= journey.from && midnight < journey.until
  const place = slot.place === 'office' && travelling ? 'hotel' : slot.place
  const session = openSession(story, {
    actor: 'owner',
    ip: addresses[place],
    app: slot.app,
    userAgent: { Web: windows, Outlook: outlook, Mobile: phone }[slot.app],
    timezone: 'W. Europe Standard Time',
    start: midnight + slot.from * hour + random.whole(0, 4 * minute),
    session: slot.app === 'Outlook' && random.chance(0.5) ? '' : random.guid(),
  })
  const end = midnight + slot.until * hour
  if (random.chance(0.08)) session.serverAttempt('failure')
  session.logOn()
  tellVisit(story, desk, { session, slot, end })
}

function tellVisit(story: Story, desk: Desk, visit: { session: Session; slot: Slot; end: number }) {
  const { session, slot, end } = visit
  const { random } = story
  let nextLogon = session.now() + 11 * minute
  if (slot.app === 'Web') ownerErrands(story, session, desk)
  else if (random.chance(0.12)) ownerSearch(story, session, desk)
  while (session.now() < end) {
    // Outlook logs on again and again; now and then the record of it has no result.
    if (slot.app === 'Outlook' && session.now() > nextLogon) {
      session.serverAttempt(random.chance(0.03) ? 'unknown' : 'success')
      nextLogon = session.now() + random.whole(13 * minute, 33 * minute)
    }
    const mail = desk.next(session.now()) ?? (random.chance(0.1) ? desk.old(session.now()) : undefined)
    if (mail !== undefined) readOne(story, session, mail)
    session.wait(minute / 2, mail === undefined ? 12 * minute : 3 * minute)
  }
}
