import type { Random } from '../random.ts'
import { sevenDecimals } from './clock.ts'
import { type Attempt, answers } from './logon-records.ts'
import { placeOf } from './places.ts'
import type { Json } from './record.ts'
import type { Visit } from './visit.ts'

/** One row of the sign-in logs; Graph gives it as it is, the portal in columns. */
export type SignIn = {
  time: number
  id: string
  correlation: string
  code: string
  visit: Visit
  token: string
  latencyMs: number
}

/** The sign-in that Entra keeps of a logon; the audit record of the same logon bears the same id. */
export function makeSignIn(random: Random, time: number, about: { visit: Visit; attempt: Attempt }): SignIn {
  const { id, correlation, code } = about.attempt
  const shift = random.whole(0, 999)
  return {
    time: time + shift,
    id,
    correlation,
    code,
    visit: about.visit,
    token: `${random.hex(20)}AA`,
    latencyMs: random.whole(60, 900),
  }
}

/** Why a sign-in was refused or interrupted, in the portal's words. */
export function wordingOf(code: string): string {
  return Object.entries(answers).find(([known]) => known === code)?.[1].wording ?? 'Other.'
}

/** A sign-in as Graph gives it. */
export function graphSignIn(signIn: SignIn): Json {
  const { account, client, ip, session } = signIn.visit
  const { city, state, country, latitude, longitude, asn } = placeOf(ip)
  return {
    id: signIn.id,
    createdDateTime: sevenDecimals(signIn.time),
    userDisplayName: account.name,
    userPrincipalName: account.upn,
    userId: account.id,
    appId: client.appId,
    appDisplayName: client.app,
    ipAddress: ip,
    clientAppUsed: client.used,
    userAgent: client.userAgent,
    correlationId: signIn.correlation,
    sessionId: session ?? '',
    uniqueTokenIdentifier: signIn.token,
    autonomousSystemNumber: asn,
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: 'Office 365 Exchange Online',
    resourceId: '00000002-0000-0ff1-ce00-000000000000',
    status: {
      errorCode: Number(signIn.code),
      failureReason: wordingOf(signIn.code),
      additionalDetails: signIn.code === '500121' ? 'MFA denied; user declined the authentication' : null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: null,
      operatingSystem: client.os,
      browser: client.browser,
      isCompliant: false,
      isManaged: false,
      trustType: null,
    },
    location: { city, state, countryOrRegion: country, geoCoordinates: { altitude: null, latitude, longitude } },
    appliedConditionalAccessPolicies: [],
  }
}
