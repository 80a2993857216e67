import { expect, test } from '@jest/globals'
import { csvLine } from './support/csv.ts'
import { fileOf } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

/** A sign-in as it was, of which each export tells some in words of its own. */
interface SignIn {
  readonly n: number
  readonly at: string
  readonly code: number
  readonly ip: string
  readonly isInteractive: boolean
  readonly risk: boolean
}

const [alice, stranger, office] = ['alice@contoso.example', '203.0.113.66', '198.51.100.7'] as const
const userId = '26be570a-0000-4189-b4e2-a37c6808512d'
const appId = '9199bf20-a13f-4107-85dc-02114787ef48'
const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const signIns: readonly SignIn[] = [
  { n: 1, at: '2026-03-09T08:00:01.123', code: 50126, ip: stranger, isInteractive: true, risk: false },
  { n: 2, at: '2026-03-09T08:00:01.700', code: 50126, ip: stranger, isInteractive: true, risk: false },
  { n: 3, at: '2026-03-09T08:00:01.900', code: 0, ip: stranger, isInteractive: true, risk: true },
  { n: 4, at: '2026-03-09T08:00:01.950', code: 0, ip: stranger, isInteractive: false, risk: false },
  { n: 5, at: '2026-03-09T09:00:00.000', code: 50140, ip: office, isInteractive: true, risk: false },
]
const id = (n: number) => `55aa0000-0000-4000-8000-00000000000${n}`
const correlation = (n: number) => `4c1f0a7e-0000-4000-8000-00000000000${n}`
const reason = (code: number) =>
  code === 0 ? 'Other.' : code === 50126 ? 'Invalid username or password.' : 'Keep me signed in?'
const session = 'aa110000-0000-4000-8000-000000000001'
const types = (one: SignIn) => [one.isInteractive ? 'interactiveUser' : 'nonInteractiveUser']

const graph = (one: SignIn) => ({
  ...{ id: id(one.n), createdDateTime: `${one.at.slice(0, 19)}Z`, userPrincipalName: alice, userId, appId },
  ...{ userDisplayName: 'Alice Field', appDisplayName: 'One Outlook Web', ipAddress: one.ip, clientAppUsed: 'Browser' },
  ...{ correlationId: correlation(one.n), isInteractive: one.isInteractive, conditionalAccessStatus: 'notApplied' },
  ...{ riskState: one.risk ? 'atRisk' : 'none', riskLevelDuringSignIn: one.risk ? 'high' : 'none', riskDetail: 'none' },
  riskEventTypes_v2: one.risk ? ['anonymizedIPAddress'] : [],
  resourceDisplayName: 'Office 365 Exchange Online',
  status: { errorCode: one.code, failureReason: reason(one.code), additionalDetails: null },
  deviceDetail: { operatingSystem: 'Windows10', browser: 'Edge 120', isCompliant: false, isManaged: false },
  location: { city: 'Lyon', state: 'Rhone', countryOrRegion: 'FR', geoCoordinates: { latitude: 45.7, longitude: 4.8 } },
})
const beta = (one: SignIn) => ({
  ...graph(one),
  createdDateTime: `${one.at}0000Z`,
  ...{ userAgent: agent, sessionId: session, uniqueTokenIdentifier: `token-${one.n}`, signInEventTypes: types(one) },
})
const hunting = (one: SignIn) => ({
  ...{ Timestamp: `${one.at}Z`, Application: 'One Outlook Web', ApplicationId: appId, ErrorCode: one.code },
  ...{ LogonType: JSON.stringify(types(one)), CorrelationId: correlation(one.n), SessionId: session },
  ...{ AccountDisplayName: 'Alice Field', AccountObjectId: userId, AccountUpn: alice, IPAddress: one.ip },
  ...{ RiskState: one.risk ? 4 : 0, RiskLevelDuringSignIn: one.risk ? 100 : 1, UserAgent: agent, Country: 'FR' },
  ...{ City: 'Lyon', RequestId: id(one.n), UniqueTokenId: `token-${one.n}`, ReportId: `r${one.n}` },
})
const sentinel = (one: SignIn) => ({
  ...{ TenantId: 'workspace-1', SourceSystem: 'Azure AD', TimeGenerated: `${one.at}Z`, Type: 'SigninLogs' },
  ...{ OperationName: 'Sign-in activity', Category: 'SignInLogs', ResultType: `${one.code}`, Identity: 'Alice Field' },
  ...{ CreatedDateTime: `${one.at}Z`, Id: id(one.n), IPAddress: one.ip, UserPrincipalName: alice, UserId: userId },
  ...{ AppDisplayName: 'One Outlook Web', AppId: appId, CorrelationId: correlation(one.n), UserAgent: agent },
  ...{ IsInteractive: one.isInteractive, RiskState: one.risk ? 'atRisk' : 'none', SessionId: session },
  RiskLevelDuringSignIn: one.risk ? 'high' : 'none',
  UniqueTokenIdentifier: `token-${one.n}`,
  Status: JSON.stringify({ errorCode: one.code, failureReason: reason(one.code) }),
  LocationDetails: { city: 'Lyon', countryOrRegion: 'FR' },
})
const portal = (one: SignIn) => ({
  ...{ 'Date (UTC)': `${one.at.slice(0, 19)}Z`, 'Request ID': id(one.n), 'User agent': agent },
  ...{ 'Correlation ID': correlation(one.n), 'User ID': userId, User: 'Alice Field', Username: alice },
  ...{ 'User type': 'Member', Application: 'One Outlook Web', 'Application ID ': appId, 'IP address': one.ip },
  ...{ Resource: 'Office 365 Exchange Online', Location: 'Lyon, Rhone, FR', 'Sign-in error code': `${one.code}` },
  Status: one.code === 0 ? 'Success' : one.code === 50126 ? 'Failure' : 'Interrupted',
  ...{ 'Failure reason': reason(one.code), 'Client app': 'Browser', 'Session ID': session },
  'Unique token identifier': `token-${one.n}`,
})
const audited = (one: SignIn) => ({
  ...{ CreationTime: one.at.slice(0, 19), Id: id(one.n), RecordType: 15, Workload: 'AzureActiveDirectory' },
  Operation: one.code === 0 ? 'UserLoggedIn' : 'UserLoginFailed',
  ...{ UserId: alice, ClientIP: one.ip, ActorIpAddress: one.ip, ApplicationId: appId, ErrorNumber: `${one.code}` },
  ResultStatus: 'Success',
  ExtendedProperties: [
    { Name: 'ResultStatusDetail', Value: 'Success' },
    { Name: 'UserAgent', Value: agent },
  ],
  DeviceProperties: [{ Name: 'SessionId', Value: session }],
  InterSystemsId: correlation(one.n),
})
const selected = (one: SignIn) => ({
  ...{ CreatedDateTime: `${one.at.slice(0, 19)}Z`, UserPrincipalName: alice, AppDisplayName: 'One Outlook Web' },
  ...{ IPAddress: one.ip, CorrelationId: correlation(one.n), ErrorCode: `${one.code}` },
  IsInteractive: one.isInteractive ? 'True' : 'False',
})

