import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { csvShapeNamed, jsonShapes } from '#src/sources/files/shapes/index.ts'

const guid = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'
const at = '2026-03-09T08:15:21Z'
const user = 'alice@contoso.example'
const cut = `{"CreationTime":"${at}","Operation":"Send","Id":"7b1e`
const beside = {
  ...{ createdDateTime: at, operation: 'Send', userId: user, auditLogRecordType: '2', service: 'Exchange' },
  ...{ objectId: 'a', organizationId: guid, clientIp: '198.51.100.7' },
}
const change = {
  ...{ activityDateTime: at, activityDisplayName: 'Add member to role', correlationId: guid, loggedByService: 'Core' },
  ...{ initiatedBy: { user: { userPrincipalName: user } }, targetResources: [{ id: guid }], tenantId: guid },
}

// By what a record says in which order; of older cases, in which events would stand twice under any other.
test.each<[shape: string, said: JsonObject, id: string]>([
  [
    'graph-audit',
    { ...beside, auditData: { CreationTime: at, Operation: 'Send' } },
    '5951a4eeefafeae189f6dceaf5ee97c2',
  ],
  ['graph-audit-csv', { ...beside, auditData: cut }, 'f949e0632133d30edde3a4a48f450392'],
  [
    'search-ual-csv',
    { CreationDate: at, UserIds: user, Operations: 'Send', RecordType: '2', AuditData: cut },
    '4cd6a83d5335cc2152aa71e37e81655a',
  ],
  [
    'compliance-csv',
    { CreationDate: at, UserIds: user, Operations: 'Send', AuditData: cut },
    'b0c4b0ead44f930dd412f957790a9885',
  ],
  [
    'cloud-app-events',
    { Timestamp: at, ActionType: 'Send', AccountId: user, RawEventData: cut, IPAddress: '::1' },
    'e03f969f4ec7f57fbd872aab5c9b4bcd',
  ],
  ['directory-audit', change, 'e6231e719d09882e23880023f4d8dbb0'],
  [
    'hunting-evidence-csv',
    { AlertId: 'a', Timestamp: at, TimeGenerated: '', TenantId: guid, EntityType: 'User' },
    '7c1649b8aaff98fc88ef9ed894dd8158',
  ],
  [
    'hunting-signins-csv',
    { Timestamp: at, AccountUpn: user, DeviceName: ' ', City: '', ErrorCode: '0' },
    'faee43820bc719a86f7ef9be7aaebe8b',
  ],
  [
    'hunting-clicks-csv',
    { Timestamp: at, AccountUpn: user, Url: 'https://a.example', ThreatTypes: '', Id: ' ' },
    'f7ff440bc2795ae481b2f94d017e1430',
  ],
  [
    'sentinel-signinlogs-csv',
    { TimeGenerated: at, ResultType: '0', IPAddress: '198.51.100.7', City: ' ' },
    '896bebdd689c0e1f56008731bdbbee37',
  ],
])('what has no id of its own keeps the one that was made of it before: %s', (name, said, id) => {
  const shape = jsonShapes.find((json) => json.name === name)
  const shaped =
    shape === undefined ? csvShapeNamed(name).read(said as Record<string, string>, '') : shape.read(said, false)

  expect(shaped).toMatchObject({ id })
})
