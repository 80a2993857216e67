import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import { hoofprint } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

const alice = '26be570a-1111-4189-b4e2-a37c6808512d'
const session = '0075c2a5-1111-4d5e-9a53-2222aaaa3333'
const token = 'QWxpY2VzVG9rZW4'

/** Alice's sign-in from elsewhere, with the token that mail is then asked for with. */
const signIn = {
  id: '66ea54eb-1111-4ee5-be62-ff5a759b0100',
  createdDateTime: '2026-03-02T08:59:00Z',
  userPrincipalName: 'alice@contoso.example',
  userId: alice,
  appDisplayName: 'One Outlook Web',
  ipAddress: '198.51.100.7',
  status: { errorCode: 0 },
  sessionId: session,
  uniqueTokenIdentifier: token,
}

/** Exchange's record of the first of the two mails. */
const access = {
  CreationTime: '2026-03-02T09:01:00',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001',
  Operation: 'MailItemsAccessed',
  RecordType: 50,
  UserId: 'alice@contoso.example',
  MailboxOwnerUPN: 'alice@contoso.example',
  Workload: 'Exchange',
  ClientIPAddress: '203.0.113.66',
  SessionId: session,
  OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
  Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<1@contoso.example>' }] }],
}

const graph = 'https://graph.microsoft.com/v1.0/me'
const request = (second: string, method: string, path: string, status = 200) => ({
  time: `2026-03-02T09:01:${second}.1234567Z`,
  category: 'MicrosoftGraphActivityLogs',
  properties: {
    requestId: `55556666-ffff-7777-aaaa-0000000000${second}`,
    requestMethod: method,
    requestUri: `${graph}/${path}`,
    responseStatusCode: status,
    ipAddress: '203.0.113.66',
    userId: alice,
    appId: '1f9c7a3e-5b20-4d6a-8e31-0c7d9b2a4f65',
    signInActivityId: token,
  },
})
const requests = [
  request('01', 'GET', 'messages/AAMk1'),
  request('02', 'GET', 'messages/AAMk2'),
  request('03', 'GET', 'messages/AAMk3', 403),
  request('04', 'GET', 'messages?$search="wire transfer"'),
  request('05', 'POST', 'sendMail', 202),
  request('06', 'POST', 'mailFolders/inbox/messageRules', 201),
]

/** One of them again, as Log Analytics' page exports it. */
const exported = `"TimeGenerated [UTC]",RequestId,RequestMethod,RequestUri,ResponseStatusCode,IPAddress,UserId,AppId,SignInActivityId
"3/2/2026, 9:01:05.123 AM",55556666-ffff-7777-aaaa-000000000005,POST,${graph}/sendMail,202,203.0.113.66,${alice},1f9c7a3e-5b20-4d6a-8e31-0c7d9b2a4f65,${token}
`

test('requests to Graph are of the session of their token, once each, and no answer counts them beside the audit log', async () => {
  const { folder, files, rendered } = await importSample(evidenceOf(requests, exported))

  expect(files.flatMap(({ shape, counts }) => (shape?.startsWith('graph-activity') ? [counts] : []))).toEqual([
    { read: 6, stored: 6, duplicate: 0, rejected: 0 },
    { read: 1, stored: 0, duplicate: 1, rejected: 0 },
  ])
  const documents = rendered.map(({ document }) => document)
  const ofGraph = documents.filter((document) => document['event.dataset'] === 'azure.graphactivitylogs')
  expect(ofGraph).toHaveLength(6)
  for (const document of ofGraph) {
    expect(document).toMatchObject({ 'hoofprint.session.id': session, 'hoofprint.session.known_by': 'token' })
  }

  const totals = ask(folder, session)
  expect(totals).toMatchObject({ mails: 1, searches: 1, sent: 0, rules: 0, requests: 5 })
})

test('of the marked intruder it is told beside the mails read what Graph gave', async () => {
  const { folder } = await importSample(evidenceOf(requests, exported))

  expect(ask(folder, session)).toMatchObject({
    beside: 'Through Microsoft Graph, and not counted here: send mail 1 time. The audit log may have the same.',
    limits: expect.arrayContaining([
      expect.stringMatching(
        /^Microsoft Graph gave the marked intruder 2 mails \(2 requests\), 1 list of mails through 1f9c7a3e-5b20-4d6a-8e31-0c7d9b2a4f65 from 203\.0\.113\.66\./,
      ),
    ]),
  })
})

/** What the answer says of the intruder: how much to each question, and what limits that to the mails read. */
function ask(folder: string, hostile: string): Readonly<Record<string, unknown>> {
  hoofprint(['mark', '--case', folder, '--hostile', hostile, '--quiet'])
  const { sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)
  const limitsOf = (question: string) => sections.find(({ name }) => name === question)?.limits
  const totals = Object.fromEntries(sections.map(({ name, total }) => [name, total]))
  return { ...totals, limits: limitsOf('mails'), beside: limitsOf('sent')?.at(-1) }
}

/** A folder with files of these. */
function evidenceOf(records: readonly object[], csv: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'audit.json'), JSON.stringify(access))
  writeFileSync(join(folder, 'sign-ins.json'), JSON.stringify(signIn))
  writeFileSync(join(folder, 'PT1H.json'), records.map((one) => `${JSON.stringify(one)}\n`).join(''))
  writeFileSync(join(folder, 'query_data.csv'), csv)
  return folder
}
