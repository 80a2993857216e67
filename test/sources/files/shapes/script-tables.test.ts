import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { openCase } from '#src/case/store.ts'
import { contentsOf, importFile } from '../../../support/case.ts'
import { csvLine, quotedCsv } from '../../../support/csv.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf, temporaryFolder } from '../../../support/folder.ts'
import { readWhole } from '../../../support/whole-file.ts'

const id = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'
const record = {
  CreationTime: '2026-03-09T08:15:21',
  Id: id,
  Operation: 'Send',
  Workload: 'Exchange',
  UserId: 'alice@contoso.example',
  Item: { Subject: "Alice's invoice", IsRead: true },
}
const cell = (text: string) => csvLine([text], { quoteAll: true })
const header = 'RecordType,CreationDate,UserIds,Operations,AuditData'
const row = `2,2026-03-09T08:15:21Z,alice@contoso.example,Send,${cell(JSON.stringify(record))}`

test('AuditData that Power Query expanded to columns is the record, without what wrapped it', async () => {
  const { shape, activities } = await readWhole(
    'RecordId,CreationDate,UserIds,AuditData.CreationTime,AuditData.Id,AuditData.Operation,AuditData.Workload,AuditData.UserId,AuditData.Item.Subject,AuditData.Folders\n' +
      `x,2026-03-09T08:15:21Z,alice,2026-03-09T08:15:21,${id},Send,Exchange,alice@contoso.example,Invoice,[List]\n`,
  )

  expect(shape).toBe('audit-data-columns-csv')
  expect(activities).toMatchObject([{ id, row: 2, operation: 'Send', truncated: true }])
  expect(activities[0]?.record).toEqual({ ...record, Item: { Subject: 'Invoice' } })
})

test('AuditData that a script in Python wrote is the record', async () => {
  const data = `{'CreationTime': '2026-03-09T08:15:21', 'Id': '${id}', 'Operation': 'Send', 'Workload': 'Exchange', 'UserId': 'alice@contoso.example', 'Item': {'Subject': "Alice's invoice", 'IsRead': True}}`

  const { activities } = await readWhole(`,${header}\n0,2,2026-03-09T08:15:21Z,alice,Send,${cell(data)}\n`)

  expect(activities).toMatchObject([{ id, operation: 'Send', truncated: false, record }])
})

test.each([
  ['a title', 'Audit log of March\n\n', 4],
  ['titles as a spreadsheet saves them', 'Audit log,,,,\nCreated,2026-03-09,,,\n,,,,\n', 5],
  ['a title with commas', '"Exported on Monday, March 9, 2026",,,,\n', 3],
])('%s may stand above the header', async (_, titles, at) => {
  const { activities } = await readWhole(`${titles}${header}\n${row}\n`)

  expect(activities).toMatchObject([{ id, row: at }])
})

test('columns may be apart by a bar', async () => {
  const { activities } = await readWhole(
    `${header.replaceAll(',', '|')}\n2|2026-03-09|alice|Send|${JSON.stringify(record)}\n`,
  )

  expect(activities).toMatchObject([{ id, record }])
})

test('directory audits of which Export-Csv wrote the types alone are events that say so', async () => {
  const model = 'Microsoft.Graph.PowerShell.Models.MicrosoftGraph'
  const { shape, activities } = await readWhole(
    '"ActivityDateTime","ActivityDisplayName","CorrelationId","Id","InitiatedBy","Result","TargetResources"\n' +
      `"3/19/2026 8:15:21 AM","Add user","c","Directory_c_1","${model}AuditActivityInitiator","success","${model}TargetResource[]"\n`,
  )

  expect(shape).toBe('graph-directory-audit-csv')
  expect(activities).toMatchObject([{ operation: 'Add user', time: Date.UTC(2026, 2, 19, 8, 15, 21), truncated: true }])
  expect(activities[0]?.record['UserId']).toBeUndefined()
})

const flatAudit = {
  Id: 'Directory_c_2',
  ActivityDateTime: '3/19/2026 8:15:21 AM',
  ActivityDisplayName: 'Add member to role',
  'InitiatedBy.App': '',
  'InitiatedBy.User.UserPrincipalName': 'admin@contoso.example',
  'InitiatedBy.User.IPAddress': '203.0.113.66',
  'TargetResources.1.Id': 'u1',
  'TargetResources.1.UserPrincipalName': 'alice@contoso.example',
  'TargetResources.1.ModifiedProperties.1.DisplayName': 'Role.DisplayName',
  'TargetResources.1.ModifiedProperties.1.NewValue': '"Global Administrator"',
  'TargetResources.2.DisplayName': 'Global Administrator',
  'AdditionalDetails.1.Key': 'User-Agent',
  'AdditionalDetails.1.Value': 'EvoSTS',
}

