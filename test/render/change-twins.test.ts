import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { importSample } from '../support/sample-case.ts'

const correlation = '7c000000-0000-4000-8000-00000000000a'
const [bob, carol] = ['0b000000-0000-4000-8000-00000000000b', '0c000000-0000-4000-8000-00000000000c'] as const

/** As the unified audit log has it. */
function audited(id: string, target: string, more: JsonObject = {}): JsonObject {
  return {
    ...{ CreationTime: '2026-03-09T08:15:21', Id: `0a000000-0000-4000-8000-00000000000${id}`, RecordType: 8 },
    ...{ Operation: 'Add member to role.', Workload: 'AzureActiveDirectory', UserId: 'admin@contoso.example' },
    ...{ ResultStatus: 'Success', InterSystemsId: correlation, ObjectId: 'somebody@contoso.example' },
    Target: [
      { ID: `User_${target}`, Type: 2 },
      { ID: target, Type: 2 },
      { ID: 'User', Type: 2 },
    ],
    ...more,
  }
}

/** As Entra's log has it. */
function logged(id: string, target: string, more: JsonObject = {}): JsonObject {
  return {
    ...{ id: `Directory_${correlation}_ABCDE_${id}`, activityDateTime: '2026-03-09T08:15:21.2469162Z' },
    ...{ activityDisplayName: 'Add member to role', category: 'RoleManagement', loggedByService: 'Core Directory' },
    ...{ correlationId: correlation, result: 'success' },
    initiatedBy: { user: { id: 'x', userPrincipalName: 'admin@contoso.example', ipAddress: '203.0.113.66' } },
    targetResources: [{ id: target, displayName: null, type: 'User', modifiedProperties: [] }],
    ...more,
  }
}

/** The same as the portal writes it. */
const portal = `Date (UTC),CorrelationId,Service,Category,Activity,Result,ActorType,ActorUserPrincipalName,IPAddress,Target1Type,Target1ObjectId
2026-03-09T08:15:21.2469162Z,${correlation},Core Directory,RoleManagement,Add member to role,success,User,admin@contoso.example,203.0.113.66,User,${bob}
`

test.each([
  ['both logs have it', [audited('1', bob)], [logged('1', bob)], 1],
  ['one request changed two', [audited('1', bob), audited('2', carol)], [logged('1', bob), logged('2', carol)], 2],
  ['one log has only one of two', [audited('1', bob)], [logged('1', bob), logged('2', carol)], 2],
  ['one log has it twice', [audited('1', bob)], [logged('1', bob), logged('2', bob)], 2],
  ['the other has it twice', [audited('1', bob), audited('2', bob)], [logged('1', bob)], 2],
  ['what was changed differs', [audited('1', bob)], [logged('1', carol)], 2],
  ['the operation differs', [audited('1', bob, { Operation: 'Update user.' })], [logged('1', bob)], 2],
  ['the second differs', [audited('1', bob, { CreationTime: '2026-03-09T08:15:24' })], [logged('1', bob)], 2],
  ['the request differs', [audited('1', bob, { InterSystemsId: bob })], [logged('1', bob)], 2],
  [
    'nothing names the request',
    [audited('1', bob, { InterSystemsId: '' })],
    [logged('1', bob, { correlationId: '' })],
    2,
  ],
  ...[
    ['nobody', '00000000-0000-0000-0000-000000000000'],
    ['a word that others use, too', 'sync'],
    ['<null>', '<null>'],
  ].map(([who, id]): [string, JsonObject[], JsonObject[], number] => [
    `the request is named for ${who}`,
    [audited('1', bob, { InterSystemsId: id as string })],
    [logged('1', bob, { correlationId: id as string })],
    2,
  ]),
  [
    'neither names who was changed',
    [audited('1', bob, { Target: [], ObjectId: '' })],
    [logged('1', bob, { targetResources: [] })],
    1,
  ],
  ['only one names who was changed', [audited('1', bob, { Target: [], ObjectId: '' })], [logged('1', bob)], 2],
  ['ids are in capitals', [audited('1', bob, { InterSystemsId: correlation.toUpperCase() })], [logged('1', bob)], 1],
])('of changes that two logs tell each counts once, where that is proven: %s', async (_what, one, other, times) => {
  for (const files of [
    [one, other],
    [other, one],
  ]) {
    const documents = await documentsOf(files.map((records) => JSON.stringify(records)))

    expect(documents).toHaveLength(one.length + other.length)
    expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(times)
  }
})