const json = (write: (one: SignIn) => object) => JSON.stringify(signIns.map(write))
function csv(write: (one: SignIn) => Readonly<Record<string, string>>): string {
  const rows = signIns.map(write)
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => `${csvLine(cells, { quoteAll: true })}\n`)
    .join('')
}
const exports: Readonly<Record<string, string>> = {
  graph: json(graph),
  beta: json(beta),
  hunting: json(hunting),
  sentinel: json(sentinel),
  portal: csv(portal),
  audited: json(audited),
  selected: csv(selected),
}
const names = Object.keys(exports)
// A row that scripts selected has no id, which alone proves that a record of the audit log is of the sign-in.
const pairs = names
  .flatMap((one, i) => names.slice(i).map((other) => [one, other] as const))
  .filter((pair) => pair.join() !== 'audited,selected')
/** What tells of the session: Graph's v1.0 and who selected columns do not. */
const withSession = names.filter((name) => !['graph', 'selected'].includes(name))

test.each(pairs)('five sign-ins count as five in %s and %s, and say the same in either order', async (one, other) => {
  const [first, second] = [await saidIn(one, other), await saidIn(other, one)]

  expect(second).toEqual(first)
  expect(first).toHaveLength(5)
  expect(first.map(({ outcome }) => outcome).toSorted()).toEqual([
    'failure',
    'failure',
    'success',
    'success',
    'unknown',
  ])
})

test.each(
  pairs.filter((pair) => pair.some((name) => withSession.includes(name))),
)('of what %s and %s tell of sign-ins no session and no risk is lost', async (one, other) => {
  const said = await saidIn(one, other)

  expect(said.map((one) => one.session)).toEqual(said.map(() => session))
  expect(said.map((one) => one.agent)).toEqual(said.map(() => agent))
})

async function saidIn(...order: readonly string[]) {
  const paths = order.map((name) => fileOf(exports[name] ?? '', 'sign-ins.txt'))
  const { rendered } = await importSample(...paths)
  return rendered
    .map(({ document }) => document)
    .filter(({ tags }) => tags?.includes('also-audited') !== true)
    .map((document) => ({
      id: document['event.id'].length === 32 ? '' : document['event.id'],
      outcome: document['event.outcome'],
      ip: document['source.ip'],
      session: document['hoofprint.session.id'],
      agent: document['user_agent.original'],
      risk: document['azure.signinlogs.properties.risk_state'],
      tags: document.tags,
    }))
    .toSorted((a, b) => (`${a.id}${a.outcome}` < `${b.id}${b.outcome}` ? -1 : 1))
}
