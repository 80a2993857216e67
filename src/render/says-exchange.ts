import { isObject, type Json, type JsonObject } from '../activity.ts'
import { isTypeName } from '../sources/files/shapes/powershell.ts'
import { isNumberOf, isSameButPort, plain } from './near-rows.ts'

/** What both have to say, one of each: whose doing it was, or in which session. */
const identifying = ['UserId', 'LogonUserSid', 'LogonUserDisplayName', 'MailboxGuid', 'SessionId']

/** What is read of a record, whatever a row has: that, and what it lists. */
export const readInLogs = [...identifying, 'RecordType', 'Item', 'AffectedItems', 'Folders']

/** When it was is known already, and which server wrote it down, and under which id, is nothing of what was done. */
const ofTheLog: ReadonlySet<string> = new Set(['CreationTime', 'OriginatingServer', 'Id'])

/**
 * Whether an audit record, or another row of the log, says nothing otherwise than a row of a log that Exchange keeps itself, of the same second and
 * operation: of mails, folders and parameters either may tell more than the other, but one that names mails is told by none that names none of them.
 */
export function saysExchange(
  record: JsonObject,
  { record: row, told }: { readonly record: JsonObject; readonly told: readonly string[] },
  listed: () => ReadonlySet<string>,
): boolean {
  return (
    (told.length === 0 || told.some((id) => listed().has(id))) &&
    identifying.some((name) => plain(record[name]) !== '' && isSame(name, record[name], row[name])) &&
    (plain(row['RecordType']) !== ofCmdlets || isSameCaller(plain(record['UserId']), plain(row['UserId']))) &&
    Object.entries(row).every(([name, value]) => ofTheLog.has(name) || agree(name, record[name], value))
  )
}

const ofCmdlets = '1'

/** Who ran a cmdlet has an address, or stands at the end of a way: a name without either may be a service's, which does what a user asked for. */
function isSameCaller(own: string, told: string): boolean {
  const last = (user: string) => user.replace(/^.*\//s, '').replace(/@.*$/s, '')
  return own === told || (own.includes('@') !== told.includes('@') && last(own) === last(told))
}

/** By what mails are known that a row names, as far as records name them alike. */
export function itemsIn({
  Item: item = null,
  AffectedItems: items = null,
  Folders: folders = null,
}: JsonObject): readonly string[] {
  const ofFolders = Array.isArray(folders) ? folders.filter(isObject).map((folder) => folder['FolderItems']) : []
  const ids = [item, items].flat().map((one) => (isObject(one) ? one['Id'] : undefined))
  const mails = ofFolders.flat().map((one) => (isObject(one) ? one['InternetMessageId'] : undefined))
  return [...ids, ...mails].map(plain).filter((id) => id !== '')
}

function agree(name: string, own: Json | undefined, told: Json): boolean {
  if (own === undefined || own === null || own === '') return true
  if (Array.isArray(own) && Array.isArray(told)) return areAllIn(name, own, told)
  if (isObject(own) && isObject(told))
    return Object.entries(told).every(([inner, value]) => agree(inner, own[inner], value))
  return isSame(name, own, told)
}

/** Lists of one length, in any order; of several mails some exports have nothing but the subjects, in one text. */
function areAllIn(name: string, own: readonly Json[], told: readonly Json[]): boolean {
  const [only] = told
  if (told.length === 1 && own.length > 1 && isObject(only) && Object.keys(only).join() === 'Subject')
    return plain(own.map((one) => (isObject(one) ? one['Subject'] : '')).join()) === plain(only['Subject'])
  return own.length === told.length && told.every((one) => own.some((other) => agree(name, other, one)))
}

/** What stands in both in other words. */
export const unlikeInLogs: ReadonlySet<string> = new Set([
  ...ofTheLog,
  ...['RecordType', 'InternalLogonType', 'ClientIP', 'ClientIPAddress', 'UserId', 'ObjectId', 'ExternalAccess'],
])

const addresses: ReadonlySet<string> = new Set(['ClientIP', 'ClientIPAddress'])
/** What one log names and the other numbers. */
const numbered: ReadonlySet<string> = new Set(['RecordType', 'InternalLogonType'])

function isSame(name: string, own: Json | undefined, told: Json | undefined): boolean {
  const [a, b] = [unquoted(own), unquoted(told)]
  if (a === b) return true
  if (addresses.has(name)) return isSameButPort(a, b)
  if (numbered.has(name)) return isNumberOf(a, b)
  // Of others than the owner mailbox audit logs have a name.
  if (name === 'UserId') return a.includes('@') !== b.includes('@')
  // The way to an object may stand before its name.
  if (name === 'ObjectId') return a.endsWith(`/${b}`) || b.endsWith(`/${a}`)
  return typeof told === 'string' && isTypeName(told)
}

/** Typed commands have quotes around what has blanks. */
function unquoted(value: Json | undefined): string {
  return plain(value).replaceAll('"', '')
}
