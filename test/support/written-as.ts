import { isObject, type Json, type JsonObject } from '#src/activity.ts'
import { pythonLiteral } from '#src/sources/files/python-repr.ts'
import { csvLine } from './csv.ts'

/** A tool's way of writing records. */
export interface Writer {
  readonly name: string
  /** Of which records it writes. */
  of(records: readonly JsonObject[]): readonly JsonObject[]
  write(records: readonly JsonObject[]): string
}

type Write = Writer['write']

const recordTypes: Readonly<Record<string, string>> = {
  1: 'ExchangeAdmin',
  2: 'ExchangeItem',
  3: 'ExchangeItemGroup',
  6: 'SharePointFileOperation',
  8: 'AzureActiveDirectory',
  14: 'SharePointSharingOperation',
  15: 'AzureActiveDirectoryStsLogon',
  25: 'MicrosoftTeams',
  40: 'SecurityComplianceAlerts',
  ...{ 50: 'ExchangeItemAggregated', 101: 'ExchangeSearch' },
}
const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
const time = (record: JsonObject) => Date.parse(`${record['CreationTime']}Z`)
const typeOf = (record: JsonObject) => recordTypes[text(record['RecordType'])] ?? ''
const of = (record: JsonObject, name: string) => text(record[name])

/** A CSV with a header of all names that any row has; PowerShell quotes all cells. */
function csv(rows: readonly JsonObject[], { quoteAll = true, end = '\r\n' } = {}): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [names, ...rows.map((row) => names.map((name) => text(row[name])))]
  return lines.map((cells) => csvLine(cells, { quoteAll }) + end).join('')
}

