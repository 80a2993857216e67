import { expect, test } from '@jest/globals'
import { documentsOf } from '../../../support/read-documents.ts'

const info = {
  ...{ Timestamp: '2026-05-23T09:04:00Z', AlertId: 'fa10', Title: 'Suspicious inbox rule', Category: 'Persistence' },
  Severity: 'High',
  ServiceSource: 'Microsoft Defender for Office 365',
  DetectionSource: 'Defender for Office 365',
  AttackTechniques: '["Email Hiding Rules (T1564.008)"]',
}
const row = { Timestamp: info.Timestamp, AlertId: 'fa10', ServiceSource: info.ServiceSource, EvidenceRole: 'Impacted' }
const user = { ...row, EntityType: 'User', AccountUpn: 'alice@contoso.example', RemoteIP: null, NetworkMessageId: null }
const ip = { ...row, EntityType: 'Ip', RemoteIP: '203.0.113.45', AccountUpn: '', AdditionalFields: '{"Type":"ip"}' }
const mail = { ...row, EntityType: 'MailMessage', EmailSubject: 'Invoice 7', NetworkMessageId: 'n1', Title: info.Title }

test('AlertInfo is an alert, and what AlertEvidence has of it is no further one', async () => {
  const { documents } = await documentsOf(JSON.stringify({ results: [info, user, ip, mail] }))

  expect(documents).toMatchObject([
    {
      ...{ 'hoofprint.category': 'alert', 'event.kind': 'alert', 'event.severity': 4, 'event.id': 'fa10' },
      ...{ 'rule.name': info.Title, 'rule.category': 'Persistence', 'event.action': 'SecurityAlert' },
    },
    { 'hoofprint.category': 'other', 'event.kind': 'enrichment', 'related.user': ['alice@contoso.example'] },
    { 'hoofprint.category': 'other', 'related.ip': ['203.0.113.45'] },
    { 'hoofprint.category': 'other', 'email.subject': 'Invoice 7', 'rule.name': info.Title },
  ])
  // Of nobody's mailbox: else what was done nearest before would be taken for its cause.
  expect(documents.map((document) => document['hoofprint.mailbox'])).toEqual(Array(4).fill(undefined))
})

test('the same as CSV, and as Defender streams them', async () => {
  const csvOf = (record: object) => `${Object.keys(record).join(',')}\n"${Object.values(record).join('","')}"\n`
  const streamed = [
    { category: 'AdvancedHunting-AlertInfo', properties: info },
    { category: 'AdvancedHunting-AlertEvidence', properties: ip },
  ]

  const infos = await documentsOf(csvOf({ ...info, AttackTechniques: '' }))
  const details = await documentsOf(csvOf({ ...ip, AdditionalFields: '' }))
  const { documents } = await documentsOf(JSON.stringify({ records: streamed }))

  expect([infos.shape, details.shape]).toEqual(['hunting-alerts-csv', 'hunting-evidence-csv'])
  expect(documents[0]?.['event.id']).toBe(infos.documents[0]?.['event.id'])
  for (const document of [documents[1], details.documents[0]]) {
    expect(document).toMatchObject({ 'event.kind': 'enrichment', 'related.ip': ['203.0.113.45'] })
  }
})
