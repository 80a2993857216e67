import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { render } from '#src/render/render.ts'
import { importFile } from '../support/case.ts'
import { fileOf, temporaryFolder } from '../support/folder.ts'

const record = {
  CreationTime: '2026-03-19T08:15:21',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001',
  Operation: 'MailItemsAccessed',
  ...{ RecordType: 50, UserId: 'Alice@contoso.example', Workload: 'Exchange', ClientIPAddress: '198.51.100.7' },
}
const header = 'CreationTime,UserId,Operation,Workload,ClientIPAddress,Country'

test.each([
  ['the same', '2026-03-19T08:15:21,alice@contoso.example,MailItemsAccessed,Exchange,198.51.100.7,DK', 1],
  ['of the same minute', '3/19/2026 8:15 AM,alice@contoso.example,MailItemsAccessed,Exchange,198.51.100.7,DK', 1],
  ['from elsewhere', '2026-03-19T08:15:21,alice@contoso.example,MailItemsAccessed,Exchange,198.51.100.8,DK', 2],
  ['of another user', '2026-03-19T08:15:21,bob@contoso.example,MailItemsAccessed,Exchange,198.51.100.7,DK', 2],
  ['of another second', '2026-03-19T08:15:22,alice@contoso.example,MailItemsAccessed,Exchange,198.51.100.7,DK', 2],
  ['of another operation', '2026-03-19T08:15:21,alice@contoso.example,Send,Exchange,198.51.100.7,DK', 2],
])('a row without an id that says of a record what that says itself counts there: %s', async (_what, row, times) => {
  const [table, whole] = [`${header}\n${row}\n`, JSON.stringify([record])]

  for (const texts of [
    [table, whole],
    [whole, table],
  ]) {
    const documents = await documentsOf(texts)

    expect(documents).toHaveLength(2)
    expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(times)
    expect(documents.find((document) => document['event.id'] === record.Id)?.tags).toEqual(['read'])
  }
})

test.each([
  ['the type by its name, the address without its port', 'ExchangeItemAggregated,198.51.100.7', 1],
  ['another type', '2,198.51.100.7', 2],
  ['another address', '50,198.51.100.8', 2],
])('a row that says %s', async (_what, cells, times) => {
  const whole = JSON.stringify([{ ...record, ClientIP: '198.51.100.7:49221' }])
  const row = `2026-03-19 08:15:21,alice@contoso.example,50,MailItemsAccessed,${cells}`

  const documents = await documentsOf([`CreationTime,UserId,Id,Operation,RecordType,ClientIP\n${row}\n`, whole])

  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(times)
})

test('a record that was cut off before its id, with no column that has it, counts with the whole one', async () => {
  const whole = JSON.stringify([{ ...record, ClientInfoString: 'x', Folders: [{ Id: 'a' }, { Id: 'b' }] }])
  const cut = '{"ClientIPAddress":"198.51.100.7","CreationTime":"2026-03-19T08:15:21","Folders":[{"Id":"a"},{"I'
  const columns = 'CreationDate,UserIds,Operations,AuditData'
  const row = `2026-03-19T08:15:21.0000000Z,Alice@contoso.example,MailItemsAccessed,"${cut.replaceAll('"', '""')}"`

  const documents = await documentsOf([whole, `${columns}\n${row}\n`])

  expect(documents).toHaveLength(2)
  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toMatchObject([
    { 'event.id': record.Id },
  ])
})

test('two rows without ids are not told from one another', async () => {
  const row = '2026-03-19T08:15:21,alice@contoso.example,MailItemsAccessed,Exchange,198.51.100.7'

  const documents = await documentsOf([`${header}\n${row},DK\n${row},SE\n`])

  expect(documents.map(({ tags }) => tags)).toEqual([
    ['read', 'truncated'],
    ['read', 'truncated'],
  ])
})