test.each([
  ['ConvertTo-FlatObject', (name: string) => name],
  [
    'csvkit',
    (name: string) => name.replaceAll('.', '/').replaceAll(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase()),
  ],
])('directory audits that %s flattened before are whole', async (_, nameOf) => {
  const rows = [Object.keys(flatAudit).map(nameOf), Object.values(flatAudit)]
  const { shape, activities } = await readWhole(quotedCsv(...rows))

  expect(shape).toBe('graph-directory-audit-csv')
  expect(activities).toMatchObject([
    {
      ...{ id: 'Directory_c_2', operation: 'Add member to role', truncated: false },
      time: Date.UTC(2026, 2, 19, 8, 15, 21),
      record: {
        ...{ UserId: 'admin@contoso.example', ActorIpAddress: '203.0.113.66', ObjectId: 'alice@contoso.example' },
        ModifiedProperties: [{ Name: 'Role.DisplayName', NewValue: '"Global Administrator"' }],
        ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":"EvoSTS"}' }],
        Target: [
          { ID: 'u1', Type: 0 },
          { ID: 'Global Administrator', Type: 0 },
        ],
      },
    },
  ])
})

test.each<[string, JsonObject, JsonObject]>([
  [
    'a directory audit',
    {
      ...{ id: flatAudit.Id, activityDateTime: '2026-03-19T08:15:21.1234567Z' },
      ...{ activityDisplayName: 'Add member to role', initiatedBy: {}, targetResources: [] },
    },
    flatAudit,
  ],
  [
    'a risk detection',
    {
      ...{ id: '9d10', activityDateTime: '2026-03-19T08:15:21.1234567Z', riskEventType: 'newCountry' },
      ...{ riskState: 'atRisk', riskLevel: 'high', detectedDateTime: '2026-03-19T08:19:21.1234567Z' },
      userPrincipalName: 'alice@contoso.example',
    },
    {
      ...{ Id: '9d10', ActivityDateTime: '3/19/2026 8:15:21 AM', RiskEventType: 'newCountry', RiskState: 'atRisk' },
      ...{ RiskLevel: 'high', UserPrincipalName: 'alice@contoso.example' },
    },
  ],
  [
    'an alert',
    {
      ...{ id: 'fa10', title: 'Rule', category: 'Persistence', severity: 'high', serviceSource: 'x', status: 'new' },
      ...{ createdDateTime: '2026-03-19T08:19:21.1234567Z', firstActivityDateTime: '2026-03-19T08:15:21.1234567Z' },
      evidence: [],
    },
    {
      ...{ Id: 'fa10', Title: 'Rule', Category: 'Persistence', Severity: 'high', ServiceSource: 'x', Status: 'new' },
      ...{ CreatedDateTime: '3/19/2026 8:19:21 AM', FirstActivityDateTime: '3/19/2026 8:15:21 AM' },
      Evidence: 'System.Object[]',
    },
  ],
])('%s is one event, whether an export tells its time in seconds or in less', async (_, json, row) => {
  const csv = [Object.keys(row), Object.values(row)].map((cells) => `${cells.map(String).map(cell).join()}\n`).join('')
  const folder = temporaryFolder()
  const store = openCase(folder)

  await importFile(store, fileOf(JSON.stringify([json]), 'whole.json'))
  await importFile(store, fileOf(csv, 'flat.csv'))
  store.close()

  const { event: events } = contentsOf(folder)
  expect(events).toMatchObject([{ id: json['id'], time: Date.UTC(2026, 2, 19, 8, 15, 21) }])
})

