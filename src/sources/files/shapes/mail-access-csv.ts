import type { JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { putBack } from './lifted.ts'
import { mapOf } from './members.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { guid, startsRowBy, time } from './starts-row.ts'

// What scripts save of MailItemsAccessed records, whose log may be gone when somebody looks again: Get-Sessions and Get-MessageIDs of
// Microsoft-Extractor-Suite (Scripts/Get-MailItemsAccessed.ps1), older versions with fewer columns. A record has no id there, so it is
// identified by what its row says; neither the mailbox, where the user is a delegate, nor the application stands there.

/** A row for each record, which names no mail: how many were read, and whether a folder was synchronized. */
export const mailSessionsCsv: CsvShape = mailAccessCsv({
  name: 'mail-sessions-csv',
  title: 'Get-Sessions of Microsoft-Extractor-Suite as CSV',
  columns: ['TimeStamp', 'User', 'Action', 'SessionId', 'ClientIP', 'OperationCount'],
})

/** A row for each mail of a record, or for each folder that was synchronized. */
export const mailMessagesCsv: CsvShape = mailAccessCsv({
  name: 'mail-messages-csv',
  title: 'Get-MessageIDs of Microsoft-Extractor-Suite as CSV',
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

function mailAccessCsv(own: Pick<CsvShape, 'name' | 'title' | 'columns'>): CsvShape {
  const [created = ''] = own.columns
  return {
    ...own,
    form: 'csv',
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
function recordIn(cells: Cells): JsonObject {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([column, cell]) => {
      const [name, text] = [names.get(column.toLowerCase()), cell.trim()]
      return name === undefined || text === '' || text.startsWith('N/A (') || isTypeName(text) ? [] : [[name, text]]
    }),
  )
}
