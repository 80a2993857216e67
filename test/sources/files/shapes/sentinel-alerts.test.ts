import { expect, test } from '@jest/globals'
import { quotedCsv } from '../../../support/csv.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const workspace = '2f0a0000-0000-4000-8000-000000000008'
const entities = [
  { $id: '2', Name: 'alice', UPNSuffix: 'contoso.example', AadUserId: 'u1', Type: 'account' },
  { $id: '3', Address: '203.0.113.45', Location: { CountryCode: 'DK' }, Type: 'ip' },
  { $id: '4', MailboxPrimaryAddress: 'alice@contoso.example', Type: 'mailbox' },
  {
    $id: '5',
    Recipient: 'bob@contoso.example',
    Sender: 'eve@fabrikam.example',
    P1Sender: 'bounce@fabrikam.example',
    SenderIP: '198.51.100.9',
    InternetMessageId: '<a1@fabrikam.example>',
    Subject: 'Invoice 7',
    Type: 'mailMessage',
  },
  { $ref: '2' },
]
const alert = {
  ...{ TenantId: workspace, TimeGenerated: '2026-05-23T09:12:00.5Z', StartTime: '2026-05-23T09:04:00Z' },
  ...{ DisplayName: 'Suspicious inbox rule', AlertName: 'Suspicious inbox rule', AlertSeverity: 'High', Status: 'New' },
  ...{ Description: 'A rule hides mail.', ProviderName: 'OATP', ProductName: 'Office 365 Advanced Threat Protection' },
  ...{ VendorOriginalId: 'fa10', SystemAlertId: '2f0a0000-0000-4000-8000-000000000003', Tactics: 'Persistence' },
  ...{ CompromisedEntity: 'alice@contoso.example', Entities: JSON.stringify(entities), ExtendedProperties: '{}' },
  AlertLink: 'https://alerts.contoso.example/fa10',
}

test("an alert has the product's id, and the workspace is no tenant", async () => {
  const { documents, shape } = await documentsOf(JSON.stringify([alert]))

  expect(shape).toBe('sentinel-alerts')
  expect(documents).toMatchObject([
    {
      '@timestamp': '2026-05-23T09:04:00.000Z',
      'event.id': 'fa10',
      'event.severity': 4,
      'event.provider': 'OATP',
      'hoofprint.category': 'alert',
      'hoofprint.mailbox': 'alice@contoso.example',
      'rule.category': 'Persistence',
      ...{ 'related.ip': ['203.0.113.45', '198.51.100.9'], 'email.subject': 'Invoice 7', 'rule.name': alert.AlertName },
      ...{ 'email.from.address': ['eve@fabrikam.example'], 'email.sender.address': 'bounce@fabrikam.example' },
    },
  ])
  expect(documents[0]?.['organization.id']).toBeUndefined()
})

test('alerts that a notebook queried by msticpy and saved are the same, under the names that this gives them', async () => {
  const { AlertSeverity, StartTime: _, VendorOriginalId, ...same } = alert
  const renamed = {
    ...same,
    Severity: AlertSeverity,
    StartTimeUtc: '2026-05-23 09:04:00',
    ProviderAlertId: VendorOriginalId,
  }
  const table = quotedCsv(['', ...Object.keys(renamed)], ['0', ...Object.values(renamed)])

  const { documents: one } = await documentsOf(JSON.stringify([alert]))
  const { documents: other } = await documentsOf(table)

  for (const name of [
    '@timestamp',
    'event.id',
    'event.severity',
    'hoofprint.mailbox',
    'related.ip',
    'rule.name',
  ] as const)
    expect(other[0]?.[name]).toEqual(one[0]?.[name])
  expect(one[0]?.['event.id']).toBe('fa10')
})

test('incidents, as CSV too', async () => {
  const incident = {
    TenantId: workspace,
    'TimeGenerated [UTC]': '5/23/2026, 9:12:00.000 AM',
    IncidentName: 'i1',
    IncidentNumber: '7',
    Title: 'Account compromise',
    Severity: 'High',
    Status: 'New',
    'CreatedTime [UTC]': '5/23/2026, 9:10:00.000 AM',
    Owner: '{"userPrincipalName":"analyst@contoso.example"}',
    AlertIds: '["2f0a0000-0000-4000-8000-000000000003"]',
  }
  const cells = Object.values(incident).map((cell) => `"${cell.replaceAll('"', '""')}"`)

  const { documents, shape } = await documentsOf(`${Object.keys(incident).join(',')}\n${cells.join(',')}\n`)

  expect(shape).toBe('sentinel-incidents-csv')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T09:10:00.000Z', 'event.id': 'i1', 'event.action': 'SecurityIncident' },
      ...{ 'rule.name': 'Account compromise', 'event.severity': 4, 'related.user': [] },
    },
  ])
})