test.each([
  ['50,MailItemsAccessed', 'OperationProperties'],
  ['261,CopilotInteraction', 'CopilotEventData.AppHost'],
  ['101,SearchQueryInitiatedExchange', 'QueryText'],
  ['2,SendAs', 'Item'],
  ['1,New-InboxRule', 'Parameters'],
  ['ExchangeAdmin,Set-Mailbox', 'Parameters.1.Name'],
  ['3,SoftDelete', 'AffectedItems{}.Id'],
  ['8,Consent to application.', 'ModifiedProperties_0_Name'],
  ['azureActiveDirectoryStsLogon,UserLoggedIn', 'ExtendedProperties/0/Name'],
])('a record (%s) is not whole where its table has no column %s', async (kind, column) => {
  const header = 'CreationTime,Id,UserId,Workload,ItemType,RecordType,Operation'
  const cells = `2026-03-09T08:15:21.000Z,${id},alice@contoso.example,Exchange,File,${kind}`

  const without = await readWhole(`${header}\n${cells}\n`)
  const having = await readWhole(`${header},${column}\n${cells},\n`)

  expect([without, having].map(({ shape }) => shape)).toEqual(['audit-columns-csv', 'audit-columns-csv'])
  expect(without.activities).toMatchObject([{ id, truncated: true }])
  expect(having.activities).toMatchObject([{ id, truncated: false }])
})

test.each([
  ['', 'MailItemsAccessed', {}, true],
  ['ExchangeAdmin', 'New-InboxRule', {}, true],
  ['ExchangeAdmin', 'New-InboxRule', { Parameters: [{ Name: 'Name', Value: '.' }] }, false],
  [50, 'MailItemsAccessed', {}, false],
  ['8', 'Add user.', {}, false],
])('a record of a schema of its own, which names the type %j, is whole where it tells what %s did', async (RecordType, Operation, more, truncated) => {
  const own = { Id: id, RecordType, CreationTime: '2026-03-09T08:15:21', Operation, UserType: 'Regular', ...more }

  const { activities } = await readWhole(
    `${JSON.stringify({ ContentType: 'Audit.Exchange', RequestTime: '2026-03-09T09:00:00Z', Record: own })}\n`,
  )

  expect(activities).toMatchObject([{ id, operation: Operation, truncated }])
})

test('a time that AzureHunter put into the zone of its computer is not taken for UTC', async () => {
  const { activities, rejected } = await digestFile(
    fileOf(
      'CreationTime,Id,Operation,RecordType,UserId,Workload,Item\n' +
        `"19-03-2026 03:15:21 AM",${id},Send,2,alice@contoso.example,Exchange,\n`,
    ),
  )

  expect(activities).toEqual([])
  expect(rejected).toMatchObject([{ row: 2, reason: expect.stringContaining('in the time zone of the computer') }])
})

const session = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0ff'
const access = { UserId: 'alice@contoso.example', SessionId: session, ClientIPAddress: '198.51.100.7' }

test('what a script saved of records of mail access is these records as far as it goes, a row for each', async () => {
  const { shape, activities } = await readWhole(
    '"TimeStamp","User","Action","SessionId","ClientIP","MailAccessType","IsThrottled","OperationCount"\n' +
      `"2026-03-09T08:15:21","alice@contoso.example","MailItemsAccessed","${session}","198.51.100.7","Bind","True","2"\n`,
  )

  expect(shape).toBe('mail-sessions-csv')
  expect(activities).toMatchObject([
    { time: Date.UTC(2026, 2, 9, 8, 15, 21), mailbox: 'alice@contoso.example', operation: 'MailItemsAccessed' },
  ])
  expect(activities[0]?.truncated).toBe(true)
  expect(activities[0]?.record).toMatchObject({
    ...access,
    OperationCount: '2',
    OperationProperties: [
      { Name: 'MailAccessType', Value: 'Bind' },
      { Name: 'IsThrottled', Value: 'True' },
    ],
  })
})

test.each([
  [
    'a mail',
    '"Bind",,"<a@contoso.example>","52"',
    [{ FolderItems: [{ InternetMessageId: '<a@contoso.example>', SizeInBytes: '52' }] }],
  ],
  ['a folder', '"Sync","\\Inbox","N/A (Sync - entire folder)",', [{ Path: '\\Inbox' }]],
  ['mails that were not written', '"Bind",,"System.Object[]",', undefined],
])('of the mails that a script saved, a row is an access to %s', async (_, cells, Folders) => {
  const { shape, activities } = await readWhole(
    '"Timestamp","User","IPaddress","SessionID","MailAccessType","FolderPath","InternetMessageId","SizeInBytes"\n' +
      `"3/19/2026 8:15:21 AM","alice@contoso.example","198.51.100.7","${session}",${cells}\n`,
  )

  expect(shape).toBe('mail-messages-csv')
  expect(activities).toMatchObject([{ time: Date.UTC(2026, 2, 19, 8, 15, 21), operation: 'MailItemsAccessed' }])
  expect(activities[0]?.record).toMatchObject(access)
  expect(activities[0]?.record['Folders']).toEqual(Folders)
})

