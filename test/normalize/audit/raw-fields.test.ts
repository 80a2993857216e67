import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import { mappingsOf } from '#src/mappings.ts'
import { documentOfAudit } from '../../support/audit.ts'

const rawOf = (record: JsonObject) => documentOfAudit(record)['o365.audit']

test.each<[string, Json, Json | undefined]>([
  ['a list of names and values', [{ Name: 'ForwardTo', Value: 'a@b.example' }], { ForwardTo: 'a@b.example' }],
  ['the same as JSON text', '[{"Name":"ForwardTo","Value":"a@b.example"}]', { ForwardTo: 'a@b.example' }],
  ['one of them alone', { Name: 'Force', Value: 'True' }, { Force: 'True' }],
  ['a map', { Force: true, Count: 3 }, { Force: 'true', Count: '3' }],
  ['a plain text', '-Identity alice', { _raw: '-Identity alice' }],
  ['JSON that is cut off', '[{"Name":"Forw', { _raw: '[{"Name":"Forw' }],
  ['a list of texts', ['A', 'B'], { _raw: ['A', 'B'] }],
  ['a number', 12, { _raw: '12' }],
  [
    'values that are no texts',
    [
      { Name: 'A', Value: { b: 1 } },
      { Name: 'B', Value: [1, ['x']] },
    ],
    { A: '{"b":1}', B: ['1', '["x"]'] },
  ],
  [
    'names that Elasticsearch refuses',
    [
      { Name: 'a.b c', Value: '1' },
      { Name: ' ', Value: '2' },
      { Name: 'x\0\ud800', Value: '3' },
    ],
    { a_b_c: '1', _: '2', 'x_\ufffd': '3' },
  ],
  ['an empty name', [{ Name: '', Value: '1' }], { _raw: '{"Name":"","Value":"1"}' }],
  [
    'one name twice',
    [
      { Name: 'To', Value: 'a' },
      { Name: 'To', Value: 'b' },
    ],
    { To: ['a', 'b'] },
  ],
  [
    'names that become one',
    [
      { Name: 'a.b', Value: '1' },
      { Name: 'a b', Value: '2' },
    ],
    { a_b: ['1', '2'] },
  ],
  ['what has no value', [{ Name: 'A', Value: null }, { Name: 'B', Value: '' }, { Name: 'C' }], undefined],
  ['nothing', [], undefined],
])('parameters given as %s', (_, given, expected) => {
  expect(rawOf({ Parameters: given })?.['Parameters']).toEqual(expected)
  expect(rawOf({ ExtendedProperties: given })?.['ExtendedProperties']).toEqual(expected)
})

test.each<[string, Json, Json | undefined]>([
  [
    'old and new values',
    [{ Name: 'Role.DisplayName', NewValue: 'Admin', OldValue: '' }],
    { Role_DisplayName: { NewValue: 'Admin' } },
  ],
  [
    'JSON over lines',
    [{ Name: 'M', NewValue: '[\r\n  {}\r\n]', OldValue: '[]' }],
    { M: { NewValue: '[\r\n  {}\r\n]', OldValue: '[]' } },
  ],
  ['the list of texts that Exchange gives', ['AttachmentCollection'], { _raw: 'AttachmentCollection' }],
  [
    'a property called as what has no name',
    [{ Name: '_raw', NewValue: 'x' }, 'y'],
    { __raw: { NewValue: 'x' }, _raw: 'y' },
  ],
  [
    'one name twice',
    [
      { Name: 'A', NewValue: '1' },
      { Name: 'A', NewValue: '2', OldValue: '0' },
    ],
    { A: { NewValue: ['1', '2'], OldValue: '0' } },
  ],
  ['values alone', [{ Name: 'A', Value: '1' }], { A: { NewValue: '1' } }],
  ['neither value', [{ Name: 'A', NewValue: '', OldValue: null }], undefined],
  ['values that are objects', [{ Name: 'A', NewValue: { b: 1 } }], { A: { NewValue: '{"b":1}' } }],
])('changed properties given as %s', (_, given, expected) => {
  expect(rawOf({ ModifiedProperties: given })?.['ModifiedProperties']).toEqual(expected)
})

test('a thousand names make no thousand fields; those beyond the limit are kept elsewhere', () => {
  const names = Array.from({ length: 1000 }, (_, i) => ({ Name: `N${i}`, Value: `${i}` }))

  const raw = rawOf({ Parameters: names })

  expect(Object.keys(raw?.['Parameters'] ?? {})).toHaveLength(200)
  expect((raw?.['Other'] as JsonObject)['Parameters']).toHaveLength(800)
})

test.each<[string, Json, Json]>([
  ['a list', [{ Name: 'IsThrottled', Value: 'False' }], [{ Name: 'IsThrottled', Value: 'False' }]],
  ['JSON text', '[{"Name":"A","Value":1}]', [{ Name: 'A', Value: '1' }]],
  ['a map', { A: true }, [{ Name: 'A', Value: 'true' }]],
  ['a text', 'A=1', [{ Name: '_raw', Value: 'A=1' }]],
])('OperationProperties and DeviceProperties stay a list, given as %s', (_, given, expected) => {
  expect(rawOf({ OperationProperties: given, DeviceProperties: given })).toEqual({
    OperationProperties: expected,
    DeviceProperties: expected,
  })
})

