import { cmdletRecord, exchangeName } from '../samples/audit/change-records.ts'
import { clients } from '../samples/audit/clients.ts'
import { fileRecord, searchRecord } from '../samples/audit/file-records.ts'
import { logonRecord } from '../samples/audit/logon-records.ts'
import { type Mail, makeMail } from '../samples/audit/mail.ts'
import * as mailbox from '../samples/audit/mail-records.ts'
import type { AuditRecord } from '../samples/audit/record.ts'
import { systemRecord, teamsRecord } from '../samples/audit/service-records.ts'
import type { Told } from '../samples/audit/story.ts'
import type { Account } from '../samples/audit/tenant.ts'
import type { Visit } from '../samples/audit/visit.ts'
import { anyTopic, files, ownSearches, partners } from '../samples/audit/words.ts'
import type { Random } from '../samples/random.ts'

/** Somebody of the tenant: how they are logged on, and what is in the inbox. Both change, neither grows. */
type Owner = { account: Account; visit: Visit; inbox: Mail[] }
type Here = mailbox.Place & { owner: Owner; others: readonly Owner[] }
type Act = { share: number; record(here: Here): AuditRecord }

const until = Date.parse('2026-03-10T00:00:00Z')
const ownersCount = 40
const inboxSize = 64
const mostBound = 18

// In a hundred records of tenants that log what E5 logs. Bytes of AuditData: 650 (searches) to 4,400 (many mails bound).
const acts: readonly Act[] = [
  { share: 44, record: (here) => mailbox.bindRecord(here, bound(here), { path: '\\Inbox', throttled: false }) },
  { share: 4, record: (here) => mailbox.syncRecord(here, here.random.pick(['\\Inbox', '\\Sent Items', '\\Archive'])) },
  { share: 11, record: (here) => logon(here, '0') },
  { share: 6, record: (here) => logon(here, here.random.pick(['50126', '50074', '50140', '50053'] as const)) },
  { share: 13, record: (here) => fileRecord(here, fileOperation(here.random), { name: here.random.pick(files) }) },
  { share: 6, record: sent },
  { share: 3, record: (here) => searchRecord(here, here.random.pick(ownSearches.mailbox), 'mailbox') },
  { share: 4, record: (here) => mailbox.groupRecord(here, bound(here).slice(0, 4), moved(here.random)) },
  { share: 2, record: (here) => mailbox.attachmentRecord(here, here.random.pick(here.owner.inbox), 'Download') },
  { share: 1, record: mailbox.mailboxLoginRecord },
  { share: 3, record: (here) => teamsRecord(here, 'MessageCreatedHasLink', [here.random.pick(here.others).account]) },
  {
    share: 2,
    record: ({ random, time }) => systemRecord(random, time, { operation: 'Set-Mailbox', object: 'a policy' }),
  },
  { share: 0.6, record: rule },
  { share: 0.4, record: (here) => mailbox.inboxRulesRecord(here, 'AddMailboxRule', { RuleName: 'Tides' }) },
]
const shares = acts.reduce((sum, { share }) => sum + share, 0)

/** Makes that many distinct audit records of one tenant, newest first, in memory that does not grow with their number. */
export function* manyRecords(random: Random, count: number): Generator<Pick<Told, 'time' | 'record'>> {
  const owners = Array.from({ length: ownersCount }, (_, i) => newOwner(random, i))
  for (const owner of owners) while (owner.inbox.length < inboxSize) owner.inbox.push(newMail(random, owners, owner))
  let time = until
  for (let i = 0; i < count; i += 1) {
    time -= random.whole(0, 24) * 1000
    const owner = random.pick(owners)
    if (random.chance(0.02)) owner.visit = newVisit(random, owner.account)
    const { account, visit } = owner
    yield { time, record: pickAct(random).record({ random, time, visit, mailbox: account, owner, others: owners }) }
  }
}

function pickAct(random: Random): Act {
  let rest = random.fraction() * shares
  for (const act of acts) {
    rest -= act.share
    if (rest < 0) return act
  }
  return acts[0] as Act
}

/** Mostly one mail, rarely many. */
function bound({ random, owner }: Here): Mail[] {
  const fraction = random.fraction()
  const length = 1 + Math.floor(mostBound * fraction * fraction * fraction)
  const first = random.whole(0, inboxSize - length)
  return owner.inbox.slice(first, first + length)
}

function logon({ random, time, visit }: Here, code: Parameters<typeof logonRecord>[2]['attempt']['code']): AuditRecord {
  const attempt = { id: random.guid(), correlation: random.guid(), code, lies: random.chance(2 / 3) }
  return logonRecord(random, time, { visit, attempt })
}

function fileOperation(random: Random): string {
  return random.pick(['FileAccessed', 'FileAccessed', 'FileModified', 'FileDownloaded', 'FilePreviewed'])
}

/** Time goes backwards: what a colleague sent to this inbox was read before, and is in nobody's inbox after. */
function sent(here: Here): AuditRecord {
  const { random, owner, others } = here
  const [mail = newMail(random, others, owner)] = owner.inbox.splice(random.whole(0, inboxSize - 1), 1)
  owner.inbox.push(newMail(random, others, owner))
  const sender = others.find(({ account }) => account.upn === mail.from) ?? owner
  return mailbox.sendRecord({ ...here, visit: sender.visit, mailbox: sender.account }, mail, undefined)
}

function moved(random: Random): Parameters<typeof mailbox.groupRecord>[2] {
  const operation = random.pick(['Move', 'MoveToDeletedItems', 'SoftDelete', 'HardDelete'])
  return { operation, from: '\\Inbox', ...(operation.startsWith('Move') && { to: '\\Deleted Items' }) }
}

function rule(here: Here): AuditRecord {
  const { random, owner } = here
  const name = random.pick(['.', 'Newsletters', 'Tides'])
  const parameters = { Name: name, MoveToFolder: 'RSS Feeds', SubjectOrBodyContainsWords: 'invoice;payment' }
  const operation = random.pick(['New-InboxRule', 'Set-InboxRule'])
  return cmdletRecord(here, { operation, object: exchangeName(owner.account, name), parameters })
}

function newMail(random: Random, owners: readonly Owner[], { account }: Owner): Mail {
  const from = random.chance(0.5) ? random.pick(owners).account.upn : random.pick(partners)
  return makeMail(random, until, { ...anyTopic(random), from, to: [account.upn] })
}

function newOwner(random: Random, number: number): Owner {
  const account = {
    upn: `user${number}@fabrikam.example`,
    name: `User ${number}`,
    id: random.guid(),
    puid: `1003200${random.hex(9).toUpperCase()}`,
    mailboxGuid: random.guid(),
    sid: `S-1-5-21-${random.whole(1e8, 4e9)}-${random.whole(1e8, 4e9)}-${random.whole(1e8, 4e9)}-${number + 1e6}`,
  }
  return { account, visit: newVisit(random, account), inbox: [] }
}

function newVisit(random: Random, account: Account): Visit {
  const v4 = `${random.pick(['198.51.100', '203.0.113', '192.0.2'])}.${random.whole(1, 254)}`
  const ip = random.chance(0.2) ? `2001:db8:${random.hex(4)}::${random.hex(4)}` : v4
  const client = random.pick([clients.owa, clients.owa, clients.outlook, clients.phone, clients.firefox])
  return { actor: 'owner', account, ip, client, session: random.guid() }
}