test.each([
  [
    'a script',
    '"CreationTime","UserId","MailboxOwnerUPN","LogonType","ClientIPAddress","SessionId","AppId","MailAccessType","FolderPath","ItemSubject","ItemInternetMessageId"\n' +
      `"3/19/2026 8:15:21 AM","bob@contoso.example","alice@contoso.example","Delegate","198.51.100.7","${session}","a1","Bind","\\Inbox","Paid?","<a@contoso.example>"\n`,
    {
      ...{ MailboxOwnerUPN: 'alice@contoso.example', LogonType: 2, AppId: 'a1', SessionId: session },
      Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@contoso.example>', Subject: 'Paid?' }] }],
    },
    'alice@contoso.example',
  ],
  [
    'a query of Sentinel',
    '"TimeGenerated [UTC]","UserId","Client_IPAddress","MailAccessType","InternetMessageId","Folders"\n' +
      '"3/19/2026, 8:15:21.000 AM","bob@contoso.example","198.51.100.7","Sync","","\\Inbox; \\Drafts"\n',
    { Folders: [{ Path: '\\Inbox' }, { Path: '\\Drafts' }] },
    'bob@contoso.example',
  ],
])('of mail access that %s listed under the schema’s names each row is an access', async (_, text, told, mailbox) => {
  const { shape, activities } = await readWhole(text)

  expect(shape).toBe('mail-access-csv')
  expect(activities).toMatchObject([
    { time: Date.UTC(2026, 2, 19, 8, 15, 21), operation: 'MailItemsAccessed', mailbox, truncated: true },
  ])
  expect(activities[0]?.record).toMatchObject({
    ...{ UserId: 'bob@contoso.example', ClientIPAddress: '198.51.100.7' },
    ...told,
  })
})

