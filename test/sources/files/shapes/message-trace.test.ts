import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { csvShapes, jsonShapes } from '#src/sources/files/shapes/index.ts'
import {
  messageTraceCsv,
  messageTraceExtendedCsv,
  messageTraceJson,
  messageTraceSummaryCsv,
} from '#src/sources/files/shapes/message-trace.ts'
import type { CsvShape, Shaped } from '#src/sources/files/shapes/shape.ts'
import { cellsOf } from '../../../support/cells.ts'
import { documentsOf } from '../../../support/read-documents.ts'
import { readWhole } from '../../../support/whole-file.ts'

const cmdlet =
  '"PSComputerName","RunspaceId","PSShowComputerName","Organization","MessageId","Received","SenderAddress",' +
  '"RecipientAddress","Subject","Status","ToIP","FromIP","Size","MessageTraceId","StartDate","EndDate","Index"\n' +
  '"outlook.office365.com","aaaaaaaa-1111-2222-3333-444444444444","False","contoso.example","<7d1a@fabrikam.example>",' +
  '"18.05.2021 21:13:33","Bob@fabrikam.example","Alice@Contoso.example","Invoice, 7","FilteredAsSpam",,"203.0.113.7",' +
  '"48213","0F3C1A52-1111-4E77-8A55-08DE5B0C9D01","17.05.2021 00:00:00","19.05.2021 00:00:00","0"\n'

const summary =
  'origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id,' +
  'original_client_ip,directionality,connector_id,delivery_priority\n' +
  '2021-05-18T21:13:33.1234567Z,Bob@fabrikam.example,"Alice@Contoso.example##Receive, Deliver;carol@contoso.example##Receive, Fail",' +
  'Invoice 7,48213,<7d1a@fabrikam.example>,0f3c1a52-1111-4e77-8a55-08de5b0c9d01,203.0.113.7,Incoming,,Normal\n'

const extended =
  'date_time_utc,client_ip,client_hostname,server_ip,server_hostname,source_context,connector_id,source,event_id,' +
  'internal_message_id,message_id,network_message_id,recipient_address,recipient_status,total_bytes,recipient_count,' +
  'related_recipient_address,reference,message_subject,sender_address,return_path,message_info,directionality,tenant_id,' +
  'original_client_ip,original_server_ip,custom_data\n' +
  '2021-05-18T21:13:33.123Z,2001:db8::25,AM0PR01MB0001,2001:db8::26,AM0PR01MB0002,08DE5B0C,Inbound,SMTP,RECEIVE,120259084711,' +
  '<7d1a@fabrikam.example>,0f3c1a52-1111-4e77-8a55-08de5b0c9d01,alice@contoso.example;carol@contoso.example,,48213,2,,,Invoice 7,' +
  'Bob@fabrikam.example,bounce@fabrikam.example,0I: NTS:,Incoming,t-1,203.0.113.7,203.0.113.8,S:A=1;S:B=2\n'

test('a row of Get-MessageTrace is one message to one recipient, without what is of the session', () => {
  const { id, ...shaped } = readRow(messageTraceCsv, cmdlet)

  expect(id).toMatch(/^[\da-f]{32}$/)
  expect(shaped).toEqual({
    dataset: 'o365.messagetrace',
    time: Date.parse('2021-05-18T21:13:33Z'),
    operation: 'FilteredAsSpam',
    mailbox: 'alice@contoso.example',
    fullness: expect.closeTo(13.5, 0),
    truncated: false,
    record: {
      Organization: 'contoso.example',
      MessageId: '<7d1a@fabrikam.example>',
      Received: '18.05.2021 21:13:33',
      SenderAddress: 'Bob@fabrikam.example',
      RecipientAddress: ['Alice@Contoso.example'],
      Subject: 'Invoice, 7',
      Status: 'FilteredAsSpam',
      FromIP: '203.0.113.7',
      Size: '48213',
      MessageTraceId: '0F3C1A52-1111-4E77-8A55-08DE5B0C9D01',
      StartDate: '17.05.2021 00:00:00',
      EndDate: '19.05.2021 00:00:00',
      Index: '0',
    },
  })
})

test('a row of the summary report is one message, with all its recipients and the status of the first', () => {
  const shaped = readRow(messageTraceSummaryCsv, summary)

  expect(shaped).toMatchObject({
    time: Date.parse('2021-05-18T21:13:33.123Z'),
    operation: 'Deliver',
    mailbox: 'alice@contoso.example',
    record: {
      RecipientAddress: ['Alice@Contoso.example', 'carol@contoso.example'],
      RecipientStatus: 'Alice@Contoso.example##Receive, Deliver;carol@contoso.example##Receive, Fail',
      Status: 'Receive, Deliver',
      Subject: 'Invoice 7',
      FromIP: '203.0.113.7',
      Directionality: 'Incoming',
      DeliveryPriority: 'Normal',
    },
  })
})

