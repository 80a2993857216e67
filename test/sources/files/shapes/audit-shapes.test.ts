import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { restore } from '#src/sources/files/digest.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

const record: JsonObject = {
  CreationTime: '2026-03-09T08:15:21',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001',
  Operation: 'New-InboxRule',
  OrganizationId: '2f7c3a54-9f0e-4f52-8f0d-6c5d1b0e7a11',
  RecordType: 1,
  ResultStatus: 'True',
  UserKey: 'alice@contoso.example',
  UserType: 2,
  Workload: 'Exchange',
  ClientIP: '198.51.100.7:49221',
  ObjectId: 'EURP189A001/contoso.example/alice\\.',
  UserId: 'Alice@contoso.example',
  Parameters: [
    { Name: 'Name', Value: '.' },
    { Name: 'SubjectContainsWords', Value: 'invoice; "final", payment' },
  ],
}
const json = JSON.stringify(record)
const pretty = JSON.stringify(record, null, 4)
const lowerCamel = Object.fromEntries(
  Object.entries(record).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
)
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`

const wrapped = {
  RecordType: 'ExchangeAdmin',
  CreationDate: '\\/Date(1773044121000)\\/',
  UserIds: record['UserId'],
  Operations: 'New-InboxRule',
  Identity: record['Id'],
}
const graph = {
  '@odata.type': '#microsoft.graph.security.auditLogRecord',
  id: record['Id'],
  createdDateTime: '2026-03-09T08:15:21Z',
  auditLogRecordType: 'exchangeAdmin',
  operation: 'New-InboxRule',
  userId: 'Alice@contoso.example',
  service: 'Exchange',
}
const sentinel = {
  ...record,
  TenantId: '00000000-0000-0000-0000-000000000001',
  TimeGenerated: '2026-03-09T08:15:21Z',
  OfficeWorkload: 'Exchange',
  OfficeObjectId: record['ObjectId'],
  OfficeId: record['Id'],
  Parameters: JSON.stringify(record['Parameters']),
  Type: 'OfficeActivity',
}
const streamed = {
  time: '2026-03-09T08:20:00.1234567Z',
  tenantId: '00000000-0000-0000-0000-000000000001',
  operationName: 'Publish',
  category: 'AdvancedHunting-CloudAppEvents',
  properties: { ActionType: 'New-InboxRule', Timestamp: '2026-03-09T08:15:21Z', ReportId: 'r', RawEventData: record },
}
// Wazuh writes every value as a text, and from which feed the record came.
const wazuh = {
  integration: 'office365',
  office365: { ...record, RecordType: '1', UserType: '2', Subscription: 'Audit.Exchange' },
}
const sentinelColumns = ['OfficeWorkload', 'OfficeId', 'Operation', 'UserId', 'ClientIP', 'Parameters'] as const
const sentinelCells = sentinelColumns.map((name) => cell(String((sentinel as JsonObject)[name])))
const { CreationTime: _time, Id: _id, Workload: _workload, ObjectId: _object, ...sentinelRow } = sentinel as JsonObject

const searchHeader =
  '"PSComputerName","RunspaceId","PSShowComputerName","RecordType","CreationDate","UserIds","Operations","AuditData","ResultIndex","ResultCount","Identity","IsValid","ObjectState"'
const searchRow = `"outlook.office365.example","r","False","ExchangeAdmin","3/9/2026 8:15:21 AM","Alice@contoso.example","New-InboxRule",${cell(json)},"1","2","${record['Id']}","True","Unchanged"`

/** One record in every wrapping: what the file holds, and the shape it must be taken for. */
const wrappings: [string, string][] = [
  [
    'purview-csv',
    `RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames\r\n${record['Id']},3/9/2026 8:15:21 AM,1,New-InboxRule,Alice@contoso.example,${cell(json)},,\r\n`,
  ],
  [
    'purview-csv',
    `RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames\r\n${record['Id']},"2026-03-09T08:15:21.0000000Z ",1,New-InboxRule,Alice@contoso.example,${cell(json)},,\r\n`,
  ],
  [
    'compliance-csv',
    `CreationDate,UserIds,Operations,AuditData\n2026-03-09T08:15:21.0000000Z,Alice@contoso.example,New-InboxRule,${cell(json)}\n`,
  ],
  [
    'compliance-csv',
    `CreationDate\tUserIds\tOperations\tAuditData\n2026-03-09T08:15:21.0000000Z\tAlice@contoso.example\tNew-InboxRule\t${cell(json)}\n`,
  ],
  ['search-ual-csv', `${searchHeader}\n${searchRow}\n`],
  [
    'search-ual-csv',
    `#TYPE Deserialized.Microsoft.Exchange.Data.ApplicationLogic.UnifiedAuditLogEvent\r\n${searchHeader}\r\n${searchRow}\r\n`,
  ],
  [
    'search-ual-csv',
    `sep=;\nCreationDate;UserIds;RecordType;AuditData\n09.03.2026 08:15:21;Alice@contoso.example;ExchangeAdmin;${cell(json)}\n`,
  ],
  ['search-ual-csv', `AuditData\n${cell(pretty)}\n`],
  [
    'search-ual-quick-csv',
    `"RecordType","CreationDate","UserIds","Operations","ResultIndex","ResultCount","Identity","OperationQueried","AuditData_UserId","AuditData_ClientIP","AuditData_Raw"\r\n"ExchangeAdmin","3/9/2026 8:15:21 AM","Alice@contoso.example","New-InboxRule","1","1","${record['Id']}","New-InboxRule","Alice@contoso.example","198.51.100.7:49221",${cell(json)}\r\n`,
  ],
  [
    'graph-audit-csv',
    `"Id","CreatedDateTime","AuditLogRecordType","Operation","UserId","AuditData"\n"${record['Id']}","3/9/2026 8:15:21 AM","exchangeAdmin","New-InboxRule","Alice@contoso.example",${cell(pretty)}\n`,
  ],
  [
    'cloud-app-events-csv',
    `Timestamp,ActionType,Application,RawEventData\n2026-03-09T08:15:21Z,New-InboxRule,Exchange,${cell(json)}\n`,
  ],
  ['splunk-csv', `"_raw","_time",host\n${cell(json)},"2026-03-09T08:15:21.000+0000",h\n`],
  [
    'splunk-csv',
    `CreationTime,Operation,"Parameters{}.Name",UserId,Workload,"_raw"\n2026-03-09T08:15:21,New-InboxRule,"Name\nSubjectContainsWords",Alice@contoso.example,Exchange,${cell(json)}\n`,
  ],
  ['splunk-csv', `_serial,_raw\n0,${cell(JSON.stringify({ ...wrapped, AuditData: json }))}\n`],
  [
    'kibana-csv',
    `"@timestamp","event.action","event.original"\n"Mar 9, 2026 @ 08:15:21.000","New-InboxRule",${cell(json)}\n`,
  ],
  ['message-csv', `"timestamp","source","Message"\n"2026-03-09T08:15:21.000Z","o365",${cell(json)}\n`],
  ['payload-csv', `Username;payload\nalice;${cell(JSON.stringify({ ...wrapped, AuditData: json }))}\n`],
  ['search-ual-json', JSON.stringify({ ...wrapped, AuditData: json })],
  ['search-ual-json', JSON.stringify([{ ...wrapped, AuditData: record }], null, 4)],
  ['search-ual-json', `${JSON.stringify({ ...wrapped, AuditData: json })}\n`.replaceAll('\\\\/', '\\/')],
  ['graph-audit', JSON.stringify({ '@odata.count': 1, value: [{ ...graph, auditData: record }] })],
  ['graph-audit', `${JSON.stringify({ ...graph, auditData: record })}\n`],
  ['graph-audit', JSON.stringify({ ...graph, auditData: lowerCamel })],
  [
    'graph-audit',
    JSON.stringify([{ CreatedDateTime: graph.createdDateTime, AuditData: { AdditionalProperties: record } }]),
  ],
  ['audit-json', `${json}\n`],
  ['audit-json', `\uFEFF${pretty}`.slice(1)],
  ['audit-json', `[${json}]`],
  ['audit-json', JSON.stringify([json])],
  ['audit-json', `${JSON.stringify(json)}\n`],
  ['audit-json', JSON.stringify(lowerCamel)],
  ['audit-json', JSON.stringify(lowerCase(record))],
  ['audit-json', JSON.stringify({ _index: 'logs', _source: { event: { original: json } } })],
  ['audit-json', JSON.stringify([{ name: 'a rule', record }])],
  ['audit-json', `${JSON.stringify({ preview: false, result: { _raw: json } })}\n`],
  ['audit-json', `${JSON.stringify({ timestamp: 'x', rule: { id: '91533' }, data: wazuh, location: 'office365' })}\n`],
  ['audit-json', JSON.stringify({ id: 'x', content: { attributes: record } })],
  ['audit-json', JSON.stringify({ id: 'x', attributes: { timestamp: 'x', attributes: record } })],
  ['audit-json', JSON.stringify({ map: { _raw: json } })],
  ['audit-json', JSON.stringify({ _index: 'wazuh-alerts', _source: { rule: { id: '91533' }, data: wazuh } })],
  ['audit-json', `${JSON.stringify({ timestamp: 'x', full_log: JSON.stringify(wazuh), location: 'office365' })}\n`],
  ['audit-json', JSON.stringify([{ class_uid: 3005, time: 1, raw_data: json, metadata: { version: '1.1.0' } }])],
  ['audit-json', `${JSON.stringify({ '@timestamp': 'x', '@rawstring': json, 'Vendor.Operation': 'x' })}\n`],
  ['audit-json', JSON.stringify([{ Offset: '1', Body: record, EnqueuedTimeUtc: 'x' }])],
  ['sentinel-officeactivity', JSON.stringify(sentinelRow)],
  ['cloud-app-events', JSON.stringify({ records: [streamed] })],
  ['cloud-app-events', JSON.stringify({ schema: [{ name: 'Timestamp' }], results: [streamed.properties] })],
  [
    'cloud-app-events',
    JSON.stringify({ Results: [{ AdditionalProperties: streamed.properties }], Schema: [{ Name: 'Timestamp' }] }),
  ],
]

