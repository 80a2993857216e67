import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { EcsDocument } from '#src/document.ts'
import { documentOfAudit } from '../../../support/audit.ts'
import { readWhole } from '../../../support/whole-file.ts'

const [role, bob] = ['0f000000-0000-4000-8000-00000000000f', '0b000000-0000-4000-8000-00000000000b'] as const
const toRole = { id: role, displayName: 'Application Administrator', type: 'Role', modifiedProperties: [] }
const request = { id: '0e000000-0000-4000-8000-00000000000e', displayName: null, type: 'Request' }
const ofBob = { id: bob, displayName: 'Bob', userPrincipalName: 'Bob@contoso.example', type: 'User' }
const token = [
  { key: 'oid', value: '0a000000-0000-4000-8000-00000000000a' },
  { key: 'ipaddr', value: '203.0.113.66' },
]

/** As Privileged Identity Management writes it: the role first, and no address but that in the token. */
function change(operation: string, targetResources: readonly JsonObject[] | undefined, more: JsonObject = {}) {
  const properties = {
    ...{ id: 'PIM_c_1', activityDateTime: '2026-03-09T08:15:21.2469162Z', activityDisplayName: operation },
    ...{ category: 'RoleManagement', loggedByService: 'PIM', correlationId: 'c', result: 'success' },
    initiatedBy: { user: { id: 'x', userPrincipalName: 'admin@contoso.example', ipAddress: null } },
    additionalDetails: token,
    ...(targetResources === undefined ? {} : { targetResources: [...targetResources] }),
    ...more,
  }
  return JSON.stringify({ time: '2026-03-09T08:15:21Z', category: 'AuditLogs', operationName: operation, properties })
}

async function documentOf(file: string): Promise<EcsDocument> {
  const { activities } = await readWhole(file)
  expect(activities).toHaveLength(1)
  return documentOfAudit(activities[0]?.record ?? {}, 'admin@contoso.example')
}

test.each([
  ['Add member to role in PIM completed (permanent)', { NewValue: 'Application Administrator' }],
  ['Remove eligible member from role in PIM completed (timebound)', { OldValue: 'Application Administrator' }],
])('of %s the target is who, not the role, and the role is named as in the audit log', async (operation, role) => {
  const document = await documentOf(change(operation, [toRole, request, ofBob]))

  expect(document['user.target.email']).toBe('bob@contoso.example')
  expect(document['user.target.id']).toBe('Bob@contoso.example')
  expect(document['o365.audit']).toMatchObject({ ModifiedProperties: { Role_DisplayName: role } })
})

test('a group that stands before who was added to it is not the target', async () => {
  const group = { id: 'g', displayName: 'Finance', type: 'Group', modifiedProperties: [] }

  const document = await documentOf(change('Add member to group', [group, ofBob]))

  expect(document['user.target.email']).toBe('bob@contoso.example')
  expect(document['o365.audit']).toMatchObject({
    ModifiedProperties: { Group_DisplayName: { NewValue: 'Finance' } },
  })
})

test('where the role alone is named it is the target, and what the record says of it stays as it is', async () => {
  const setting = { displayName: 'Role.DisplayName', newValue: '"Owner"', oldValue: null }
  const own = { ...toRole, modifiedProperties: [setting] }

  const alone = await documentOf(change('Update role setting in PIM', [toRole, request]))
  const told = await documentOf(change('Add member to role', [own, ofBob]))

  expect(alone['user.target.id']).toBe('Application Administrator')
  expect(told['o365.audit']).toMatchObject({ ModifiedProperties: { Role_DisplayName: { NewValue: '"Owner"' } } })
})

test('the portal’s CSV tells the kinds of what was changed, too', async () => {
  const header = 'Date (UTC),CorrelationId,Service,Category,Activity,Result,ActorType,ActorUserPrincipalName,IPAddress'
  const targets = 'Target1Type,Target1DisplayName,Target1ObjectId,Target2Type,Target2UserPrincipalName,Target2ObjectId'
  const row = `2026-03-09T08:15:21Z,c,PIM,RoleManagement,Add member to role in PIM completed,success,User,admin@contoso.example,`

  const document = await documentOf(`${header},${targets}\n${row},Role,Owner,${role},User,bob@contoso.example,${bob}\n`)

  expect(document['user.target.email']).toBe('bob@contoso.example')
})

test('the address in the token counts where the record has no other', async () => {
  const initiatedBy = { user: { userPrincipalName: 'admin@contoso.example', ipAddress: '198.51.100.7' } }

  const document = await documentOf(change('Add member to role', [toRole, ofBob]))
  const other = await documentOf(change('Add member to role', [toRole, ofBob], { initiatedBy }))

  expect(document['source.ip']).toBe('203.0.113.66')
  expect(other['source.ip']).toBe('198.51.100.7')
})

test('whoever is named behind the first is among the users that the record names', async () => {
  const application = { id: 'p', displayName: 'Mail Helper', type: 'Application' }

  const document = await documentOf(change('Add owner to application', [application, ofBob]))

  expect(document['user.target.id']).toBe('Mail Helper')
  expect(document['related.user']).toContain('bob@contoso.example')
})

test('who was invited is told by the address that the invitation went to', async () => {
  const guest = { id: 'g', displayName: 'Eve', type: 'User' }
  const additionalDetails = [{ key: 'invitedUserEmailAddress', value: 'Eve@fabrikam.example' }]

  const document = await documentOf(change('Invite external user', [guest], { additionalDetails }))

  expect(document['user.target.email']).toBe('eve@fabrikam.example')
  expect(document['related.user']).toContain('eve@fabrikam.example')
})

test('a change without a list of what it was done to is read', async () => {
  const { shape, activities } = await readWhole(change('Set federation settings on domain', undefined))

  expect(shape).toBe('directory-audit')
  expect(activities).toMatchObject([{ operation: 'Set federation settings on domain' }])
})