test('a row of the extended report is one event of a message', () => {
  const shaped = readRow(messageTraceExtendedCsv, extended)

  expect(shaped).toMatchObject({
    time: Date.parse('2021-05-18T21:13:33.123Z'),
    operation: 'RECEIVE',
    mailbox: 'alice@contoso.example',
    fullness: 0,
    record: {
      RecipientAddress: ['alice@contoso.example', 'carol@contoso.example'],
      ClientIP: '2001:db8::25',
      FromIP: '203.0.113.7',
      MessageTraceId: '0f3c1a52-1111-4e77-8a55-08de5b0c9d01',
      CustomData: 'S:A=1;S:B=2',
    },
  })
})

test('two events of one message are two records, told apart by whatever they differ in', () => {
  const one = readRow(messageTraceExtendedCsv, extended)
  const other = readRow(messageTraceExtendedCsv, extended.replace('S:B=2', 'S:B=3'))

  expect(readRow(messageTraceExtendedCsv, extended)).toEqual(one)
  expect(other.id).not.toBe(one.id)
})

test('a message to one recipient is the same record, however it was exported', () => {
  const json: JsonObject = {
    Organization: 'contoso.example',
    MessageId: '<7d1a@fabrikam.example>',
    Received: '/Date(1621372413000)/',
    SenderAddress: 'bob@fabrikam.example',
    RecipientAddress: 'alice@contoso.example',
    Status: 'FilteredAsSpam',
    Size: 48213,
    MessageTraceId: '0f3c1a52-1111-4e77-8a55-08de5b0c9d01',
  }
  const graph: JsonObject = {
    id: '0f3c1a52-1111-4e77-8a55-08de5b0c9d01',
    messageId: '<7d1a@fabrikam.example>',
    receivedDateTime: '2021-05-18T21:13:33Z',
    senderAddress: 'bob@fabrikam.example',
    recipientAddress: 'alice@contoso.example',
    status: 'filteredAsSpam',
    fromIP: '203.0.113.7',
  }
  const { id, time } = readRow(messageTraceCsv, cmdlet)

  for (const record of [json, graph]) {
    expect(messageTraceJson.recognizes(record)).toBe(true)
    expect(messageTraceJson.read(record, false)).toMatchObject({ id, time, mailbox: 'alice@contoso.example' })
  }
  expect(messageTraceJson.read({ ...json, RecipientAddress: 'carol@contoso.example' }, false)).not.toMatchObject({ id })
})

test('a report that writes the id of a message without hyphens tells the same record', () => {
  const toOne = summary.replace(/;carol.*?Fail/, '')

  const { id } = readRow(messageTraceSummaryCsv, toOne)

  expect(readRow(messageTraceSummaryCsv, toOne.replace(/0f3c1a52-.*?,/, '0F3C1A5211114E778A5508DE5B0C9D01,')).id).toBe(
    id,
  )
  expect(readRow(messageTraceCsv, cmdlet).id).toBe(id)
})

test("Graph's traces as CSV are the same records, too", async () => {
  const { shape, activities } = await readWhole(
    'id,senderAddress,recipientAddress,messageId,receivedDateTime,subject,status,fromIP\n' +
      '0f3c1a52-1111-4e77-8a55-08de5b0c9d01,bob@fabrikam.example,alice@contoso.example,<7d1a@fabrikam.example>,' +
      '5/18/2021 9:13:33 PM,"Invoice, 7",filteredAsSpam,203.0.113.7\n',
  )

  const { id, time } = readRow(messageTraceCsv, cmdlet)
  expect(shape).toBe('message-trace-csv')
  expect(activities).toMatchObject([{ id, time, operation: 'filteredAsSpam', record: { FromIP: '203.0.113.7' } }])
})

test('without a trace id, what a row says of its message tells it from others', () => {
  const cells = {
    Received: '2021-05-18T21:13:33',
    SenderAddress: 'b@fabrikam.example',
    RecipientAddress: 'a@contoso.example',
  }

  const one = messageTraceCsv.read({ ...cells, Subject: 'Invoice', Index: '1' }, '') as Shaped
  const again = messageTraceCsv.read({ ...cells, Subject: 'Invoice', Index: '2' }, '') as Shaped
  const other = messageTraceCsv.read({ ...cells, Subject: 'Order', Index: '1' }, '') as Shaped

  expect(again.id).toBe(one.id)
  expect(other.id).not.toBe(one.id)
  expect(one.operation).toBe('MessageTrace')
})

