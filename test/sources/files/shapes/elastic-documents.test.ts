import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

const id = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'
const folders = [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<1@contoso.example>' }] }]
const properties = [{ Name: 'MailAccessType', Value: 'Bind' }]
const audit: JsonObject = {
  CreationTime: '2026-03-09T08:15:21',
  ExchangeAggregatedFolders: folders,
  LogonType: '0',
  MailboxOwnerUPN: 'alice@contoso.example',
  ModifiedProperties: { Role_Name: { NewValue: 'a', OldValue: 'b' } },
  OperationProperties: properties,
  Parameters: { Name: '.', MoveToFolder: 'RSS' },
  RecordType: '50',
  ResultStatus: 'Succeeded',
}
const document: JsonObject = {
  '@timestamp': '2026-03-09T08:15:21.000Z',
  event: { action: 'MailItemsAccessed', code: 'ExchangeItemAggregated', id, provider: 'Exchange' },
  client: { address: '198.51.100.7', ip: '198.51.100.7' },
  o365: { audit },
  organization: { id: '2f7c3a54-9f0e-4f52-8f0d-6c5d1b0e7a11' },
  user: { id: 'Alice@contoso.example' },
  user_agent: { original: 'Mozilla/5.0', name: 'Firefox' },
}
const record = {
  CreationTime: '2026-03-09T08:15:21',
  Id: id,
  Operation: 'MailItemsAccessed',
  Workload: 'Exchange',
  OrganizationId: '2f7c3a54-9f0e-4f52-8f0d-6c5d1b0e7a11',
  UserId: 'Alice@contoso.example',
  ClientIP: '198.51.100.7',
  UserAgent: 'Mozilla/5.0',
  RecordType: 50,
  LogonType: 0,
  MailboxOwnerUPN: 'alice@contoso.example',
  ResultStatus: 'Succeeded',
  Folders: folders,
  OperationProperties: properties,
  Parameters: [
    { Name: 'Name', Value: '.' },
    { Name: 'MoveToFolder', Value: 'RSS' },
  ],
  ModifiedProperties: [{ Name: 'Role_Name', NewValue: 'a', OldValue: 'b' }],
}
const original = { ...record, Id: id, Extra: 'only Microsoft has it' }

async function read(...documents: JsonObject[]) {
  const { format, activities, rejected } = await digestFile(
    fileOf(documents.map((one) => `${JSON.stringify(one)}\n`).join('')),
  )
  return { shape: format.shape, activities, rejected }
}

test.each<[string, JsonObject]>([
  ['as it is indexed', document],
  ['in a dump of an index', { _index: '.ds-logs-o365.audit-default', _id: 'x', _source: document }],
  [
    'whose original is what Java prints',
    { ...document, event: { ...(document['event'] as JsonObject), original: '{Id=x, Operation=y}' } },
  ],
  ['with its names joined by dots', flat(document)],
  [
    'in the answer of a search',
    {
      ...{ took: 1, timed_out: false, _shards: { total: 1 } },
      hits: { total: { value: 1, relation: 'eq' }, hits: [{ _index: 'logs', _id: 'x', _source: document }] },
    },
  ],
])("a document of Elastic's integration is the record of which it was made: %s", async (_, one) => {
  const { shape, activities, rejected } = await read(one)

  expect(rejected).toEqual([])
  expect(shape).toBe('elastic-o365-audit')
  expect(activities).toMatchObject([
    { dataset: 'o365.audit', id, operation: 'MailItemsAccessed', mailbox: 'alice@contoso.example' },
  ])
  expect(activities[0]?.record).toEqual(record)
})

test('where it has its original as JSON, that is what is read', async () => {
  const event = { ...(document['event'] as JsonObject), original: JSON.stringify(original) }

  const { activities } = await read({ ...document, event })

  expect(activities[0]?.record).toEqual(original)
})

test('a copy that Microsoft gave says more', async () => {
  const [elastic] = (await read(document)).activities
  const [own] = (await read(original)).activities

  expect(elastic?.id).toBe(own?.id)
  expect(elastic?.fullness).toBeLessThan(own?.fullness ?? 0)
})

test('operations that the integration calls otherwise have their names again', async () => {
  const event = { ...(document['event'] as JsonObject), action: 'added-user-account' }

  expect((await read({ ...document, event })).activities[0]?.operation).toBe('Add user.')
})

test("a sign-in of Elastic's integration is that of Graph", async () => {
  const { shape, activities } = await read({
    event: { outcome: 'failure' },
    message: 'Invalid username or password.',
    azure: {
      signinlogs: {
        category: 'SignInLogs',
        result_type: '50126',
        properties: {
          app_display_name: 'Office 365',
          created_at: '2026-03-09T08:15:21.123Z',
          device_detail: { operating_system: 'MacOs' },
          id: 'A1',
          processing_time_ms: 239,
          status: { error_code: 50126 },
          user_principal_name: 'Alice@contoso.example',
        },
      },
    },
    geo: { city_name: 'Kyiv', country_iso_code: 'UA' },
    source: { ip: '198.51.100.7' },
    user_agent: { original: 'Mozilla/5.0' },
  })

  expect(shape).toBe('elastic-azure-signinlogs')
  expect(activities).toMatchObject([{ dataset: 'azure.signinlogs', id: 'a1', mailbox: 'alice@contoso.example' }])
  expect(activities[0]?.record).toEqual({
    appDisplayName: 'Office 365',
    category: 'SignInLogs',
    createdDateTime: '2026-03-09T08:15:21.123Z',
    deviceDetail: { operatingSystem: 'MacOs' },
    id: 'A1',
    ipAddress: '198.51.100.7',
    location: { city: 'Kyiv', countryOrRegion: 'UA' },
    processingTimeInMilliseconds: 239,
    resultType: '50126',
    status: { errorCode: 50126, failureReason: 'Invalid username or password.' },
    userAgent: 'Mozilla/5.0',
    userPrincipalName: 'Alice@contoso.example',
  })
})

function flat(value: JsonObject, path = ''): JsonObject {
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? flat(inner, `${path}${name}.`)
        : { [`${path}${name}`]: inner },
    ),
  )
}

