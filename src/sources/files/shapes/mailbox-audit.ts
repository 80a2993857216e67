import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { exchangeLog } from './exchange-log.ts'
import { jsonCell } from './json-cell.ts'
import { isEmpty, said, whole } from './members.ts'
import { numbered } from './numbered.ts'
import { isOfSession, timeText } from './powershell.ts'

/**
 * Mailbox audit logs as `Search-MailboxAuditLog -ShowDetails` gives them: of Exchange Server, and of Exchange Online until 2025. They are the
 * unified audit log's records of mailboxes in other columns, of which any may have been selected.
 */
export const mailboxAudit = exchangeLog({
  name: 'mailbox-audit',
  cmdlet: 'Search-MailboxAuditLog',
  time: 'LastAccessed',
  columns: ['LastAccessed', 'Operation', 'LogonType'],
  recordOf,
})

/** Columns that have another name in the schema, or a place of their own. */
const placed: ReadonlySet<string> = new Set(
  `LastAccessed OperationResult LogonType OperationProperties
  AggregatedRecordFoldersData AuditOperationsCountInAggregatedRecord FolderId FolderPathName FolderName MemberRights
  MemberSid MemberUpn DestFolderId DestFolderPathName ItemId ItemSubject ItemAttachments ItemInternetMessageId
  SourceItemIdsList SourceItemInternetMessageIdsList SourceItems SourceFolders`.split(/\s+/),
)

function recordOf(row: JsonObject): JsonObject {
  const at = (name: string) => said(row[name])
  const [owner, logon] = [at('MailboxOwnerUPN') ?? at('MailboxResolvedOwnerName'), at('LogonType')]
  const folder = whole({
    ...{ Id: at('FolderId'), Path: at('FolderPathName'), Name: at('FolderName') },
    ...{ MemberRights: at('MemberRights'), MemberSid: at('MemberSid'), MemberUpn: at('MemberUpn') },
  })
  const items = sourceItems(row)
  const item = whole({
    ...{ Id: at('ItemId'), Subject: at('ItemSubject'), Attachments: at('ItemAttachments') },
    ...{ InternetMessageId: at('ItemInternetMessageId'), ParentFolder: items === undefined ? folder : undefined },
  })
  const others = Object.entries(row).flatMap(([name, value]) =>
    placed.has(name) || isOfSession(name) || isEmpty(value) ? [] : [[name, jsonCell(value)] as const],
  )
  return {
    ...Object.fromEntries(others),
    ...whole({
      CreationTime: timeText(row['LastAccessed']),
      Workload: 'Exchange',
      ResultStatus: at('OperationResult'),
      LogonType: numbered('LogonType', logon ?? null),
      MailboxOwnerUPN: owner,
      // Of others than the owner there is a name, and no address.
      UserId: (logon === 'Owner' ? owner : undefined) ?? at('LogonUserDisplayName') ?? at('LogonUserSid'),
      OperationProperties: propertiesIn(at('OperationProperties')),
      OperationCount: at('AuditOperationsCountInAggregatedRecord'),
      Folders: isEmpty(row['AggregatedRecordFoldersData'])
        ? sourceFolders(row)
        : jsonCell(row['AggregatedRecordFoldersData'] ?? null),
      Folder: items === undefined ? undefined : folder,
      DestFolder: whole({ Id: at('DestFolderId'), Path: at('DestFolderPathName') }),
      AffectedItems: items,
      Item: item,
    }),
  }
}

/** Items of a group operation: of each its ids; where they stand in lists of texts, the subject of one alone, for subjects are joined by commas that they hold too. */
function sourceItems(row: JsonObject): JsonObject[] | undefined {
  const told = objectsIn(row['SourceItems']).map(({ FolderPathName = null, ...item }) => ({
    ...item,
    ...whole({ ParentFolder: whole({ Path: FolderPathName }) }),
  }))
  if (told.length > 0) return told
  const [own, mails] = [listIn(row['SourceItemIdsList']), listIn(row['SourceItemInternetMessageIdsList'])]
  const subject = said(row['SourceItemSubjectsList'])
  const count = Math.max(own.length, mails.length, subject === undefined ? 0 : 1)
  if (count === 0) return undefined
  return Array.from({ length: count }, (_, i) =>
    Object.assign({}, whole({ Id: own[i], InternetMessageId: mails[i], Subject: count === 1 ? subject : undefined })),
  )
}

function sourceFolders(row: JsonObject): JsonObject[] | null {
  const folders = objectsIn(row['SourceFolders']).map(({ PathName = null, ...folder }) => ({
    ...folder,
    Path: PathName,
  }))
  return folders.length === 0 ? null : folders
}

/** `MailAccessType:Bind,IsThrottled:False`, whatever stands between. */
function propertiesIn(text: string | undefined): JsonObject[] | undefined {
  const pairs = [...(text ?? '').matchAll(/(?<!\w)(\w+)\s*[:=]\s*([^,;|\s]+)/g)]
  return pairs.length === 0 ? undefined : pairs.map(([, Name = '', Value = '']) => ({ Name, Value }))
}

/** What Exchange sent as XML has as objects; cmdlets give no more than a type there. */
function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function listIn(value: Json | undefined): string[] {
  const parts = said(value)?.split(',') ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
