import { expect, test } from '@jest/globals'
import { quotedCsv } from '../../../support/csv.ts'
import { readWhole } from '../../../support/whole-file.ts'

const id = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'

// What pandas reads again, and Power Query expands beside Purview's columns without a prefix.
test('a second column of a name, such as UserId.1, is not taken for a list', async () => {
  const header =
    'CreationDate,RecordType,Operation,UserId,CreationTime,Id,Operation.1,RecordType.1,UserId.1,Id.1,Workload,Item'
  const user = 'alice@contoso.example'
  const cells = [
    '2026-03-09T08:15:21Z',
    '2',
    'Send',
    user,
    '2026-03-09T08:15:21',
    id,
    'Send',
    '2',
    user,
    id,
    'Exchange',
    '',
  ]

  const { shape, activities } = await readWhole(quotedCsv(header.split(','), cells))

  expect(shape).toBe('audit-columns-csv')
  expect(activities).toMatchObject([{ id, operation: 'Send', record: { UserId: user, RecordType: '2' } }])
})

test('a column may have a name that every object has', async () => {
  const header = 'CreationTime,Id,Operation,UserId,Workload,toString,constructor,hasOwnProperty,__proto__'
  const cells = ['2026-03-09T08:15:21', id, 'Send', 'alice@contoso.example', 'Exchange', 'a', 'b', 'c', 'd']

  const { activities } = await readWhole(quotedCsv(header.split(','), cells))

  expect(activities).toMatchObject([{ id, operation: 'Send', record: { Workload: 'Exchange', constructor: 'b' } }])
})

test('a second column of a sign-in is not taken for a list either', async () => {
  const header =
    'CreatedDateTime,Id,UserPrincipalName,AppDisplayName,IpAddress,Status.ErrorCode,Id.1,UserPrincipalName.1'
  const user = 'alice@contoso.example'
  const cells = ['2026-03-09T08:15:21Z', id, user, 'Outlook', '203.0.113.5', '0', id, user]

  const { activities } = await readWhole(quotedCsv(header.split(','), cells))

  expect(activities).toMatchObject([{ id, record: { userPrincipalName: user } }])
})