test('what does not say whose it is, or is no record, is not looked for in texts of any name', async () => {
  const activity = {
    ActivityIdType: 'Logon',
    ActivityCreationTime: '2018-03-09T08:15:21Z',
    ActivityItemId: '',
    Id: 'a',
  }

  for (const text of [JSON.stringify(activity), '{"note":"none"}', '{not JSON'])
    await expect(digestFile(fileOf(JSON.stringify([{ level: 'x', details: text }])))).rejects.toThrow('level, details')
})

test.each(wrappings)('a record is the same event in %s: %#', async (shape, text) => {
  const { activities, rejected, format } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(format.shape).toBe(shape)
  expect(activities).toMatchObject([
    {
      dataset: 'o365.audit',
      id: record['Id'],
      time: Date.UTC(2026, 2, 9, 8, 15, 21),
      operation: 'New-InboxRule',
      mailbox: 'alice@contoso.example',
      truncated: false,
      record: { ClientIP: '198.51.100.7:49221', UserId: 'Alice@contoso.example', Parameters: record['Parameters'] },
    },
  ])
  const [activity] = activities
  if (activity === undefined) return
  expect(restore(format, activity.content)).toMatchObject({ record: activity.record, source: shape, truncated: false })
})

test.each([
  ['12:36 PM', '2026-03-09T12:36:00.000Z'],
  ['12:05 AM', '2026-03-09T00:05:00.000Z'],
  ['11:58:30 PM', '2026-03-08T23:58:30.000Z'],
  ['09:15', '2026-03-09T09:15:00.000Z'],
  ['36:15.0', '2026-03-09T12:36:15.000Z'],
  ['41:00.5', '2026-03-09T11:41:00.500Z'],
  ['########', '2026-03-09T12:40:59.556Z'],
])('where a spreadsheet left %s of a time, it is told from the time of the batch, and the record is not whole', async (shown, time) => {
  const row = [shown, '"3/9/2026, 12:40:59.556 PM"', ...sentinelCells].join(',')

  const { activities, rejected } = await digestFile(
    fileOf(`TimeGenerated,Start_Time,${sentinelColumns.join(',')}\n${row}\n`),
  )

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([{ id: record['Id'], time: Date.parse(time), truncated: true }])
})

