import { expect, test } from '@jest/globals'
import { documentsOf } from '../../../support/read-documents.ts'

const type = (name: string) => ({
  '@odata.type': `#microsoft.graph.security.${name}`,
  verdict: 'suspicious',
  roles: [],
})
const mail = {
  ...{ ...type('analyzedMessageEvidence'), networkMessageId: '2f0a0000-0000-4000-8000-000000000001' },
  ...{ internetMessageId: '<a1@fabrikam.example>', subject: 'Invoice 7', senderIp: '198.51.100.9' },
  ...{ recipientEmailAddress: 'bob@contoso.example', p2Sender: { emailAddress: 'eve@fabrikam.example' } },
  p1Sender: { emailAddress: 'bounce@fabrikam.example' },
}
const evidence = [
  { ...type('userEvidence'), userAccount: { accountName: 'alice', userPrincipalName: 'Alice@contoso.example' } },
  { ...type('ipEvidence'), ipAddress: '203.0.113.45', countryLetterCode: 'DK' },
  { ...type('mailboxEvidence'), primaryAddress: 'alice@contoso.example', displayName: 'Alice' },
  { ...type('cloudApplicationEvidence'), appId: 20893, displayName: 'Microsoft Exchange Online' },
  { ...type('fileEvidence'), fileDetails: { sha256: 'AB'.repeat(32), fileName: 'invoice.html' } },
  mail,
]
const alert = {
  ...{ id: 'fa10', providerAlertId: '10', incidentId: '7', status: 'resolved', severity: 'high', classification: null },
  ...{ serviceSource: 'microsoftDefenderForOffice365', detectionSource: 'microsoftDefenderForOffice365' },
  ...{ tenantId: '2f0a0000-0000-4000-8000-000000000009', title: 'Suspicious inbox rule', category: 'Persistence' },
  ...{ description: 'A rule hides mail.', alertWebUrl: 'https://alerts.contoso.example/fa10' },
  ...{ assignedTo: 'analyst@contoso.example', comments: [{ createdBy: { upn: 'analyst@contoso.example' } }] },
  ...{ createdDateTime: '2026-05-23T09:09:00.1234567Z', firstActivityDateTime: '2026-05-23T09:04:00Z', evidence },
}

test('an alert is at the time of what it tells of, about whom it names first, and names all whom its evidence names', async () => {
  const { documents, shape } = await documentsOf(JSON.stringify({ value: [alert] }))

  expect(shape).toBe('graph-alerts')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T09:04:00.000Z', 'event.id': 'fa10', 'event.kind': 'alert', 'event.severity': 4 },
      ...{ 'hoofprint.category': 'alert', 'hoofprint.mailbox': 'alice@contoso.example', message: 'A rule hides mail.' },
      ...{ 'rule.name': 'Suspicious inbox rule', 'rule.category': 'Persistence', 'event.action': 'SecurityAlert' },
      ...{ 'event.provider': 'microsoftDefenderForOffice365', 'rule.reference': alert.alertWebUrl },
      ...{ 'related.ip': ['203.0.113.45', '198.51.100.9'], 'related.hash': ['ab'.repeat(32)] },
      ...{ 'email.message_id': '<a1@fabrikam.example>', 'email.subject': 'Invoice 7', 'hoofprint.messages': 1 },
      ...{ 'email.from.address': ['eve@fabrikam.example'], 'email.sender.address': 'bounce@fabrikam.example' },
      ...{ 'email.to.address': ['bob@contoso.example'], 'organization.id': alert.tenantId },
    },
  ])
  const [document] = documents
  expect(document?.['related.user']).toEqual(
    expect.arrayContaining(['alice@contoso.example', 'bob@contoso.example', 'alice']),
  )
  expect(document?.['related.user']).not.toContain('analyst@contoso.example')
  // It was nobody's doing, from nowhere.
  expect(document?.['user.id']).toBeUndefined()
  expect(document?.['source.ip']).toBeUndefined()
})

test('an incident is known without its link, too', async () => {
  const incident = {
    ...{ id: '7', displayName: 'Multi-stage incident', severity: 'high', status: 'active', determination: 'unknown' },
    createdDateTime: '2026-05-23T09:10:00Z',
  }

  const { documents, shape } = await documentsOf(JSON.stringify({ value: [incident] }))

  expect([shape, documents.length]).toEqual(['graph-incidents', 1])
})

test('an incident is one event that names all whom its alerts name', async () => {
  const incident = {
    ...{ id: '7', displayName: 'Account compromise', severity: 'high', status: 'active', tenantId: alert.tenantId },
    ...{ incidentWebUrl: 'https://alerts.contoso.example/i7', createdDateTime: '2026-05-23T09:10:00Z' },
    ...{ assignedTo: 'analyst@contoso.example', alerts: [alert] },
  }

  const { documents, shape } = await documentsOf(JSON.stringify({ value: [incident] }))

  expect(shape).toBe('graph-incidents')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T09:10:00.000Z', 'event.action': 'SecurityIncident', 'event.id': '7' },
      ...{ 'rule.name': 'Account compromise', 'hoofprint.mailbox': 'alice@contoso.example' },
      'related.ip': ['203.0.113.45', '198.51.100.9'],
    },
  ])
})

test("a script's CSV has users with where they were, or evidence of which PowerShell wrote only the type", async () => {
  const extracted = [
    'Id,Title,Category,Severity,Status,CreatedDateTime,EventDateTime,AssignedTo,Description,DetectionSource,AffectedUser,AffectedHost,IncidentIds',
    'fa11,Password spray,InitialAccess,medium,newAlert,05/23/2026 09:09:00,05/23/2026 09:04:00,analyst@contoso.example,Many users.,mcas,alice@contoso.example/203.0.113.45; bob@contoso.example/null,,7',
  ]
  const exported = [
    'Id,Title,Category,Severity,Status,CreatedDateTime,FirstActivityDateTime,ServiceSource,Evidence',
    'fa10,Suspicious inbox rule,Persistence,high,resolved,5/23/2026 9:09:00 AM,5/23/2026 9:04:00 AM,microsoftDefenderForOffice365,Microsoft.Graph.PowerShell.Models.MicrosoftGraphSecurityAlertEvidence[]',
  ]

  const { documents: ofSuite, shape } = await documentsOf(extracted.join('\n'))
  const { documents: ofModule, cut } = await documentsOf(exported.join('\n'))

  expect(shape).toBe('graph-alerts-csv')
  expect(ofSuite).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T09:04:00.000Z', 'event.severity': 3, 'related.ip': ['203.0.113.45'] },
      ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'event.provider': 'mcas' },
    },
  ])
  expect(ofSuite[0]?.['related.user']).toContain('bob@contoso.example')
  expect(ofModule).toMatchObject([{ '@timestamp': '2026-05-23T09:04:00.000Z', 'event.id': 'fa10' }])
  expect(cut).toEqual([true])
})
