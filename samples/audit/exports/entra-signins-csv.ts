import { auditTime } from '../clock.ts'
import { interrupts } from '../logon-records.ts'
import { placeOf } from '../places.ts'
import { type SignIn, wordingOf } from '../sign-in.ts'
import { tenant } from '../tenant.ts'
import { type EvidenceFile, quotedIfNeeded } from './file.ts'

type Cell = (signIn: SignIn) => string

const nothing: Cell = () => ''
const none: Cell = () => 'None'
const homeTenant: Cell = () => tenant.id
const exchange = '00000002-0000-0ff1-ce00-000000000000'
const mfa: Cell = ({ code }) => (['50074', '500121'].includes(code) ? 'MFA required in Azure AD' : '')

/** The columns of the portal's sign-ins, its blanks and its repeated name included. */
const columns: [string, Cell][] = [
  ['Date (UTC)', ({ time }) => `${auditTime(time)}Z`],
  ['Request ID', ({ id }) => id],
  ['User agent', ({ visit }) => visit.client.userAgent],
  ['Correlation ID', ({ correlation }) => correlation],
  ['User ID', ({ visit }) => visit.account.id],
  ['User', ({ visit }) => visit.account.name],
  ['Username', ({ visit }) => visit.account.upn],
  ['User type', () => 'Member'],
  ['Cross tenant access type', none],
  ['Incoming token type', none],
  ['Authentication Protocol', none],
  ['Unique token identifier', ({ token }) => token],
  ['Original transfer method', none],
  ['Client credential type', none],
  ['Token Protection - Sign In Session', () => 'Unbound'],
  ['Token Protection - Sign In Session StatusCode', () => '1002'],
  ['Application', ({ visit }) => visit.client.app],
  ['Application ID ', ({ visit }) => visit.client.appId],
  ['App owner tenant ID', nothing],
  ['Resource', () => 'Office 365 Exchange Online'],
  ['Resource ID ', () => exchange],
  ['Resource tenant ID', homeTenant],
  ['Resource owner tenant ID', nothing],
  ['Home tenant ID', homeTenant],
  ['Home tenant name', nothing],
  ['IP address', ({ visit }) => visit.ip],
  ['Location', ({ visit }) => locationOf(visit.ip)],
  ['Status', statusOf],
  ['Sign-in error code', ({ code }) => code],
  ['Failure reason', ({ code }) => wordingOf(code)],
  ['Client app', ({ visit }) => visit.client.used],
  ['Device ID', nothing],
  ['Browser', ({ visit }) => visit.client.browser],
  ['Operating System', ({ visit }) => visit.client.os],
  ['Compliant', () => 'No'],
  ['Managed', () => 'No'],
  ['Join Type', nothing],
  ['Multifactor authentication result', mfa],
  ['Multifactor authentication auth method', nothing],
  ['Multifactor authentication auth detail', nothing],
  ['Authentication requirement', (signIn) => `${mfa(signIn) === '' ? 'Single-factor' : 'Multifactor'} authentication`],
  ['Sign-in identifier', ({ visit }) => visit.account.upn],
  ['Session ID', ({ visit }) => visit.session ?? ''],
  ['IP address (seen by resource)', nothing],
  ['Through Global Secure Access', () => 'No'],
  ['Global Secure Access IP address', nothing],
  ['Autonomous system  number', ({ visit }) => String(placeOf(visit.ip).asn)],
  ['Flagged for review', () => 'No'],
  ['Token issuer type', () => 'Azure AD'],
  ['Incoming token type', none],
  ['Token issuer name', nothing],
  ['Latency', ({ latencyMs }) => String(latencyMs)],
  ['Conditional Access', () => 'Not Applied'],
  ['Managed Identity type', none],
  ['Associated Resource Id', nothing],
  ['Federated Token Id', nothing],
  ['Federated Token Issuer', nothing],
]

/** Interactive sign-ins as the Entra portal gives them to download, newest first. */
export function entraSignInsCsv(path: string, signIns: SignIn[]): EvidenceFile {
  const newest = signIns.toReversed()
  const header = columns.map(([name]) => name).join(',')
  const rows = newest.map((signIn) => columns.map(([, cell]) => quotedIfNeeded(cell(signIn))).join(','))
  const content = Buffer.from(`\uFEFF${[header, ...rows].join('\r\n')}\r\n`)
  return { path, shape: 'entra-signins-csv', content, ids: newest.map(({ id }) => id) }
}

function statusOf({ code }: SignIn): string {
  if (code === '0') return 'Success'
  return interrupts.some((interrupt) => interrupt === code) ? 'Interrupted' : 'Failure'
}

function locationOf(ip: string): string {
  const { city, state, country } = placeOf(ip)
  return [city, state, country].join(', ')
}
