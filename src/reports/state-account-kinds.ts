import type { EcsDocument } from '../document.ts'
import { parseCultureTime } from '../time/culture-time.ts'
import { dayMs } from '../time/time.ts'
import { isLost, list, lostOf, of, type StateKind, told } from './state-said.ts'

/** What accounts and applications were given, by what it is called there. */
export const accountKinds: Readonly<Record<string, StateKind>> = {
  RoleMember: {
    noun: ['role', 'roles'],
    madeBy: 'admin',
    object: (document) => told(document, 'Role'),
    says: (document) =>
      list([
        told(document, 'AssignmentStatus') ??
          lostOf(document, ['Member']) ??
          (isGiven(document) ? 'given' : 'nobody has it'),
        of(told(document, 'SourceName')?.replace(/^N\/A$/, '') || undefined, 'by the group'),
        of(told(document, 'StartDateTime'), 'since'),
        of(told(document, 'EndDateTime'), 'until'),
      ]),
    isNotable: (document) => isGiven(document) && weighty.test(told(document, 'Role') ?? ''),
    isThere: isGiven,
  },
  SignInMethods: {
    noun: ['account with its ways to sign in', 'accounts with their ways to sign in'],
    madeBy: 'method',
    says: (document) => told(document, 'Methods') ?? lostOf(document, ['Methods']) ?? 'none beside a password',
    // Nearly every account has some: only what records tell of its making stands out.
    isNotable: () => false,
  },
  MobileDevice: {
    noun: ['mobile device', 'mobile devices'],
    object: (document) => told(document, 'DeviceId') ?? told(document, 'FriendlyName'),
    says: (document) =>
      list([
        list(deviceWords.map((name) => told(document, name))) || 'not described',
        of(told(document, 'FirstSyncTime'), 'first synchronized'),
        of(told(document, 'LastSuccessSync'), 'last synchronized'),
      ]),
    isNotable: (document) => isRecent(document, 'FirstSyncTime'),
  },
  ApplicationCredential: {
    noun: ['application with its credentials', 'applications with their credentials'],
    madeBy: 'credential',
    isOfTenant: true,
    name: (document) => told(document, 'AppId')?.toLowerCase(),
    object: (document) => told(document, 'DisplayName') ?? told(document, 'AppId'),
    says: (document) => list([told(document, 'Credentials'), lostOf(document, credentials)]) || 'none listed',
    // Of when they are from nothing is known where they were lost.
    isNotable: (document) => isRecent(document, 'Starts') || lostOf(document, credentials) !== undefined,
    isThere: (document) => told(document, 'Credentials') !== undefined || lostOf(document, credentials) !== undefined,
  },
}

function isGiven(document: EcsDocument): boolean {
  return told(document, 'Member') !== undefined || isLost(document, 'Member')
}

const credentials = ['passwordCredentials', 'keyCredentials']

const deviceWords = ['DeviceModel', 'DeviceType', 'DeviceOS', 'DeviceUserAgent', 'ClientType', 'DeviceAccessState']

// "Microsoft Entra built-in roles", those marked privileged and those of mail and compliance: who has them can read mail, give himself access to it, or become somebody else.
const weighty =
  /\b(?:Global|Company|Privileged|Exchange|Application|Authentication|Security|Conditional Access|Hybrid Identity|User|Password|Helpdesk|Intune|SharePoint|Compliance|Domain Name|Directory Writers|Partner|eDiscovery|Organization Management)\b|Directory Synchronization/i

/** So long before the listing what began counts as new: as long as most tenants keep their audit log. */
const recentMs = 180 * dayMs

/** Whether one of these times, whatever its date has first, is not long before the listing. */
function isRecent(document: EcsDocument, name: string): boolean {
  const listed = Date.parse(document['@timestamp'])
  const times = (told(document, name) ?? '').split('; ')
  return times
    .flatMap((time) => [parseCultureTime(time, 'month'), parseCultureTime(time, 'day')])
    .some((time) => time !== undefined && time > listed - recentMs && time < listed + dayMs)
}