const mails = ['<a@contoso.example>', '<b@contoso.example>']
const bind = {
  ...record,
  SessionId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0ff',
  OperationCount: 2,
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: 'False' },
  ],
  Folders: [
    { Path: '\\Inbox', FolderItems: mails.map((InternetMessageId) => ({ InternetMessageId, SizeInBytes: 7 })) },
  ],
}
const where = `${bind.UserId},198.51.100.7,${bind.SessionId}`
const mailRow = (mail: string) => `2026-03-19T08:15:21,${where},Bind,,${mail},7\n`
const ofMails = `Timestamp,User,IPaddress,SessionID,MailAccessType,FolderPath,InternetMessageId,SizeInBytes\n${mails.map(mailRow).join('')}`
const sessionRow = (isThrottled: string) =>
  `2026-03-19T08:15:21,${bind.UserId},MailItemsAccessed,${bind.SessionId},198.51.100.7,Bind,${isThrottled},2\n`
const ofOneMail = (session: string, mail: string, size: number | '') =>
  `Timestamp,User,IPaddress,SessionID,InternetMessageId,SizeInBytes\n2026-03-19T08:15:21,${bind.UserId},198.51.100.7,${session},${mail},${size}\n`
const sessionsBefore = `TimeStamp,User,Action,SessionId,ClientIP,OperationCount\n2026-03-19T08:15:21,${bind.UserId},MailItemsAccessed,${bind.SessionId},198.51.100.7,2\n`
const ofSessions = `TimeStamp,User,Action,SessionId,ClientIP,MailAccessType,IsThrottled,OperationCount\n`

const accessRow = (mail: string) => `3/19/2026 8:15:21 AM,${where},Bind,False,\\Inbox,${mail},7,Delivered\n`
const ofAccess = `CreationTime,UserId,ClientIPAddress,SessionId,MailAccessType,IsThrottled,FolderPath,ItemInternetMessageId,ItemSizeInBytes,Verdict\n${mails.map(accessRow).join('')}`

test.each([
  ['the log, beside what another script listed', [ofAccess, JSON.stringify([bind])], ['audit-json']],
  ['what says more of what two scripts listed', [ofMails, ofAccess], ['mail-access-csv', 'mail-access-csv']],
  [
    'also a mail that another script listed and no record of the log names',
    [ofAccess + accessRow('<c@contoso.example>'), JSON.stringify([bind])],
    ['audit-json', 'mail-access-csv'],
  ],
  ['the log', [ofSessions + sessionRow('False'), ofMails, JSON.stringify([bind])], ['audit-json']],
  ['the mails alone', [ofSessions + sessionRow('False'), ofMails], ['mail-messages-csv', 'mail-messages-csv']],
  ['the records alone', [ofSessions + sessionRow('False')], ['mail-sessions-csv']],
  [
    'a mail once that was asked for by address too',
    [ofMails, ofOneMail(bind.SessionId, mails[0] ?? '', 7), ofOneMail('', mails[1] ?? '', '')],
    ['mail-messages-csv', 'mail-messages-csv'],
  ],
  [
    'what a version wrote of another record once with what a later one wrote of its own',
    [ofOneMail('', '<c@contoso.example>', 7), ofMails],
    ['mail-messages-csv', 'mail-messages-csv'],
  ],
  [
    'it where that is not there',
    [ofOneMail('', '<c@contoso.example>', 7), ofOneMail('', mails[0] ?? '', '')],
    ['mail-messages-csv', 'mail-messages-csv'],
  ],
  [
    'a mail once of which two tables say as much',
    [ofMails, ofMails.replaceAll('Alice', 'ALICE')],
    ['mail-messages-csv', 'mail-messages-csv'],
  ],
  ['a record once of two versions', [ofSessions + sessionRow('False'), sessionsBefore], ['mail-sessions-csv']],
  [
    'the log, where a version wrote the mail of another record',
    [ofOneMail('', '<c@contoso.example>', 7), JSON.stringify([bind])],
    ['audit-json'],
  ],
  [
    'also what only one of the tables says',
    [ofSessions + sessionRow('True'), ofMails],
    ['mail-sessions-csv', 'mail-messages-csv', 'mail-messages-csv'],
  ],
  [
    'also a mail that no record of the log names',
    [ofMails + mailRow('<c@contoso.example>'), JSON.stringify([bind])],
    ['mail-messages-csv', 'audit-json'],
  ],
])('of tables made of records of mail access counts %s', async (_what, texts, counted) => {
  for (const order of [texts, texts.toReversed()]) {
    const documents = await documentsOf(order)

    const counting = documents.filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(counting.map((document) => document['hoofprint.source']).toSorted()).toEqual(counted.toSorted())
  }
})

