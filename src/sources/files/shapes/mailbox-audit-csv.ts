import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { jsonCell } from './json-cell.ts'
import { numbered } from './numbered.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

/**
 * Mailbox audit logs as `Search-MailboxAuditLog -ShowDetails | Export-Csv` writes them: of Exchange Server, and of Exchange Online until 2025.
 * They are the unified audit log's records of mailboxes in other columns, of which any may have been selected. `LastAccessed` is in the time
 * zone of the computer that exported, which no column names: it is taken for UTC, and reports say so.
 */
export const mailboxAuditCsv: CsvShape = {
  form: 'csv',
  name: 'mailbox-audit-csv',
  title: 'Search-MailboxAuditLog | Export-Csv',
  columns: ['LastAccessed', 'Operation', 'LogonType'],
  lacks: ['AuditData'],
  times: ['LastAccessed'],
  startsRow: startsRowBy({ LastAccessed: /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\d/ }),
  read: (cells) => readAudit(recordOf(cells), false),
}

/** Columns that have another name in the schema, or a place of their own. */
const placed: ReadonlySet<string> = new Set([
  ...['LastAccessed', 'OperationResult', 'LogonType', 'OperationProperties', 'AggregatedRecordFoldersData'],
  ...[
    'AuditOperationsCountInAggregatedRecord',
    'FolderId',
    'FolderPathName',
    'FolderName',
    'MemberRights',
    'MemberSid',
  ],
  ...['MemberUpn', 'DestFolderId', 'DestFolderPathName', 'ItemId', 'ItemSubject', 'ItemAttachments'],
  ...['ItemInternetMessageId', 'SourceItemIdsList', 'SourceItemInternetMessageIdsList', 'SourceItems', 'SourceFolders'],
])

function recordOf(cells: Cells): JsonObject {
  const at = (name: string) => said(cells[name])
  const [owner, logon] = [at('MailboxOwnerUPN') ?? at('MailboxResolvedOwnerName'), at('LogonType')]
  const folder = whole({
    ...{ Id: at('FolderId'), Path: at('FolderPathName'), Name: at('FolderName') },
    ...{ MemberRights: at('MemberRights'), MemberSid: at('MemberSid'), MemberUpn: at('MemberUpn') },
  })
  const items = sourceItems(cells)
  const item = whole({
    ...{ Id: at('ItemId'), Subject: at('ItemSubject'), Attachments: at('ItemAttachments') },
    ...{ InternetMessageId: at('ItemInternetMessageId'), ParentFolder: items === undefined ? folder : undefined },
  })
  const others = Object.entries(cells).flatMap(([name, cell]) =>
    placed.has(name) || said(cell) === undefined ? [] : [[name, jsonCell(cell)] as const],
  )
  return {
    ...Object.fromEntries(others),
    ...whole({
      CreationTime: at('LastAccessed'),
      Workload: 'Exchange',
      ResultStatus: at('OperationResult'),
      LogonType: numbered('LogonType', logon ?? null),
      MailboxOwnerUPN: owner,
      // Of others than the owner there is a name, and no address.
      UserId: (logon === 'Owner' ? owner : undefined) ?? at('LogonUserDisplayName') ?? at('LogonUserSid'),
      OperationProperties: propertiesIn(at('OperationProperties')),
      OperationCount: at('AuditOperationsCountInAggregatedRecord'),
      Folders: jsonCell(at('AggregatedRecordFoldersData') ?? null),
      Folder: items === undefined ? undefined : folder,
      DestFolder: whole({ Id: at('DestFolderId'), Path: at('DestFolderPathName') }),
      AffectedItems: items,
      Item: item,
    }),
  }
}

/** Items of a group operation: of each its ids; the subject where there is one item, for a list of subjects is joined by commas that they hold too. */
function sourceItems(cells: Cells): JsonObject[] | undefined {
  const [own, mails] = [listIn(cells['SourceItemIdsList']), listIn(cells['SourceItemInternetMessageIdsList'])]
  const subject = said(cells['SourceItemSubjectsList'])
  const count = Math.max(own.length, mails.length, subject === undefined ? 0 : 1)
  if (count === 0) return undefined
  return Array.from({ length: count }, (_, i) =>
    Object.assign({}, whole({ Id: own[i], InternetMessageId: mails[i], Subject: count === 1 ? subject : undefined })),
  )
}

/** `MailAccessType:Bind,IsThrottled:False`, whatever stands between. */
function propertiesIn(text: string | undefined): JsonObject[] | undefined {
  const pairs = [...(text ?? '').matchAll(/(\w+)\s*[:=]\s*([^,;|\s]+)/g)]
  return pairs.length === 0 ? undefined : pairs.map(([, Name = '', Value = '']) => ({ Name, Value }))
}

function listIn(cell: string | undefined): string[] {
  const parts = said(cell)?.split(',') ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** What a cell says; PowerShell writes the type of what it cannot write. */
function said(cell: string | undefined): string | undefined {
  const text = cell?.trim() ?? ''
  return text === '' || isTypeName(text) ? undefined : text
}

/** The members that say something; undefined where none does. */
function whole(members: Readonly<Record<string, Json | undefined>>): JsonObject | undefined {
  const told = Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
  return told.length === 0 ? undefined : (Object.fromEntries(told) as JsonObject)
}
