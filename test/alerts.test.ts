import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { renderForReports } from '#src/render/render.ts'
import { fileOfRecords } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'
import { written } from './support/written.ts'

const user = 'alice@contoso.example'
const signIn = { createdDateTime: '2026-05-23T09:00:00Z', ipAddress: '203.0.113.66', status: { errorCode: 0 } }
const told = { AlertId: 'fa10', ServiceSource: 'x', Timestamp: '2026-05-23T09:04:00Z' }
const records = [
  { ...signIn, id: '55aa0000-0000-4000-8000-000000000001', userPrincipalName: user },
  { ...signIn, id: '55aa0000-0000-4000-8000-000000000002', servicePrincipalId: 's1', servicePrincipalName: 'Backup' },
  {
    ...{ id: 'fa10', title: 'Suspicious inbox rule', severity: 'high', serviceSource: 'x', status: 'new' },
    ...{ createdDateTime: '2026-05-23T09:09:00Z', firstActivityDateTime: '2026-05-23T09:04:00Z' },
    evidence: [{ userAccount: { userPrincipalName: user } }, { ipAddress: '203.0.113.99' }],
  },
  { ...told, EntityType: 'Ip', EvidenceRole: 'Related', RemoteIP: '203.0.113.99' },
  { ...told, EntityType: 'User', EvidenceRole: 'Impacted', AccountUpn: user },
  {
    Timestamp: '2026-05-23T09:05:00Z',
    NetworkMessageId: 'n1',
    RecipientEmailAddress: user,
    ActionResult: 'Success',
    ...{ ActionType: 'Manual remediation', ActionTrigger: 'AdminAction', InternetMessageId: '<a1@fabrikam.example>' },
  },
]

test('alerts, what they name and what Defender did to mails are the doing of no logon before them, from no address', async () => {
  const { files, rendered } = await importSample(fileOfRecords(records))

  expect(files.map(({ counts }) => counts)).toEqual([{ read: 6, stored: 6, duplicate: 0, rejected: 0 }])
  const others = rendered.map(({ document }) => document).filter((one) => one['hoofprint.category'] !== 'logon')
  expect(others).toHaveLength(4)
  for (const document of others) {
    expect(document['hoofprint.logon.ip']).toBeUndefined()
    expect(document['hoofprint.from.address']).toBeUndefined()
    expect(document['hoofprint.first_seen']).toBeUndefined()
  }
})

const tenant = '2f7c3a54-9f0e-4f52-8f0d-6c5d1b0e7a11'
const defenders = {
  ...{ id: '8754', displayName: 'Account compromise', severity: 'high', status: 'active', determination: 'unknown' },
  createdDateTime: '2026-05-23T09:10:00Z',
  incidentWebUrl: `https://security.microsoft.com/incidents/8754?tid=${tenant}`,
}
const link = `https://security.microsoft.com/incident2/8754/overview?tid=${tenant}`
const sentinels = {
  ...{ IncidentName: '5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b01', IncidentNumber: 2673, Severity: 'High', Status: 'New' },
  ...{ Title: 'Account compromise', CreatedTime: '2026-05-23T09:12:30Z', ProviderName: 'Microsoft XDR' },
  ...{ ProviderIncidentId: '8754', AdditionalData: { alertsCount: 2, providerIncidentUrl: link } },
}
const product = {
  ...{ SystemAlertId: '2f0a0000-0000-4000-8000-000000000003', AlertSeverity: 'High', AlertName: 'Suspicious rule' },
  ...{
    VendorOriginalId: 'fa0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b02',
    StartTime: '2026-05-23T09:04:00Z',
    ProviderName: 'OATP',
  },
}
const shown = {
  ...{ id: product.VendorOriginalId, title: 'Suspicious rule', severity: 'high', serviceSource: 'x', status: 'new' },
  ...{ createdDateTime: '2026-05-23T09:09:00Z', firstActivityDateTime: '2026-05-23T09:01:00Z' },
}

test.each([
  ["an incident of Defender's and Sentinel's copy of it", defenders, sentinels, 1],
  ['the same as text', defenders, { ...sentinels, AdditionalData: JSON.stringify(sentinels.AdditionalData) }, 1],
  [
    'one of its number in another tenant',
    { ...defenders, incidentWebUrl: defenders.incidentWebUrl.replace('2f7', '3f7') },
    sentinels,
    2,
  ],
  [
    "one whose number is Sentinel's own",
    { ...defenders, incidentWebUrl: defenders.incidentWebUrl.replace('8754', '2673') },
    sentinels,
    2,
  ],
  ['one of which no link is told', defenders, { ...sentinels, AdditionalData: {} }, 2],
  ["an alert and Sentinel's copy of it, of another first activity", shown, product, 1],
  ['an alert of another id', { ...shown, id: 'fa0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b03' }, product, 2],
  ['alerts that two products number', { ...shown, id: '7' }, { ...product, VendorOriginalId: '7' }, 2],
])('%s count as they are proven: %#', async (_what, one, other, times) => {
  for (const order of [
    [one, other],
    [other, one],
  ]) {
    const { folder } = await importSample(...order.map((record) => fileOfRecords([record])))
    const reader = openReader(folder)
    const activities = [...renderForReports(reader, { after: 0, until: 2, ...always })]
    reader.close()

    const { answers, table } = await written(activities)

    expect(answers.alerts.total).toBe(times)
    expect(table('alerts-activity')).toHaveLength(2)
  }
})

const always = { from: { time: 0, id: '' }, to: { time: Date.UTC(2100), id: '' } }