function usTime(ms: number, { seconds = true } = {}): string {
  const date = new Date(ms)
  const [hour, two] = [date.getUTCHours(), (number: number) => String(number).padStart(2, '0')]
  const clock = `${hour % 12 || 12}:${two(date.getUTCMinutes())}${seconds ? `:${two(date.getUTCSeconds())}` : ''}`
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ${clock} ${hour < 12 ? 'AM' : 'PM'}`
}

const germanTime = (ms: number) => new Date(ms).toISOString().replace(/^(\d+)-(\d+)-(\d+)T([\d:]+).*/, '$3.$2.$1 $4')

/** What PowerShell makes of what is deeper than it was told to go. */
function shallow(value: Json, depth: number): Json {
  if (Array.isArray(value))
    return depth > 0 ? value.map((one) => shallow(one, depth - 1)) : value.map(hashText).join(' ')
  if (!isObject(value)) return value
  if (depth <= 0) return hashText(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shallow(inner, depth - 1)]))
}

function hashText(value: Json): string {
  if (!isObject(value)) return text(value)
  const pairs = Object.entries(value).map(
    ([name, inner]) => `${name}=${Array.isArray(inner) ? 'System.Object[]' : isObject(inner) ? '' : text(inner)}`,
  )
  return `@{${pairs.join('; ')}}`
}

const searched = (record: JsonObject, creationDate: string, data: Json = JSON.stringify(record)): JsonObject => ({
  ...{ PSComputerName: 'outlook.office365.example', RunspaceId: 'r', PSShowComputerName: 'False' },
  RecordType: typeOf(record),
  CreationDate: creationDate,
  UserIds: of(record, 'UserId'),
  Operations: of(record, 'Operation'),
  AuditData: data,
  ResultIndex: '1',
  ResultCount: '40',
  Identity: of(record, 'Id'),
  IsValid: 'True',
  ObjectState: 'Unchanged',
})

const purview = (record: JsonObject, creationDate: string): JsonObject => ({
  RecordId: of(record, 'Id'),
  CreationDate: creationDate,
  RecordType: of(record, 'RecordType'),
  Operation: of(record, 'Operation'),
  UserId: of(record, 'UserId'),
  AuditData: JSON.stringify(record),
  AssociatedAdminUnits: '',
  AssociatedAdminUnitsNames: '',
})

const graph = (record: JsonObject): JsonObject => ({
  '@odata.type': '#microsoft.graph.security.auditLogRecord',
  id: of(record, 'Id'),
  createdDateTime: `${of(record, 'CreationTime')}Z`,
  auditLogRecordType: typeOf(record).replace(/^./, (first) => first.toLowerCase()),
  operation: of(record, 'Operation'),
  organizationId: of(record, 'OrganizationId'),
  userType: 'Regular',
  userId: of(record, 'UserId'),
  service: of(record, 'Workload'),
  objectId: of(record, 'ObjectId'),
  userPrincipalName: of(record, 'UserId'),
  clientIp: of(record, 'ClientIP'),
  administrativeUnits: [''],
  auditData: record,
})

const sentinelNames: Readonly<Record<string, string>> = {
  Workload: 'OfficeWorkload',
  ObjectId: 'OfficeObjectId',
  ClientIPAddress: 'Client_IPAddress',
  LogonType: 'Logon_Type',
  EventData: 'Event_Data',
  ...{ Site: 'Site_', CreationTime: 'TimeGenerated', Id: 'OfficeId' },
}

function sentinel(record: JsonObject): JsonObject {
  const named = Object.entries(record).map(([name, value]): [string, Json] => [
    sentinelNames[name] ?? name,
    text(value),
  ])
  const row = Object.fromEntries(named.filter(([name]) => name !== 'AppAccessContext' && name !== 'Version'))
  return {
    ...row,
    TenantId: '00000000-0000-0000-0000-000000000001',
    TimeGenerated: new Date(time(record)).toISOString().replace('.000Z', 'Z'),
    UserId_: of(record, 'UserId'),
    SourceRecordId: of(record, 'Id'),
    SourceSystem: 'OfficeActivityManager',
    Type: 'OfficeActivity',
    ElevationTime: new Date(time(record) + 540_000).toISOString(),
    Start_Time: new Date(time(record) + 540_000).toISOString(),
    UserType: 'Regular',
  }
}

const office = (records: readonly JsonObject[]) =>
  records.filter((record) => /^(Exchange|OneDrive|SharePoint|MicrosoftTeams)$/.test(of(record, 'Workload')))

const cloudApp = (record: JsonObject, raw: Json): JsonObject => ({
  Timestamp: `${of(record, 'CreationTime')}Z`,
  ActionType: of(record, 'Operation'),
  Application: of(record, 'Workload'),
  ApplicationId: 20893,
  AccountObjectId: '0f1e2d3c-0000-4000-8000-000000000001',
  AccountDisplayName: 'Alice',
  IPAddress: of(record, 'ClientIP') || of(record, 'ClientIPAddress'),
  ...{ ReportId: `106830890_20893_${of(record, 'Id')}`, AccountId: of(record, 'UserId'), RawEventData: raw },
})

/** Values under names that tell the way to them, with this between its steps; the first of a list is 0 or 1. */
interface Spreading {
  readonly between: string
  readonly first: 0 | 1
}

function spread(value: Json, way: string, how: Spreading): [string, Json][] {
  const { between, first } = how
  if (Array.isArray(value)) return value.flatMap((one, i) => spread(one, `${way}${between}${i + first}`, how))
  if (!isObject(value)) return [[way, value]]
  return Object.entries(value).flatMap(([name, inner]) =>
    spread(inner, way === '' ? name : `${way}${between}${name}`, how),
  )
}

const spreadOut = (how: Spreading) => (record: JsonObject) => Object.fromEntries(spread(record, '', how))

/** Hawk's Get-SimpleUnifiedAuditLog. */
const hawkSimple = (record: JsonObject): JsonObject => ({
  ...spreadOut({ between: '_', first: 0 })(record),
  CreationTime: usTime(time(record)),
})

/** ConvertTo-FlatObject, as 05-ProcessUnifiedAuditLogFlatten of M365IRScripts saves what it makes. */
function flatObject(record: JsonObject): JsonObject {
  const { RecordType = null, ...rest } = spreadOut({ between: '.', first: 1 })(record)
  return { Recordtypes: RecordType, ...rest, CreationTime: usTime(time(record)) }
}

/** DataFrame.to_csv of pandas: lists and objects as Python writes them, no whole numbers in a column with gaps. */
function dataFrame(records: readonly JsonObject[]): JsonObject[] {
  const withGaps = new Set(['LogonType', 'InternalLogonType'])
  const shown = (name: string, value: Json) =>
    typeof value === 'number' && withGaps.has(name)
      ? `${value}.0`
      : typeof value === 'object' || typeof value === 'boolean'
        ? pythonLiteral(value)
        : value
  return records.map((record, i) => ({
    '': i,
    ...Object.fromEntries(Object.entries(record).map(([name, value]) => [name, shown(name, value)])),
  }))
}

/** office365-audit-log-collector: cells of JSON under all columns of Exchange, then under all columns of the rest. */
function collected(records: readonly JsonObject[]): string {
  const groups = [true, false].map((is) => records.filter((record) => (record['Workload'] === 'Exchange') === is))
  const columns = groups.flatMap((own) => [...new Set(own.flatMap((record) => Object.keys(record)))])
  const rows = groups.flat().map((record) => columns.map((name) => JSON.stringify(record[name]) ?? ''))
  return [columns, ...rows].map((cells) => `${csvLine(cells)}\n`).join('')
}

/** PAX with -ExplodeArrays: no lists, no objects. */
const exploded = (record: JsonObject): JsonObject => ({
  ...{ RecordId: of(record, 'Id'), CreationDate: `${of(record, 'CreationTime')}.000Z` },
  ...Object.fromEntries(Object.entries(record).filter(([, value]) => typeof value !== 'object')),
  ...{ CreationTime: `${of(record, 'CreationTime')}.000Z`, RecordType: typeOf(record), RecordTypeNum: typeOf(record) },
})

/** Hawk's Import-AzureAuthenticationLog: the time as `Get-Date -Format g` shows it, extended properties in columns, lists as texts. */
function hawkConverted(record: JsonObject): JsonObject {
  const extended = (record['ExtendedProperties'] as JsonObject[]).map((one): [string, Json] => [
    of(one, 'Name'),
    of(one, 'Value'),
  ])
  const pairs = (list: Json | undefined, value: string) =>
    (list as JsonObject[]).map((one) => `${of(one, 'ID')}:${of(one, value)}`).join()
  return {
    CreationTime: usTime(time(record), { seconds: false }),
    ...{ UserId: of(record, 'UserId'), Workload: of(record, 'Workload'), ClientIP: of(record, 'ClientIP') },
    Actor: pairs(record['Actor'], 'Type'),
    Target: pairs(record['Target'], 'Type'),
    ActorIpAddress: of(record, 'ActorIpAddress'),
    ApplicationId: of(record, 'ApplicationId'),
    ErrorNumber: of(record, 'ErrorNumber'),
    Id: of(record, 'Id'),
    Operation: of(record, 'Operation'),
    RecordType: of(record, 'RecordType'),
    ResultStatus: of(record, 'ResultStatus'),
    LogonError: of(record, 'LogonError'),
    ...Object.fromEntries(extended),
    ExtendedProperties: extended.map(([name]) => `${name}:`).join(),
    DeviceProperties: 'System.Object[]',
    ModifiedProperties: 'System.Object[]',
  }
}

const logons = (records: readonly JsonObject[]) => records.filter((record) => record['RecordType'] === 15)

/** A table of Splunk: all values of a list under one name with braces, one a line. */
function splunkTable(record: JsonObject): JsonObject {
  const columns = new Map<string, string[]>()
  const walk = (value: Json, way: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, `${way}{}`)
    else if (isObject(value))
      for (const [name, inner] of Object.entries(value)) walk(inner, way === '' ? name : `${way}.${name}`)
    else columns.set(way, [...(columns.get(way) ?? []), text(value)])
  }
  walk(record, '')
  return Object.fromEntries([...columns].map(([name, values]) => [name, values.join('\n')]))
}

const capitals = (record: JsonObject): JsonObject => ({ ...record, Id: of(record, 'Id').toUpperCase() })
const lines = (values: readonly Json[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

/** Those that leave nothing out of a record, though they take it apart. */
const ofAllInColumns: Readonly<Record<string, Write>> = {
  'ConvertTo-FlatObject | Export-Csv': (records) => csv(records.map(flatObject)),
  'csvkit, Miller and others, CSV': (records) =>
    csv(records.map(spreadOut({ between: '/', first: 0 })), { quoteAll: false, end: '\n' }),
  'DataFrame.to_csv of pandas': (records) => csv(dataFrame(records), { quoteAll: false, end: '\n' }),
  'office365-audit-log-collector, CSV': collected,
}

const ofAll: Readonly<Record<string, Write>> = {
  'Management Activity API': (records) => JSON.stringify(records),
  'Management Activity API, ids in capitals': (records) => JSON.stringify(records.map(capitals)),
  'Search-UnifiedAuditLog | Export-Csv': (records) =>
    csv(records.map((record) => searched(record, usTime(time(record))))),
  '… of a German': (records) => csv(records.map((record) => searched(record, germanTime(time(record))))),
  '… with some columns only': (records) =>
    csv(
      records.map((record) => ({
        CreationDate: usTime(time(record)),
        UserIds: of(record, 'UserId'),
        RecordType: typeOf(record),
        AuditData: JSON.stringify(record),
      })),
    ),
  '… its records cut off': (records) =>
    csv(
      records.map((record) => {
        const json = JSON.stringify(record)
        return searched(record, usTime(time(record), { seconds: false }), json.slice(0, json.length * 0.6))
      }),
    ),
  '… its records in the order of their names, cut off': (records) =>
    csv(
      records.map((record) => {
        const json = JSON.stringify(Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))))
        return searched(record, usTime(time(record)), json.slice(0, json.indexOf('"Id"')))
      }),
    ),
  '… its records missing': (records) => csv(records.map((record) => searched(record, usTime(time(record)), ''))),
  'Search-UnifiedAuditLog | ConvertTo-Json': (records) =>
    JSON.stringify(records.map((record) => searched(record, `/Date(${time(record)})/`)))
      .replaceAll('/Date(', '\\/Date(')
      .replaceAll(')/', ')\\/'),
  '… with AuditData as object, three levels of it': (records) =>
    JSON.stringify(records.map((record) => shallow(searched(record, new Date(time(record)).toISOString(), record), 4))),
  '… two levels': (records) =>
    JSON.stringify(records.map((record) => shallow(searched(record, new Date(time(record)).toISOString(), record), 2))),
  'AuditData | ConvertFrom-Json | ConvertTo-Json': (records) =>
    JSON.stringify(records.map((record) => shallow(record, 3))),
  'PAX, exploded, CSV': (records) => csv(records.map(exploded)),
  'AuditData | ConvertFrom-Json | Export-Csv': (records) =>
    csv(
      records.map((record) =>
        Object.fromEntries(
          Object.entries(record).map(([name, value]) => [
            name,
            Array.isArray(value) ? 'System.Object[]' : isObject(value) ? hashText(value) : value,
          ]),
        ),
      ),
    ),
  'Purview portal, 2023': (records) =>
    csv(
      records.map((record) => purview(record, usTime(time(record)))),
      { quoteAll: false },
    ),
  'Purview portal, today': (records) =>
    csv(
      records.map((record) => purview(record, `${of(record, 'CreationTime')}.0000000Z`)),
      { quoteAll: false },
    ),
  'Security & Compliance portal': (records) =>
    csv(
      records.map((record) => ({
        CreationDate: `${of(record, 'CreationTime')}.0000000Z`,
        UserIds: of(record, 'UserId'),
        Operations: of(record, 'Operation'),
        AuditData: JSON.stringify(record),
      })),
      { quoteAll: false },
    ),
  'Graph auditLogQuery': (records) => JSON.stringify({ '@odata.count': records.length, value: records.map(graph) }),
  'Get-MgBeta… | Export-Csv': (records) =>
    csv(
      records.map((record) => ({
        Id: of(record, 'Id'),
        CreatedDateTime: usTime(time(record)),
        AuditLogRecordType: typeOf(record),
        Operation: of(record, 'Operation'),
        UserId: of(record, 'UserId'),
        AuditData: JSON.stringify(record, null, 2),
      })),
    ),
  'CloudAppEvents, JSON': (records) => JSON.stringify({ Results: records.map((record) => cloudApp(record, record)) }),
  'CloudAppEvents, CSV': (records) =>
    csv(
      records.map((record) => cloudApp(record, JSON.stringify(record))),
      { quoteAll: false },
    ),
  'CloudAppEvents without the record, JSON': (records) =>
    JSON.stringify({ Results: records.map((record) => cloudApp(record, null)) }),
  'CloudAppEvents without the record, CSV': (records) =>
    csv(
      records.map((record) => cloudApp(record, '')),
      { quoteAll: false },
    ),
  'Splunk, _raw': (records) =>
    csv(
      records.map((record) => ({
        _raw: JSON.stringify(record),
        _time: `${of(record, 'CreationTime')}.000+0000`,
        host: 'h',
      })),
    ),
  'Splunk, JSON': (records) =>
    lines(records.map((record) => ({ preview: false, result: { _raw: JSON.stringify(record) } }))),
  'Splunk, a table': (records) => csv(records.map(splunkTable)),
  'Elasticsearch, event.original': (records) =>
    lines(
      records.map((record) => ({
        _index: 'logs-o365',
        _source: { '@timestamp': `${of(record, 'CreationTime')}.000Z`, event: { original: JSON.stringify(record) } },
      })),
    ),
  'Kibana, CSV': (records) =>
    csv(
      records.map((record) => ({
        '@timestamp': usTime(time(record)),
        'event.action': of(record, 'Operation'),
        'event.original': JSON.stringify(record),
      })),
      { end: '\n' },
    ),
  Wazuh: (records) =>
    lines(
      records.map((record) => ({
        timestamp: 'x',
        rule: { id: '91533' },
        data: {
          integration: 'office365',
          office365: Object.fromEntries(
            Object.entries(record).map(([name, value]) => [name, typeof value === 'object' ? value : text(value)]),
          ),
        },
      })),
    ),
  'Hawk, simple': (records) => csv(records.map(hawkSimple)),
}

const ofOffice: Readonly<Record<string, Write>> = {
  'Sentinel, JSON': (records) => JSON.stringify(records.map(sentinel)),
  'Sentinel, CSV': (records) =>
    csv(
      records.map(sentinel).map(({ TimeGenerated, ...row }) => ({
        'TimeGenerated [UTC]': usTime(Date.parse(text(TimeGenerated)))
          .replace(' ', ', ')
          .replace(/(:\d\d) /, '$1.000 '),
        ...row,
      })),
      { quoteAll: false },
    ),
}

const ofLogons: Readonly<Record<string, Write>> = {
  'Hawk, converted logons, CSV': (records) => csv(records.map(hawkConverted)),
  'Hawk, converted logons, JSON': (records) => JSON.stringify(records.map(hawkConverted), null, 2),
}

const writersOf = (table: Readonly<Record<string, Write>>, of: Writer['of']) =>
  Object.entries(table).map(([name, write]): Writer => ({ name, of, write }))

/** How tools take records apart into columns, without leaving anything out. */
export const writersInColumns: readonly Writer[] = writersOf(ofAllInColumns, (records) => records)

/** How the tools that people export with write unified audit records, each as it does; the first says all. */
export const writers: readonly Writer[] = [
  ...writersOf(ofAll, (records) => records),
  ...writersInColumns,
  ...writersOf(ofOffice, office),
  ...writersOf(ofLogons, logons),
]