test.each([
  ['OfficeActivity', `OfficeWorkload,Operation,UserId,OfficeId\n`, 'Exchange,Send,bob@contoso.example,a'],
  ['AuditLogs', 'OperationName,InitiatedBy,TargetResources,Id\n', 'Add user,{},[],a'],
])('times of %s that are not in UTC are refused, rather than shifted; those in UTC are read', async (_, header, row) => {
  const digest = async (zone: string) =>
    await digestFile(fileOf(`TimeGenerated [${zone}],${header}"3/9/2026, 8:15:21.123 AM",${row}\n`))

  const [utc] = (await digest('UTC')).activities
  expect(utc).toMatchObject({ id: 'a' })
  expect(Math.floor((utc?.time ?? 0) / 1000)).toBe(Date.UTC(2026, 2, 9, 8, 15, 21) / 1000)
  expect((await digest('Local Time')).rejected.map(({ reason }) => reason)).toEqual([
    'times are not in UTC: export again with UTC as time zone',
  ])
})

test('the case of a GUID tells no two records apart; that of any other id does', async () => {
  const idsOf = async (id: string) => {
    const { activities } = await digestFile(fileOf(JSON.stringify({ ...record, Id: id })))
    return activities.map((activity) => activity.id)
  }

  expect(await idsOf(String(record['Id']).toUpperCase())).toEqual([String(record['Id']).toLowerCase()])
  expect(await idsOf('Made-Up')).toEqual(['Made-Up'])
})