test('a row that a script made without the column of the service is of Entra’s log: then the log itself counts', async () => {
  const header = 'ActivityDateTime,ActivityDisplayName,InitiatedBy,IPAddress,Target,CorrelationId'
  const row = `2026-03-09T08:15:21Z,Add member to role,admin@contoso.example,203.0.113.66,${bob},${correlation}`

  const documents = await documentsOf([`${header}\n${row}\n`, JSON.stringify([logged('1', bob)])])

  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toMatchObject([
    { 'event.id': `Directory_${correlation}_ABCDE_1` },
  ])
  expect(documents).toHaveLength(2)
})

test.each(['CSV', 'JSON'])('a %s of several tables has the change of each log once', async (form) => {
  const told = [
    {
      ...{ Type: 'AuditLogs', TimeGenerated: '2026-03-09T08:15:22Z', Id: `Directory_${correlation}_ABCDE_1` },
      ...{ OperationName: 'Add member to role', ActivityDateTime: '2026-03-09T08:15:21.246Z', Result: 'success' },
      ...{ CorrelationId: correlation, LoggedByService: 'Core Directory', RawEventData: '', ActionType: '' },
      InitiatedBy: '{"user":{"userPrincipalName":"admin@contoso.example","ipAddress":"203.0.113.66"}}',
      TargetResources: JSON.stringify([{ id: bob, type: 'User' }]),
    },
    { Type: 'CloudAppEvents', ActionType: 'Add member to role.', RawEventData: JSON.stringify(audited('1', bob)) },
  ]
  const columns = Object.keys(told[0] ?? {})
  const rows = told.map((row) => columns.map((name) => (row as Record<string, string>)[name] ?? ''))
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell])))

  const documents = await documentsOf([
    form === 'CSV' ? [columns, ...rows].map(cells).join('\n') : JSON.stringify(objects),
  ])

  expect(documents).toHaveLength(2)
  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toMatchObject([
    { 'event.id': `Directory_${correlation}_ABCDE_1` },
  ])
})

const cells = (values: readonly string[]) => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')
const names = ['CreationTime', 'Operation', 'RecordType', 'Workload', 'UserId', 'InterSystemsId', 'ObjectId']
const changed = [
  ...['2026-03-09T08:15:21', 'Add member to role.', '8', 'AzureActiveDirectory', 'admin@contoso.example'],
  ...[correlation, bob],
]
const exported = `Id,ActivityDateTime,ActivityDisplayName,CorrelationId,LoggedByService,InitiatedBy,TargetResources
${cells(['Directory_1', '2026-03-09T08:15:21.2469162Z', 'Add member to role', correlation, 'Core Directory', '{"user":{"userPrincipalName":"admin@contoso.example"}}', `[{"id":"${bob}"}]`])}
`

test.each([
  ['Entra’s as a script exports it', exported, JSON.stringify([audited('1', bob)])],
  ['the audit log’s in columns', `${names.join()}\n${changed.join()}\n`, JSON.stringify([logged('1', bob)])],
  [
    'the audit log’s as Power Query expands it',
    `${names.map((name) => `AuditData.${name}`).join()}\n${changed.join()}\n`,
    JSON.stringify([logged('1', bob)]),
  ],
])('a change counts once where one of the logs is a table whose header names the request: %s', async (_what, table, other) => {
  for (const files of [
    [table, other],
    [other, table],
  ]) {
    const documents = await documentsOf(files)

    expect(documents).toHaveLength(2)
    expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(1)
  }
})

test('of a change that three logs tell the record that names an address counts, and has ids where there is one', async () => {
  const documents = await documentsOf([portal, JSON.stringify([audited('1', bob)]), JSON.stringify([logged('1', bob)])])

  const counted = documents.filter(({ tags }) => tags?.includes('also-audited') !== true)
  expect(documents).toHaveLength(3)
  expect(counted).toMatchObject([{ 'hoofprint.source': 'directory-audit', 'source.ip': '203.0.113.66' }])
})

test('a change of which both logs name the address, or neither, counts in the audit log', async () => {
  const nameless = { initiatedBy: { user: { userPrincipalName: 'admin@contoso.example' } } }
  for (const [one, other] of [
    [audited('1', bob, { ClientIP: '203.0.113.66' }), logged('1', bob)],
    [audited('1', bob), logged('1', bob, nameless)],
  ]) {
    const documents = await documentsOf([JSON.stringify([one]), JSON.stringify([other])])

    const counted = documents.filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(counted).toMatchObject([{ 'hoofprint.source': 'audit-json' }])
  }
})

async function documentsOf(files: readonly string[]) {
  const folder = temporaryFolder()
  const paths = files.map((text, i) => {
    const path = join(folder, `${i}.txt`)
    writeFileSync(path, text)
    return relative(root, path)
  })
  const { rendered } = await importSample(...paths)
  return rendered.map(({ document }) => document)
}
