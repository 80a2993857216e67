import { expect, test } from '@jest/globals'
import { documentOfAudit } from '../../support/audit.ts'

const directory = { RecordType: 8, Workload: 'AzureActiveDirectory' }

test.each([
  ['New-Label', 'admin', 'creation'],
  ['Set-ArcConfig', 'admin', 'change'],
  ['Rotate-DkimSigningConfig', 'admin', 'change'],
  ['Disable-ATPProtectionPolicyRule', 'admin', 'change'],
  ['Remove-LabelPolicy', 'admin', 'deletion'],
  ['set-mailbox', 'admin', 'change'],
  ['Set‑Mailbox', 'admin', 'change'],
  ['SET-ARCCONFIG', 'admin', 'change'],
  ['Set–ArcConfig', 'admin', 'change'],
  ['Export-ActivityExplorerData', 'admin', 'access'],
  ['FileUnheardOf', 'other', 'info'],
])('of %s, which no table names or one does, the document is of %s and tells a %s', (Operation, category, type) => {
  const document = documentOfAudit({ Operation, RecordType: 1 })

  expect(document['hoofprint.category']).toBe(category)
  expect(document['event.type']).toContain(type)
  expect(document.tags?.includes('unknown-operation')).toBe(category === 'other')
})

test.each([
  'Get-RetentionCompliancePolicy',
  'Test-DataClassification',
])('a cmdlet that only looks something up, such as %s, is known and no administration', (Operation) => {
  const document = documentOfAudit({ Operation, RecordType: 18, Workload: 'SecurityComplianceCenter' })

  expect(document['hoofprint.category']).toBe('other')
  expect(document['event.type']).toEqual(['access'])
  expect(document.tags).not.toContain('unknown-operation')
})

test.each([
  ['Update continuous access evaluation', 'configuration', 'change'],
  ['Add permission grant policy', 'configuration', 'creation'],
  ['Delete AuthenticationContextClassReference.', 'configuration', 'deletion'],
  ['Add member to role request approved (PIM activation)', 'iam', 'creation'],
  ['Restore eligible member from role in PIM completed', 'iam', 'creation'],
  ['Add EligibleRoleAssignment to RoleDefinition', 'iam', 'creation'],
  ['Remove eligible member from role in PIM completed (timebound)', 'iam', 'deletion'],
  ['Add member to role request denied (PIM activation)', 'configuration', 'change'],
  ['Download group members - finished (bulk)', 'iam', 'info'],
])('a change of the directory that no table names, %s, is administration', (Operation, ecs, type) => {
  const document = documentOfAudit({ Operation, ...directory })

  expect(document['hoofprint.category']).toBe('admin')
  expect(document['event.category']).toContain(ecs)
  expect(document['event.type']).toContain(type)
})

test('cmdlets that services of Exchange run by themselves, and no table names, are nobody’s administration', () => {
  const service = { RecordType: 1, UserType: 3, UserId: 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)' }

  const [strange, known] = ['Set-TenantObjectVersion', 'Set-Mailbox'].map((Operation) =>
    documentOfAudit({ Operation, ...service }),
  )

  expect(strange?.['hoofprint.category']).toBe('other')
  expect(strange?.tags).not.toContain('unknown-operation')
  expect(known?.['hoofprint.category']).toBe('admin')
})

test.each([
  'SearchMtpStatus',
  'AggregateActivityData',
  'ValidaterbacAccessCheck',
])('%s, which a page of Defender asked for, is known and no administration', (Operation) => {
  const document = documentOfAudit({ Operation, RecordType: 52, Workload: 'SecurityComplianceCenter' })

  expect(document['hoofprint.category']).toBe('other')
  expect(document['event.type']).toEqual(['access'])
  expect(document.tags).not.toContain('unknown-operation')
})

test('what a service does that is no cmdlet and in no table stays unknown', () => {
  const document = documentOfAudit({ Operation: 'MailUnheardOf', RecordType: 2, UserId: 'S-1-5-18' })

  expect(document.tags).toContain('unknown-operation')
})

test.each([
  'Synchronization rule action',
  'Export',
  'Features_GetFeaturesAsync',
])('what services of the directory do by themselves, such as %s, changes nothing that anybody administers', (Operation) => {
  expect(documentOfAudit({ Operation, ...directory })['hoofprint.category']).toBe('other')
})