test.each<[JsonObject, JsonObject | undefined]>([
  // Enumerations and numbers where texts are mapped.
  [
    { UserType: 0, LogonType: '2', Version: 1, ErrorNumber: 0 },
    { UserType: '0', LogonType: '2', Version: '1', ErrorNumber: '0' },
  ],
  [
    { Actor: [{ ID: 'a', Type: 5 }], Target: { ID: 7, Type: '0' } },
    { Actor: [{ ID: 'a', Type: '5' }], Target: { ID: '7', Type: '0' } },
  ],
  [{ Actor: [{ ID: 'a', Role: 1 }, 'b'] }, { Actor: [{ ID: 'a' }], Other: { Actor: [{ Role: 1 }, 'b'] } }],
  [
    { ObjectId: { a: 1 }, UserKey: [1, [2]], ErrorCode: false },
    { ObjectId: '{"a":1}', UserKey: ['1', '[2]'], ErrorCode: 'false' },
  ],
  // Yes and no.
  [
    { ExternalAccess: false, IsManagedDevice: 'True', SaveToSentItems: 'FALSE' },
    { ExternalAccess: false, IsManagedDevice: true, SaveToSentItems: false },
  ],
  [{ ExternalAccess: 'perhaps', FromApp: 1 }, { Other: { ExternalAccess: 'perhaps', FromApp: 1 } }],
  // Counts and times.
  [{ OperationCount: '12' }, { OperationCount: 12 }],
  [{ OperationCount: '1156492.00' }, { OperationCount: 1156492 }],
  [
    { OperationCount: 1e308, AggregateDurationInSeconds: 1.5 },
    { Other: { OperationCount: 1e308, AggregateDurationInSeconds: 1.5 } },
  ],
  [{ OperationCount: 'many', recipientCount: ' ' }, { Other: { OperationCount: 'many', recipientCount: ' ' } }],
  [{ FileSizeBytes: '48213' }, { FileSizeBytes: 48213 }],
  [{ CreationTime: '2026-01-14T09:30:05' }, { CreationTime: '2026-01-14T09:30:05.000Z' }],
  [{ CreationTime: '2026-01-14 09:30:05' }, { CreationTime: '2026-01-14T09:30:05.000Z' }],
  [{ CreationTime: 'yesterday' }, { Other: { CreationTime: 'yesterday' } }],
  [
    { AppAccessContext: { IssuedAtTime: 'never', AADSessionId: 's' } },
    { AppAccessContext: { AADSessionId: 's' }, Other: { AppAccessContext: { IssuedAtTime: 'never' } } },
  ],
  // Open objects.
  [
    { Item: '{"Subject":"x"}', Folder: 'Inbox', Members: [{ UPN: 'a' }, 'b'] },
    { Item: { Subject: 'x' }, Folder: { _raw: 'Inbox' }, Members: [{ UPN: 'a' }, { _raw: 'b' }] },
  ],
  [{ Data: '{"f3u":"a","f3u":"b"}' }, { Data: { flattened: { f3u: 'b' } } }],
  [{ Data: '{"f3u":' }, { Data: { flattened: { _raw: '{"f3u":' } } }],
  // What no mapping knows, and what says nothing.
  [{ Unheard: { deep: [1] }, Other: 'x' }, { Other: { Unheard: { deep: [1] }, Other: 'x' } }],
  [{ UserKey: '', ObjectId: null, SupportTicketId: '' }, undefined],
  // What has a place in ECS is not written twice, unless it is not what that place takes.
  [{ Id: 'i', Operation: 'o', Workload: 'w', OrganizationId: 'g', OrganizationName: 'n', UserAgent: 'u' }, undefined],
  [{ Workload: { a: 1 } }, { Other: { Workload: { a: 1 } } }],
])('the raw fields of %j are %j', (record, expected) => {
  expect(rawOf(record)).toEqual(expected)
})

test('a name that objects inherit is a field like others', () => {
  const record = JSON.parse('{"__proto__":{"a":1},"constructor":2,"Parameters":[{"Name":"__proto__","Value":"3"}]}')

  const raw = rawOf(record)

  expect(JSON.stringify(raw?.['Other'])).toBe('{"__proto__":{"a":1},"constructor":2}')
  expect(JSON.stringify(raw?.['Parameters'])).toBe('{"__proto__":"3"}')
})

test('JSON within a text, nested beyond reason, stays a text', () => {
  const text = `${'['.repeat(50_000)}${']'.repeat(50_000)}`

  expect(rawOf({ Item: text })?.['Item']).toEqual({ _raw: text })
  expect(rawOf({ OperationProperties: text })?.['OperationProperties']).toEqual([{ Name: '_raw', Value: text }])
})

test('every mapped field has a type that needs no module of Elasticsearch', () => {
  const types = new Set<string>()
  const collect = (mappings: ReturnType<typeof mappingsOf>): void => {
    for (const { type, properties } of Object.values(mappings)) {
      if (type !== undefined) types.add(type)
      if (properties !== undefined) collect(properties)
    }
  }

  collect(mappingsOf('hoofprint-o365-audit'))
  collect(mappingsOf('hoofprint-ecs'))

  const plain = ['keyword', 'text', 'date', 'ip', 'long', 'double', 'boolean', 'flattened', 'geo_point', 'object']
  expect([...types].filter((type) => !plain.includes(type))).toEqual([])
})
