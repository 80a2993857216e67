import { expect, test } from '@jest/globals'
import { sessionTold } from '#src/entry.ts'
import { entraSignInsCsv as shape } from '#src/sources/files/shapes/entra-signins-csv.ts'
import type { Shaped } from '#src/sources/files/shapes/shape.ts'
import { cellsOf } from '../../../support/cells.ts'

// As the admin center writes it: blanks at the end of names, two blanks in one, a name twice.
const header =
  'Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Cross tenant access type,Incoming token type,' +
  'Authentication Protocol,Unique token identifier,Original transfer method,Client credential type,' +
  'Token Protection - Sign In Session,Token Protection - Sign In Session StatusCode,Application,Application ID ,' +
  'App owner tenant ID,Resource,Resource ID ,Resource tenant ID,Resource owner tenant ID,Home tenant ID,Home tenant name,' +
  'IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating System,Compliant,' +
  'Managed,Join Type,Multifactor authentication result,Multifactor authentication auth method,' +
  'Multifactor authentication auth detail,Authentication requirement,Sign-in identifier,Session ID,' +
  'IP address (seen by resource),Through Global Secure Access,Global Secure Access IP address,Autonomous system  number,' +
  'Flagged for review,Token issuer type,Incoming token type,Token issuer name,Latency,Conditional Access,' +
  'Managed Identity type,Associated Resource Id,Federated Token Id,Federated Token Issuer'

const row =
  '2025-12-04T08:19:41Z,5B7E7B1C-0000-4A52-9D3E-5D1F2A3B4C5D,"Mozilla/5.0 (Windows NT 10.0; Win64; x64)",' +
  '9f8e7d6c-0000-4a52-9d3e-5d1f2a3b4c5d,26be570a-0000-4189-b4e2-a37c6808512d,Alice Example,Alice@Contoso.example,Member,none,' +
  'primaryRefreshToken,OAuth 2.0,uti-1,None,None,unbound,1002,One Outlook Web,9199bf20-a13f-4107-85dc-02114787ef48,' +
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a,Office 365 Exchange Online,00000002-0000-0ff1-ce00-000000000000,t-1,t-2,t-3,Contoso,' +
  '198.51.100.23,"Springfield, Any State, US",Interrupted,50140,"Keep me signed in, asked.",Browser,,Chrome 144.0.0,Windows 10,No,' +
  'No,,MFA completed,Mobile app notification,,Single-factor authentication,alice@contoso.example,' +
  '005d5b11-0000-4f6c-9f1e-2f3b1a2c3d4e,2001:db8::9,No,,64496,No,Entra ID,none,,239,Not Applied,,,,'

test('a row of the admin center is the sign-in that Graph would give', () => {
  const { record, ...envelope } = readRow(`${header}\r\n${row}\r\n`)

  expect(envelope).toEqual({
    dataset: 'azure.signinlogs',
    id: '5b7e7b1c-0000-4a52-9d3e-5d1f2a3b4c5d',
    time: Date.parse('2025-12-04T08:19:41Z'),
    operation: 'Sign-in activity',
    mailbox: 'alice@contoso.example',
    fullness: expect.closeTo(sessionTold + 50.5, 0),
    truncated: false,
  })
  expect(record).toMatchObject({
    userPrincipalName: 'Alice@Contoso.example',
    userType: 'member',
    appId: '9199bf20-a13f-4107-85dc-02114787ef48',
    resourceId: '00000002-0000-0ff1-ce00-000000000000',
    ipAddress: '198.51.100.23',
    location: { city: 'Springfield', state: 'Any State', countryOrRegion: 'US' },
    status: {
      result: 'Interrupted',
      errorCode: '50140',
      failureReason: 'Keep me signed in, asked.',
      additionalDetails: 'MFA completed',
    },
    deviceDetail: { browser: 'Chrome 144.0.0', operatingSystem: 'Windows 10', isCompliant: 'No', isManaged: 'No' },
    tokenProtectionStatusDetails: { signInSessionStatus: 'unbound', signInSessionStatusCode: '1002' },
    incomingTokenType: 'primaryRefreshToken',
    'incoming token type (2)': 'none',
    autonomousSystemNumber: '64496',
    authenticationRequirement: 'singleFactorAuthentication',
    conditionalAccessStatus: 'notApplied',
    sessionId: '005d5b11-0000-4f6c-9f1e-2f3b1a2c3d4e',
  })
  expect(record['globalSecureAccessIpAddress']).toBeUndefined()
})

