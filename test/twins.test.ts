import { expect, test } from '@jest/globals'
import { fileOfRecords } from './support/folder.ts'
import { ordersOf } from './support/orders.ts'
import { importSample } from './support/sample-case.ts'

const record = {
  CreationTime: '2026-03-09T08:15:21',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001',
  Operation: 'Send',
  RecordType: 2,
  UserId: 'alice@contoso.example',
  Workload: 'Exchange',
}

test('records of other times or operations under one id are events of their own, each with an id of its own', async () => {
  const other = { ...record, CreationTime: '2026-03-09T08:15:22' }
  const folder = fileOfRecords([record, other, { ...record, Operation: 'SoftDelete' }, record, other])

  const { files, rendered } = await importSample(folder)

  expect(files.map(({ counts }) => counts)).toEqual([{ read: 5, stored: 3, duplicate: 2, rejected: 0 }])
  const ids = rendered.map(({ document }) => document['event.id'])
  expect(new Set(ids).size).toBe(3)
  expect(ids).toContain(record.Id)
  expect(ids.every((id) => id.startsWith(record.Id))).toBe(true)
})

test('of copies that differ the fuller one is the event, in whatever order they come, and each is a sighting', async () => {
  const fuller = { ...record, ClientIPAddress: '198.51.100.7' }

  for (const records of [
    [record, fuller],
    [fuller, record],
  ]) {
    const { files, rendered } = await importSample(fileOfRecords(records))

    expect(files.map(({ counts }) => counts)).toEqual([{ read: 2, stored: 1, duplicate: 1, rejected: 0 }])
    expect(rendered.map(({ document }) => document['source.ip'])).toEqual(['198.51.100.7'])
  }
})

test('a sign-in that Entra writes again with its risk keeps the code that was entered on another device', async () => {
  const first = {
    id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a004',
    createdDateTime: '2026-03-09T08:00:00Z',
    appDisplayName: 'Outlook',
    ...{ userPrincipalName: record.UserId, ipAddress: '203.0.113.66', status: { errorCode: 0 } },
    ...{ originalTransferMethod: 'deviceCodeFlow', riskState: 'none', riskEventTypes_v2: [] },
  }
  const again = {
    ...first,
    originalTransferMethod: 'none',
    riskState: 'atRisk',
    riskEventTypes_v2: ['anonymizedIPAddress'],
  }

  for (const order of [
    [first, again, again],
    [again, first, again],
  ]) {
    const { files, rendered } = await importSample(fileOfRecords(order))

    expect(files.map(({ counts }) => counts)).toEqual([{ read: 3, stored: 1, duplicate: 2, rejected: 0 }])
    const methods = rendered.map((one) => one.document['azure.signinlogs.properties.original_transfer_method'])
    expect(methods).toEqual(['deviceCodeFlow'])
    expect(rendered.map(({ document }) => document['azure.signinlogs.properties.risk_state'])).toEqual(['atRisk'])
    expect(JSON.parse(rendered[0]?.document['event.original'] ?? '')).toEqual(first)
  }
})

test('of a sign-in the copy that alone tells the code keeps what it says itself, whatever another says', async () => {
  const bare = {
    ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a006', createdDateTime: '2026-03-09T08:00:00Z' },
    ...{ userPrincipalName: record.UserId, appDisplayName: 'Outlook', status: { errorCode: 0 } },
  }
  const told = { ...bare, authenticationProtocol: 'deviceCode', userAgent: 'one', riskState: 'none' }
  const other = { ...bare, userAgent: 'another', riskState: 'atRisk', clientAppUsed: 'Browser' }
  const fuller = { ...other, riskState: 'confirmedCompromised', userDisplayName: 'Alice' }

  for (const order of ordersOf([told, other, fuller])) {
    for (const files of [[order], order.map((one) => [one])]) {
      const { rendered } = await importSample(...files.map((one) => fileOfRecords(one)))

      expect(rendered.map(({ document }) => document)).toMatchObject([
        {
          ...{ 'user_agent.original': 'one', 'user.full_name': 'Alice' },
          tags: ['logon', 'device-code', 'completed'],
          'azure.signinlogs.properties.risk_state': 'confirmedCompromised',
        },
      ])
    }
  }
})

test.each([
  ['in one shape', (one: object) => one],
  ['in two', (one: object) => ({ AuditData: JSON.stringify(one), Identity: record.Id, Operations: 'Send' })],
  ['in two, as objects', (one: object) => ({ AuditData: one, Identity: record.Id, Operations: 'Send' })],
])('copies that say as much and not the same are told %s, and one stands in whatever order they come', async (_, write) => {
  const [one, other] = ['203.0.113.66', '198.51.100.7'].map((ip) => ({ ...record, ClientIPAddress: ip }))
  const same = { ...Object.fromEntries(Object.entries(one ?? {}).reverse()) }
  const addresses = new Set()

  for (const order of [
    [one, write(other ?? {})],
    [write(other ?? {}), one],
  ]) {
    for (const files of [order.map((given) => [given]), [order]]) {
      if (files.length === 1 && write(record) !== record) continue // A file has one shape.
      const { rendered } = await importSample(...files.map((given) => fileOfRecords(given as object[])))

      expect(rendered.map(({ document }) => document.tags)).toEqual([['send', 'copies-differ']])
      addresses.add(rendered[0]?.document['source.ip'])
    }
  }
  expect(addresses.size).toBe(1)
  for (const files of [
    [[one], [write(same)]],
    [[write(same)], [one]],
  ]) {
    const { rendered } = await importSample(...files.map((given) => fileOfRecords(given as object[])))
    expect(rendered.map(({ document }) => document.tags)).toEqual([['send']])
  }
})

