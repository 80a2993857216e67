// What a shape of exports is called counts beyond how it is read where rows of several stand for one event.

/** Tables of mail access, whose rows count once with rows of each other: for each record, for each mail or folder of it, and with columns of records. */
export const mailTables = ['mail-sessions-csv', 'mail-messages-csv', 'audit-columns-csv'] as const

/** Tables of Outlook activities. */
export const activityTables = ['magic-unicorn-logons', 'magic-unicorn-searches'] as const

/** In which directory audits come; a CSV of a search tool may hold any. */
export const directoryShapes = [
  ...(['directory-audit', 'directory-audit-csv', 'entra-audit-csv', 'entra-audit-suite-csv'] as const),
  ...(['splunk-csv', 'kibana-csv', 'any-column-csv'] as const),
] as const