const activities = `TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties
2018-06-20T09:00:00.000Z,Exchange,ServerLogon,,,,"{'UserName': 'alice@contoso.example', 'Result': 'Success', 'UserAgent': 'A (B; C)', 'ClientIP': '198.51.100.10'}"
2018-06-20T09:00:01.000Z,Web,Logon,,,s1,"{'IPAddress': '198.51.100.10', 'Browser': 'A (B; C)+Preload'}"
2018-06-20T10:02:00.000Z,Web,SearchResult,,,s1,{'Query': 'wire transfer'}
2018-06-20T10:03:00.000Z,Web,SearchSuggestionsDisplay,,,s1,{'SuggestionStimulus': 'invo'}
`
const logons = `Date\tTime\tSource IP\tLogon Type\tApp Type\tUser\tClient2018-06-20\t09:00:00.000Z\t198.51.100.10\tServerLogon\tExchange\talice@contoso.example\tA (B C)
2018-06-20\t09:00:01.000Z\t198.51.100.10\tLogon\tWeb\t \tA (B C)+Preload
2018-06-20\t09:00:01.000Z\t198.51.100.11\tLogon\tWeb\t \tA (B C)+Preload
`
const searches = `Date\tTime\tPlatform\tQuery\tLast Login ip
2018-06-20\t10:02:00.000Z\tWeb\twire transfer\t198.51.100.10
2018-06-20\t10:03:00.000Z\tWeb\tinvo\t198.51.100.10
2018-06-20\t10:04:00.000Z\tWeb\tinvoice\t198.51.100.10
`

