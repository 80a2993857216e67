import { clients } from './clients.ts'
import { day, days, hour, minute, second, start } from './clock.ts'
import type { Mail } from './mail.ts'
import { bindRecord, syncRecord } from './mail-records.ts'
import { serviceAddresses } from './places.ts'
import { alertRecord, systemRecord, threatRecord } from './service-records.ts'
import type { Story } from './story.ts'
import { type Account, owners, tenant } from './tenant.ts'
import type { Visit } from './visit.ts'

const systemOperations = [
  'Set-TenantObjectVersion',
  'Enable-AddressListPaging',
  'Install-DefaultSharingPolicy',
  'New-ExchangeAssistanceConfig',
  'Set-ExchangeAssistanceConfig',
  'Set-RecipientEnforcementProvisioningPolicy',
]

/** Tells the noise of the service: its own cmdlets, and its own reads of everybody's mail. */
export function tellService(story: Story) {
  const { random } = story
  for (let midnight = start; midnight < start + days * day; midnight += day) {
    for (let left = random.whole(9, 14); left > 0; left--) {
      const time = midnight + random.whole(0, day / second - 1) * second
      const record = systemRecord(random, time, { operation: random.pick(systemOperations), object: tenant.domain })
      story.tell(record, { actor: 'service', user: record.UserId.toLowerCase(), category: 'other' })
    }
    for (const owner of owners) {
      for (let left = random.whole(7, 13); left > 0; left--) {
        readByItself(story, owner, midnight + random.whole(1, day / second - 1) * second)
      }
    }
  }
}

// An indexer or an assistant works for the owner: in the owner's name, from an address of the service, without a session.
function readByItself(story: Story, account: Account, time: number) {
  const { random } = story
  const ip = random.pick(serviceAddresses)
  const client = {
    ...clients.owa,
    info: 'Client=REST;Client=RESTSystem;;',
    appId: '13937bba-652e-4c46-b222-3003f4d1ff97',
  }
  const visit: Visit = { actor: 'service', account, ip, client }
  const place = { random, time, visit, mailbox: account }
  const by = { actor: 'service', user: account.upn, ip, category: 'read', mailbox: account.upn } as const
  const common = { throttled: false, folder: '\\Inbox' }
  const mails = story.inbox(account.upn, time).slice(-random.whole(1, 3))
  if (random.chance(0.08)) {
    story.tell(syncRecord(place, '\\Inbox'), { ...by, read: { ...common, access: 'sync', mails: [] } })
  } else {
    story.tell(bindRecord(place, mails, { path: '\\Inbox', throttled: false }), {
      ...by,
      read: { ...common, access: 'bind', mails },
    })
  }
}

/** Raises an alert about an account: the alert, and soon after the entity that belongs to it. */
export function raiseAlert(story: Story, time: number, about: { name: string; severity: string; account: Account }) {
  const { random } = story
  const { account, name, severity } = about
  const visit: Visit = { actor: 'service', account, ip: '', client: clients.owa }
  const alert = random.guid()
  for (const [index, operation] of ['AlertTriggered', 'AlertEntityGenerated'].entries()) {
    const moment = { random, time: time + index * 2 * minute, visit }
    story.tell(alertRecord(moment, { operation, name, severity, alert }), {
      actor: 'service',
      user: 'securitycompliancealerts',
      category: 'alert',
      detail: { name, severity, account: account.upn },
    })
  }
}

/** Lets Defender find out, hours later, that a mail was not what it seemed. */
export function findThreat(story: Story, mail: Mail) {
  const record = threatRecord(story.random, mail.sentAt + 9 * hour, mail)
  story.tell(record, {
    actor: 'service',
    user: 'threatintel',
    category: 'alert',
    names: [mail],
    detail: { name: 'Phish', severity: 'High', account: mail.to.join(', ') },
  })
}