test('of mail access without a time, or with the record itself, no table is made', async () => {
  const table = 'UserId,MailAccessType,InternetMessageId'
  const record = { Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0aa', CreationTime: '2026-03-19T08:15:21', Operation: 'Send' }
  const raw = `"${JSON.stringify({ ...record, Workload: 'Exchange', UserId: 'a' }).replaceAll('"', '""')}"`

  await expect(readWhole(`${table}\na,Bind,<a@x>\n`)).rejects.toThrow('its rows are not of that')
  expect((await readWhole(`Timestamp,${table},RawMessage\n2026-03-19,a,Bind,<a@x>,${raw}\n`)).shape).toBe(
    'any-column-csv',
  )
})

test('of mails by address, older versions saved no kind of access', async () => {
  const { activities } = await readWhole(
    '"Timestamp","User","IPaddress","SessionID","InternetMessageId","SizeInBytes"\n' +
      '"2026-03-09T08:15:21","alice@contoso.example","198.51.100.7","","<a@contoso.example>",""\n',
  )

  expect(activities[0]?.record).toEqual({
    CreationTime: '2026-03-09T08:15:21',
    ...{ Operation: 'MailItemsAccessed', UserId: 'alice@contoso.example', ClientIPAddress: '198.51.100.7' },
    Folders: [{ FolderItems: [{ InternetMessageId: '<a@contoso.example>' }] }],
  })
})

test('without a session and with a size, a mail may be that of another record: nobody is said to have read it, each stays findable', async () => {
  const row = (mail: string) => `"2026-03-09T08:15:21","alice@contoso.example","198.51.100.7","","<${mail}>","52"\n`
  const { activities } = await readWhole(
    `"Timestamp","User","IPaddress","SessionID","InternetMessageId","SizeInBytes"\n${row('a@contoso.example')}${row('b@contoso.example')}`,
  )

  expect(
    activities.map(({ record: { Folders, UnsureInternetMessageId } }) => [Folders, UnsureInternetMessageId]),
  ).toEqual([
    [undefined, '<a@contoso.example>'],
    [undefined, '<b@contoso.example>'],
  ])
  expect(new Set(activities.map((activity) => activity.id)).size).toBe(2)
})

test('what was lifted out of the lists of a record of mail access stands there again: a mail for each line', async () => {
  const { shape, activities } = await readWhole(
    '"CreationTime","Id","RecordType","Operation","MailAccessType","IsThrottled","UserId","InternetMessageId","SizeInBytes","Folder","OperationCount"\n' +
      `"2026-03-09 08:15:21","${id}","ExchangeItemAggregated","MailItemsAccessed","Bind","False","alice@contoso.example","<a@contoso.example>\r\n<b@contoso.example>","5\r\n6","\\Inbox","2"\n` +
      '"2026-03-09 08:15:22","","ExchangeItemAggregated","MailItemsAccessed","Bind","False","alice@contoso.example","<a@contoso.example>\r\n<b@contoso.example>","5","\\Inbox\r\n\\Sent","2"\n' +
      '"2026-03-09 08:15:23","","ExchangeItemAggregated","MailItemsAccessed","Sync","True","alice@contoso.example","","","\\Inbox\r\n\\Sent","1"\n',
  )

  const [a, b] = ['<a@contoso.example>', '<b@contoso.example>'].map((InternetMessageId) => ({ InternetMessageId }))
  expect(shape).toBe('audit-columns-csv')
  expect(activities.map(({ record: { Folders, OperationProperties } }) => [Folders, OperationProperties])).toEqual([
    [
      [
        {
          Path: '\\Inbox',
          FolderItems: [
            { ...a, SizeInBytes: '5' },
            { ...b, SizeInBytes: '6' },
          ],
        },
      ],
      [
        { Name: 'MailAccessType', Value: 'Bind' },
        { Name: 'IsThrottled', Value: 'False' },
      ],
    ],
    [
      [{ Path: '\\Inbox' }, { Path: '\\Sent' }, { FolderItems: [a, b] }],
      [
        { Name: 'MailAccessType', Value: 'Bind' },
        { Name: 'IsThrottled', Value: 'False' },
      ],
    ],
    [
      [{ Path: '\\Inbox' }, { Path: '\\Sent' }],
      [
        { Name: 'MailAccessType', Value: 'Sync' },
        { Name: 'IsThrottled', Value: 'True' },
      ],
    ],
  ])
})

test.each([
  'creationtime,id,operation,userid,workload',
  'CREATIONTIME,ID,OPERATION,USERID,RECORDTYPE',
])('columns of a record may be in any case: %s', async (columns) => {
  const { shape, activities } = await readWhole(
    `${columns}\n2026-03-09T08:15:21,${id},Send,alice@contoso.example,Exchange\n`,
  )

  expect(shape).toBe('audit-columns-csv')
  expect(activities).toMatchObject([{ id, operation: 'Send', mailbox: 'alice@contoso.example' }])
})

test('the number of a type in the column of the id makes no records of that type one', async () => {
  const { activities } = await readWhole(
    '"CreationTime","UserId","Id","RecordType","Operation","ObjectId","Workload"\n' +
      '"2026-03-09 08:15:21","alice@contoso.example","6","SharePointFileOperation","FileAccessed","https://contoso.example/a","SharePoint"\n' +
      '"2026-03-09 08:15:21","alice@contoso.example","6","SharePointFileOperation","FileAccessed","https://contoso.example/b","SharePoint"\n',
  )

  expect(new Set(activities.map((activity) => activity.id)).size).toBe(2)
})

test.each([
  ',',
  ';',
])('a record is read from a column of any name, as a portal calls it in its language: cells apart by %j', async (delimiter) => {
  const columns = ['Datensatz-ID', 'Erstellungsdatum', 'Vorgang', 'Überwachungsdaten', 'Namen']
  const cells = [id, '09.03.2026 08:15', 'Send', cell(JSON.stringify(record)), '']

  const { shape, activities } = await readWhole(`${columns.join(delimiter)}\n${cells.join(delimiter)}\n`)

  expect(shape).toBe('any-column-csv')
  expect(activities).toMatchObject([{ id, row: 2, operation: 'Send', truncated: false, record }])
})

test('titles may stand above a column of any name', async () => {
  const { activities } = await readWhole(
    `Bericht,,\nErstellt,09.03.2026,\nDatensatz-ID,Daten,Namen\n1,${cell(JSON.stringify(record))},\n`,
  )

  expect(activities).toMatchObject([{ id, row: 4 }])
})

test('rows without a header are none of a column of any name: the first would be lost', async () => {
  const rows = [1, 2].map((n) => `${n},${cell(JSON.stringify(record))}\n`).join('')

  await expect(digestFile(fileOf(rows))).rejects.toThrow('no header')
})