test('a record whose end Excel cut off is an event all the same, with what is left of it', async () => {
  const cut = json.slice(0, json.indexOf('"ClientIP"') + 20)
  const header = 'RecordId,CreationDate,RecordType,Operation,UserId,AuditData'
  const row = `${record['Id']},2026-03-09T08:15:21Z,1,New-InboxRule,Alice@contoso.example,${cell(cut)}`

  const { activities, rejected, format } = await digestFile(fileOf(`${header}\n${row}\n`))

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([
    { id: record['Id'], operation: 'New-InboxRule', mailbox: 'alice@contoso.example', truncated: true },
  ])
  expect(activities[0]?.fullness).toBeLessThan(0)
  expect(activities[0] && restore(format, activities[0].content).truncated).toBe(true)
})

test('of a CSV of Splunk the rows that hold no record are rejected, and one that Splunk cut off is an event', async () => {
  const cut = json.slice(0, json.indexOf('"ClientIP"') + 20)
  const rows = ['"",1', `${cell(json)},2`, 'Mar 9 08:15:21 host sshd: closed,3', `${cell(cut)},4`, '"{""a"":1}",5']

  const { activities, rejected, format } = await digestFile(fileOf(`_raw,_serial\n${rows.join('\n')}\n`))

  expect(format.shape).toBe('splunk-csv')
  expect(activities).toMatchObject([
    { id: record['Id'], row: 3, truncated: false },
    { id: record['Id'], row: 5, truncated: true },
  ])
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [2, '_raw is empty'],
    [4, '_raw is not JSON (character 1)'],
    [6, '_raw is no record of a kind that is known'],
  ])
})

test('records behind other lines are found, and those in a JSON string', async () => {
  const others = Array.from({ length: 50 }, (_, i) => `Mar 9 08:15:21 host sshd: closed,${i}`)
  const rows = [...others, `${cell(JSON.stringify(json))},50`]

  const { activities, rejected } = await digestFile(fileOf(`_raw,_serial\n${rows.join('\n')}\n`))

  expect(activities).toMatchObject([{ id: record['Id'], row: 52 }])
  expect(rejected).toHaveLength(50)
})

test('where AuditData is beside it, _raw is not read: what was taken out of it is whole', async () => {
  const rows = [`${cell(json)},${cell(json)}`, `,${cell(json)}`, `${cell(json.slice(0, 20))},${cell(json)}`]

  const { activities, format } = await digestFile(fileOf(`_raw,AuditData\n${rows.join('\n')}\n`))

  expect(format.shape).toBe('search-ual-csv')
  expect(activities.map(({ truncated }) => truncated)).toEqual([false, false, false])
})

