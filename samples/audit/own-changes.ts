import { changeAccount, inboxRule } from './change-acts.ts'
import { directoryValue } from './change-records.ts'
import { clients } from './clients.ts'
import { at } from './clock.ts'
import { grantFolder, updateInboxRules } from './mail-acts.ts'
import { ownAddresses as own } from './places.ts'
import { openSession, type Session } from './session.ts'
import type { Story } from './story.ts'
import { type Account, alice, bob, carol } from './tenant.ts'

type OwnChange = { when: string; account: Account; ip: string; does: (session: Session) => void }

const strongAuthentication = {
  name: 'Azure MFA StrongAuthenticationService',
  id: '0000001a-0000-4000-a000-0000000000fa',
}

/** What the owners change themselves: it looks like what intruders change, and is harmless. */
const changes: OwnChange[] = [
  {
    when: '01-13T09:12:40',
    account: alice,
    ip: own.office,
    does: (session) =>
      inboxRule(session, 'New-InboxRule', {
        AlwaysDeleteOutlookRulesBlob: 'False',
        Force: 'False',
        From: 'weekly@chandlers-press.example',
        MoveToFolder: 'Newsletters',
        Name: 'Newsletters',
      }),
  },
  {
    when: '01-15T13:40:05',
    account: carol,
    ip: own.office,
    does: (session) =>
      inboxRule(session, 'New-InboxRule', {
        AlwaysDeleteOutlookRulesBlob: 'False',
        Force: 'False',
        ForwardTo: bob.upn,
        Name: 'Crane 3 to Bob',
        SubjectContainsWords: 'crane 3',
      }),
  },
  {
    when: '01-22T10:03:51',
    account: bob,
    ip: own.office,
    does: (session) => {
      const rule = { name: 'Tides', conditions: { From: 'tidetables.example' }, actions: { MoveToFolder: 'Tides' } }
      updateInboxRules(session, 'AddMailboxRule', rule)
      grantFolder(session, 'UpdateCalendarDelegation', { path: '\\Calendar', member: carol, rights: 'Editor' })
    },
  },
  {
    when: '01-25T17:20:33',
    account: carol,
    ip: own.carolHome,
    does: (session) => addMethod(session, 'a new phone', 'PhoneAppNotification'),
  },
  {
    when: '02-03T14:31:09',
    account: bob,
    ip: own.office,
    does: (session) =>
      inboxRule(session, 'Set-InboxRule', {
        Identity: 'Tides',
        MoveToFolder: 'Tides',
        StopProcessingRules: 'False',
      }),
  },
]

/** Tells the owners' own rules, permissions and phones. */
export function tellOwnChanges(story: Story) {
  for (const { when, account, ip, does } of changes) {
    const visit = { actor: 'owner', account, ip, client: clients.owa, session: story.random.guid() } as const
    const session = openSession(story, visit, at(when))
    session.logOn()
    does(session)
  }
}

/** Registers one more way to prove who one is: the user asks, a service of Entra changes the account. */
export function addMethod(session: Session, what: string, type: string) {
  const { account } = session.visit
  const added = directoryValue([{ MethodType: 6, Default: true, DeviceName: what, Type: type }])
  changeAccount(session, { operation: 'User registered security info', target: account, what, changes: {} })
  changeAccount(
    session,
    {
      operation: 'Update user.',
      target: account,
      what,
      changes: { StrongAuthenticationMethod: { from: '[]', to: added } },
    },
    strongAuthentication,
  )
}
