import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { normalizer } from '#src/normalize/index.ts'
import { auditActivity, documentOfAudit } from '../../support/audit.ts'

test.each<[JsonObject, string, string | undefined]>([
  // On real data two thirds of the failed say "Success".
  [{ Operation: 'UserLoginFailed', ResultStatus: 'Success', ErrorNumber: '50126' }, 'failure', '50126'],
  [{ Operation: 'UserLoginFailed', ResultStatus: 'Success', LogonError: 'IdsLocked' }, 'failure', 'IdsLocked'],
  [{ Operation: 'UserLoginFailed', ResultStatus: 'Failed', ErrorNumber: 50053 }, 'failure', '50053'],
  [{ Operation: 'UserLoginFailed' }, 'failure', undefined],
  [{ Operation: 'UserLoginFailed', ErrorNumber: '50058' }, 'unknown', '50058'],
  [{ Operation: 'UserLoginFailed', ErrorNumber: '50072', LogonError: 'Other' }, 'unknown', 'Other'],
  [{ Operation: 'UserLoginFailed', ErrorCode: 50074 }, 'unknown', '50074'],
  [
    { Operation: 'UserLoginFailed', LogonError: 'UserStrongAuthClientAuthNRequired' },
    'unknown',
    'UserStrongAuthClientAuthNRequired',
  ],
  [
    { Operation: 'UserLoginFailed', ErrorNumber: '16000', LogonError: 'SelectUserAccount' },
    'unknown',
    'SelectUserAccount',
  ],
  [{ Operation: 'UserLoginFailed', ErrorNumber: '65001' }, 'unknown', '65001'], // It asks for consent.
  [{ Operation: 'UserLoggedIn', ResultStatus: 'Success', ErrorNumber: '0' }, 'success', undefined],
  [{ Operation: 'UserLoggedIn', ResultStatus: 'Succeeded', LogonError: 'None' }, 'success', undefined],
  [{ Operation: 'userloggedin', ResultStatus: 'Success' }, 'success', undefined],
  [{ Operation: 'UserLoggedIn', ResultStatus: 'Success', ErrorNumber: '50140' }, 'unknown', '50140'],
  [
    { Operation: 'UserLoggedIn', ResultStatus: 'Success', LogonError: 'FlowTokenExpired' },
    'failure',
    'FlowTokenExpired',
  ],
  [{ Operation: 'UserLoggedIn', ResultStatus: 'Failed' }, 'failure', undefined],
  [{ Operation: 'UserLoggedIn' }, 'unknown', undefined],
  [{ Operation: 'UserLoggedIn', ResultStatus: 'InProgress' }, 'unknown', undefined],
  [{ Operation: 'MailboxLogin', ResultStatus: 'Succeeded' }, 'success', undefined],
  [{ Operation: 'MailboxLogin', ResultStatus: 'PartiallySucceeded' }, 'success', undefined],
  [
    { Operation: 'PasswordLogonInitialAuthUsingPassword', ResultStatus: 'success', LoginStatus: 0 },
    'success',
    undefined,
  ],
  [
    { Operation: 'PasswordLogonInitialAuthUsingPassword', LoginStatus: -2147217390, ResultStatus: 'success' },
    'failure',
    '-2147217390',
  ],
])('the logon %j ended in %s, because of %s', (record, outcome, reason) => {
  const document = documentOfAudit(record)

  expect(document['event.outcome']).toBe(outcome)
  expect(document['event.reason']).toBe(reason)
})

test.each<[JsonObject, string | undefined]>([
  [{ Operation: 'UserLoginFailed', ErrorNumber: '50074' }, 'accepted'],
  [{ Operation: 'UserLoginFailed', ErrorNumber: 500121, LogonError: 'AuthenticationFailed' }, 'accepted'],
  [{ Operation: 'UserLoginFailed', LogonError: 'BlockedByConditionalAccess' }, 'accepted'],
  [{ Operation: 'UserLoggedIn', ErrorNumber: '50076' }, 'accepted'],
  [{ Operation: 'UserLoginFailed', ErrorNumber: '50126', LogonError: 'InvalidUserNameOrPassword' }, undefined],
  [{ Operation: 'UserLoginFailed', ErrorNumber: '50053', LogonError: 'IdsLocked' }, undefined],
  [{ Operation: 'UserLoggedIn', ErrorNumber: '0' }, undefined],
  [{ Operation: 'MailboxLogin', ErrorNumber: '50074' }, undefined],
])('that the first factor of the logon %j was accepted, and it was stopped then, is %s', (record, factor) => {
  expect(documentOfAudit(record)['hoofprint.first_factor']).toBe(factor)
})

test.each<[JsonObject[string], string]>([
  ['Succeeded', 'success'],
  ['Success', 'success'],
  ['PartiallySucceeded', 'success'],
  ['True', 'success'],
  ['TRUE', 'success'],
  [' succeeded ', 'success'],
  ['Failed', 'failure'],
  ['Failure', 'failure'],
  ['False', 'failure'],
  ['WAHR', 'success'],
  ['FALSCH', 'failure'],
  ['FAUX', 'failure'],
  ['YANLIŞ', 'failure'],
  ['InProgress', 'success'],
  ['', 'success'],
  [null, 'success'],
  [{}, 'success'],
])('what was done with ResultStatus %j is a %s', (ResultStatus, outcome) => {
  expect(documentOfAudit({ Operation: 'New-InboxRule', ResultStatus })['event.outcome']).toBe(outcome)
  expect(documentOfAudit({ Operation: 'Unheard', ResultStatus })['event.outcome']).toBe(outcome)
})

test('the code of an interrupted logon is kept where rules look for it', () => {
  const record = { Operation: 'UserLoginFailed', ErrorNumber: 50140, LogonError: 'KmsiInterrupt' }

  expect(documentOfAudit(record)['o365.audit']).toEqual({ ErrorNumber: '50140', LogonError: 'KmsiInterrupt' })
})

test('activities can be attributed to logons that did not fail', () => {
  const logon = (record: JsonObject) =>
    normalizer.keys(auditActivity({ ClientIP: '198.51.100.23:4711', UserAgent: 'Agent/1', ...record })).logon

  expect(logon({ Operation: 'UserLoggedIn', ResultStatus: 'Success' })).toEqual({
    platform: '',
    ip: '198.51.100.23',
    userAgent: 'Agent/1',
  })
  expect(logon({ Operation: 'UserLoginFailed', ResultStatus: 'Success' })).toBeUndefined()
  expect(logon({ Operation: 'MailItemsAccessed' })).toBeUndefined()
  expect(logon({ Operation: 'UserLoggedIn' })).toBeDefined() // Nobody knows how it ended.
  const ended: [string, string][] = [
    ['50074', 'stopped'],
    ['50140', ''], // Signed in, and asked whether to stay so.
  ]
  for (const [ErrorNumber, platform] of ended) {
    expect(logon({ Operation: 'UserLoginFailed', ErrorNumber, ResultStatus: 'Success' })).toMatchObject({ platform })
  }
})
