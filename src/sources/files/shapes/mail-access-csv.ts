import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { guid, time } from './cell-patterns.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

// What scripts save of MailItemsAccessed records, whose log may be gone when somebody looks again: Get-Sessions and Get-MessageIDs of
// Microsoft-Extractor-Suite (Scripts/Get-MailItemsAccessed.ps1), with the columns that older versions and PwC's MIA.ps1 have too. A record
// has no id there, so it is identified by what its row says; neither the mailbox, where the user is a delegate, nor the application stands there.

/** A row for each record, which names no mail: how many were read, and whether a folder was synchronized. */
export const mailSessionsCsv: CsvShape = mailAccessCsv({
  name: 'mail-sessions-csv',
  title: 'Get-Sessions of Microsoft-Extractor-Suite as CSV',
  columns: ['TimeStamp', 'User', 'Action', 'SessionId', 'ClientIP', 'OperationCount'],
  recordOf: (at) => ({
    CreationTime: at('TimeStamp'),
    Operation: at('Action'),
    UserId: at('User'),
    SessionId: at('SessionId'),
    ClientIPAddress: at('ClientIP'),
    OperationCount: at('OperationCount'),
    OperationProperties: properties({ MailAccessType: at('MailAccessType'), IsThrottled: at('IsThrottled') }),
  }),
})

/** A row for each mail of a record, or for each folder that was synchronized. */
export const mailMessagesCsv: CsvShape = mailAccessCsv({
  name: 'mail-messages-csv',
  title: 'Get-MessageIDs of Microsoft-Extractor-Suite as CSV',
  columns: ['Timestamp', 'User', 'IPaddress', 'SessionID', 'InternetMessageId'],
  recordOf: (at) => ({
    CreationTime: at('Timestamp'),
    Operation: 'MailItemsAccessed',
    UserId: at('User'),
    SessionId: at('SessionID'),
    ClientIPAddress: at('IPaddress'),
    OperationProperties: properties({ MailAccessType: at('MailAccessType') }),
    Folders: folders(at),
  }),
})

/** What a cell says, if it says anything. */
type At = (column: string) => string | undefined

interface MailAccess extends Pick<CsvShape, 'name' | 'title' | 'columns'> {
  recordOf(at: At): Readonly<Record<string, Json | undefined>>
}

function mailAccessCsv({ name, title, columns, recordOf }: MailAccess): CsvShape {
  const [created = ''] = columns
  return {
    form: 'csv',
    name,
    title,
    columns,
    optional: ['MailAccessType', 'IsThrottled', 'FolderPath', 'SizeInBytes'],
    times: [created],
    startsRow: startsRowBy({ [created]: time, SessionId: guid, SessionID: guid }),
    read: (cells) => readAudit(said(recordOf(cellIn(cells))), true),
  }
}

function cellIn(cells: Cells): At {
  return (column) => {
    const cell = cells[column]?.trim() ?? ''
    return cell === '' || isTypeName(cell) ? undefined : cell
  }
}

function said(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function properties(told: Readonly<Record<string, string | undefined>>): Json | undefined {
  const list = Object.entries(told).flatMap(([Name, Value]) => (Value === undefined ? [] : [{ Name, Value }]))
  return list.length === 0 ? undefined : list
}

/** `N/A (Sync - entire folder)` stands where there is no mail. */
function folders(at: At): Json | undefined {
  const [path, mail] = [at('FolderPath'), at('InternetMessageId')]
  const item = mail === undefined || mail.startsWith('N/A') ? undefined : mail
  if (path === undefined && item === undefined) return undefined
  const items = [said({ InternetMessageId: item, SizeInBytes: at('SizeInBytes') })]
  return [said({ Path: path, FolderItems: item === undefined ? undefined : items })]
}