test("a change of the directory of Elastic's integration is that of Graph", async () => {
  const property = { displayName: 'Role.DisplayName', oldValue: '', newValue: '"Global Administrator"' }
  const target = { id: 'b0', type: 'User', userPrincipalName: 'bob@contoso.example' }
  const user = { id: 'a0', userPrincipalName: 'alice@contoso.example', ipAddress: '198.51.100.7' }
  const change = {
    ...{ id: 'Directory_1', activityDateTime: '2026-03-09T08:15:21.1234567Z', category: 'RoleManagement' },
    ...{ activityDisplayName: 'Add member to role', loggedByService: 'Core Directory', result: 'success' },
    ...{ correlationId: '4c1f0a7e-0000-4000-8000-000000000002', initiatedBy: { user } },
    targetResources: [{ ...target, modifiedProperties: [property] }],
  }

  const { shape, activities } = await read({
    event: { action: 'Add member to role', outcome: 'success' },
    azure: {
      auditlogs: {
        operation_name: 'Add member to role',
        properties: {
          ...{ id: 'Directory_1', activity_datetime: change.activityDateTime, category: 'RoleManagement' },
          ...{ activity_display_name: 'Add member to role', logged_by_service: 'Core Directory' },
          ...{ correlation_id: change.correlationId, initiated_by: { user } },
          target_resources: {
            '0': {
              ...{ id: 'b0', type: 'User', user_principal_name: target.userPrincipalName },
              modified_properties: {
                '0': { display_name: property.displayName, new_value: property.newValue, old_value: '' },
              },
            },
          },
        },
      },
    },
  })
  const [graph] = (await read(change)).activities

  expect(shape).toBe('elastic-azure-auditlogs')
  expect(activities).toMatchObject([{ id: graph?.id, time: graph?.time, record: graph?.record }])
  expect(activities[0]?.fullness).toBeLessThan(graph?.fullness ?? 0)
})
