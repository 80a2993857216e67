import { expect, test } from '@jest/globals'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'
import { documentsOf } from '../../../support/read-documents.ts'
import { readWhole } from '../../../support/whole-file.ts'

const id = '5b7e7b1c-0000-4a52-9d3e-5d1f2a3b4c5d'
const application = '9199bf20-a13f-4107-85dc-02114787ef48'
const time = '2025-12-04T08:19:41Z'
const [alice, ip, agent] = ['alice@contoso.example', '198.51.100.23', 'Mozilla/5.0 (X11)']

/** A row of each export that has one, by its columns. */
const rows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'entra-signins-csv': {
    ...{
      'Date (UTC)': time,
      'Request ID': id,
      Application: 'Outlook',
      'Application ID ': application,
      Username: alice,
    },
    ...{ 'IP address': ip, 'User agent': agent, Status: 'Failure', 'Sign-in error code': '50126', 'Session ID': 's-1' },
  },
  'sentinel-signinlogs-csv': {
    ...{ 'TimeGenerated [UTC]': '12/4/2025, 8:19:41.000 AM', Id: id, ResultType: '50126', IPAddress: ip },
    ...{ AppDisplayName: 'Outlook', AppId: application, UserPrincipalName: alice, UserAgent: agent, SessionId: 's-1' },
  },
  'entra-signins-simple-csv': {
    ...{ CreatedDateTime: time, Id: id, UserPrincipalName: alice, AppDisplayName: 'Outlook', AppId: application },
    ...{ IPAddress: ip, UserAgent: agent, 'Status.ErrorCode': '50126', SessionId: 's-1' },
  },
  'hunting-signins-csv': {
    ...{ Timestamp: time, RequestId: id, Application: 'Outlook', ApplicationId: application, AccountUpn: alice },
    ...{ IPAddress: ip, UserAgent: agent, ErrorCode: '50126', SessionId: 's-1' },
  },
}

const csvOf = (row: Readonly<Record<string, string>>, spell: (column: string) => string) =>
  [Object.keys(row).map(spell), Object.values(row)]
    .map((cells) => `${cells.map((cell) => `"${cell}"`).join()}\r\n`)
    .join('')

test.each(Object.entries(rows))('%s says the same in whatever case its columns are', async (name, row) => {
  for (const spell of [String, (column: string) => column.toLowerCase(), (column: string) => column.toUpperCase()]) {
    const { documents, shape } = await documentsOf(csvOf(row, spell))

    expect(shape).toBe(name)
    expect(documents).toMatchObject([
      {
        ...{ '@timestamp': '2025-12-04T08:19:41.000Z', 'event.id': id, 'event.outcome': 'failure', 'source.ip': ip },
        ...{ 'hoofprint.mailbox': alice, 'application.name': 'Outlook', 'hoofprint.application.id': application },
        ...{ 'session.id': 's-1', 'user_agent.original': agent },
      },
    ])
  }
})

test('so do requests to Graph, and mails', async () => {
  const request = {
    ...{ TimeGenerated: time, RequestMethod: 'GET', RequestUri: 'https://graph.microsoft.com/v1.0/me', UserId: 'u-1' },
    ...{ RequestId: id, ResponseStatusCode: '200', IPAddress: ip, AppId: application, SignInActivityId: 'uti' },
  }
  const mail = {
    ...{
      Timestamp: time,
      NetworkMessageId: id,
      InternetMessageId: '<a@fabrikam.example>',
      DeliveryAction: 'Delivered',
    },
    ...{ SenderFromAddress: 'bob@fabrikam.example', RecipientEmailAddress: alice, SenderIPv4: ip, Subject: 'Invoice' },
  }

  for (const row of [request, mail]) {
    const { activities: as } = await readWhole(csvOf(row, String))
    const { activities } = await readWhole(csvOf(row, (column) => column.toLowerCase()))

    expect(activities.map(({ record, ...own }) => [own.id, own.time, record])).toEqual(
      as.map(({ record, ...own }) => [own.id, own.time, record]),
    )
  }
})

test('times in another zone are refused for that reason alone', async () => {
  const row = (zone: string) => csvOf({ ...rows['hunting-signins-csv'], [`Timestamp [${zone}]`]: time }, String)

  expect((await digestFile(fileOf(row('utc')))).rejected).toEqual([])
  expect((await digestFile(fileOf(row('Local Time')))).rejected).toMatchObject([
    { reason: 'times are not in UTC: export again with UTC as time zone' },
  ])
})

test('rows of a page that somebody made JSON of have their times', async () => {
  const request = { RequestMethod: 'GET', RequestUri: 'https://graph.microsoft.com/v1.0/me', UserId: 'u-1' }

  for (const row of [rows['sentinel-signinlogs-csv'], { ...request, 'TimeGenerated [UTC]': '12/4/2025, 8:19:41 AM' }]) {
    const { activities } = await readWhole(JSON.stringify([{ ...row, Type: 'SigninLogs' }]))

    expect(activities).toMatchObject([{ time: Date.parse(time) }])
  }
})