const signIn = {
  ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a021', createdDateTime: '2026-03-19T08:15:21.4567890Z' },
  ...{ userPrincipalName: 'alice@contoso.example', ipAddress: '203.0.113.66', appDisplayName: 'Office 365' },
  ...{ correlationId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0cc', status: { errorCode: 50126 } },
}

test.each([
  ['the same', '2026-03-19T08:15:21Z,Alice@contoso.example,Office 365,203.0.113.66,,50126', 1],
  ['of the same minute', '3/19/2026 8:15 AM,alice@contoso.example,Office 365,203.0.113.66,,50126', 1],
  [
    'with its correlation',
    `2026-03-19T08:15:21Z,alice@contoso.example,Office 365,203.0.113.66,${signIn.correlationId},`,
    1,
  ],
  [
    'of another correlation',
    `2026-03-19T08:15:21Z,alice@contoso.example,Office 365,203.0.113.66,${record.Id},50126`,
    2,
  ],
  ['of another outcome', '2026-03-19T08:15:21Z,alice@contoso.example,Office 365,203.0.113.66,,0', 2],
  ['of another second', '2026-03-19T08:15:22Z,alice@contoso.example,Office 365,203.0.113.66,,50126', 2],
  ['of another user', '2026-03-19T08:15:21Z,bob@contoso.example,Office 365,203.0.113.66,,50126', 2],
  ['of another application', '2026-03-19T08:15:21Z,alice@contoso.example,Azure Portal,203.0.113.66,,50126', 2],
  ['from elsewhere', '2026-03-19T08:15:21Z,alice@contoso.example,Office 365,203.0.113.67,,50126', 2],
  ['from nowhere', '2026-03-19T08:15:21Z,alice@contoso.example,Office 365,,,50126', 2],
])('a sign-in without an id counts once with the one that has one: %s', async (_what, row, times) => {
  const table = `CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,CorrelationId,ErrorCode\n${row}\n`
  const whole = JSON.stringify([signIn])

  for (const texts of [
    [table, whole],
    [whole, table],
  ]) {
    const documents = await documentsOf(texts)

    expect(documents).toHaveLength(2)
    const counted = documents.filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(counted).toHaveLength(times)
    expect(counted.map((document) => document['event.id'])).toContain(signIn.id)
  }
})

test.each([
  ['of another device', { deviceDetail: { deviceId: '5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b02' } }, 2],
  ['of the same device', { deviceDetail: { deviceId: '5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b01' } }, 1],
  ['in another tenant', { resourceTenantId: '5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b04' }, 2],
  ['of another home', { homeTenantId: 'elsewhere' }, 2],
  ['of a home that is null', { homeTenantId: null }, 1],
  ['with another token', { uniqueTokenIdentifier: 'token-2' }, 2],
  ['to another resource', { resourceDisplayName: 'Graph' }, 2],
  ['that nobody was asked for', { isInteractive: false }, 2],
  ['that somebody was asked for', { isInteractive: true }, 1],
  ['that is told by the second', { createdDateTime: '2026-03-19T08:15:21Z' }, 1],
])('a sign-in without an id counts beside one of the same second %s', async (_what, further, times) => {
  const row =
    '2026-03-19T08:15:21.4567890Z,alice@contoso.example,Office 365,203.0.113.66,5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b01,5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b03,token-1,Office,home'
  const columns = 'DeviceId,ResourceTenantId,UniqueTokenIdentifier,ResourceDisplayName,HomeTenantId'
  const table = `CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,${columns}\n${row}\n`

  const documents = await documentsOf([table, JSON.stringify([{ ...signIn, status: { errorCode: 0 }, ...further }])])

  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(times)
})

test.each([
  ['0', { errorCode: 0 }, 1],
  ['', { errorCode: 0 }, 1],
  ['', { errorCode: 50126 }, 2],
  ['', {}, 1],
  ['0', {}, 2],
  ['success', { errorCode: 0 }, 1],
  ['success', { errorCode: 50126 }, 2],
  ['failure', { errorCode: 50126 }, 1],
  ['failure', {}, 2],
  ['interrupted', { errorCode: 50126 }, 2],
  ['interrupted', { errorCode: 50140 }, 1],
])('a sign-in without an id of the outcome "%s" beside one with %j counts as %d', async (told, status, times) => {
  const row = `2026-03-19T08:15:21Z,alice@contoso.example,Office 365,203.0.113.66,${told}`
  const table = `CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status\n${row}\n`

  const documents = await documentsOf([table, JSON.stringify([{ ...signIn, status }])])

  expect(documents.filter(({ tags }) => tags?.includes('also-audited') !== true)).toHaveLength(times)
})

test("of Magic Unicorn's tables counts what the activities that they were made of are not there for", async () => {
  const documents = await documentsOf([activities, logons, searches])

  const rows = documents.filter((document) => document['hoofprint.source'] !== 'retriever-csv')
  expect(documents).toHaveLength(4 + 3 + 3)
  expect(rows.filter(({ tags }) => tags?.includes('also-audited') !== true)).toMatchObject([
    { 'source.ip': '198.51.100.11' },
    { 'hoofprint.search.query': 'invoice' },
  ])
  expect(documents.filter(({ tags }) => tags?.join().endsWith('also-audited,retold') === true)).toHaveLength(4)
})

/** The documents of files with these texts, all of alice's. */
async function documentsOf(texts: readonly string[]) {
  const folder = temporaryFolder()
  const store = openCase(folder)
  for (const text of texts) await importFile(store, fileOf(text))
  store.buildJoins()
  store.close()
  const reader = openReader(folder)
  const slices = [...reader.slices({ after: 0, until: reader.lastSeq() }, 1000)]
  const documents = slices.flatMap((slice) => [...render(reader, slice)]).map(({ document }) => document)
  reader.close()
  return documents
}
