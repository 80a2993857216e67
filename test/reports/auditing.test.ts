import { expect, test } from '@jest/globals'
import { auditingOf } from '#src/reports/auditing.ts'
import { reported } from '../support/reported.ts'

test.each([
  ['Set-AdminAuditLogConfig', { UnifiedAuditLogIngestionEnabled: 'True' }, 'switched on: what was done before may be'],
  ['Set-OrganizationConfig', { AuditDisabled: '$false' }, 'switched on: what was done before may be missing'],
  ['Set-Mailbox', { Identity: 'a$&b', AuditEnabled: 'False' }, 'auditing of a$&b was switched off'],
])('%s with %j tells what is missing', (action, Parameters, told) => {
  const record = { 'event.action': action, 'hoofprint.category': 'admin', 'o365.audit': { Parameters } }

  expect(auditingOf(reported(record).document)).toContain(told)
  expect(auditingOf(reported({ ...record, 'event.outcome': 'failure' }).document)).toBeUndefined()
})

test('a mailbox that a record names as its object alone is named', () => {
  const audit = { ObjectId: 'contoso/alice', Parameters: { LitigationHoldEnabled: 'False' } }
  const { document } = reported({
    ...{ 'event.action': 'Set-Mailbox', 'hoofprint.category': 'admin', 'o365.audit': audit },
  })

  expect(auditingOf(document)).toContain('the litigation hold on contoso/alice was lifted')
})
