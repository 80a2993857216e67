import type { ActivityListName } from '../answers.ts'
import { type Column, type ListedRow, mailColumns, subject, values } from './columns.ts'

/** What is said of one list of activities. */
export interface ActivityList {
  readonly title: string
  /** In the navigation. */
  readonly short?: string
  /** What a row proves, and what it does not. */
  readonly proves: string
  /** The TSV that has all of them. */
  readonly table: string
  /** What is listed before all else where there is no room for all. */
  readonly before?: string
  /** Whether it is done to no mailbox, so that whose mailbox it would be is who did it. */
  readonly isOfUsers?: true
  /** Between when and from where. */
  readonly columns: readonly Column<ListedRow>[]
}

const object = (head: string): Column<ListedRow> => values(head, 'text', (row) => row['object'])
const detail = (head: string): Column<ListedRow> => values(head, 'wide', (row) => row['detail'])

/** The lists that have a section of this kind; searches have their own. */
export type ListedName = Exclude<ActivityListName, 'searches'>

/** Every list of activities, with the words around it, in the order of the page. */
export const activitySections: Readonly<Record<ListedName, ActivityList>> = {
  rules: {
    title: 'Rules',
    proves:
      'A row proves that the rule was made, changed or removed then, and what it was told to do: not which mails it touched. Rules that existed before the evidence begins are not here.',
    table: 'rules-activity',
    columns: [object('Rule'), detail('What it does')],
  },
  forwarding: {
    title: 'Forwarding',
    proves:
      'A row proves that forwarding of a whole mailbox was set or removed: not which mails were sent on; a message trace shows those.',
    table: 'forwarding-activity',
    columns: [object('Of'), detail('What it does')],
  },
  permissions: {
    title: 'Permissions',
    proves: 'A row proves that access to a mailbox or folder was given or taken: not that it was used.',
    table: 'permissions-activity',
    columns: [object('On'), detail('What changed')],
  },
  consents: {
    title: 'Consents',
    proves:
      'A row proves that an application got rights, or that an application was added or given credentials: not that it used them. Such rights outlive a change of password.',
    table: 'consent-activity',
    isOfUsers: true,
    columns: [object('Application'), detail('Permissions or changes')],
  },
  accounts: {
    title: 'Account changes',
    short: 'Accounts',
    proves:
      'A row proves that a password, a second factor, a device or another property of an account was changed: not by whose wish.',
    table: 'account-changes-activity',
    isOfUsers: true,
    columns: [object('Account'), detail('What changed')],
  },
  administration: {
    title: 'Administration',
    short: 'Admin',
    proves:
      'A row proves that a setting, a role or an account was changed by an administrator or in an administrator’s name.',
    table: 'admin-activity',
    before: 'exports, ways out for mail, roles and what changed auditing',
    columns: [object('Object'), detail('What changed')],
  },
  attachments: {
    title: 'Attachments',
    proves:
      'A row proves that the attachment was opened, fetched or previewed: a preview that begins and ends is two rows.',
    table: 'attachments-activity',
    columns: [...mailColumns, values('Action', 'narrow', (row) => row['action'])],
  },
  sent: {
    title: 'Sent mail',
    short: 'Sent',
    proves: 'Also what was only begun: the operation tells a draft from what left the mailbox.',
    table: 'send-activity',
    columns: [
      { head: 'Subject', kind: 'text', cell: subject },
      values('Recipients', 'text', (row) => row['recipients']),
      values('Attachments', 'text', (row) => row['object']),
      values('Message trace', 'short', (row) => row['traced']),
    ],
  },
  deleted: {
    title: 'Deleted mail',
    short: 'Deleted',
    proves:
      'One row a record, of one mail, several or a folder. Deleted items may still be recoverable, unless they were deleted for good (HardDelete).',
    table: 'delete-activity',
    columns: mailColumns,
  },
  files: {
    title: 'Files',
    proves:
      'A row proves that the file was accessed, downloaded or changed by this user’s session; synchronization and previews make rows nobody asked for.',
    table: 'files-activity',
    isOfUsers: true,
    columns: [object('File')],
  },
  shared: {
    title: 'Sharing',
    proves: 'A row proves that access to a file was given, offered or used: with a link, by whoever holds it.',
    table: 'sharing-activity',
    isOfUsers: true,
    columns: [object('File'), detail('With whom, how')],
  },
  copilot: {
    title: 'Copilot',
    proves:
      'A row proves that this account had Copilot answer something, where, and what Copilot says it read for that: not what was asked or answered, which is not in the audit log. It tells what somebody could learn without opening it. No row counts as a mail read or a file used; Exchange and SharePoint may have recorded the same access.',
    table: 'copilot-activity',
    isOfUsers: true,
    columns: [values('In', 'narrow', (row) => row['detail']), object('Resources it read')],
  },
  alerts: {
    title: 'Alerts',
    proves: 'A row is what a rule of Microsoft’s or the organization’s thought worth a look: a hint, not a finding.',
    table: 'alerts-activity',
    columns: [object('Alert'), detail('About')],
  },
  requests: {
    title: 'Requests to Microsoft Graph',
    short: 'Graph',
    proves:
      'A row proves that an application asked for this, with whose token and from where: not what the answer held, nor what was sent with the request. What it did, Exchange, SharePoint and Entra may have recorded too, under ids of their own, so no other count has these rows. Searches are among the searches.',
    table: 'graph-requests-activity',
    columns: [object('Asked for'), values('Application', 'narrow', (row) => row['platform'])],
  },
}
