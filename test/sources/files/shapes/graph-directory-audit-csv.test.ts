import { expect, test } from '@jest/globals'
import { quotedCsv } from '../../../support/csv.ts'
import { readWhole } from '../../../support/whole-file.ts'

const id = 'Directory_c_3'
const said = { UserId: 'admin@contoso.example', ObjectId: 'alice@contoso.example' }
const initiator = '{"user":{"userPrincipalName":"admin@contoso.example","ipAddress":"203.0.113.66"}}'
const targets = '[{"id":"u1","userPrincipalName":"alice@contoso.example"}]'

/** What scripts make of who did it and of what it was done to, by the columns that they name for it. */
test.each([
  [
    ['InitiatedBy', 'Target', 'IPAddress'],
    ['admin@contoso.example', 'alice@contoso.example', '203.0.113.66'],
  ],
  [
    ['InitiatedBy', 'TargetResources', 'InitiatedByIP'],
    ['admin@contoso.example', 'alice@contoso.example; Global Administrator', '203.0.113.66'],
  ],
  [
    ['Target', 'InitiatedByApp', 'InitiatedByUPN', 'ClientIP'],
    ['alice@contoso.example', '', 'admin@contoso.example', '203.0.113.66'],
  ],
  [
    ['Actor', 'TargetUser', 'initiatedBy', 'TargetResources'],
    ['Admin', 'Alice', initiator, targets],
  ],
])('of directory audits with %j names and address are read', async (columns, cells) => {
  const { shape, activities } = await readWhole(
    quotedCsv(
      ['Id', 'ActivityDateTime', 'ActivityDisplayName', 'Result', ...columns],
      [id, '2026-03-09T08:15:21Z', 'Add member to role', 'success', ...cells],
    ),
  )

  expect(shape).toBe('graph-directory-audit-csv')
  expect(activities).toMatchObject([
    { id, operation: 'Add member to role', record: { ...said, ActorIpAddress: '203.0.113.66' } },
  ])
})

test('names alone are told not to be all, and each name is one of what it was done to', async () => {
  const header = ['Id', 'ActivityDateTime', 'ActivityDisplayName', 'InitiatedBy', 'TargetResources']
  const row = (by: string, to: string) => [id, '2026-03-09T08:15:21Z', 'Add member to role', by, to]

  const { activities } = await readWhole(
    quotedCsv(
      header,
      row('admin@contoso.example', 'alice@contoso.example; Helpdesk'),
      row('Alice Smith', targets),
      row(initiator, targets),
    ),
  )

  expect(activities).toMatchObject([
    {
      truncated: true,
      record: {
        UserId: 'admin@contoso.example',
        Target: [
          { ID: 'alice@contoso.example', Type: 0 },
          { ID: 'Helpdesk', Type: 0 },
        ],
      },
    },
    { truncated: true, record: { UserId: 'Alice Smith' } },
    { truncated: false },
  ])
  expect(activities[1]?.record).not.toHaveProperty('ApplicationDisplayName') // It may be a user's.
})
