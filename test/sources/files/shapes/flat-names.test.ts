import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { openCase } from '#src/case/store.ts'
import { normalizer } from '#src/normalize/index.ts'
import { gathered } from '#src/sources/files/shapes/flat-names.ts'
import { contentsOf, importFile } from '../../../support/case.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf, temporaryFolder } from '../../../support/folder.ts'

const common = {
  CreationTime: '2026-05-03T09:05:00',
  Id: '00000000-0000-4000-8000-000000000101',
  Operation: 'MailItemsAccessed',
  Workload: 'Exchange',
  UserId: 'alice@contoso.example',
  ClientIPAddress: '203.0.113.45',
}
const [first, second] = ['<m10@contoso.example>', '<m11@contoso.example>'] as const
const whole: JsonObject = {
  ...common,
  SessionId: '',
  AppAccessContext: { AADSessionId: 'aaaaaaaa-0000-4000-8000-000000000001' },
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: 'False' },
  ],
  Folders: [
    {
      FolderItems: [
        { Id: 'RgAA10', InternetMessageId: first },
        { Id: 'RgAA11', InternetMessageId: second },
      ],
      Id: 'LgAA',
    },
  ],
}
const { SessionId: _, ...told } = whole

/** The same as Hawk's script for simple records spreads it. */
const numbered: JsonObject = {
  ...common,
  CreationTime: '5/3/2026 9:05:00 AM',
  SessionId: '',
  AppAccessContext_AADSessionId: 'aaaaaaaa-0000-4000-8000-000000000001',
  OperationProperties_0_Name: 'MailAccessType',
  OperationProperties_0_Value: 'Bind',
  OperationProperties_1_Name: 'IsThrottled',
  OperationProperties_1_Value: 'False',
  Folders_0_FolderItems_0_Id: 'RgAA10',
  Folders_0_FolderItems_0_InternetMessageId: first,
  Folders_0_FolderItems_1_Id: 'RgAA11',
  Folders_0_FolderItems_1_InternetMessageId: second,
  Folders_0_Id: 'LgAA',
}
/** The same as a table of Splunk has it. */
const braced: JsonObject = {
  ...common,
  'AppAccessContext.AADSessionId': 'aaaaaaaa-0000-4000-8000-000000000001',
  'OperationProperties{}.Name': 'MailAccessType\nIsThrottled',
  'OperationProperties{}.Value': 'Bind\nFalse',
  'Folders{}.FolderItems{}.Id': 'RgAA10\nRgAA11',
  'Folders{}.FolderItems{}.InternetMessageId': `${first}\n${second}`,
  'Folders{}.Id': 'LgAA',
}
const beside = {
  CreationDate: 'x',
  ResultIndex: '1',
  ResultCount: '9',
  Identity: 'y',
  IsValid: 'True',
  host: 'z',
  tag: 't',
}
const cell = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`
const csvOf = (record: JsonObject) =>
  `${Object.keys(record).map(cell).join()}\r\n${Object.values(record).map(cell).join()}\r\n`

test('values stand again where they stood', () => {
  expect(gathered(numbered)).toEqual({
    record: { ...told, CreationTime: '5/3/2026 9:05:00 AM' },
    isSpread: true,
    isMixed: false,
  })
  expect(gathered(braced)).toEqual({ record: told, isSpread: true, isMixed: false })
  const lists = { ...braced, 'Folders{}.FolderItems{}.Id': ['RgAA10', 'RgAA11'] }
  expect(gathered(lists).record).toEqual(told)
})

test('parameters are a list again', () => {
  const given = { Operation: 'Set-Mailbox', Param_Identity: 'alice', Param_ForwardingSmtpAddress: 'smtp:x@example.net' }

  expect(gathered(given).record).toEqual({
    Operation: 'Set-Mailbox',
    Parameters: [
      { Name: 'Identity', Value: 'alice' },
      { Name: 'ForwardingSmtpAddress', Value: 'smtp:x@example.net' },
    ],
  })
})

test('where values of lists do not tell which belong together, none is given to another', () => {
  const folders = { 'Folders{}.Path': '\\Inbox\n\\Sent Items', 'Folders{}.FolderItems{}.InternetMessageId': first }
  expect(gathered(folders)).toMatchObject({
    record: {
      Folders: [{ FolderItems: [{ InternetMessageId: first }] }, { Path: '\\Inbox' }, { Path: '\\Sent Items' }],
    },
    isMixed: true,
  })

  const properties = { 'ExtendedProperties{}.Name': 'a\nb', 'ExtendedProperties{}.Value': 'of one of them' }
  expect(gathered(properties)).toMatchObject({
    record: { ExtendedProperties: [{ Name: 'a' }, { Name: 'b' }] },
    isMixed: true,
  })
})

test.each<JsonObject>([
  whole,
  { f3u: 1, '@odata.type': 'x', 'odata.type': 'y', a_b: 2, Some_name: 3, riskEventTypes_v2: 4 },
])('a record as it came stays what it is', (record) => {
  expect(gathered(record).record).toBe(record)
})

test.each([
  ['numbered', { ...numbered, ...beside }],
  ['braced', { ...braced, ...beside }],
])('a read whose mails stand in columns names them: %s', async (_, record) => {
  const { activities } = await digestFile(fileOf(csvOf(record), 'flat.csv'))

  const [activity] = activities
  const document =
    activity && normalizer.document({ ...activity, original: '' }, { source: 'x', file: '', sha256: '', row: 1 })
  expect(activity && normalizer.keys(activity).session).toBe('aaaaaaaa-0000-4000-8000-000000000001')
  expect(document).toMatchObject({
    'hoofprint.mail_access': 'bind',
    'email.message_id': [first, second],
    tags: ['read'],
  })
})

test('of a record and its copy in columns the record is kept, whatever else the columns say', async () => {
  const files = [
    fileOf(csvOf({ ...numbered, ...beside }), 'numbered.csv'),
    fileOf(JSON.stringify([whole]), 'whole.json'),
    fileOf(csvOf({ ...braced, ...beside }), 'braced.csv'),
  ]

  for (const order of [files, files.toReversed()]) {
    const folder = temporaryFolder()
    const store = openCase(folder)
    for (const file of order) await importFile(store, file)
    store.close()

    const { event: events = [] } = contentsOf(folder)
    expect(events).toHaveLength(1)
    expect(JSON.parse(Buffer.from(events[0]?.['content'] as Uint8Array).toString())).toEqual(whole)
  }
})

test('what stands whole beside columns that say a part of it stays', () => {
  const Folders = whole['Folders'] as JsonObject[]
  const Parameters = [{ Name: 'Identity', Value: 'bob@contoso.example' }]
  const given = { ...common, Folders, Parameters, Folders_0_Id: 'x', Param_Identity: 'y', Param_ForwardTo: 'z' }

  expect(gathered(given).record).toEqual({
    ...common,
    Folders,
    Parameters: [...Parameters, { Name: 'ForwardTo', Value: 'z' }],
  })
})

test.each<[string, JsonObject]>([
  ['a way of many steps', { [`A${'.A'.repeat(200)}`]: 1 }],
  ['a way of steps without end', { [`A${'.A'.repeat(100_000)}`]: 1 }],
  ['places in places', { [`A${'_1'.repeat(50_000)}`]: 1 }],
  ['lists in lists', { [`Folders${'{}'.repeat(50_000)}`]: 1 }],
  ['many names', Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`Folders_${i}_Id`, i]))],
  ['many lines', { 'Folders{}.Id': '\n'.repeat(1_000_000) }],
])('what no tool writes stays as it is, and costs no more than that: %s', (_, record) => {
  const began = process.cpuUsage()
  const { record: kept } = gathered(record)

  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000)
  expect(JSON.stringify(kept).length).toBeLessThan(2 * JSON.stringify(record).length)
})
