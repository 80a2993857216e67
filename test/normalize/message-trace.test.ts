import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import { normalizer } from '#src/normalize/index.ts'
import { activityOf, documentOf } from '../support/audit.ts'

test.each([
  ['Deliver', 'delivery', 'success'],
  ['FAIL', 'delivery', 'failure'],
  ['filteredAsSpam', 'delivery', 'success'],
  ['Quarantined', 'delivery', 'failure'],
  ['Unheard', 'delivery', 'unknown'],
  ['SENDEXTERNAL', 'delivery', 'unknown'],
])('a message whose status is %s is %s and ended in %s', (operation, category, outcome) => {
  const document = documentOf(trace({ Status: operation }, operation))

  expect(document['event.action']).toBe(operation)
  expect(document['hoofprint.category']).toBe(category)
  expect(document['event.outcome']).toBe(outcome)
})

test.each<[Json, string | undefined]>([
  ['<7d1a@fabrikam.example>', '<7d1a@fabrikam.example>'],
  ['7d1a@fabrikam.example', '<7d1a@fabrikam.example>'],
  ['', undefined],
  [null, undefined],
])('the mail with the id %j is told about as %s, first of all', (MessageId, item) => {
  const { messages, session, logon } = normalizer.keys(
    activityOf(trace({ MessageId, Subject: 'Invoice 7', SenderAddress: 'bob@fabrikam.example' }, 'Delivered')),
  )

  const told = { rank: 0, subject: 'Invoice 7', from: 'bob@fabrikam.example', received: '2026-01-14T00:00:00.000Z' }
  expect(messages).toEqual(item === undefined ? [] : [{ item, ...told, messageId: item }])
  expect([session, logon]).toEqual([undefined, undefined])
})

test('values of other types lose neither themselves nor the document', () => {
  const document = documentOf(
    trace({ Size: 'large', Subject: { a: 1 }, FromIP: 'none', RecipientAddress: 7, Extra: [1] }, 'None'),
  )

  expect(document['o365.messagetrace.Size']).toBeUndefined()
  expect(document['email.subject']).toBe('{"a":1}')
  expect(document['source.ip']).toBeUndefined()
  expect(document['source.address']).toBe('none')
  expect(document['email.to.address']).toEqual(['7'])
  expect(document['o365.messagetrace.Other']).toEqual({ Size: 'large', Extra: [1] })
})

test.each([
  ['Originating', 'outbound'],
  ['Incoming', 'inbound'],
  ['1', 'inbound'],
  ['2', 'outbound'],
  ['3', undefined],
])('a report that says of the direction %s means %s', (Directionality, direction) => {
  expect(documentOf(trace({ Directionality }, 'Deliver'))['email.direction']).toBe(direction)
})

function trace(record: JsonObject, operation: string) {
  return { dataset: 'o365.messagetrace', operation, record } as const
}
