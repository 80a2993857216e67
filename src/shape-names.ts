// What a shape of exports is called counts beyond how it is read where rows of several stand for one event.

/** Tables of mail access, whose rows count once with rows of each other: for each record, for each mail or folder of it, and with columns of records. */
export const mailTables = ['mail-sessions-csv', 'mail-messages-csv', 'mail-access-csv', 'audit-columns-csv'] as const

/** The logs that Exchange keeps itself: what they tell the unified audit log tells too, under ids of its own. */
export const exchangeLogs = [
  ...['mailbox-audit-csv', 'mailbox-audit-json', 'mailbox-audit-local-json', 'admin-audit-csv', 'admin-audit-json'],
  ...['admin-audit-local-json', 'admin-audit-simple-csv'],
]

/** Tables of Outlook activities. */
export const activityTables = ['magic-unicorn-logons', 'magic-unicorn-searches'] as const

const directoryTables = ['directory-audit-csv', 'graph-directory-audit-csv', 'entra-audit-csv', 'entra-audit-suite-csv']

/** In which directory audits come, and nothing else. */
export const directoryLogs = ['directory-audit', 'entra-audit-json', 'elastic-azure-auditlogs', ...directoryTables]

/** In which they may come; a CSV of a search tool may hold any. */
export const directoryShapes = [...directoryLogs, 'splunk-csv', 'kibana-csv', 'any-column-csv']

/** Tables in which changes of the directory may stand, under a header that alone says what is in the cells. */
export const changeTables = [...directoryTables, 'audit-columns-csv', 'audit-data-columns-csv']

/** Shapes that have each audit record as Microsoft wrote it: copies in two of them say the same in the same words. */
export const recordShapes = [
  ...['purview-csv', 'compliance-csv', 'search-ual-csv', 'search-ual-json', 'search-ual-quick-csv'],
  ...['graph-audit', 'graph-audit-csv', 'audit-json', 'cloud-app-events', 'cloud-app-events-csv'],
]
