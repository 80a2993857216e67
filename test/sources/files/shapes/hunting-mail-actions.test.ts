import { expect, test } from '@jest/globals'
import { documentsOf } from '../../../support/read-documents.ts'

const zap = {
  ...{ Timestamp: '2026-05-23T10:04:00Z', NetworkMessageId: '2f0a0000-0000-4000-8000-000000000001' },
  ...{ InternetMessageId: '<a1@fabrikam.example>', Action: 'Moved to quarantine', ActionType: 'Phish ZAP' },
  ...{ ActionTrigger: 'SpecialAction', ActionResult: 'Success', RecipientEmailAddress: 'Alice@contoso.example' },
  DeliveryLocation: 'Quarantine',
  ThreatTypes: 'Phish',
  ReportId: 'r1',
  SenderFromAddress: 'eve@fabrikam.example',
}
const failed = { ...zap, ActionType: 'Malware ZAP', ActionResult: 'Error', ReportId: 'r2' }
const released = {
  ...{ ...zap, ActionType: 'Redelivery', Action: 'Reprocessed', DeliveryLocation: 'Inbox', ReportId: 'r3' },
  ThreatTypes: null,
}

test('what became of mails after delivery is of the recipient, and nobody did it', async () => {
  const { documents, shape } = await documentsOf(JSON.stringify({ results: [zap, failed, released] }))

  expect(shape).toBe('hunting-mail-actions')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-23T10:04:00.000Z', 'event.action': 'Phish ZAP', 'event.outcome': 'success' },
      ...{ 'hoofprint.category': 'delivery', 'hoofprint.mailbox': 'alice@contoso.example', 'rule.name': 'Phish' },
      ...{ 'email.message_id': '<a1@fabrikam.example>', 'email.to.address': ['alice@contoso.example'] },
      'email.from.address': ['eve@fabrikam.example'],
      'event.reason': 'Moved to quarantine; Quarantine; SpecialAction',
    },
    { 'event.outcome': 'failure', 'event.action': 'Malware ZAP' },
    { 'event.outcome': 'success', 'event.reason': 'Reprocessed; Inbox; SpecialAction' },
  ])
  expect(documents.map((document) => document['user.id'])).toEqual([undefined, undefined, undefined])
})

test('the same as CSV, and as Defender streams them, is the same event', async () => {
  const { documents: csv, shape } = await documentsOf(
    `${Object.keys(zap).join(',')}\n${Object.values(zap).join(',')}\n`,
  )
  const { documents: streamed } = await documentsOf(
    JSON.stringify({ records: [{ category: 'AdvancedHunting-EmailPostDeliveryEvents', properties: zap }] }),
  )

  expect(shape).toBe('hunting-mail-actions-csv')
  expect(csv[0]?.['event.id']).toBe(streamed[0]?.['event.id'])
})
