import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { initiatorId, initiatorName } from '#src/normalize/audit/initiator.ts'
import { activityOf } from '../../support/audit.ts'

const object = '66d20000-1111-4222-8333-444455556666'
const application = 'b5a60000-1111-4222-8333-444455556666'
const tenant = 'aaaabbbb-0000-4ccc-8111-dddd2222eeee'
const principal = [
  { ID: object, Type: 2 },
  { ID: application, Type: 2 },
  { ID: `ServicePrincipal_${object}`, Type: 2 },
]

test.each<[string, Json, [id: string | undefined, name: string | undefined]]>([
  ['an application', [{ ID: 'Mail Archiver', Type: 1 }, ...principal], [application, 'Mail Archiver']],
  ['an application without a name', principal, [application, undefined]],
  ['one whose name looks like an id', [{ ID: tenant, Type: 1 }, ...principal], [application, tenant]],
  ['one whose name is not there', [{ Type: 1 }, ...principal], [application, undefined]],
  ['one whose name is nothing', [{ ID: null, Type: 1 }, { ID: '', Type: 1 }, ...principal], [application, undefined]],
  [
    'one of which only the service principal is told',
    [principal[0] ?? null, principal[2] ?? null],
    [undefined, undefined],
  ],
  [
    'a person',
    [
      { ID: 'alice@contoso.example', Type: 5 },
      { ID: `User_${object}`, Type: 2 },
    ],
    [undefined, undefined],
  ],
  ['nobody', null, [undefined, undefined]],
])('of %s among the actors the id and the name are read', (_, Actor, expected) => {
  const activity = activityOf({ dataset: 'o365.audit', operation: 'Update user.', record: { Actor } })

  expect([initiatorId, initiatorName].map((read) => read(activity.record, activity))).toEqual(expected)
})
