import type { JsonObject } from '../../../activity.ts'
import type { Format, JsonFormat } from '../../../entry.ts'
import { recordOf } from '../json-layouts.ts'
import { adminAudit, adminAuditSimpleCsv } from './admin-audit.ts'
import { alertLogs, sentinelAlerts, sentinelIncidents } from './alert-logs.ts'
import { auditColumnsCsv, auditDataColumnsCsv } from './audit-columns-csv.ts'
import { cloudAppEvents, complianceCsv, graphAudit, purviewCsv, quickUalCsv, searchUal } from './audit-exports.ts'
import { auditJson, managementApi } from './audit-json.ts'
import { auditTable } from './audit-table.ts'
import { diagnosticSignIns } from './diagnostic-signins.ts'
import { directoryAudit } from './directory-audit.ts'
import { elasticAudit, elasticDirectoryAudits, elasticSignIns } from './elastic-documents.ts'
import { entraAuditCsv, entraAuditJson, entraAuditSuiteCsv } from './entra-audit-csv.ts'
import { entraSignInsCsv } from './entra-signins-csv.ts'
import { entraSignInsSimpleCsv, graphSignInsByIdCsv, graphSignInsCsv } from './entra-signins-simple-csv.ts'
import { inside, textsIn, wholeOf } from './envelope.ts'
import { graphActivity } from './graph-activity.ts'
import { graphDirectoryAuditCsv } from './graph-directory-audit-csv.ts'
import { graphSignIns } from './graph-signins.ts'
import { huntingClicks, huntingMailActions, huntingMails } from './hunting-mail.ts'
import { huntingApplicationSignInsCsv, huntingLogons, huntingSignIns } from './hunting-signins.ts'
import { magicUnicornLogons, magicUnicornSearches } from './magic-unicorn-tsv.ts'
import { mailAccessedCsv, mailMessagesCsv, mailSessionsCsv } from './mail-access-csv.ts'
import { mailboxAudit } from './mailbox-audit.ts'
import { told } from './members.ts'
import {
  messageTraceCsv,
  messageTraceExtendedCsv,
  messageTraceJson,
  messageTraceSummaryCsv,
  messageTrackingCsv,
  messageTrackingLocalCsv,
} from './message-trace.ts'
import { officeActivity } from './office-activity.ts'
import { outlookActivities } from './outlook-activities.ts'
import { anyRecordCsv, recordCsv } from './record-csv.ts'
import { retrieverCsv } from './retriever-csv.ts'
import { riskDetections } from './risk-detections.ts'
import { sentinelSignInLogs, signInTables } from './sentinel-signinlogs.ts'
import type { CsvShape, JsonShape, ReadRecord, Recognized, Shapes } from './shape.ts'
import { stateCsv, stateJson } from './state-listings.ts'
import { ofOneTable, whyOtherTable, withOthersRows } from './union-rows.ts'
import { whyUnreadable } from './unreadable.ts'

const splunk = { name: 'splunk-csv', title: 'CSV of Splunk with records of JSON in _raw', column: '_raw' }
const kibana = {
  name: 'kibana-csv',
  title: 'CSV of Kibana with records of JSON in event.original',
  column: 'event.original',
}

/** Where other tools put the record that they were given, when their tables are saved as CSV: Graylog, Datadog, QRadar, Logstash, collectors of one's own. */
const recordColumns = ['message', 'payload', 'full_message', 'event', 'record', 'body', 'log', 'raw', 'content', 'data']

const unknown = 'no record of a kind that is known'

/** The tables of Log Analytics that may stand in one export, by their names. */
const logTables: ReadonlyMap<string, Shapes> = new Map([
  ...signInTables.map((table) => [table, sentinelSignInLogs] as const),
  ['AuditLogs', directoryAudit],
  ['OfficeActivity', officeActivity],
  ['CloudAppEvents', cloudAppEvents],
  ['MicrosoftGraphActivityLogs', graphActivity],
  ['AADUserRiskEvents', riskDetections],
  ['SecurityAlert', sentinelAlerts],
  ['SecurityIncident', sentinelIncidents],
  ['EmailEvents', huntingMails],
  ['UrlClickEvents', huntingClicks],
  ['EmailPostDeliveryEvents', huntingMailActions],
])

/** Every shape of rows, the most particular first. A new one is one file beside these and one line here. */
export const csvShapes: readonly CsvShape[] = [
  recordCsv(splunk, recognizeText),
  recordCsv(kibana, recognizeText),
  retrieverCsv,
  purviewCsv,
  graphAudit.csv,
  complianceCsv,
  searchUal.csv,
  quickUalCsv,
  directoryAudit.csv, // Before the other tables, for changes in a union of them are compared with the audit log's.
  cloudAppEvents.csv,
  officeActivity.csv,
  auditTable.csv,
  graphDirectoryAuditCsv,
  entraAuditCsv,
  entraAuditSuiteCsv,
  auditColumnsCsv,
  auditDataColumnsCsv,
  mailboxAudit.csv,
  adminAudit.csv,
  adminAuditSimpleCsv,
  magicUnicornLogons,
  magicUnicornSearches,
  entraSignInsCsv,
  huntingSignIns.csv,
  huntingApplicationSignInsCsv,
  huntingLogons.csv,
  graphActivity.csv,
  riskDetections.csv,
  sentinelSignInLogs.csv,
  entraSignInsSimpleCsv,
  graphSignInsCsv,
  graphSignInsByIdCsv,
  mailSessionsCsv,
  mailMessagesCsv,
  mailAccessedCsv,
  messageTraceExtendedCsv,
  messageTraceSummaryCsv,
  messageTraceCsv,
  messageTrackingCsv,
  messageTrackingLocalCsv,
  huntingMails.csv,
  huntingClicks.csv,
  huntingMailActions.csv,
  ...alertLogs.map(({ csv }) => csv),
  ...stateCsv,
  ...recordColumns.map((column) =>
    recordCsv({ name: `${column}-csv`, title: 'CSV with records of JSON in a column', column }, recognizeText),
  ),
  anyRecordCsv(recognizeText),
].map(withOthersRows(logTables))

