import type { Random } from '../random.ts'
import { type AuditRecord, begin, pairs } from './record.ts'
import { tenant } from './tenant.ts'
import type { Visit } from './visit.ts'

/** What Entra answers to a logon, by its code: which operation it logs, how it names it, and how the portal words it. */
export const answers = {
  '0': answer('UserLoggedIn', '', 'Other.'),
  '50140': answer('UserLoggedIn', 'KmsiInterrupt', 'This error occurred due to "Keep me signed in" interrupt.'),
  '50058': answer('UserLoginFailed', 'UserInformationNotProvided', 'Session information is not sufficient for SSO.'),
  '50074': answer(
    'UserLoginFailed',
    'UserStrongAuthClientAuthNRequiredInterrupt',
    'Strong Authentication is required.',
  ),
  '500121': answer('UserLoginFailed', 'AuthenticationFailedDuringStrongAuthenticationRequest', 'MFA was denied.'),
  '50126': answer('UserLoginFailed', 'InvalidUserNameOrPassword', 'Invalid username or password.'),
  '50034': answer('UserLoginFailed', 'UserAccountNotFound', 'The user account does not exist in the directory.'),
  '50053': answer('UserLoginFailed', 'IdsLocked', 'Account is locked: too many sign-in attempts.'),
  '50173': answer('UserLoginFailed', 'FreshTokenNeeded', 'The grant was revoked: sign in again.'),
}

export type Code = keyof typeof answers

/** Codes that are neither a logon nor a refusal: something else was asked for first. */
export const interrupts: Code[] = ['50140', '50058', '50074']

/** One answered logon. `lies` when ResultStatus says Success though it failed, as in most real records. */
export type Attempt = { id: string; correlation: string; code: Code; lies: boolean }

/** UserLoggedIn or UserLoginFailed, as Entra writes them into the audit log. */
export function logonRecord(random: Random, time: number, about: { visit: Visit; attempt: Attempt }): AuditRecord {
  const { visit, attempt } = about
  const { account, client, ip, session } = visit
  const { operation, error } = answers[attempt.code]
  const failed = operation === 'UserLoginFailed'
  const userId = random.chance(0.1) ? account.upn.replace(/^./, (letter) => letter.toUpperCase()) : account.upn
  const common = { operation, recordType: 15, workload: 'AzureActiveDirectory', userId, userKey: account.id }
  const result = failed && !attempt.lies ? 'Failed' : 'Success'
  const target = '00000002-0000-0ff1-ce00-000000000000'
  return {
    ...begin(random, time, { ...common, result }, attempt.id),
    ClientIP: ip,
    ObjectId: target,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: pairs({
      ResultStatusDetail: failed && !attempt.lies ? 'UserError' : 'Success',
      UserAgent: client.userAgent,
      ...(failed && { UserAuthenticationMethod: '1' }),
      RequestType: client.used === 'Browser' ? 'OAuth2:Authorize' : 'OAuth2:Token',
    }),
    ModifiedProperties: [],
    Actor: [
      { ID: account.id, Type: 0 },
      { ID: account.upn, Type: 5 },
    ],
    ActorContextId: tenant.id,
    ActorIpAddress: ip,
    InterSystemsId: attempt.correlation,
    IntraSystemId: attempt.id,
    SupportTicketId: '',
    Target: [{ ID: target, Type: 0 }],
    TargetContextId: tenant.id,
    ApplicationId: client.appId,
    DeviceProperties: pairs({
      OS: client.os,
      BrowserType: client.browser.split(' ')[0] ?? '',
      IsCompliantAndManaged: 'False',
      ...(session !== undefined && { SessionId: session }),
    }),
    ErrorNumber: attempt.code,
    ...(error !== '' && { LogonError: error }),
  }
}

function answer(operation: 'UserLoggedIn' | 'UserLoginFailed', error: string, wording: string) {
  return { operation, error, wording }
}
