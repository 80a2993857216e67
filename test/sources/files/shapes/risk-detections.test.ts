import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const agent = 'Mozilla/5.0 (X11; Linux x86_64)'
const detection = {
  ...{ id: '9d10', requestId: '2f0a0000-0000-4000-8000-000000000001', riskEventType: 'anonymizedIPAddress' },
  ...{ riskState: 'atRisk', riskLevel: 'high', source: 'IdentityProtection', activity: 'signin' },
  ...{ activityDateTime: '2026-05-23T09:04:00Z', detectedDateTime: '2026-05-23T09:06:00.1234567Z' },
  ...{ lastUpdatedDateTime: '2026-05-23T09:07:00Z', ipAddress: '203.0.113.45', location: { city: 'Aarhus' } },
  ...{ userId: '2f0a0000-0000-4000-8000-000000000002', userPrincipalName: 'Alice@contoso.example' },
  additionalInfo: JSON.stringify([{ Key: 'userAgent', Value: agent }]),
}
const ofApplication = {
  ...{ ...detection, id: 'sp10', riskEventType: 'suspiciousSignins', riskLevel: 'hidden', additionalInfo: '[]' },
  ...{ userId: null, userPrincipalName: null, servicePrincipalId: 's1', servicePrincipalDisplayName: 'Backup' },
}

test('risk detections are alerts at the time of what was risky, with its user, address, client and kind', async () => {
  const { documents, shape } = await documentsOf(JSON.stringify({ value: [detection, ofApplication] }))

  expect(shape).toBe('risk-detections')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T09:04:00.000Z', 'event.id': '9d10', 'event.kind': 'alert', 'event.severity': 4 },
      ...{ 'hoofprint.category': 'alert', 'hoofprint.mailbox': 'alice@contoso.example', 'source.ip': '203.0.113.45' },
      ...{ 'rule.name': 'anonymizedIPAddress', 'user_agent.original': agent, 'event.code': 'AadRiskDetection' },
    },
    { 'user.id': 'Backup', 'rule.name': 'suspiciousSignins', 'hoofprint.category': 'alert' },
  ])
  expect(documents[1]?.['event.severity']).toBeUndefined()
})

test('the same of diagnostic settings and of Log Analytics, as JSON or CSV, is the same event', async () => {
  const table = [
    'ActivityDateTime [UTC],DetectedDateTime [UTC],Id,IpAddress,RiskEventType,RiskLevel,RiskState,UserPrincipalName',
    '"5/23/2026, 9:04:00.000 AM","5/23/2026, 9:06:00.123 AM",9d10,203.0.113.45,anonymizedIPAddress,high,atRisk,alice@contoso.example',
  ]
  const envelope = {
    ...{ time: '5/23/2026 9:08:00 AM', category: 'UserRiskEvents', operationName: 'User Risk Detection' },
    ...{ tenantId: '2f0a0000-0000-4000-8000-000000000009', identity: 'alice', properties: detection },
  }

  const all = await Promise.all([
    documentsOf(JSON.stringify(detection)),
    documentsOf(JSON.stringify(envelope)),
    documentsOf(table.join('\n')),
  ])

  expect(all.map(({ shape }) => shape)).toEqual(['risk-detections', 'risk-detections', 'risk-detections-csv'])
  const told = all.map(({ documents: [document] }) => [document?.['event.id'], document?.['@timestamp']])
  expect(new Set(told.map(String)).size).toBe(1)
  expect(all.map(({ documents: [document] }) => document?.['organization.id'])).toEqual([
    undefined,
    '2f0a0000-0000-4000-8000-000000000009',
    undefined,
  ])
  expect(all[2]?.documents).toMatchObject([{ 'source.ip': '203.0.113.45', 'rule.name': 'anonymizedIPAddress' }])
})

test("a script's CSV of them is read, whatever else PowerShell could not write", async () => {
  const columns =
    'Activity,ActivityDateTime,AdditionalInfo,IPAddress,Id,Location,RiskEventType,RiskLevel,RiskState,UserPrincipalName'
  const row = `signin,23.05.2026 09:04:00,"${detection.additionalInfo.replaceAll('"', '""')}",203.0.113.45,9d10,Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInLocation,newCountry,medium,remediated,alice@contoso.example`

  const { documents, shape } = await documentsOf(`${columns}\r\n${row}\r\n`)

  expect(shape).toBe('risk-detections-csv')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T09:04:00.000Z', 'event.severity': 3, 'user_agent.original': agent },
      ...{ 'event.id': '9d10', 'hoofprint.mailbox': 'alice@contoso.example' },
    },
  ])
  expect((documents[0]?.['o365.audit'] as JsonObject | undefined)?.['Other']).not.toHaveProperty('Location')
})

test("the audit log's own record of one, which may have the same members, keeps its time and user", async () => {
  const record = {
    ...{ CreationTime: '2026-05-23T09:10:00', Id: '9d10', Operation: 'AadRiskDetection', RecordType: 294 },
    ...{ UserId: 'alice@contoso.example', RiskEventType: 'newCountry', RiskState: 'atRisk', RiskLevel: 'high' },
    ...{ ActivityDateTime: '2026-05-23T09:04:00Z', DetectedDateTime: '2026-05-23T09:06:00Z' },
  }

  const { documents, shape } = await documentsOf(JSON.stringify(record))

  expect(shape).toBe('audit-json')
  expect(documents).toMatchObject([{ '@timestamp': '2026-05-23T09:10:00.000Z', 'user.id': 'alice@contoso.example' }])
})