test.each([
  ['', 'no time of receipt'],
  ['soon', 'the time of receipt is not a time'],
])('a row received %j is none, and the reason holds no cell', (received, reason) => {
  const cells = { Received: received, SenderAddress: 'b@fabrikam.example', RecipientAddress: 'a@contoso.example' }

  expect(messageTraceCsv.read(cells, '')).toBe(reason)
})

test.each([
  ['message-trace-csv', cmdlet],
  ['message-trace-summary-csv', summary],
  ['message-trace-extended-csv', extended],
])('a header is that of %s, and of none before it', (name, csv) => {
  const columns = Object.keys(cellsOf(csv)[0] ?? {})

  const first = csvShapes.find((shape) => shape.columns.every((column) => columns.includes(column)))

  expect(first?.name).toBe(name)
})

test.each([
  [messageTraceCsv, cmdlet],
  [messageTraceSummaryCsv, summary],
  [messageTraceExtendedCsv, extended],
])('a row is seen to start where it does', (shape, csv) => {
  const columns = Object.keys(cellsOf(csv)[0] ?? {})
  const row = csv.split('\n')[1] ?? ''

  expect(shape.startsRow(row.slice(0, 100), columns, ',')).toBe(true)
  expect(shape.startsRow('Dear all, see below,', columns, ',')).toBe(false)
})

test.each<[string, JsonObject]>([
  ['a mail of Graph', { id: 'a', subject: 's', receivedDateTime: '2021-05-18T21:13:33Z', sender: {} }],
  ['an audit record', { Id: 'a', CreationTime: '2021-05-18T21:13:33', Operation: 'Send' }],
])('%s is no message trace', (_name, record) => {
  expect(jsonShapes.find((shape) => shape.recognizes(record))?.name).not.toBe('message-trace-json')
})

function readRow(shape: CsvShape, csv: string): Shaped {
  const shaped = shape.read(cellsOf(csv)[0] ?? {}, '')
  if (typeof shaped === 'string') throw new Error(shaped)
  return shaped
}

const tracking = [
  '\uFEFF#Software: Microsoft Exchange Server',
  '#Version: 15.01.2375.007',
  '#Log-type: Message Tracking Log',
  '#Date: 2026-09-01T15:02:29.339Z',
  '#Fields: date-time,client-ip,source,event-id,message-id,network-message-id,recipient-address,recipient-status,message-subject,sender-address,original-client-ip,directionality',
  '2026-09-01T15:02:29.339Z,192.0.2.10,SMTP,RECEIVE,<1@contoso.example>,7b1e64a2-0f3d-4c58-9a51-1de0c2f7a101,mallory@fabrikam.example;bob@contoso.example,,"Paid, again?",alice@contoso.example,2001:db8::9,Originating',
].join('\r\n')

test('a message tracking log of Exchange Server tells what an extended report does', async () => {
  const { documents, shape } = await documentsOf(tracking)

  expect(shape).toBe('message-tracking-csv')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-09-01T15:02:29.339Z', 'event.action': 'RECEIVE', 'hoofprint.category': 'delivery' },
      ...{ 'email.message_id': '<1@contoso.example>', 'email.subject': 'Paid, again?', 'source.ip': '2001:db8::9' },
      ...{ 'email.sender.address': 'alice@contoso.example', 'email.direction': 'outbound' },
      'email.to.address': ['mallory@fabrikam.example', 'bob@contoso.example'],
    },
  ])
})

test('of what Get-MessageTrackingLog gave, recipients of which their type alone is left are told as cut off', async () => {
  const row = (recipients: string) =>
    `"9/1/2026 3:02:29 PM","RECEIVE","<1@x>","${recipients}","Paid?","alice@contoso.example"`
  const header = '"Timestamp","EventId","MessageId","Recipients","MessageSubject","Sender"'

  const { documents, cut, shape } = await documentsOf(
    [header, row('System.String[]'), row('mallory@fabrikam.example')].join('\r\n'),
  )

  expect(shape).toBe('message-tracking-local-csv')
  expect(documents.map((document) => document['email.to.address'])).toEqual([undefined, ['mallory@fabrikam.example']])
  expect(documents[0]).toMatchObject({ 'email.subject': 'Paid?', 'email.sender.address': 'alice@contoso.example' })
  expect(cut).toEqual([true, false])
})
