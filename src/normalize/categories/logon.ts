import type { Outcome } from '../../document.ts'
import { firstFactorOfLogon, outcomeOfFailedLogon, outcomeOfLogon, reasonOfLogon, resultOf } from '../audit/outcome.ts'
import { type Category, type FieldTable, property, type Reader } from '../table.ts'
import { plain } from './rows.ts'

const exception = property('ExceptionInfo')
const result = property('Result')

/** An exception means that the logon failed, whatever the result says; without either nobody knows. */
const outcome: Reader<Outcome> = (record, activity) => {
  if (exception(record, activity) !== undefined) return 'failure'
  return resultOf(result(record, activity)) ?? 'unknown'
}

const judged: FieldTable = { 'event.outcome': outcomeOfLogon, 'event.reason': reasonOfLogon }

export const logon: Category = {
  name: 'logon',
  ecs: { category: ['authentication'], type: ['start'] },
  activity: {
    fields: { 'event.outcome': outcome, 'event.reason': exception },
    operations: { ServerLogon: {}, Logon: {} },
  },
  audit: [
    {
      ecs: { category: ['authentication'], type: ['start', 'access'] },
      fields: { ...judged, 'hoofprint.first_factor': firstFactorOfLogon },
      operations: { UserLoggedIn: {}, UserLoginFailed: { 'event.outcome': outcomeOfFailedLogon } },
    },
    {
      fields: judged,
      operations: {
        ...plain('MailboxLogin, OWAAuth, SignInEvent'),
        // Before 2016, RecordType 9.
        ...plain(`PasswordLogonInitialAuthUsingPassword, PasswordLogonInitialAuthUsingADFSFederatedToken,
          PasswordLogonCookieCopyUsingDAToken, ForeignRealmIndexLogonCookieCopyUsingDAToken,
          ForeignRealmIndexLogonInitialAuthUsingADFSFederatedToken,
          ForeignRealmIndexLogonCookieCopyUsingSha1RememberMyPassword`),
      },
    },
  ],
  signIn: { operations: { 'Sign-in activity': {} } },
}
