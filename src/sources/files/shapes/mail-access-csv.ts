import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { putBack } from './lifted.ts'
import { mapOf } from './members.ts'
import { numbered } from './numbered.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { guid, startsRowBy, time } from './starts-row.ts'
import { inUtc } from './zoned-times.ts'

// What scripts save of MailItemsAccessed records, whose log may be gone when somebody looks again: Get-Sessions and Get-MessageIDs of
// Microsoft-Extractor-Suite (Scripts/Get-MailItemsAccessed.ps1), older versions with fewer columns. A record has no id there, so it is
// identified by what its row says; neither the mailbox, where the user is a delegate, nor the application stands there.

/** A row for each record, which names no mail: how many were read, and whether a folder was synchronized. */
export const mailSessionsCsv: CsvShape = mailAccessCsv({
  name: 'mail-sessions-csv',
  title: 'Get-Sessions of Microsoft-Extractor-Suite',
  columns: ['TimeStamp', 'User', 'Action', 'SessionId', 'ClientIP', 'OperationCount'],
})

/** A row for each mail of a record, or for each folder that was synchronized. */
export const mailMessagesCsv: CsvShape = mailAccessCsv({
  name: 'mail-messages-csv',
  title: 'Get-MessageIDs of Microsoft-Extractor-Suite',
  columns: ['Timestamp', 'User', 'IPaddress', 'SessionID', 'InternetMessageId'],
})

/** The schema's names of these columns, or those that `putBack` knows; others are nobody's. */
const names: ReadonlyMap<string, string> = mapOf({
  timestamp: 'CreationTime',
  user: 'UserId',
  action: 'Operation',
  sessionid: 'SessionId',
  clientip: 'ClientIPAddress',
  ipaddress: 'ClientIPAddress',
  operationcount: 'OperationCount',
  mailaccesstype: 'MailAccessType',
  isthrottled: 'IsThrottled',
  folderpath: 'Folder',
  internetmessageid: 'InternetMessageId',
  sizeinbytes: 'SizeInBytes',
})

/** What further scripts call what they list, mostly as the schema does: of each record, or of each of its mails. */
const furtherNames: ReadonlyMap<string, string> = new Map([
  ...names,
  ...['CreationTime', 'UserId', 'UserKey', 'Operation', 'ResultStatus', 'ClientIPAddress', 'ClientInfoString'].map(own),
  ...['MailboxGuid', 'MailboxOwnerUPN', 'LogonType', 'AppId', 'ClientAppId', 'FolderId'].map(own),
  ...Object.entries({
    ...{ creationdate: 'CreationTime', timegenerated: 'CreationTime', client_ipaddress: 'ClientIPAddress' },
    ...{ throttled: 'IsThrottled', folder: 'Folder', folders: 'Folder', path: 'Folder' },
    ...{ iteminternetmessageid: 'InternetMessageId', itemsizeinbytes: 'SizeInBytes', itemsubject: 'Subject' },
  }),
])

function own(name: string): [string, string] {
  return [name.toLowerCase(), name]
}

const times = ['CreationTime', 'CreationDate', 'Timestamp', 'TimeGenerated', 'TimeGenerated [UTC]']

/** Tables that scripts and queries make of mail access, with who it was and how under the schema's names, and a row for each record or mail. */
export const mailAccessedCsv: CsvShape = {
  name: 'mail-access-csv',
  title: 'mails that were accessed, as scripts list them of the audit log',
  columns: ['UserId', 'MailAccessType'],
  oneOf: ['InternetMessageId', 'ItemInternetMessageId'],
  lacks: ['AuditData', 'RawMessage'],
  times,
  holds: (cells) => times.some((column) => cells[column] !== undefined),
  startsRow: startsRowBy({
    CreationTime: time,
    CreationDate: time,
    Timestamp: time,
    TimeGenerated: time,
    SessionId: guid,
  }),
  read(cells) {
    const row = inUtc(cells)
    if (typeof row === 'string') return row
    const { Subject, ...record } = recordIn(row, furtherNames)
    const { Folder, LogonType = null } = record
    const told = {
      ...{ Operation: 'MailItemsAccessed', ...record },
      ...(typeof Folder === 'string' && { Folder: Folder.replaceAll('; ', '\n') }),
      ...(LogonType !== null && { LogonType: numbered('LogonType', LogonType) }),
    }
    return readAudit(withSubject(putBack(told), Subject), true)
  },
}

/** The subject of the one mail that a row is of. */
function withSubject(record: JsonObject, Subject: Json | undefined): JsonObject {
  const [folder, ...others] = Array.isArray(record['Folders']) ? record['Folders'] : []
  const items = isObject(folder ?? null) ? (folder as JsonObject)['FolderItems'] : undefined
  if (Subject === undefined || others.length > 0 || !Array.isArray(items) || items.length !== 1) return record
  return {
    ...record,
    Folders: [{ ...(folder as JsonObject), FolderItems: [{ ...(items[0] as JsonObject), Subject }] }],
  }
}

function mailAccessCsv(own: Pick<CsvShape, 'name' | 'title' | 'columns'>): CsvShape {
  const [created = ''] = own.columns
  return {
    ...own,
    times: [created],
    startsRow: startsRowBy({ [created]: time, SessionId: guid, SessionID: guid }),
    read: (cells) => readAudit(putBack(withSureMail({ Operation: 'MailItemsAccessed', ...recordIn(cells) })), true),
  }
}

/**
 * Without the mail as one that was read, where it may be another record's: versions up to September 2024 leave the session of a record of one mail out, and write
 * the last mail of a record before with that one's size. Those since have no size there. So do accesses of several mails without a session look: the
 * id stays, under a name that says no more.
 */
function withSureMail(record: JsonObject): JsonObject {
  const { InternetMessageId: unsure, SizeInBytes: size, ...rest } = record
  const isSure = record['SessionId'] !== undefined || record['MailAccessType'] !== undefined || size === undefined
  return isSure || unsure === undefined ? record : { ...rest, UnsureInternetMessageId: unsure }
}

/** `N/A (Sync - entire folder)` stands where there is no mail. */
function recordIn(cells: Cells, known = names): JsonObject {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([column, cell]) => {
      const [name, text] = [known.get(column.toLowerCase()), cell.trim()]
      return name === undefined || text === '' || text.startsWith('N/A (') || isTypeName(text) ? [] : [[name, text]]
    }),
  )
}