test('records that do not say whose mailbox they are of are no evidence in a CSV, nor is what Hoofprint published', async () => {
  const outlook = {
    TimeStamp: '2018-06-20T08:00:00.019Z',
    ...{ AppIdType: 'Web', ActivityIdType: 'ReadingPaneDisplayStart', ActivityItemId: 'AAMkAGI1AAA=' },
    ...{ ActivityCreationTime: '2018-06-20T08:00:00.019Z', ClientSessionId: 's-1', CustomProperties: [] },
  }
  const activities = fileOf(`_raw,_serial\n${cell(JSON.stringify(outlook))},1\n`)
  const published = fileOf(`"@timestamp","hoofprint.mailbox","event.original"\nx,alice@contoso.example,${cell(json)}\n`)

  await expect(digestFile(activities)).rejects.toThrow('not an export that is known')
  await expect(digestFile(published)).rejects.toThrow('a table that Hoofprint wrote')
})

test('a CSV of Splunk with nothing of these in its first rows is no evidence', async () => {
  const log = fileOf(`_raw,_time\n"Mar 9 08:15:21 host sshd: closed","2026-03-09T08:15:21.000+0000"\n"{""a"":1}",\n`)

  await expect(digestFile(log)).rejects.toThrow(
    'not an export that is known: its first line has 2 columns: _raw, _time',
  )
})

test.each([
  ['', 'is empty'],
  ['System.Object[]', 'was not exported'],
  ['not JSON at all', 'is not JSON'],
])('where AuditData is %j, the other columns make an event, if their date is sure', async (data, reason) => {
  const header = 'CreationDate,UserIds,Operations,RecordType,AuditData,Identity'
  const sure = `2026-03-09T08:15:21Z,Alice@contoso.example,New-InboxRule,ExchangeAdmin,${data},${record['Id']}`
  const unsure = `09/03/2026 08:15,Alice@contoso.example,New-InboxRule,ExchangeAdmin,${data},${record['Id']}`

  const { activities, rejected } = await digestFile(fileOf(`${header}\n${sure}\n${unsure}\n`))

  expect(activities).toMatchObject([{ id: record['Id'], operation: 'New-InboxRule', truncated: true, row: 2 }])
  expect(rejected).toMatchObject([{ row: 3 }])
  expect(rejected[0]?.reason).toContain(`AuditData ${reason}`)
  expect(rejected[0]?.reason).not.toContain('Alice')
})

test('an unclosed quote costs its own row, and reading goes on at the next line that begins one', async () => {
  const rows = [searchRow, `${searchRow.slice(0, 260)}`, searchRow, searchRow.replaceAll('15:21', '15:22')]

  const { activities, rejected } = await digestFile(fileOf(`${searchHeader}\n${rows.join('\n')}\n`))

  expect(activities.map(({ row }) => row)).toEqual([2, 4, 5])
  expect(rejected.map(({ row }) => row)).toEqual([3])
})

test.each([
  [{ Directionality: 'Inbound' }, 'alice@contoso.example'],
  [{ Directionality: 'Outbound' }, 'bob@contoso.example'],
  [{}, 'alice@contoso.example'],
  [{ Recipients: [] }, 'threatintel'],
])('a mail that threat intelligence found is of the mailbox that it came to, or was sent from: %j', async (told, mailbox) => {
  const record = {
    ...{ CreationTime: '2026-01-14T09:30:05', Id: 't-1', Operation: 'TIMailData', UserId: 'ThreatIntel' },
    ...{ P2Sender: 'Bob@contoso.example', Recipients: ['Alice@contoso.example', 'eve@contoso.example'], ...told },
  }

  const { activities } = await digestFile(fileOf(JSON.stringify(record)))

  expect(activities).toMatchObject([{ mailbox }])
})

test('a cmdlet on a mailbox belongs to that mailbox, not to who ran it', async () => {
  const permission = {
    ...record,
    Operation: 'Add-MailboxFolderPermission',
    Parameters: [{ Name: 'Identity', Value: 'Bob@contoso.example:\\Calendar' }],
  }

  const { activities } = await digestFile(fileOf(JSON.stringify(permission)))

  expect(activities[0]?.mailbox).toBe('bob@contoso.example')
})

