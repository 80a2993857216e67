import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { normalizer } from '#src/normalize/index.ts'
import { auditActivity, documentOfAudit } from '../../support/audit.ts'

test.each([
  'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)',
  'ServicePrincipal_9b7c2d1e-0000-4000-8000-000000000000',
  'S-1-5-21-1-2-3-4',
  'NOT-FOUND',
  'a@b@contoso.example',
])('the user %s is kept as it came and not split', (UserId) => {
  const document = documentOfAudit({ UserId }, '')

  expect(document['user.id']).toBe(UserId)
  expect(document['user.email']).toBeUndefined()
  expect(document['related.user']).toEqual([UserId])
})

test.each([
  'urn:spo:guest#Bob@fabrikam.example',
  'i:0#.f|membership|urn%3aspo%3aguest#bob@fabrikam.example',
])('the guest %s is called by his address', (UserId) => {
  const document = documentOfAudit({ UserId, Operation: 'SecureLinkUsed', RecordType: 14 }, '')

  expect(document).toMatchObject({ 'user.id': UserId, 'user.email': 'bob@fabrikam.example', 'user.name': 'bob' })
  expect(document['related.user']).toContain('bob@fabrikam.example')
  const activity = auditActivity({ UserId, ClientIP: '203.0.113.2' }, UserId.toLowerCase())
  expect(normalizer.keys(activity).usage).toMatchObject({ isOwn: true })
})

test('the touched mailbox is told beside whoever touched it, and is no target of its owner', () => {
  const byOther = documentOfAudit({ UserId: 'Bob@contoso.example', MailboxOwnerUPN: 'alice@contoso.example' })
  const byOwner = documentOfAudit({ UserId: 'Alice@contoso.example', MailboxOwnerUPN: 'alice@contoso.example' })

  expect(byOther).toMatchObject({
    'user.id': 'Bob@contoso.example',
    'user.email': 'bob@contoso.example',
    'user.target.email': 'alice@contoso.example',
    'user.target.name': 'alice',
    'user.target.domain': 'contoso.example',
    'hoofprint.mailbox': 'alice@contoso.example',
    'related.user': ['Bob@contoso.example', 'bob@contoso.example', 'bob', 'alice@contoso.example', 'alice'],
  })
  expect(byOwner['user.target.id']).toBeUndefined()
})

test.each<[JsonObject, string | undefined, string | undefined]>([
  [{ RecordType: 8, ObjectId: 'Eve@contoso.example' }, 'Eve@contoso.example', 'eve@contoso.example'],
  [
    {
      RecordType: '8',
      ObjectId: 'id-1',
      Target: [
        { ID: 'x', Type: 2 },
        { ID: 'eve@contoso.example', Type: '5' },
      ],
    },
    'id-1',
    'eve@contoso.example',
  ],
  [{ RecordType: 8, ObjectId: 'Not Available' }, undefined, undefined],
  [
    { RecordType: 14, TargetUserOrGroupName: 'eve@fabrikam.example', TargetUserOrGroupType: 'Guest' },
    'eve@fabrikam.example',
    'eve@fabrikam.example',
  ],
  [
    { RecordType: 14, TargetUserOrGroupName: 'Finance Members', TargetUserOrGroupType: 'SharePointGroup' },
    undefined,
    undefined,
  ],
])('what is done to by %j is %s, with the address %s', (record, id, email) => {
  const document = documentOfAudit({ UserId: 'alice@contoso.example', ...record })

  expect(document['user.target.id']).toBe(id)
  expect(document['user.target.email']).toBe(email)
})

test('whoever else a record names is related: trustees, members, users of an alert', () => {
  const relatedOf = (record: JsonObject) =>
    documentOfAudit({ UserId: 'alice@contoso.example', ...record })['related.user']

  expect(relatedOf({ Parameters: [{ Name: 'User', Value: 'bob@contoso.example' }] })).toContain('bob@contoso.example')
  expect(relatedOf({ Members: [{ UPN: 'eve@fabrikam.example' }, {}, 7] })).toContain('eve@fabrikam.example')
  expect(relatedOf({ Item: { ParentFolder: { MemberUpn: 'bob@contoso.example' } } })).toContain('bob@contoso.example')
  expect(relatedOf({ Data: '{"f3u":"eve@fabrikam.example","trc":"x;y@z.example"}' })).toEqual(
    expect.arrayContaining(['eve@fabrikam.example', 'y@z.example']),
  )
})

test('a group that something was shared with, and a team, are groups', () => {
  const shared = { TargetUserOrGroupName: 'Finance Members', TargetUserOrGroupType: 'SharePointGroup' }

  expect(documentOfAudit(shared)['group.name']).toBe('Finance Members')
  expect(documentOfAudit({ TeamName: 'Finance' })['group.name']).toBe('Finance')
})