test('that a code was entered on another device is said in Graph’s words', () => {
  const { record } = readRow(
    'Date (UTC),Request ID,Application,Status,Authentication Protocol,Original transfer method\n' +
      '2025-12-04T08:19:41Z,r-1,Outlook,Success,Device code,Device code flow\n',
  )

  expect(record).toMatchObject({ authenticationProtocol: 'deviceCode', originalTransferMethod: 'deviceCodeFlow' })
})

test('service principals have no user', () => {
  const csv =
    'Date (UTC),Request ID,Correlation ID,Service principal ID,Service principal name,Credential key ID,' +
    'Credential thumbprint,Application,Application ID ,Resource,Resource ID ,IP address,Location,Status,' +
    'Sign-in error code,Failure reason,Conditional Access\n' +
    '2025-12-04T08:19:41Z,5b7e7b1c-0000-4a52-9d3e-5d1f2a3b4c5d,c-1,sp-1,Backup,key-1,thumb-1,Backup,app-1,Graph,g-1,' +
    '192.0.2.4,"Dublin, IE",Success,0,Other.,Not Applied'

  const { record, mailbox } = readRow(csv)

  expect(mailbox).toBe('')
  expect(record).toMatchObject({
    servicePrincipalId: 'sp-1',
    servicePrincipalName: 'Backup',
    servicePrincipalCredentialKeyId: 'key-1',
    location: { city: 'Dublin', countryOrRegion: 'IE' },
    status: { result: 'Success', errorCode: '0' },
  })
})

test.each([
  ['2025-12-04 08:19:41', '2025-12-04T08:19:41.000Z'],
  ['12/4/2025 8:19:41 AM', '2025-12-04T08:19:41.000Z'],
  ['04.12.2025 08:19:41', '2025-12-04T08:19:41.000Z'],
])('the date %j is %s', (date, iso) => {
  const { time } = readRow(`Date (UTC),Request ID,Application,Status\n${date},r-1,Outlook,Success\n`)

  expect(new Date(time).toISOString()).toBe(iso)
})

test.each([
  ['', 'no createdDateTime'],
  ['soon', 'createdDateTime is not a time'],
])('a row with the date %j is none, and the reason holds no cell', (date, reason) => {
  const [cells = {}] = cellsOf(`Date (UTC),Request ID,Application,Status\n${date},r-1,Outlook,Success\n`)

  expect(shape.read(cells, '')).toBe(reason)
})

test('columns with hostile names alter nothing', () => {
  const { record } = readRow('Date (UTC),Request ID,__proto__,constructor,a.b\n2025-12-04T08:19:41Z,r-1,x,y,z\n')

  expect(Object.entries(record).sort()).toEqual([
    ['__proto__', 'x'],
    ['a b', 'z'],
    ['constructor', 'y'],
    ['createdDateTime', '2025-12-04T08:19:41Z'],
    ['id', 'r-1'],
  ])
})

test('a row begins with its date and ids, wherever an open quote left off', () => {
  const columns = header.split(',').map((name) => name.trim())

  expect(shape.startsRow(row.slice(0, 100), columns, ',')).toBe(true)
  expect(shape.startsRow('Mozilla/5.0 (Windows NT 10.0),9f8e7d6c-0000-4a52-9d3e-5d1f2a3b4c5d,', columns, ',')).toBe(
    false,
  )
})

function readRow(csv: string): Shaped {
  const [cells = {}] = cellsOf(csv)
  const shaped = shape.read(cells, '')
  if (typeof shaped === 'string') throw new Error(shaped)
  return shaped
}