test("Entra's directory audits become Entra records of the audit log", async () => {
  const row = {
    TimeGenerated: '2026-03-09T08:15:21.983Z',
    OperationName: 'Update application – Certificates and secrets management ',
    Id: 'Directory_1',
    InitiatedBy: '{"user":{"id":"u-1","userPrincipalName":"bob@contoso.example","ipAddress":"198.51.100.9"}}',
    TargetResources:
      '[{"id":"app-1","displayName":"Mail Helper","modifiedProperties":[{"displayName":"KeyDescription","oldValue":"[]","newValue":"[1]"}]}]',
    AdditionalDetails: '[{"key":"User-Agent","value":"Mozilla/5.0"}]',
    Result: 'success',
    Type: 'AuditLogs',
  }

  const { activities, rejected } = await digestFile(fileOf(`${JSON.stringify(row)}\n`))

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([
    {
      dataset: 'o365.audit',
      id: 'Directory_1',
      operation: row.OperationName,
      mailbox: 'bob@contoso.example',
      record: {
        RecordType: 8,
        Workload: 'AzureActiveDirectory',
        ActorIpAddress: '198.51.100.9',
        ObjectId: 'Mail Helper',
        ModifiedProperties: [{ Name: 'KeyDescription', NewValue: '[1]', OldValue: '[]' }],
        ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":"Mozilla/5.0"}' }],
      },
    },
  ])
})

test("Magic Unicorn's table of logons is read, its first row out of the header's line", async () => {
  const header = 'Date\tTime\tSource IP\tLogon Type\tApp Type\tUser\tClient'
  const row = (second: string) =>
    `2018-06-20\t09:00:0${second}.000Z\t198.51.100.7\tServerLogon\tExchange\talice@contoso.example\tMozilla/5.0`

  const { activities, rejected } = await digestFile(fileOf(`${header}${row('1')}\n${row('2')}\n`))

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([
    { operation: 'ServerLogon', row: 1, record: { CustomProperties: { ClientIP: '198.51.100.7' } } },
    { operation: 'ServerLogon', row: 2, time: Date.parse('2018-06-20T09:00:02.000Z') },
  ])
})

function lowerCase(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))
}

test('a directory audit says the same whatever capitals its names have, however deep', async () => {
  const row = {
    id: 'Directory_1',
    activityDateTime: '2026-03-09T08:15:21Z',
    activityDisplayName: 'Consent to application',
    initiatedBy: { user: { id: 'u-1', userPrincipalName: 'bob@contoso.example', ipAddress: '198.51.100.9' } },
    targetResources: [
      {
        ...{ id: 'app-1', displayName: 'Mail Helper' },
        modifiedProperties: [
          { displayName: 'ConsentAction.Permissions', oldValue: null, newValue: 'Scope: Mail.Read' },
        ],
      },
    ],
    additionalDetails: [{ key: 'User-Agent', value: 'Mozilla/5.0' }],
  }
  const capitals = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(capitals)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitals(inner)]),
    )
  }

  const { activities: expected } = await digestFile(fileOf(JSON.stringify([row])))
  const { activities } = await digestFile(fileOf(JSON.stringify([capitals(row)])))

  expect(activities.map(({ record }) => record)).toEqual(expected.map(({ record }) => record))
  expect(expected).toMatchObject([
    {
      record: {
        ModifiedProperties: [{ Name: 'ConsentAction.Permissions', NewValue: 'Scope: Mail.Read', OldValue: '' }],
        ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":"Mozilla/5.0"}' }],
        Target: [
          { ID: 'app-1', Type: 0 },
          { ID: 'Mail Helper', Type: 0 },
        ],
      },
    },
  ])
})

test.each([
  [
    {
      additionalDetails: [{ key: { toString: 1 }, value: 1 }],
      targetResources: [],
      initiatedBy: {},
      operationName: 'x',
    },
  ],
  [
    {
      Timestamp: '2026-01-02T03:04:05Z',
      ErrorCode: 0,
      IPAddress: '192.0.2.1',
      AccountUpn: 'a@x',
      IsManaged: { toString: 1 },
    },
  ],
  [
    {
      OfficeWorkload: 'Exchange',
      Operation: 'Send',
      toString: 'x',
      constructor: 'y',
      TimeGenerated: '2026-01-02T03:04:05Z',
    },
  ],
])('a record with what no record has is stored or told, and ends nothing: %#', async (record) => {
  const { activities, rejected } = await digestFile(
    fileOf(JSON.stringify([{ ...record, activityDateTime: '2026-01-02T03:04:05Z' }])),
  )

  expect(activities.length + rejected.length).toBe(1)
})

