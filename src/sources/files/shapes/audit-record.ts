import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { lowered } from '../../../entry.ts'
import { auditId, isGuid, isNobodys } from '../../../guid.ts'
import { isOnMailbox, mailboxParameters } from '../../../microsoft/mailbox-cmdlets.ts'
import { isCoarseTime, parseCultureTime, whyNoTime } from '../../../time/culture-time.ts'
import { isWithheld, shownId } from '../../../withheld.ts'
import { readJson } from '../json-text.ts'
import { withAuditNames } from './audit-names.ts'
import { gathered } from './flat-names.ts'
import { fullnessOf } from './fullness.ts'
import { pythonValue } from './json-cell.ts'
import { numbered } from './numbered.ts'
import { powerShellObject, unflattened } from './powershell.ts'
import { hashId } from './record-id.ts'
import type { ReadRecord, Shaped } from './shape.ts'
import { mailAddress } from './starts-row.ts'

/** What an export says beside a record: it counts where the record's own word is missing. By the schema's names. */
export type Beside = Readonly<Record<string, Json | undefined>>

/** One unified audit record, in whatever wrapping it came; or why it is none. `inColumns`: other columns than the record's may stand among its own. */
export function readAudit(
  given: JsonObject,
  isCut: boolean,
  beside: Beside = {},
  { inColumns = false } = {},
): Shaped | string {
  const { record, truncated, isSpread } = auditRecord(given, isCut, beside)
  const time = timeIn(record)
  if (typeof time === 'string') return time
  const operation = textIn(record, 'Operation')
  if (operation === undefined) return 'no Operation'
  const lack = truncated ? lowered.cutOff : isSpread || inColumns ? lowered.spreadOut : 0
  const isCoarse = isCoarseTime(textIn(record, 'CreationTime') ?? '')
  return {
    dataset: 'o365.audit',
    id: idOf(record),
    time,
    operation,
    mailbox: mailboxIn(record, operation),
    record,
    fullness: fullnessOf(record) - lack - (isCoarse ? lowered.coarse : 0),
    isCoarse,
    truncated,
  }
}

/**
 * The same at the whole second, as all of the audit log is. What Graph tells in seven digits of a second Export-Csv tells in seconds: under one id
 * these would be two events.
 */
export function atSecond(read: Shaped | string): Shaped | string {
  return typeof read === 'string' ? read : { ...read, time: read.time - (read.time % 1000) }
}

/** The record under the schema's names, with what only stands beside it, and whether something of it is missing. */
export function auditRecord(
  given: JsonObject,
  isCut: boolean,
  beside: Beside,
): ReadRecord & { readonly isSpread: boolean } {
  const { record: whole, isSpread, isMixed } = gathered(complete(withAuditNames(given), beside))
  const { record, isHollow } = unflattened(whole)
  return { record, truncated: isCut || isHollow || isMixed, isSpread }
}

// Elasticsearch takes ids of 512 bytes; those of the audit log are GUIDs. Some room is left for what tells two under one id apart.
const maxIdBytes = 400

/** The record's own id; that of all it says, where it has none that could be a document's and is of no other record. */
function idOf(record: JsonObject): string {
  const own = textIn(record, 'Id')
  const isFit = own !== undefined && Buffer.byteLength(own) <= maxIdBytes && own.isWellFormed()
  return (isFit ? shownId(auditId(own)) : undefined) ?? hashId(record)
}

/** Whether a record looks like one of the audit log, under whatever case its names have come. */
export function isAudit(record: JsonObject): boolean {
  if ('CreationTime' in record && 'Operation' in record) return true
  const names = new Set(Object.keys(record).map((name) => name.toLowerCase()))
  return names.has('creationtime') && names.has('operation')
}

