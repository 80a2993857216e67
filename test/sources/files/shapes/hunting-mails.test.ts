import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { restore } from '#src/sources/files/digest.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

const event: JsonObject = {
  Timestamp: '2026-05-03T09:10:02Z',
  NetworkMessageId: '0F3C1A52-1111-4E77-8A55-08DE5B0C9D01',
  InternetMessageId: '<7d1a@fabrikam.example>',
  SenderMailFromAddress: 'bounce@fabrikam.example',
  SenderFromAddress: 'Bob@fabrikam.example',
  SenderIPv4: '',
  SenderIPv6: '2001:db8::25',
  RecipientEmailAddress: 'Alice@contoso.example',
  Subject: 'Invoice 7',
  EmailDirection: 'Inbound',
  DeliveryAction: 'Junked',
  DeliveryLocation: 'Junk folder',
  AttachmentCount: 1,
}
const expected = {
  dataset: 'o365.messagetrace',
  time: Date.UTC(2026, 4, 3, 9, 10, 2),
  operation: 'Junked',
  mailbox: 'alice@contoso.example',
  record: {
    MessageTraceId: event['NetworkMessageId'],
    MessageId: '<7d1a@fabrikam.example>',
    SenderAddress: 'Bob@fabrikam.example',
    ReturnPath: 'bounce@fabrikam.example',
    RecipientAddress: ['Alice@contoso.example'],
    Subject: 'Invoice 7',
    Status: 'Junked',
    FromIP: '2001:db8::25',
    Directionality: 'Inbound',
    DeliveryLocation: 'Junk folder',
  },
}

test('a mail of advanced hunting is the event that its trace is', async () => {
  const trace = {
    ...{ Received: '2026-05-03T09:10:01.7', SenderAddress: 'Bob@fabrikam.example', Status: 'FilteredAsSpam' },
    ...{ RecipientAddress: 'alice@contoso.example', MessageTraceId: '0f3c1a52-1111-4e77-8a55-08de5b0c9d01' },
  }

  const { activities, rejected } = await digestFile(fileOf(JSON.stringify([event, trace])))

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([expected, { operation: 'FilteredAsSpam' }])
  expect(activities[0]?.id).toBe(activities[1]?.id)
})

test.each([
  ['queried', 'hunting-mails', JSON.stringify({ schema: [], results: [event] })],
  ['streamed', 'hunting-mails', JSON.stringify({ records: [{ category: 'x', tenantId: 't', properties: event }] })],
  ['exported', 'hunting-mails-csv', csv('Timestamp')],
  ["from Sentinel's page", 'hunting-mails-csv', csv('TimeGenerated [UTC]')],
])('%s, it is %s, and the same from the case', async (_, shape, text) => {
  const { activities, rejected, format } = await digestFile(fileOf(text))

  expect([format.shape, rejected]).toEqual([shape, []])
  expect(activities).toMatchObject([expected])
  expect(activities[0] && restore(format, activities[0].content).record).toEqual(activities[0]?.record)
})

test('of a mail without an author the sender is that of the envelope, and what is in another zone is refused', async () => {
  const { SenderFromAddress: _, ...rest } = event

  const { activities } = await digestFile(fileOf(JSON.stringify(rest)))
  const { rejected } = await digestFile(fileOf(csv('Timestamp [Local Time]')))

  expect(activities).toMatchObject([{ record: { SenderAddress: 'bounce@fabrikam.example' } }])
  expect(rejected.map(({ reason }) => reason)).toEqual(['times are not in UTC: export again with UTC as time zone'])
})

function csv(timeColumn: string): string {
  const columns = Object.keys(event).map((column) => (column === 'Timestamp' ? timeColumn : column))
  return `${columns.join(',')}\r\n${Object.values(event).join(',')}\r\n`
}