test('a row of Splunk is its record, not what was taken out of it', async () => {
  const row = {
    _raw: json,
    CreationTime: record['CreationTime'],
    Operation: 'New-InboxRule',
    'Parameters{}.Name': ['Name'],
  }

  const { activities } = await digestFile(fileOf(JSON.stringify({ result: row })))

  expect(activities).toMatchObject([{ record, truncated: false }])
})

test('which application called stands in a directory audit, from where and in which tenant in its envelope', async () => {
  const properties = {
    id: 'Directory_1',
    activityDisplayName: 'Remove member from group',
    activityDateTime: '2026-03-09T08:15:21Z',
    initiatedBy: { app: { displayName: 'sync', appId: '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1' } },
    targetResources: [{ id: 'user1', modifiedProperties: [] }],
  }
  const tenantId = '2f0a0000-0000-4000-8000-000000000009'
  const envelope = { category: 'AuditLogs', operationName: 'x', callerIpAddress: '203.0.113.7', tenantId, properties }

  const { activities } = await digestFile(fileOf(JSON.stringify(envelope), 'audit.json'))

  expect(activities).toMatchObject([
    {
      record: {
        ...{ ActorIpAddress: '203.0.113.7', UserId: 'sync', OrganizationId: tenantId },
        ...{ ClientAppId: '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1', ApplicationDisplayName: 'sync' },
      },
    },
  ])
})

test('where AuditData is missing, a date that tells day from month makes the event', async () => {
  const dates = [
    '4/16/2021 12:11:35 PM',
    '16/04/2021 12:11:35',
    '4/4/2021 12:11:35 PM',
    '4/5/2021 12:11:35 PM',
    '12:11 PM',
  ]
  const rows = dates.map((date, i) => `r${i},${date},Add user.,bob@contoso.example,`)

  const { activities, rejected } = await digestFile(
    fileOf(`Identity,CreationDate,Operations,UserIds,AuditData\n${rows.join('\n')}\n`),
  )

  const [sixteenth, fourth] = [Date.UTC(2021, 3, 16, 12, 11, 35), Date.UTC(2021, 3, 4, 12, 11, 35)]
  expect(activities.map(({ time }) => time)).toEqual([sixteenth, sixteenth, fourth])
  expect(rejected.map(({ reason }) => reason)).toEqual([
    'AuditData is empty, and the other columns do not say which number of CreationDate is the month: import it into a new case with --dates',
    'AuditData is empty, and the other columns do not help: no CreationTime',
  ])
})

test('where tables of advanced hunting are joined, what a device did is no record of the audit log', async () => {
  const row = {
    Timestamp: '2026-03-09T08:15:21.5Z',
    RawEventData: '',
    ReportId: '',
    DeviceName: 'adfs.contoso.example',
  }
  const text = JSON.stringify([streamed.properties, { ...row, ActionType: 'LdapSearch', Application: '' }])

  const { activities, rejected } = await digestFile(fileOf(text))

  expect(activities).toHaveLength(1)
  expect(rejected).toMatchObject([{ reason: 'no RawEventData and an empty Application: a row of another table' }])
})

test('of an event of advanced hunting without its record, what stands beside it is read', async () => {
  const event = {
    Timestamp: '2026-03-09T08:15:21Z',
    ActionType: 'Add user.',
    RawEventData: null,
    IPAddress: '203.0.113.7',
  }
  const events = [
    { ...event, ReportId: 'a', AccountUpn: 'bob@contoso.example', AccountId: 'x' },
    { ...event, ReportId: 'b', AccountUpn: '', AccountId: 'eve@contoso.example', AccountObjectId: 'guid' },
  ]

  const { activities } = await digestFile(fileOf(JSON.stringify(events), 'events.json'))

  expect(activities).toMatchObject([
    { mailbox: 'bob@contoso.example', truncated: true, record: { ClientIP: '203.0.113.7' } },
    { mailbox: 'eve@contoso.example', truncated: true, record: { UserKey: 'guid' } },
  ])
})
