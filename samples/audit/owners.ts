import { clients } from './clients.ts'
import { day, days, hour, minute, start } from './clock.ts'
import { chat, search, searchSite, share, useFile } from './file-acts.ts'
import type { Mail } from './mail.ts'
import { logInToMailbox, move, openAttachment, read, remove, send, sync } from './mail-acts.ts'
import { ownAddresses as own } from './places.ts'
import { openSession, type Session } from './session.ts'
import type { Story } from './story.ts'
import { type Account, alice, bob, carol, owners } from './tenant.ts'
import { files, ownSearches, partners } from './words.ts'

type Habits = { account: Account; home: string; phone: string; evenings: number; searches: number }

const habits: Habits[] = [
  { account: alice, home: own.aliceHome, phone: own.alicePhone, evenings: 0.35, searches: 0.16 },
  { account: bob, home: own.bobHome, phone: own.bobPhone, evenings: 0.2, searches: 0.06 },
  { account: carol, home: own.carolHome, phone: own.carolPhone, evenings: 0.3, searches: 0.1 },
]

/** Days on which carol works from a hotel in another country; nothing is wrong with that. */
const travelling = [14, 15, 16, 17]

/** Tells what the owners of the mailboxes do day by day, which is harmless. */
export function tellOwners(story: Story) {
  for (const habit of habits) {
    const fresh = createFresh(story, habit.account)
    for (let index = 0; index < days; index++) {
      const midnight = start + index * day
      const free = [0, 6].includes(new Date(midnight).getUTCDay())
      const away = habit.account === carol && travelling.includes(index)
      tellPhone(story, { habit, fresh, midnight, ...(away && { ip: own.carolHotel }) })
      if (!free) tellOffice(story, { habit, fresh, midnight, ip: away ? own.carolHotel : own.office })
      if (!free && story.random.chance(habit.evenings)) tellEvening(story, { habit, fresh, midnight })
    }
  }
}

type Day = { habit: Habits; fresh: (time: number) => Mail[]; midnight: number; ip?: string }

// What arrived since the owner last looked, at most five at a time.
function createFresh(story: Story, { upn }: Account) {
  const seen = new Set(story.inbox(upn, start))
  return (time: number) => {
    const mails = story.inbox(upn, time).filter((mail) => !seen.has(mail) && !(mail.bulk && story.random.chance(0.5)))
    const chunk = mails.slice(0, 5)
    for (const mail of chunk) seen.add(mail)
    return chunk
  }
}

function tellPhone(story: Story, { habit, fresh, midnight, ip = habit.phone }: Day) {
  const { random } = story
  if (random.chance(0.25)) return
  const visit = { actor: 'owner', account: habit.account, ip, client: clients.phone, session: random.guid() } as const
  const session = openSession(story, visit, midnight + 6.5 * hour + random.whole(0, hour))
  session.logOn('0', false)
  for (let looks = random.whole(1, 3); looks > 0; looks--) {
    read(session, fresh(session.now()))
    session.wait(2 * minute, 12 * minute)
  }
}

function tellOffice(story: Story, { habit, fresh, midnight, ip = own.office }: Day) {
  const { random } = story
  const { account } = habit
  const visit = { actor: 'owner', account, ip, client: clients.outlook, session: random.guid() } as const
  const session = openSession(story, visit, midnight + 8 * hour + random.whole(0, 50 * minute))
  if (random.chance(0.15)) session.logOn('50126')
  if (random.chance(0.2)) session.logOn('50058')
  session.logOn('0', random.chance(0.5))
  if (random.chance(0.4)) logInToMailbox(session)
  sync(session, '\\Inbox')
  while (session.now() < midnight + 16 * hour) {
    work(session, habit, fresh(session.now()))
    session.wait(14 * minute, 42 * minute)
  }
}

function tellEvening(story: Story, { habit, fresh, midnight }: Day) {
  const { random } = story
  const { account, home: ip } = habit
  const visit = { actor: 'owner', account, ip, client: clients.owa, session: random.guid() } as const
  const session = openSession(story, visit, midnight + 18 * hour + random.whole(0, 3 * hour))
  if (random.chance(0.3)) session.logOn('50074')
  session.logOn(random.chance(0.3) ? '50140' : '0')
  for (let looks = random.whole(1, 4); looks > 0; looks--) work(session, habit, fresh(session.now()))
}

function work(session: Session, { account, searches }: Habits, mails: Mail[]) {
  const { random } = session
  read(session, mails)
  const [mail] = mails
  if (mail !== undefined && mail.attachment !== '' && random.chance(0.3)) openAttachment(session, mail, 'Preview')
  if (mail !== undefined && !mail.bulk && random.chance(0.45)) {
    send(session, { subject: `Re: ${mail.subject}`, to: [mail.from], money: mail.money })
  }
  if (random.chance(0.12)) send(session, { subject: `Question of ${account.name}`, to: [colleague(session)] })
  const bulk = mails.filter((one) => one.bulk)
  remove(session, bulk, random.pick(['MoveToDeletedItems', 'MoveToDeletedItems', 'SoftDelete']))
  if (mail !== undefined && !mail.bulk && random.chance(0.08)) move(session, [mail], '\\Projects')
  if (random.chance(searches)) search(session, random.pick(ownSearches.mailbox))
  if (random.chance(0.3)) workWithFiles(session)
  if (random.chance(0.25)) {
    chat(session, random.pick(['MessageCreatedHasLink', 'ChatCreated', 'TeamsSessionStarted']), owners)
  }
}

function workWithFiles(session: Session) {
  const { random } = session
  const name = random.pick(files)
  if (random.chance(0.15)) searchSite(session, random.pick(ownSearches.sharepoint))
  useFile(session, 'FileAccessed', name)
  if (random.chance(0.4)) useFile(session, random.pick(['FileModified', 'FileDownloaded', 'FilePreviewed']), name)
  if (random.chance(0.06)) {
    share(session, 'SharingSet', { name, target: colleague(session), rights: 'Edit' })
  } else if (random.chance(0.03)) {
    share(session, 'SharingInvitationCreated', { name, target: random.pick(partners), rights: 'View' })
  }
}

function colleague(session: Session): string {
  return session.random.pick(owners.filter((account) => account !== session.visit.account)).upn
}
