import { createRandom } from '../random.ts'

/** Somebody of the tenant, with all the names the service has for them. */
export type Account = {
  upn: string
  name: string
  id: string
  puid: string
  mailboxGuid: string
  sid: string
}

const ids = createRandom(365)

/** The tenant whose evidence this is. */
export const tenant = {
  id: ids.guid(),
  domain: 'fabrikam.example',
  name: 'Fabrikam Harbour Supplies',
  site: 'https://fabrikam.sharepoint.example/sites/finance',
  siteId: ids.guid(),
  webId: ids.guid(),
  listId: ids.guid(),
}

export const alice = account('alice', 'Alice Lund')
export const bob = account('bob', 'Bob Okafor')
export const carol = account('carol', 'Carol Díaz')
export const admin = account('admin', 'Tenant Admin')

/** The people whose mailboxes are told of. */
export const owners = [alice, bob, carol]

/** Accounts whose passwords are guessed as well; nothing else is told of them. */
export const bystanders = [
  account('d.haugen', 'Dag Haugen'),
  account('emma.byrne', 'Emma Byrne'),
  account('farid', 'Farid Rahimi'),
  account('gudrun', 'Gudrun Weiß'),
  account('info', 'Information'),
  account('j.marsh', 'Jo Marsh'),
  account('payroll', 'Payroll'),
  account('reception', 'Reception'),
  account('scanner', 'Scanner 2nd floor'),
  account("sinead.o'hara", "Sinead O'Hara"),
]

/** The application that the intruder lets into a mailbox. */
export const intrudersApplication = { id: ids.guid(), objectId: ids.guid(), name: 'Mail Archiver Pro' }

function account(local: string, name: string): Account {
  return {
    upn: `${local}@fabrikam.example`,
    name,
    id: ids.guid(),
    puid: `1003200${ids.hex(9).toUpperCase()}`,
    mailboxGuid: ids.guid(),
    sid: `S-1-5-21-${ids.whole(1e8, 4e9)}-${ids.whole(1e8, 4e9)}-${ids.whole(1e8, 4e9)}-${ids.whole(1e6, 4e7)}`,
  }
}
