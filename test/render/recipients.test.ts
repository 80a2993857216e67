import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { importSample } from '../support/sample-case.ts'

const alice = 'alice@contoso.example'
const id = '<7c1@contoso.example>'

test('a mail that was sent went to whom its message trace names, in whatever form that has its id', async () => {
  const traces = [trace(id, alice, 'voss@fabrikam.example'), trace('7c1@contoso.example', alice, 'bob@contoso.example')]

  const [document] = await sent(traces)

  expect(document?.['email.to.address']).toEqual(['bob@contoso.example', 'voss@fabrikam.example'])
})

test('a mail to many went to all of them', async () => {
  const addresses = Array.from({ length: 600 }, (_, i) => `guest${1000 + i}@fabrikam.example`)

  const [document] = await sent(addresses.map((address) => trace(id, alice, address)))

  expect(document?.['email.to.address']).toEqual(addresses)
})

test('whoever sends a mail on under its id did not send it', async () => {
  const traces = [
    trace(id, 'Alice@Contoso.example', 'list@fabrikam.example'),
    trace(id, 'list-bounces@fabrikam.example', alice),
  ]

  const [document] = await sent(traces)

  expect(document?.['email.to.address']).toEqual(['list@fabrikam.example'])
})

test.each([
  ['where traces name the messages', {}],
  ['where they do not', { MessageTraceId: undefined }],
])('what a recipient forwards, its sender did not send there: %s', async (_, more) => {
  const forwarded = trace(id, alice, 'archive@mailvault.example', '2026-03-09T08:15:29Z')
  const traces = [
    forwarded,
    trace(id, alice, 'bob@contoso.example'),
    trace(id, alice, 'voss@fabrikam.example', '2026-03-09T08:15:23Z'),
  ]

  const [document] = await sent(traces.map((one) => ({ ...one, ...more })))

  expect(document?.['email.to.address']).toEqual(['bob@contoso.example', 'voss@fabrikam.example'])
})

test('recipients of one message are its recipients, whenever each got it', async () => {
  const traces = ['bob', 'carol', 'dave'].map((name, i) => ({
    ...trace(id, alice, `${name}@contoso.example`, `2026-03-09T08:15:2${2 + 3 * i}Z`),
    MessageTraceId: 'one and the same',
  }))

  const [document] = await sent(traces)

  expect(document?.['email.to.address']).toEqual([
    'bob@contoso.example',
    'carol@contoso.example',
    'dave@contoso.example',
  ])
})

test('where an address differs from the name that its owner logs on with, the id alone tells', async () => {
  const [document] = await sent([trace(id, 'a.lund@contoso.example', 'voss@fabrikam.example')])

  expect(document?.['email.to.address']).toEqual(['voss@fabrikam.example'])
})

test('a mail without a message trace, and one that was only moved, has no recipients', async () => {
  const others = [trace('<8d2@contoso.example>', alice, 'voss@fabrikam.example')]

  expect((await sent(others)).map((document) => document['email.to.address'])).toEqual([undefined])
  expect((await sent([trace(id, alice, 'voss@fabrikam.example')], 'Update'))[0]?.['email.to.address']).toBeUndefined()
})

test('whom a record itself names as recipients, it was sent to', async () => {
  const [document] = await sent([trace(id, alice, 'voss@fabrikam.example')], 'Send', {
    Recipients: ['bob@contoso.example'],
  })

  expect(document?.['email.to.address']).toEqual(['bob@contoso.example'])
})

test('a mail that is answered was not sent by whoever answers it', async () => {
  const activities = [
    { ...activity('ServerLogon'), CustomProperties: [{ Name: 'UserName', Value: alice }] },
    { ...activity('Forward'), CustomProperties: [{ Name: 'InternetMessageId', Value: id }] },
  ]

  const rendered = await renderedOf({ activities: { value: activities }, trace: [trace(id, alice, alice)] })

  const [forward] = rendered.filter((document) => document['event.action'] === 'Forward')
  expect(forward).toMatchObject({ 'email.message_id': id, 'hoofprint.category': 'send' })
  expect(forward?.['email.to.address']).toBeUndefined()
})

test('what became of a mail that was sent is what its message traces say, of its own and of that sending alone', async () => {
  const returned = { ...trace(id, alice, 'voss@fabrikam.example'), Status: 'Failed' }
  const forwarded = { ...trace(id, alice, 'archive@mailvault.example', '2026-03-09T08:15:29Z'), Status: 'Quarantined' }

  const [document] = await sent([returned, trace(id, alice, 'bob@contoso.example'), forwarded])
  const [untold] = await sent([trace('<8d2@contoso.example>', alice, 'voss@fabrikam.example')])

  expect(document?.['hoofprint.trace.status']).toEqual(['Delivered', 'Failed'])
  expect(untold?.['hoofprint.trace.status']).toBeUndefined()
})

/** One row of Get-MessageTraceV2. */
function trace(messageId: string, sender: string, recipient: string, Received = '2026-03-09T08:15:22Z'): object {
  return {
    ...{ MessageTraceId: `t-${recipient}`, MessageId: messageId, Received, Subject: 'Invoice' },
    ...{ SenderAddress: sender, RecipientAddress: recipient, Status: 'Delivered', Size: 1200 },
  }
}

/** An activity of Outlook's. */
function activity(type: string): object {
  return {
    ...{ TimeStamp: '2026-03-09T08:20:00Z', ActivityCreationTime: '2026-03-09T08:20:00Z', AppIdType: 'Web' },
    ...{ ActivityIdType: type, ActivityItemId: `item-of-${type}`, ClientSessionId: '5c3d1f0e' },
  }
}

/** What a record of sending becomes beside these traces. */
async function sent(traces: readonly object[], operation = 'Send', more: object = {}): Promise<EcsDocument[]> {
  const record = {
    ...{ CreationTime: '2026-03-09T08:15:21', Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001', Operation: operation },
    ...{ RecordType: 2, UserId: alice, MailboxOwnerUPN: alice, Workload: 'Exchange' },
    Item: { InternetMessageId: id, Subject: 'Invoice' },
    ...more,
  }
  const rendered = await renderedOf({ audit: record, trace: traces })
  expect(rendered).toHaveLength(traces.length + 1)
  return rendered.filter((document) => document['event.dataset'] === 'o365.audit')
}

async function renderedOf(files: Readonly<Record<string, object>>): Promise<EcsDocument[]> {
  const folder = temporaryFolder()
  for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(value))
  const { rendered } = await importSample(relative(root, folder))
  return rendered.map(({ document }) => document)
}
