import { remember } from '../remember.ts'
import { plainOperation } from './operation-name.ts'

/**
 * What an operation tells by its name alone, whatever its category: that something of mailboxes was exported, deleted or looked at by those who may open all
 * of them, that a way out for mail was made, or that somebody was given a role.
 */
export type Telling = 'export' | 'way out' | 'role'

const lists: Readonly<Record<Telling, readonly string[]>> = {
  // Actions of a search export, show or purge what it found: their parameters say it.
  export: [
    ...['SearchExported', 'ViewedSearchExported', 'SearchExportDownloaded', 'PreviewItemDownloaded'],
    ...['PurviewSearchExportJobSubmitted', 'ReviewSetExportJobSubmitted', 'New-ComplianceSearchAction'],
    ...['New-MailboxExportRequest', 'QuarantineExport', 'AdminMailAccess', 'Search-Mailbox', 'SearchResultsPurged'],
    ...['SearchPreviewed', 'ViewedSearchPreviewed', 'PreviewItemRendered', 'ReviewSetDocumentViewed'],
  ],
  // Settings that let mail out, or through servers of somebody's choice; and flows, which send it on without any rule.
  'way out': [
    ...['New-OutboundConnector', 'Set-OutboundConnector', 'New-RemoteDomain', 'Set-RemoteDomain'],
    ...['New-HostedOutboundSpamFilterPolicy', 'Set-HostedOutboundSpamFilterPolicy', 'CreateFlow', 'EditFlow'],
  ],
  // Roles are administered, and give access to all that they rule: Entra's, and Exchange's such as `ApplicationImpersonation`.
  role: [
    ...['New-ManagementRoleAssignment', 'Set-ManagementRoleAssignment', 'Add-RoleGroupMember'],
    ...['Update-RoleGroupMember', 'New-RoleGroup', 'Add role assignment to role definition'],
  ],
}

const tellings: ReadonlyMap<string, Telling> = new Map(
  (Object.entries(lists) as [Telling, readonly string[]][]).flatMap(([telling, operations]) =>
    operations.map((operation) => [plainOperation(operation), telling] as const),
  ),
)

/** Entra has a dozen names for who is given a role: `Add eligible member to role in PIM completed (permanent)`. */
const givesRole = /^add (?:.*member to role(?!.*(?:requested|canceled|denied))|eligibleroleassignment)/

/** Of each activity it is asked, and there are some hundred operations. */
const remembered = 1_000

/** What an operation tells by its name alone; nothing for nearly all. */
export const tellingOf = remember(remembered, (operation: string): Telling | undefined => {
  const plain = plainOperation(operation)
  return tellings.get(plain) ?? (givesRole.test(plain) ? 'role' : undefined)
})
