import type { Json, JsonObject } from '../../../activity.ts'
import { told } from './members.ts'

// Scripts lift what they show out of a record's lists to columns of its own, texts of a list one a line: Microsoft-Analyzer-Suite's
// MailItemsAccessed.csv (UAL-Analyzer.ps1), Microsoft-Extractor-Suite's tables of mail access under other names.
const properties = ['MailAccessType', 'IsThrottled']
const places = [
  ...properties,
  ...['InternetMessageId', 'SizeInBytes', 'Folder', 'FolderId', 'ParentFolderId', 'ParentFolderName'],
]

/** A record with these where the schema has them. Of several mails and folders nobody tells which lay where. */
export function putBack(lifted: JsonObject): JsonObject {
  const record = withTypeByItsName(withoutTypeForId(lifted))
  if (record['Operation'] !== 'MailItemsAccessed') return record
  const at = (name: string) => linesOf(record[name])
  const rest = Object.fromEntries(Object.entries(record).filter(([name]) => !places.includes(name)))
  const own = properties.flatMap((Name) => at(Name).map((Value) => ({ Name, Value })))
  const folders = foldersOf(at)
  const [Id, Name] = [at('ParentFolderId')[0], at('ParentFolderName')[0]]
  return {
    ...(own.length > 0 && { OperationProperties: own }),
    ...(folders.length > 0 && { Folders: folders }),
    ...((Id ?? Name) !== undefined && { Item: { ParentFolder: told({ Id, Name }) } }),
    ...rest,
  }
}

/** M365IRScripts flattens to a column `Recordtypes` (05-ProcessUnifiedAuditLogFlatten.ps1). */
function withTypeByItsName(lifted: JsonObject): JsonObject {
  const { Recordtypes: type, ...rest } = lifted
  return type === undefined || 'RecordType' in rest ? lifted : { ...rest, RecordType: type }
}

/** Microsoft-Analyzer-Suite's Custom.csv has the number of the record's type in its column Id, by which all of one type would be one record. */
function withoutTypeForId(record: JsonObject): JsonObject {
  const own = record['Id']
  if (typeof own !== 'string' || !/^\d{1,4}$/.test(own)) return record
  const { Id: _, ...rest } = record
  return rest
}

function foldersOf(at: (name: string) => readonly string[]): JsonObject[] {
  const [mails, sizes, paths, ids] = [at('InternetMessageId'), at('SizeInBytes'), at('Folder'), at('FolderId')]
  const items = mails.map((InternetMessageId, i) =>
    told({ InternetMessageId, SizeInBytes: sizes.length === mails.length ? sizes[i] : undefined }),
  )
  const listed = Math.max(paths.length, ids.length)
  const folders = Array.from({ length: listed }, (_, i) => told({ Id: ids[i], Path: paths[i] }))
  if (items.length === 0) return folders
  return listed > 1 ? [...folders, { FolderItems: items }] : [{ ...folders[0], FolderItems: items }]
}

function linesOf(value: Json | undefined): string[] {
  const lines = typeof value === 'string' ? value.split(/\r\n|\r|\n/) : []
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