/** Every shape of JSON records, the most particular first. */
export const jsonShapes: readonly JsonShape[] = [
  riskDetections.json,
  diagnosticSignIns,
  sentinelSignInLogs.json,
  huntingSignIns.json,
  huntingLogons.json,
  graphActivity.json,
  graphAudit.json,
  searchUal.json,
  cloudAppEvents.json,
  officeActivity.json,
  auditTable.json,
  directoryAudit.json,
  entraAuditJson,
  mailboxAudit.json,
  mailboxAudit.localJson,
  adminAudit.json,
  adminAudit.localJson,
  auditJson,
  managementApi,
  outlookActivities,
  graphSignIns,
  messageTraceJson,
  huntingMails.json,
  huntingClicks.json,
  huntingMailActions.json,
  ...alertLogs.map(({ json }) => json),
  ...stateJson,
  elasticAudit,
  elasticSignIns,
  elasticDirectoryAudits,
]

/** What can be read, in words for people, each once whether as CSV or as JSON. */
export const knownExports: readonly string[] = [...new Set([...csvShapes, ...jsonShapes].map(({ title }) => title))]

/** The shape of rows called `name`. */
export function csvShapeNamed(name: string): CsvShape {
  const shape = csvShapes.find((candidate) => candidate.name === name)
  if (shape === undefined) throw new TypeError(`no shape is called ${name}`)
  return shape
}

/** How a format's records name their owner, where they do not say whose mailbox they are of. */
export function ownerOf(format: Format): CsvShape['owner'] | JsonShape['owner'] {
  return shapeNamed(format)?.owner
}

/** Whether it tells how things stood, without a time; or some of its rows may. */
export function isListing(format: Format): boolean | 'perhaps' {
  const { isListing: is, mayList } = shapeNamed(format) ?? {}
  return is ?? (mayList === true && 'perhaps')
}

function shapeNamed({ shape }: Format): CsvShape | JsonShape | undefined {
  return [...csvShapes, ...jsonShapes].find(({ name }) => name === shape)
}

/**
 * A record with its shape: that of its neighbours if it can be, else the first that recognizes it. Where none does, the
 * record may stand inside of it: other tools wrap what they were given.
 */
export function recognize(record: JsonObject, truncated: boolean, likely: string): Recognized | undefined {
  const shaped = (inner: ReadRecord) => shapedOf({ ...inner, truncated: truncated || inner.truncated }, likely)
  return (
    shapedOf({ record, truncated }, likely) ??
    inside(record)
      .map(shaped)
      .find((one) => one !== undefined) ??
    textsIn(record)
      .map(shaped)
      .find((one) => one !== undefined && one.shape.owner === undefined)
  )
}

function shapedOf(found: Omit<Recognized, 'shape'>, likely: string): Recognized | undefined {
  const raw = wholeOf(found.record)
  const rawShape = raw === undefined ? undefined : shapeOf(raw.record, likely)
  if (raw !== undefined && rawShape !== undefined) return { ...raw, shape: rawShape }
  const shape = shapeOf(found.record, likely)
  if (shape === undefined) return undefined
  const { Type: type = null } = found.record
  const table = logTables.get(String(type))?.json ?? unread(shape, found.record)
  if (table === undefined || !ofTables.has(shape)) return { ...found, shape }
  // In a union each row has the columns of all, and changes are compared with the audit log's where the file is of directory audits.
  const ofFile = likely === '' && directoryAudit.json.recognizes(found.record) ? directoryAudit.json : shape
  return { ...found, record: ofOneTable(found.record), shape: table, ofFile }
}

function unread(shape: JsonShape, record: JsonObject): JsonShape | undefined {
  const reason = whyOtherTable(record['Type'])
  return reason === undefined || shape.recognizes(told(record)) ? undefined : { ...shape, read: () => reason }
}

const ofTables: ReadonlySet<JsonShape> = new Set([...logTables.values()].map(({ json }) => json))

/** The same of a record as it stands in a row of its layout; or why there is none. */
export function recognizeText(
  text: string,
  likely: string,
  layout: Pick<JsonFormat, 'names' | 'isLog'> = {},
): Recognized | string {
  const read = recordOf(layout, text)
  if (typeof read === 'string') return read
  return recognize(read.record, read.truncated, likely) ?? whyUnreadable(read.record) ?? unknown
}

function shapeOf(record: JsonObject, likely: string): JsonShape | undefined {
  const same = jsonShapes.find(({ name }) => name === likely)
  return same?.recognizes(record) === true ? same : jsonShapes.find((shape) => shape.recognizes(record))
}
