import type { Asked } from './ask.ts'
import { all, any, has, is, not, type Query } from './figure.ts'

export const service = is('tags', 'microsoft-service')
/** A sign-in that the audit log has too counts there. */
export const once = not(is('tags', 'also-audited'))
/** Signed in by a code that was entered on another device. */
export const deviceCode = is('tags', 'device-code')
export const namesAddress = all(has('source.ip'), not(service))

/** What is of whoever is asked for. */
export function of({ whose }: Pick<Asked, 'whose'>): Query {
  return whose === 'intruder' ? is('hoofprint.actor', 'intruder') : { match_all: {} }
}

export function category(...names: readonly string[]): Query {
  return is('hoofprint.category', ...names)
}

/** What somebody did from an address: their records name it, or that of the logon they are attributed to. */
export const doneFrom: readonly (readonly [field: string, of: Query])[] = [
  ['source.ip', namesAddress],
  ['hoofprint.logon.ip', not(namesAddress)],
]

/** What was done from this one. */
export function from(ip: string): Query {
  return any(...doneFrom.map(([field, where]) => all(is(field, ip), where)))
}

/** Mails that were opened or fetched one by one: audit records name them, Outlook displays them. */
export const reading = all(
  category('read'),
  any(is('hoofprint.mail_access', 'bind'), is('event.action', 'MessageBind', 'ReadingPaneDisplayStart')),
  not(is('event.outcome', 'failure')),
)

/** Folders that were copied whole. */
export const copying = all(category('read'), is('hoofprint.mail_access', 'sync'), not(is('event.outcome', 'failure')))

/** The folder that a record names: it copied one. */
export const folderPath = 'o365.audit.Item.ParentFolder.Path'

/** How documents name mail: by an item's id, else by the Internet message id. */
export const mailNames: readonly (readonly [field: string, ...of: Query[]])[] = [
  ['email.local_id'],
  ['email.message_id', not(has('email.local_id'))],
]

/** Somebody asked for something; Outlook and eDiscovery tell of other steps too, which have no query. */
export const searching = all(
  category('search'),
  any(has('hoofprint.search.query'), all(is('event.dataset', 'o365.audit'), is('event.type', 'access'))),
)

/** What no other answer has: calendars, Teams, what was printed or clicked, steps of administrators' searches, mail access in vain or of no said kind. */
export const elsewhere = (): Query =>
  all(
    once,
    not(exporting),
    any(
      category('calendar', 'other'),
      all(category('search'), is('event.dataset', 'o365.audit'), not(searching)),
      all(
        category('read'),
        any(
          all(is('event.outcome', 'failure'), is('event.action', 'MailItemsAccessed', 'MessageBind')),
          all(
            not(has('hoofprint.mail_access')),
            not(is('event.action', 'MessageBind', 'ReadingPaneDisplayStart', 'ReadingPaneDisplayEnd')),
          ),
        ),
      ),
    ),
  )

const connectors = ['New-OutboundConnector', 'Set-OutboundConnector', 'New-RemoteDomain', 'Set-RemoteDomain']
const otherWays = ['New-HostedOutboundSpamFilterPolicy', 'Set-HostedOutboundSpamFilterPolicy', 'CreateFlow', 'EditFlow']

/** Mail is sent on by a mailbox as a whole, or by a rule; or is let out by a setting, or taken out by a flow. */
export const sendingOn = any(
  category('forward'),
  all(category('rule'), has('email.to.address')),
  all(category('admin'), is('event.action', ...connectors, ...otherWays)),
)

const exportsOfSearches = ['SearchExported', 'ViewedSearchExported', 'SearchExportDownloaded', 'PreviewItemDownloaded']
const otherExports = ['PurviewSearchExportJobSubmitted', 'ReviewSetExportJobSubmitted', 'New-ComplianceSearchAction']

/** Mail is taken out of mailboxes, or looked at there, by those who may open them all. */
export const exporting = is(
  'event.action',
  ...[...exportsOfSearches, ...otherExports, 'New-MailboxExportRequest', 'QuarantineExport', 'AdminMailAccess'],
  ...['Search-Mailbox', 'SearchResultsPurged', 'SearchPreviewed', 'ViewedSearchPreviewed', 'PreviewItemRendered'],
  'ReviewSetDocumentViewed',
)

const named = (value: string): Query => ({ wildcard: { 'event.action': { value, case_insensitive: true } } })
const roles = ['New-ManagementRoleAssignment', 'Set-ManagementRoleAssignment', 'Add-RoleGroupMember']
const otherRoles = ['Update-RoleGroupMember', 'New-RoleGroup', 'Add role assignment to role definition.']

const given = any(
  all(named('Add *member to role*'), ...['*requested*', '*canceled*', '*denied*'].map((no) => not(named(no)))),
  named('Add EligibleRoleAssignment*'),
)

/** Access is given to a mailbox, or with a role. */
export const givingAccess = any(
  category('permission'),
  all(category('admin'), any(given, is('event.action', ...roles, ...otherRoles))),
)

/** What had been typed at a key stroke. */
export const typing = all(searching, is('event.action', 'SearchSuggestionDisplay', 'SearchSuggestionsDisplay'))

const signIn = is('event.dataset', 'azure.signinlogs')

/** Who did it, as records name them: sign-ins name a number, and beside it the name. */
export const users: readonly (readonly [field: string, ...of: Query[]])[] = [
  ['user.email', signIn],
  ['user.id', any(not(signIn), not(has('user.email')))],
  ['azure.signinlogs.properties.service_principal_name', all(not(has('user.id')), not(has('user.email')))],
]
