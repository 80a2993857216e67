import { cmdletRecord, type DirectoryChange, directoryRecord, directoryValue, exchangeName } from './change-records.ts'
import type { Category, Fact } from './fact.ts'
import type { Session } from './session.ts'
import { type Account, intrudersApplication } from './tenant.ts'

type Parameters = Record<string, string>

/** Parameters of a rule that say when it applies; the rest, but for its name, say what it does. */
const conditions = ['From', 'SubjectContainsWords', 'SubjectOrBodyContainsWords', 'BodyContainsWords', 'SentTo']
const neither = ['Name', 'Identity', 'Mailbox', 'Force', 'AlwaysDeleteOutlookRulesBlob']

/** New-InboxRule, Set-InboxRule and the other cmdlets about the rules of one mailbox. */
export function inboxRule(
  session: Session,
  operation: string,
  parameters: Parameters,
  mailbox = session.visit.account,
) {
  const name = parameters['Name'] ?? parameters['Identity'] ?? ''
  const entries = Object.entries(parameters)
  const detail = {
    name,
    conditions: Object.fromEntries(entries.filter(([key]) => conditions.includes(key))),
    actions: Object.fromEntries(entries.filter(([key]) => !conditions.includes(key) && !neither.includes(key))),
  }
  const object = exchangeName(mailbox, name)
  cmdlet(session, { operation, object, parameters }, { category: 'rule', mailbox: mailbox.upn, detail })
}

/** A rule for all mail of the tenant. */
export function transportRule(session: Session, operation: string, parameters: Parameters) {
  const { Name, Identity, Confirm: _, ...actions } = parameters
  const name = Name ?? Identity ?? ''
  const detail = { name, conditions: {}, actions }
  cmdlet(
    session,
    { operation, object: name, parameters },
    { category: 'rule', mailbox: session.visit.account.upn, detail },
  )
}

/** Set-Mailbox with a forwarding address; an empty one ends the forwarding. */
export function forwardMailbox(session: Session, mailbox: Account, target: string) {
  const parameters = {
    Identity: mailbox.upn,
    ForwardingSmtpAddress: target === '' ? '' : `smtp:${target}`,
    DeliverToMailboxAndForward: target === '' ? 'False' : 'True',
  }
  cmdlet(
    session,
    { operation: 'Set-Mailbox', object: exchangeName(mailbox), parameters },
    { category: 'forward', mailbox: mailbox.upn, detail: { mailbox: mailbox.upn, target } },
  )
}

/** Add-MailboxPermission and its like: one account is given or refused the use of another's mailbox. */
export function permit(
  session: Session,
  operation: string,
  about: { mailbox: Account; member: Account; rights: string; folder?: string },
) {
  const { mailbox, member, rights, folder } = about
  const identity = folder === undefined ? mailbox.upn : `${mailbox.upn}:${folder}`
  const who = operation.includes('Recipient') ? 'Trustee' : 'User'
  const parameters = { Identity: identity, [who]: member.upn, AccessRights: rights, Confirm: 'False' }
  const detail = { mailbox: mailbox.upn, to: member.upn, rights, ...(folder !== undefined && { folder }) }
  cmdlet(
    session,
    { operation, object: exchangeName(mailbox), parameters },
    { category: 'permission', mailbox: mailbox.upn, detail },
  )
}

/** Any other cmdlet of Exchange. */
export function administer(
  session: Session,
  about: { operation: string; object: string; parameters: Parameters },
  category: Category = 'admin',
) {
  cmdlet(session, about, { category, mailbox: session.visit.account.upn, detail: about.parameters })
}

/** The three records by which a user lets an application into the mailbox. */
export function consent(session: Session, scopes: string[]) {
  const { id, objectId, name } = intrudersApplication
  const scope = scopes.join(' ')
  const steps: [string, DirectoryChange['changes']][] = [
    ['Add service principal.', { AppId: { from: '', to: directoryValue([id]) } }],
    ['Add delegated permission grant.', { 'DelegatedPermissionGrant.Scope': { from: '', to: scope } }],
    ['Consent to application.', { 'ConsentAction.Permissions': { from: '', to: `[] => [[Scope: ${scope}]]` } }],
  ]
  for (const [operation, changes] of steps) {
    const change: DirectoryChange = { operation, kind: 'ServicePrincipal', id: objectId, name, changes }
    directory(session, change, 'consent', { application: name, applicationId: id, scopes })
  }
}

/** A change of somebody's account; Entra's own services act for the user who asked. */
export function changeAccount(
  session: Session,
  about: { operation: string; target: Account; what: string; changes: DirectoryChange['changes'] },
  service?: { name: string; id: string },
) {
  const { operation, target, what, changes } = about
  const change: DirectoryChange = { operation, kind: 'User', id: target.id, name: target.upn, changes }
  directory(session, change, 'account', { target: target.upn, what }, service)
}

/** Any other change in the directory. */
export function changeDirectory(session: Session, change: DirectoryChange) {
  directory(session, change, 'admin', { object: change.name })
}

function cmdlet(
  session: Session,
  about: { operation: string; object: string; parameters: Parameters },
  fact: Pick<Fact, 'category' | 'mailbox' | 'detail'>,
) {
  session.act((here) => cmdletRecord(here, about), fact)
}

function directory(
  session: Session,
  change: DirectoryChange,
  category: Category,
  detail: NonNullable<Fact['detail']>,
  service?: { name: string; id: string },
) {
  const { userAgent } = session.visit.client
  const mailbox = session.visit.account.upn
  session.act((here) => directoryRecord(here, { ...change, userAgent }, service), { category, mailbox, detail })
}
