import type { CategoryName } from '../../document.ts'

/** What each category is called, in the order in which charts stack them. */
export const categoryLabels: Readonly<Record<CategoryName, string>> = {
  logon: 'Logons',
  read: 'Mail read',
  search: 'Searches',
  attachment: 'Attachments',
  send: 'Sent',
  delete: 'Deleted',
  move: 'Moved',
  rule: 'Rules',
  forward: 'Forwarding',
  permission: 'Permissions',
  consent: 'Consents',
  account: 'Accounts',
  admin: 'Administration',
  file: 'Files',
  share: 'Shared',
  copilot: 'Copilot',
  alert: 'Alerts',
  calendar: 'Calendar',
  delivery: 'Delivered',
  request: 'Graph requests',
  state: 'Listed',
  other: 'Other',
}

/** What nobody at the mailbox did, or nobody can tell; it would dwarf the rest. */
export const background: readonly CategoryName[] = ['delivery', 'request', 'state', 'other']

/** The others. */
export const foreground: readonly CategoryName[] = (Object.keys(categoryLabels) as CategoryName[]).filter(
  (name) => !background.includes(name),
)