test('a sign-in keeps the protocol by which a code was entered, whatever else a copy without it says', async () => {
  const bare = {
    ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a005', createdDateTime: '2026-03-09T08:00:00Z' },
    ...{ userPrincipalName: record.UserId, appDisplayName: 'Outlook', status: { errorCode: 0 } },
  }
  const told = { ...bare, authenticationProtocol: 'deviceCode' }
  const full = { ...bare, ipAddress: '203.0.113.66', clientAppUsed: 'Browser' }

  for (const order of [
    [told, full],
    [full, told],
  ]) {
    const { rendered } = await importSample(fileOfRecords(order))

    expect(rendered.map(({ document }) => document.tags)).toEqual([['logon', 'device-code', 'completed']])
  }
})

test('a sign-in that failed is no first use, though another export came before that does not say that it failed', async () => {
  const signIn = (id: string, createdDateTime: string, status: unknown) => ({
    ...{ id: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${id}`, createdDateTime, userPrincipalName: record.UserId },
    ...{ appDisplayName: 'Outlook', ipAddress: '203.0.113.66', status },
  })
  const times = ['2026-03-09T08:00:00Z', '2026-03-09T09:00:00Z'] as const
  const hollow = times.map((time, i) =>
    signIn(`${i}`, time, 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInStatus'),
  )
  const whole = times.map((time, i) => signIn(`${i}`, time, { errorCode: i === 0 ? 50126 : 0, failureReason: 'x' }))

  for (const order of [[hollow, whole], [whole, hollow], [[...hollow, ...whole]], [[...whole, ...hollow]]]) {
    const { rendered } = await importSample(...order.map((one) => fileOfRecords(one)))

    expect(rendered.map(({ document }) => document['hoofprint.first_seen'])).toEqual([undefined, ['ip']])
  }
})

test('a sign-in of which a fuller copy says that it failed is no first use, though nothing else was done from there', async () => {
  const signIn = (status: unknown) => ({
    ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a000', createdDateTime: '2026-03-09T08:00:00Z' },
    ...{ userPrincipalName: record.UserId, appDisplayName: 'Outlook', ipAddress: '203.0.113.66', status },
  })
  const hollow = signIn('Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInStatus')
  const whole = signIn({ errorCode: 50126, failureReason: 'x' })

  for (const order of [[[hollow], [whole]], [[whole], [hollow]], [[hollow, whole]], [[whole, hollow]]]) {
    const { rendered } = await importSample(...order.map((one) => fileOfRecords(one)))

    expect(rendered.map(({ document }) => document['hoofprint.first_seen'])).toEqual([undefined])
  }
})

test.each([
  ['08:15:21.000', true],
  ['08:15:21.700', true],
  ['08:15:20.600', true], // Rounded.
  ['08:15:22.000', true],
  ['08:15:23.000', false],
])('a sign-in at %s whose id a record of 08:15:21 in the audit log has is of its session, and counts once: %s', async (time, isTwin) => {
  const audited = {
    ...{ ...record, Operation: 'UserLoggedIn', RecordType: 15, Workload: 'AzureActiveDirectory' },
    DeviceProperties: [{ Name: 'SessionId', Value: 'session-b' }],
  }
  const signIn = {
    ...{ id: record.Id, createdDateTime: `2026-03-09T${time}Z`, appDisplayName: 'Outlook' },
    ...{ userPrincipalName: record.UserId, ipAddress: '203.0.113.66', status: { errorCode: 0 } },
  }

  const { rendered } = await importSample(fileOfRecords([audited]), fileOfRecords([signIn]))

  const found = rendered.find(({ document }) => document['event.dataset'] === 'azure.signinlogs')?.document
  expect(found?.tags).toEqual(isTwin ? ['logon', 'also-audited'] : ['logon'])
  expect(found?.['hoofprint.session.id']).toBe(isTwin ? 'session-b' : undefined)
})

test('an alert is one event with whom it is about, whether another table names nobody before or after', async () => {
  const told = { id: 'fa10', title: 'Suspicious inbox rule', severity: 'high', serviceSource: 'x', status: 'new' }
  const times = { createdDateTime: '2026-05-23T09:09:00Z', firstActivityDateTime: '2026-05-23T09:04:00.123Z' }
  const alert = { ...told, ...times, evidence: [{ userAccount: { userPrincipalName: 'alice@contoso.example' } }] }
  const info = {
    ...{ AlertId: 'fa10', Title: told.title, Category: 'Persistence', Severity: 'High', ServiceSource: 'x' },
    Timestamp: '2026-05-23T09:04:00.1234567Z',
  }

  for (const records of [
    [alert, info],
    [info, alert],
  ]) {
    const { files, rendered } = await importSample(fileOfRecords(records))

    expect(files.map(({ counts }) => counts)).toEqual([{ read: 2, stored: 1, duplicate: 1, rejected: 0 }])
    expect(rendered.map(({ document }) => document['hoofprint.mailbox'])).toEqual(['alice@contoso.example'])
  }
})

test('a logon that Defender repeats is the sign-in, which tells more, at whatever second and whichever comes first', async () => {
  const id = '55aa0000-0000-4000-8000-000000000001'
  const user = { userPrincipalName: 'alice@contoso.example', ipAddress: '203.0.113.45' }
  const signIn = {
    id,
    createdDateTime: '2026-05-03T09:00:00Z',
    status: { errorCode: 50126 },
    appDisplayName: 'x',
    ...user,
  }
  const logon = {
    Timestamp: '2026-05-03T09:00:01.7Z',
    ActionType: 'LogonFailed',
    LogonType: 'x',
    FailureReason: 'WrongPassword',
    ...{ AccountUpn: user.userPrincipalName, IPAddress: user.ipAddress, AdditionalFields: { 'Request ID': id } },
    AccountObjectId: 'u1',
    Location: 'DK',
    ISP: 'Example',
    OSPlatform: 'Windows',
    DeviceType: 'Desktop',
    ReportId: 'r',
  }

  for (const records of [
    [signIn, logon],
    [logon, signIn],
  ]) {
    const { files, rendered } = await importSample(fileOfRecords(records))

    expect(files.map(({ counts }) => counts)).toEqual([{ read: 2, stored: 1, duplicate: 1, rejected: 0 }])
    expect(rendered.map(({ document }) => document['azure.signinlogs.properties.status.error_code'])).toEqual([50126])
  }
})

test.each([
  [['pending', 'Delivered', 'delivered']],
  [['Failed', 'GettingStatus', 'Pending']],
  [['Quarantined', 'Delivered', 'Pending']],
  [['Delivered', 'Pending', 'Quarantined']],
])('a message trace is one event, whose mail came to its end: %j', async (statuses) => {
  const traces = statuses.map((status) => ({
    id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a002',
    receivedDateTime: '2026-03-09T08:15:21Z',
    senderAddress: 'bob@fabrikam.example',
    recipientAddress: 'alice@contoso.example',
    status,
  }))

  const { files, rendered } = await importSample(fileOfRecords(traces))

  expect(files.map(({ counts }) => counts)).toEqual([{ read: 3, stored: 1, duplicate: 2, rejected: 0 }])
  const settled = statuses
    .filter((status) => /^(Delivered|Failed)$/i.test(status))
    .toSorted()
    .at(-1)
  expect(rendered.map(({ document }) => document['event.action'])).toEqual([settled])
})

test.each([
  ['2026-03-09T08:15', true],
  ['3/9/2026 8:15 AM', true],
  ['09.03.2026 08:15', true],
  ['2026-03-09T08:14', false],
  ['2026-03-09T08:16', false],
  ['2026-03-09T08:15:20', false],
])('a record whose time was cut to its minute is the one that has all of it: %s', async (CreationTime, isCopy) => {
  const cut = { ...record, CreationTime, ClientIPAddress: '198.51.100.7', Subject: 'what only this one says' }

  for (const records of [
    [[record], [cut]],
    [[cut], [record]],
    [[cut], [cut], [record], [cut]],
  ]) {
    const { files, rendered } = await importSample(...records.map((one) => fileOfRecords(one)))

    const ids = rendered.map(({ document }) => document['event.id'])
    expect(files.reduce((sum, { counts }) => sum + (counts?.stored ?? 0), 0)).toBe(isCopy ? 1 : 2)
    expect(new Set(ids).size).toBe(isCopy ? 1 : 2)
    expect(rendered.map(({ document }) => document['@timestamp'])).toContain('2026-03-09T08:15:21.000Z')
    expect(rendered.some(({ document }) => document['hoofprint.first_seen'] !== undefined)).toBe(!isCopy)
  }
})

test('records of one minute with different ids or operations are no copies, though the times of some were cut', async () => {
  const cut = { ...record, CreationTime: '2026-03-09T08:15' }
  const others = [
    { ...cut, Operation: 'SoftDelete' },
    { ...cut, Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a002' },
  ]

  for (const records of [
    [[record], others],
    [others, [record]],
  ]) {
    const { rendered } = await importSample(...records.map((one) => fileOfRecords(one)))

    expect(rendered).toHaveLength(3)
  }
})
