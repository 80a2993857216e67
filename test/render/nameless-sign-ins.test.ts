import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { tableText as csv, documentsOf, jsonText as json } from '../support/documents.ts'

const [alice, bob] = ['alice@contoso.example', 'bob@contoso.example'] as const

const signedIn = {
  ...{ CreationTime: '2026-03-09T08:00:00', Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a004', RecordType: 15 },
  ...{ Operation: 'UserLoggedIn', UserId: alice, Workload: 'AzureActiveDirectory', ErrorNumber: '0' },
  ...{ ActorIpAddress: '2001:db8:0:0::7', ApplicationId: '9199bf20-a13f-4107-85dc-02114787ef48' },
  InterSystemsId: '7c000000-0000-4000-8000-00000000000a',
}
const failed = { ...signedIn, Operation: 'UserLoginFailed', ErrorNumber: '50126' }
const signIn = {
  ...{ CreatedDateTime: '2026-03-09T08:00:00Z', UserPrincipalName: 'Alice@contoso.example', IPAddress: '2001:db8::7' },
  ...{ AppDisplayName: 'Outlook', ErrorCode: '0' },
}
const correlated = { CorrelationId: signedIn.InterSystemsId }

test.each<[string, number, JsonObject, JsonObject]>([
  ['the same', 1, signedIn, signIn],
  [
    'of the second before, by its correlation',
    1,
    signedIn,
    { ...signIn, ...correlated, CreatedDateTime: '2026-03-09T07:59:59.6Z' },
  ],
  ['of the second before', 2, signedIn, { ...signIn, CreatedDateTime: '2026-03-09T07:59:59.6Z' }],
  ['of another request', 2, signedIn, { ...signIn, CorrelationId: '7c000000-0000-4000-8000-00000000000b' }],
  ['another user', 2, signedIn, { ...signIn, UserPrincipalName: bob }],
  ['another address', 2, signedIn, { ...signIn, IPAddress: '203.0.113.66' }],
  ['another application', 2, signedIn, { ...signIn, AppId: '7c000000-0000-4000-8000-00000000000c' }],
  ['that it failed', 2, signedIn, { ...signIn, ErrorCode: '50126' }],
  ['that both failed', 1, failed, { ...signIn, ErrorCode: '50126' }],
  ['that nobody was asked', 2, signedIn, { ...signIn, IsInteractive: 'False' }],
  ['that nobody was asked, by its correlation', 1, signedIn, { ...signIn, ...correlated, IsInteractive: 'False' }],
])('of a sign-in without an id the audit log’s logon says %s: they count as %i', async (_what, times, record, told) => {
  for (const texts of [
    [json(record), csv(told)],
    [csv(told), json(record)],
  ]) {
    const documents = await documentsOf(texts)

    const counted = documents.filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(documents).toHaveLength(2)
    expect(counted).toHaveLength(times)
    expect(counted.map((document) => document['event.id'])).toContain(signedIn.Id)
  }
})

test('sign-ins without ids in two tables count once, and those in one table each', async () => {
  const other = { ...signIn, City: 'Aarhus' }
  const third = { ...signIn, City: 'Odense' }

  const [both, one] = [await documentsOf([csv(signIn), csv(other)]), await documentsOf([csv(other, third)])]

  expect(
    [both, one].map((documents) => documents.map(({ tags }) => tags?.includes('also-audited') === true).toSorted()),
  ).toEqual([
    [false, true],
    [false, false],
  ])
})

test('of two sign-ins without ids in one table no logon tells both', async () => {
  const documents = await documentsOf([
    json(signedIn),
    csv({ ...signIn, City: 'Aarhus' }, { ...signIn, City: 'Odense' }),
  ])

  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(2)
})
