import {
  administer,
  changeAccount,
  changeDirectory,
  forwardMailbox,
  inboxRule,
  permit,
  transportRule,
} from './change-acts.ts'
import { exchangeName } from './change-records.ts'
import { clients } from './clients.ts'
import { at } from './clock.ts'
import { ownAddresses as own } from './places.ts'
import { openSession, type Session } from './session.ts'
import type { Story } from './story.ts'
import { admin, alice, bob, bystanders, carol } from './tenant.ts'

type Errand = { when: string; does: (session: Session) => void }

const errands: Errand[] = [
  { when: '01-12T09:30:14', does: welcome },
  { when: '01-16T10:11:52', does: (session) => setUp(session, 'AuditEnabled', 'True') },
  { when: '01-21T13:05:27', does: (session) => setUp(session, 'MaxSendSize', '36700160') },
  { when: '01-26T08:47:30', does: changePolicies },
  { when: '02-04T09:02:18', does: (session) => setUp(session, 'IssueWarningQuota', '98GB') },
  { when: '02-09T07:25:40', does: putRight },
]

/** Tells the admin's errands: the usual ones, and at the end the undoing of what the intruder left. */
export function tellAdministrator(story: Story) {
  for (const { when, does } of errands) {
    const visit = {
      actor: 'admin',
      account: admin,
      ip: own.office,
      client: clients.powershell,
      session: story.random.guid(),
    } as const
    const session = openSession(story, visit, at(when))
    session.logOn()
    does(session)
  }
}

function welcome(session: Session) {
  const [first] = bystanders
  if (first === undefined) return
  changeDirectory(session, {
    operation: 'Add user.',
    kind: 'User',
    id: first.id,
    name: first.upn,
    changes: { DisplayName: { from: '[]', to: JSON.stringify([first.name]) } },
  })
  administer(session, {
    operation: 'Set-CASMailbox',
    object: exchangeName(carol),
    parameters: { Identity: carol.upn, PopEnabled: 'False' },
  })
  permit(session, 'Add-MailboxPermission', { mailbox: bob, member: admin, rights: 'ReadPermission' })
}

function setUp(session: Session, parameter: string, value: string) {
  for (const account of [alice, bob, carol]) {
    administer(session, {
      operation: 'Set-Mailbox',
      object: exchangeName(account),
      parameters: { Identity: account.upn, [parameter]: value },
    })
  }
}

function changePolicies(session: Session) {
  changeDirectory(session, {
    operation: 'Update conditional access policy.',
    kind: 'Policy',
    id: '4f2e6c1a-9b3d-4a58-8f70-5c1d2e3f4a5b',
    name: 'Require MFA outside the office',
    changes: { state: { from: 'enabledForReportingButNotEnforced', to: 'enabled' } },
  })
  changeDirectory(session, {
    operation: 'Add member to role.',
    kind: 'Role',
    id: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    name: 'Helpdesk Administrator',
    changes: { 'Role.DisplayName': { from: '', to: 'Helpdesk Administrator' } },
  })
}

function putRight(session: Session) {
  for (const target of [alice, bob, carol, admin]) {
    const password = { operation: 'Reset user password.', target, what: 'password', changes: {} }
    changeAccount(session, password)
    changeAccount(session, {
      ...password,
      operation: 'Update StsRefreshTokenValidFrom Timestamp.',
      what: 'sessions revoked',
      changes: { StsRefreshTokensValidFrom: { from: '[]', to: '["2026-02-09T07:26:00Z"]' } },
    })
  }
  forwardMailbox(session, bob, '')
  permit(session, 'Remove-MailboxPermission', { mailbox: carol, member: alice, rights: 'FullAccess' })
  permit(session, 'Remove-RecipientPermission', { mailbox: bob, member: alice, rights: 'SendAs' })
  inboxRule(session, 'Remove-InboxRule', { Identity: '.', Mailbox: alice.upn, Force: 'True' }, alice)
  transportRule(session, 'Remove-TransportRule', { Identity: 'Journal', Confirm: 'False' })
}