/** The record in a cell or member that holds one, as an object or as JSON text; or why there is none. */
export function auditDataIn(value: Json | undefined): ReadRecord | string {
  // `AdditionalProperties` is where Graph's PowerShell keeps what it has no class for.
  if (isObject(value)) return { record: objectIn(value, 'AdditionalProperties') ?? value, truncated: false }
  if (typeof value !== 'string' || value.trim() === '') return 'is empty'
  // What PowerShell writes for an object that it was not told to convert.
  if (/^(System\.|@\{)/.test(value)) {
    const object = powerShellObject(value)
    return object === undefined ? 'was not exported, only the name of its type' : { record: object, truncated: true }
  }
  const json = readJson(value)
  if (typeof json === 'string') return pythonDict(value) ?? `is ${json}`
  return isObject(json.value) ? { record: json.value, truncated: json.truncated } : 'is not a JSON object'
}

/** What Python writes of a record that it read: scripts save their tables so. */
function pythonDict(text: string): ReadRecord | undefined {
  const value = pythonValue(text)
  return isObject(value) ? { record: value, truncated: false } : undefined
}

function objectIn(value: JsonObject, name: string): JsonObject | undefined {
  const inner = value[name]
  return isObject(inner) && Object.keys(inner).length > 0 ? inner : undefined
}

function complete(record: JsonObject, beside: Beside): JsonObject {
  let whole = record
  for (const name in beside) {
    const said = beside[name]
    if (isSaid(record[name]) || said === undefined || !isSaid(said)) continue
    if (whole === record) whole = { ...record }
    whole[name] = said
  }
  return whole
}

function isSaid(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Milliseconds since the epoch; or why there is no time to be had. */
function timeIn(record: JsonObject): number | string {
  const text = textIn(record, 'CreationTime')
  if (text === undefined) return 'no CreationTime'
  return parseCultureTime(text) ?? whyNoTime('CreationTime', text)
}

function textIn(record: JsonObject, name: string): string | undefined {
  const value = record[name]
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  return text.trim() === '' ? undefined : text
}

/** A name that was withheld is of many, so it is nobody's. */
function shownIn(record: JsonObject, name: string): string | undefined {
  const text = textIn(record, name)
  return text === undefined || isWithheld(text) ? undefined : text
}

const naming: ReadonlySet<string> = new Set(mailboxParameters.map((name) => name.toLowerCase()))

/**
 * The mailbox's owner where the record names him, its id where others were in it, the mailbox a cmdlet or an alert is about, else the user. Lower case.
 */
function mailboxIn(record: JsonObject, operation: string): string {
  const isCmdlet = isOnMailbox(operation)
  const owner = shownIn(record, 'MailboxOwnerUPN') ?? (isCmdlet ? parameterIn(record) : othersMailbox(record))
  const about = owner ?? alertedIn(record) ?? (operation === 'TIMailData' ? whoseMail(record) : undefined)
  return (about ?? shownIn(record, 'UserId') ?? '').trim().toLowerCase()
}

// Administrators, delegates and delegated administrators, as the schema's ExchangeLogonType numbers them.
const othersLogons: ReadonlySet<string> = new Set(['1', '2', '6'])

/** The id of a mailbox that is not the user's, empty where the record has none: other records may tell whose it is, and nobody else's is taken for it. */
function othersMailbox(record: JsonObject): string | undefined {
  const logon = textIn(record, 'LogonType')
  if (logon === undefined || !othersLogons.has(String(numbered('LogonType', logon)))) return undefined
  const id = textIn(record, 'MailboxGuid')
  return id !== undefined && isGuid(id) && !isNobodys(id) ? id : ''
}

/** What threat intelligence says of a mail names as its user the service alone: the mail is its sender's where it left the tenant, else its recipient's. */
function whoseMail(record: JsonObject): string | undefined {
  const isSent = textIn(record, 'Directionality')?.toLowerCase() === 'outbound'
  const { Recipients: to = null, P2Sender: from = null } = record
  const named = isSent ? [from] : [to].flat()
  const address = named.find((one) => typeof one === 'string' && mailAddress.test(one.trim()))
  return typeof address === 'string' ? address : undefined
}

/** Alerts are made by a service, about somebody. */
function alertedIn(record: JsonObject): string | undefined {
  const about = textIn(record, 'AlertEntityId')
  return about !== undefined && mailAddress.test(about.trim()) ? about : undefined
}

function parameterIn({ Parameters: parameters }: JsonObject): string | undefined {
  if (!Array.isArray(parameters)) return undefined
  for (const parameter of parameters) {
    if (!isObject(parameter) || typeof parameter['Name'] !== 'string' || typeof parameter['Value'] !== 'string')
      continue
    if (!naming.has(parameter['Name'].toLowerCase())) continue
    // `alice@contoso.example:\Calendar` for one of its folders.
    const address = /^[^\s@:\\]+@[^\s@:\\]+\.[^\s@:\\]+/.exec(parameter['Value'])?.[0]
    if (address !== undefined) return address
  }
  return undefined
}
