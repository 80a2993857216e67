import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { idsNamed, nameUsers } from '#src/render/name-users.ts'

const alice = '0a000000-0000-4000-8000-00000000000a'
const bob = '0b000000-0000-4000-8000-00000000000b'
const called = new Map([
  [alice, 'alice@contoso.example'],
  [bob, 'bob@contoso.example'],
])

/** What naming changes of a document. */
function changedBy(told: Partial<EcsDocument>, mailbox: string): Partial<EcsDocument> {
  const document = { 'event.action': 'Update', 'hoofprint.category': 'rule', ...told } as EcsDocument
  const before = { ...document }
  nameUsers({ of: (id) => called.get(id) }, document, mailbox)
  const names = Object.keys(document) as (keyof EcsDocument)[]
  return Object.fromEntries(
    names.filter((name) => document[name] !== before[name]).map((name) => [name, document[name]]),
  )
}

const owner = { 'hoofprint.mailbox': 'alice@contoso.example' }

test.each<[string, Partial<EcsDocument>, string, Partial<EcsDocument>]>([
  [
    'whose mailbox it is, who did it there himself',
    { 'user.id': alice.toUpperCase() },
    alice,
    { ...owner, 'user.email': 'alice@contoso.example', 'user.name': 'alice', 'user.domain': 'contoso.example' },
  ],
  ['whose mailbox it is, not somebody else there', { 'user.id': bob }, alice, owner],
  ['nobody anew who has an address', { 'user.id': alice, 'user.email': 'a.b@contoso.example' }, alice, owner],
  [
    'whom it was done to, whose mailbox that need not be',
    { 'user.target.id': bob.toUpperCase(), 'event.action': 'Add member to role.' },
    'alice@contoso.example',
    {
      'user.target.email': 'bob@contoso.example',
      'user.target.name': 'bob',
      'user.target.domain': 'contoso.example',
    },
  ],
  ['nobody anew whom it was done to', { 'user.target.id': bob, 'user.target.email': 'b@contoso.example' }, '', {}],
  [
    'whom mail is sent on to, once',
    { 'email.to.address': [bob, 'bob@contoso.example', 'x@contoso.example'] },
    '',
    { 'email.to.address': ['bob@contoso.example', 'x@contoso.example'] },
  ],
])('calls %s', (_, told, mailbox, changed) => {
  expect(changedBy(told, mailbox)).toEqual(changed)
})

test('the ids are known by which a document names others than its user, whose names may change', () => {
  const document = {
    ...{ 'hoofprint.category': 'forward' as const, 'user.id': alice, 'user.target.id': 'bob@contoso.example' },
    ...{ 'hoofprint.grantee': alice, 'email.to.address': [bob, 'x@contoso.example'] },
  }

  expect(idsNamed(document as Partial<EcsDocument> as EcsDocument)).toEqual([alice, bob])
})
