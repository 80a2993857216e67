import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { headerOf, tsvTables } from '#src/reports/tsv/tables.ts'
import { ownersOf } from '#src/sources/files/owners.ts'
import { csvShapes } from '#src/sources/files/shapes/index.ts'
import type { CsvShape } from '#src/sources/files/shapes/shape.ts'
import { survey } from '#src/sources/files/survey.ts'
import { contentOf, digestFile, header, never, surveyed } from '../../support/files.ts'
import { fileOf, temporaryFolder } from '../../support/folder.ts'

const time = '2018-06-20T08:00:00.019Z'

test.each<[string, () => string, string, true | undefined]>([
  ['is not there', () => join(temporaryFolder(), 'gone.csv'), 'there is no such file', true],
  ['is empty', () => fileOf(''), 'the file is empty', undefined],
  ['is a folder', temporaryFolder, 'it is a folder', true],
  ['goes through a file', () => join(fileOf('a'), 'b.csv'), 'its path goes through a file', true],
])('a file that %s is told apart', async (_, make, reason, mayBeEvidence) => {
  const path = make()

  expect(await survey(contentOf(path), never)).toEqual({ path, named: true, reason, mayBeEvidence })
})

test('tables and answers that Hoofprint wrote are told to be these, whichever they are', async () => {
  const texts = [
    ...tsvTables.map((table) => `${headerOf(table)}\n`),
    ...['{"stamp": "", "writtenAt": "", "tables": {}}', '{"whose": "everybody", "marks": [], "sections": []}'],
    '{"total": 0, "marks": [], "sessions": []}',
  ]

  const reasons = await Promise.all(texts.map(reasonOf))

  for (const reason of reasons) expect(reason).toMatch(/^(a table|answers) that Hoofprint wrote$/)
})

test('of a file with another header the reason says what it looks like and what it lacks', async () => {
  const reason = await reasonOf('TimeStamp,AppIdType,ActivityIdType,Client IP (first)\n1,2,3,4\n')

  expect(reason).toContain('its first line has 4 columns: TimeStamp, AppIdType, ActivityIdType, Client IP (first).')
  expect(reason).toContain('nearest to retriever-csv')
  expect(reason).toContain('has no ActivityItemId, ActivityCreationTime, ClientSessionId, CustomProperties')
})

test('a header that resembles nothing is shown, without a nearest shape', async () => {
  const reason = await reasonOf('Name;Street;Postcode;Town\n')

  expect(reason).toMatch(/its first line has 4 columns: Name, Street, Postcode, Town$/)
  expect(reason).not.toContain('nearest')
})

test('a very long header is shown in part', async () => {
  const reason = await reasonOf(Array.from({ length: 57 }, (_, i) => `Column${i}`).join(','))

  expect(reason).toContain('57 columns: Column0, ')
  expect(reason).toContain(', …')
  expect(reason).not.toContain('Column20')
})

test('of JSON that is nested deeper than any record it is said that it is, wherever brackets stand in texts', async () => {
  const record = (x: string) => `{"Id":"1","CreationTime":"2026-03-02T09:00:00","Operation":"Send","X":${x}}\n`
  const deep = record(`${'['.repeat(101)}${']'.repeat(101)}`)

  const reasons = await Promise.all([deep.repeat(2), `[${deep}]`].map(reasonOf))

  for (const reason of reasons) expect(reason).toContain('nested deeper than 100 levels')
  expect(await reasonOf(`{"a":"${'['.repeat(101)}\n`)).not.toContain('nested deeper')
  expect(await reasonOf(`${'"['.repeat(200_000)}\n`)).not.toContain('nested deeper')
})

test('of a line without an end, such as a file of zeros, no byte has a buffer made for it', async () => {
  const from = jest.spyOn(Buffer, 'from')

  const reason = await reasonOf('\0'.repeat(100_000))

  const made = from.mock.calls.length
  from.mockRestore()
  expect(reason).toContain('its first line is no header')
  expect(made).toBeLessThan(1000)
})

test.each([
  `${time},Web,ReadingPaneDisplayStart,AAMkAGI1AAA=,${time},5c3d1f0e-7a52-4d0b-9a64-1f2e3d4c5b6a,{'Subject': 'Payroll'}`,
  'Alice Smith,alice@contoso.example,Payroll',
  'Payroll,198.51.100.7,Alice Smith',
  '"Payroll, final"',
  'Payroll;Alice Smith;4711',
  'Dear Alice!,\tPayroll,\tof 2018-06-20',
  '\u0000\u0001Payroll\u0000,Alice Smith',
])('of a file without a header no data is shown: %j', async (line) => {
  const reason = await reasonOf(`${line}\n${line}\n`)

  expect(reason).toContain('its first line is no header')
  expect(reason).not.toMatch(/Payroll|Alice|5c3d|198|4711/)
})

test.each<[string, string[], string[]]>([
  [
    'TimeGenerated [UTC],RequestId,RequestUri',
    ['3 columns: TimeGenerated [UTC], RequestId, RequestUri'],
    ['nearest', 'English'],
  ],
  [
    'Date (UTC),Request ID,Authentication method',
    ['nearest to entra-signins-csv, but has no Application, Status'],
    ['English'],
  ],
  [
    'Data (UTC),ID richiesta,Località,Indirizzo IP',
    [
      'Data (UTC), ID richiesta, Località, Indirizzo IP.',
      "If Entra's portal wrote it, download it again as JSON, which has no language, or with the portal in English",
    ],
    ['nearest'],
  ],
  ['CreationTime,Operation,UserId', ['nearest to audit-columns-csv, but has no Workload or RecordType.'], ['English']],
  [',Colour,Weight', ['3 columns: …, Colour, Weight'], ['no header']],
  [
    'ActivityDateTime,ActivityDisplayName,Result',
    ['nearest to graph-directory-audit-csv, but has no TargetResources or InitiatedBy.'],
    ['…'],
  ],
  ['RequestUri,RequestMethod\n/a,GET\n', ['nearest to graph-activity-csv, but its rows are not of that.'], ['has no']],
  ['日付 (UTC),要求 ID,ユーザー', ['日付 (UTC), 要求 ID, ユーザー.', 'in English'], ['nearest']],
])('of what a portal exported and nobody knows its columns are told: %s', async (line, told, untold) => {
  const reason = await reasonOf(`${line}\n1,2,3\n`)

  for (const text of told) expect(reason).toContain(text)
  for (const text of untold) expect(reason).not.toContain(text)
})

test('what is no evidence is told by its first rows, however short its lines are', async () => {
  const anyColumn = csvShapes.find(({ name }) => name === 'any-column-csv') as Required<CsvShape>
  const holds = jest.spyOn(anyColumn, 'holds')

  const reason = await reasonOf('x,\n'.repeat(80_000))

  expect(reason).toContain('no header')
  expect(holds).toHaveBeenCalled()
  expect(holds.mock.calls.length).toBeLessThan(3000) // All rows below each of the first lines were three million.
})

test.each([
  ['words that are the same in English', `Date (UTC),ID de la demande,Application,${'Colonne,'.repeat(9)}Statut`, true],
  ['not as many columns', 'Datum (UTC),Absender,Betreff,Status', false],
  ['no UTC in the first', `Fecha,Id. de solicitud,Agente,Id. de correlacion,${'Columna,'.repeat(8)}Estado`, true],
  ['no sign-ins', `Fecha,Clave,Agente,Valor,${'Columna,'.repeat(8)}Estado`, false],
])('sign-ins with columns in another language are told to be that: %s', async (what, header, isTold) => {
  const own = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'
  const row = ['29/11/2026 19:41:00', own, 'Mozilla', what === 'no sign-ins' ? '1' : own, ...Array(9).fill('alice')]

  const reason = await reasonOf(`${header}\n${row.join(',')}\n`)

  expect(reason.includes("looks like sign-ins of Entra's portal in another language")).toBe(isTold)
  expect(reason).not.toContain('alice')
})

const original = '{CreationTime=2026-05-03T09:00:00, Id=a, Operation=Send, UserId=alice@contoso.example}'

test.each([
  [{ _id: 'x', _source: { event: { original } } }, 'as Java prints them ({Id=…, …})'],
  [{ '@timestamp': 'x', 'event.original': original }, 'as Java prints them ({Id=…, …})'],
])('of what is known and cannot be read the reason says why, and shows no data: %#', async (record, why) => {
  const reason = await reasonOf(JSON.stringify(record))

  expect(reason).toContain(why)
  expect(reason).not.toContain('alice')
})

test('among other records it is rejected with the same reason', async () => {
  const audit = { CreationTime: '2026-03-09T08:15:21', Operation: 'Send', Id: 'a', UserId: 'bob@contoso.example' }

  const { rejected } = await digestFile(fileOf(JSON.stringify([audit, { event: { original } }]), 'a.json'))

  expect(rejected).toMatchObject([{ row: 2, reason: expect.stringContaining('as Java prints them') }])
})

test('a stream of records of many kinds is known by the first that is, and read from its beginning', async () => {
  const unknown = { category: 'MicrosoftGraphActivityLogs', properties: { requestUri: 'https://graph.example/me' } }
  const audit = { CreationTime: '2026-03-09T08:15:21', Operation: 'Send', Id: 'a', UserId: 'bob@contoso.example' }
  const lines = [unknown, 'a text', unknown, audit, unknown].map((line) => `${JSON.stringify(line)}\n`)

  const file = await surveyed(fileOf(lines.join(''), 'stream.jsonl'))

  expect(file).toMatchObject({ format: { shape: 'audit-json' }, start: { offset: 0, row: 1 } })
})

const sent = (i: number) =>
  `{"CreationTime":"2026-03-09T08:15:2${i}","Id":"7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${i}","Operation":"Send","UserId":"alice@contoso.example"}`

test.each([
  ['a part of a file of lines', [sent(1), sent(2), sent(3)].join('\n').slice(70)],
  ['a part that begins where a record ends', `"}\n${sent(2)}\n${sent(3)}`],
  ['a part of a list in one line', `[${sent(1)},${sent(2)},${sent(3)}]`.slice(70)],
  ['a list whose first brace is missing', `[${sent(1).slice(2)},${sent(2)},${sent(3)}]`],
])('of what begins in the middle of a record the others are read: %s', async (_, text) => {
  const { format, activities, rejected } = await digestFile(fileOf(text))

  expect(format).toEqual({ shape: 'audit-json' })
  expect(activities.map(({ id }) => id.slice(-1))).toEqual(['2', '3'])
  expect(rejected.map(({ row, original }) => [row, text.includes(Buffer.from(original).toString())])).toEqual([
    [1, true],
  ])
})

const indented = JSON.stringify(
  [1, 2, 3].map((i) => JSON.parse(sent(i))),
  null,
  2,
)
const wrapped = JSON.stringify(
  [1, 2, 3].map((i) => ({ CreationDate: '2026-03-09', AuditData: sent(i) })),
  null,
  2,
)

test.each([
  ['a line', indented.slice(indented.indexOf('    "Id"')), 3],
  ['the middle of a line', indented.slice(indented.indexOf('Time"')), 4],
  ['its last line', indented.slice(indented.indexOf('    "UserId"')), 1],
  ['its record, which stands in it as text', wrapped.slice(wrapped.indexOf('UserId')), 1],
])('of an indented list that begins within a record, with %s, the others are read', async (_, text, lines) => {
  const { activities, rejected } = await digestFile(fileOf(text))

  expect(activities.map(({ id }) => id.slice(-1))).toEqual(['2', '3'])
  expect(rejected).toHaveLength(lines)
})

test.each([
  ['a page', `# Example\n\n${sent(1)}\n`],
  ['a page with settings', `Settings:\n"name": "x",\nA record:\n${sent(1)}\n`],
  ['a script with settings', `const settings = {\n  "name": "x",\n}\nconst record =\n${indented}\n`],
  ['a session', `PS C:\\> $audit | ConvertTo-Json\n${indented}\n`],
  ['a script', `records = load("x")\n${sent(1)}\n`],
])('%s that shows a record does not begin in the middle of one', async (_, text) => {
  expect(await reasonOf(text)).toContain('not an export that is known')
})

test('of JSON that nobody knows the names are shown, where they look like names, and no data', async () => {
  const reason = await reasonOf('{"Subject": "Payroll", "Dear Alice!": "4711"}\n')

  expect(reason).toBe('JSON of a kind that is not known: its first record has Subject, …')
})

test.each([
  ['without one', `${header}\n`],
  ['with CRLF', `${header}\r\n`],
  ['without an end of its only line', header],
  ['with quotes', `"${header.replaceAll(',', '","')}"\n`],
  ['with blanks around names', `${header.replaceAll(',', ' , ')}\n`],
])('a header %s is known, and rows begin behind it', async (_, text) => {
  const file = await surveyed(fileOf(text))

  expect(file.format).toMatchObject({ shape: 'retriever-csv', columns: header.split(','), delimiter: ',' })
  expect(file.start).toEqual({ offset: Buffer.byteLength(text), row: 2 })
})

test.each([',', ';', '\t'])('rows with the delimiter %j are read alike', async (delimiter) => {
  const row = [time, 'Web', 'MarkAsRead', 'item-1', time, 's1', "{'SourceFolder': 'Inbox'}"].join(delimiter)
  const path = fileOf(`${header.replaceAll(',', delimiter)}\n${row}\n`)

  const { activities, format } = await digestFile(path)

  expect(format).toMatchObject({ delimiter })
  expect(activities).toMatchObject([
    { operation: 'MarkAsRead', record: { CustomProperties: { SourceFolder: 'Inbox' } } },
  ])
})

test('columns may stand in another order, with others between them, which are kept', async () => {
  const columns = ['CustomProperties', 'Note', ...header.split(',').reverse().slice(1)]
  const path = fileOf(`${columns.join(',')}\n{'a': 'b'},seen,s1,${time},item-1,MarkAsRead,Web,${time}\n`)

  const { activities } = await digestFile(path)

  expect(activities).toMatchObject([
    { operation: 'MarkAsRead', record: { Note: 'seen', ClientSessionId: 's1', CustomProperties: { a: 'b' } } },
  ])
})

test('size and SHA-256 are those of the whole file', async () => {
  const content = `${header}\n${`${time},Web,Move,,,,\n`.repeat(20_000)}`

  const file = await surveyed(fileOf(content))

  expect(file.size).toBe(content.length)
  expect(file.sha256).toBe(createHash('sha256').update(content).digest('hex'))
})

test('a survey that is called off throws', async () => {
  await expect(survey(contentOf(fileOf(`${header}\n`)), AbortSignal.abort(new Error('called off')))).rejects.toThrow(
    'called off',
  )
})

test('the owner is the name that most logons give, whatever its case, and whatever else speaks of logons', async () => {
  const logon = (name: string) => `${time},Exchange,ServerLogon,,,,{'UserName': '${name}'}`
  const rows = [
    ...[logon('bob@contoso.example'), logon('Alice@Contoso.example'), logon('alice@contoso.example ')],
    ...[`${time},Web,Move,,,,{'UserName': 'eve@contoso.example', 'Subject': 'ServerLogon'}`, logon(''), ''],
    ...[`${time},Exchange,ServerLogon,,,,`, `${time},Exchange,ServerLogon,,,,{broken`, `ServerLogon,too few`],
  ]

  const owners = await ownersOf(await surveyed(fileOf([header, ...rows].join('\n'))), never)

  expect(owners).toEqual([
    { name: 'alice@contoso.example', rows: 2, ofRows: 3 },
    { name: 'bob@contoso.example', rows: 1, ofRows: 3 },
  ])
})

test('a file in which nobody logs on names no owner', async () => {
  const owners = await ownersOf(await surveyed(fileOf(`${header}\n${time},Web,Move,,,,\n`)), never)

  expect(owners).toEqual([])
})

async function reasonOf(content: string): Promise<string> {
  const result = await survey(contentOf(fileOf(content)), never)
  return 'reason' in result ? result.reason : 'the file was read'
}

const atRisk = { riskLevel: 'high', riskDetail: 'none', riskLastUpdatedDateTime: '2026-05-03T09:06:00Z' }

test.each([
  ['\uFEFF<?xml version="1.0"?>\n<SearchResults />', 'it found none'],
  [JSON.stringify({ MailboxGuid: '1', MailboxResolvedOwnerName: 'alice', LastAccessed: '' }), '-ShowDetails'],
  ['#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-username\n', 'a web server'],
  ['#Software: Microsoft Exchange Server\n#Fields: DateTime,RequestId,AuthenticatedUser\n1,2,alice\n', 'MSGTRK'],
  ['Request ID,Date,Authentication method,Succeeded,Result detail,Requirement\nalice,,,,,\n', 'the steps of sign-ins'],
  ['Identity,ReceivedTime,SenderAddress,PolicyType,ReleaseStatus\nalice,,,,\n', 'quarantine as they were'],
  ['Date (UTC),Original delivery location,Latest delivery location,Delivery action\nalice,,,\n', 'EmailEvents'],
  ['Date,User,App,Activity type,Activity objects,User agent string\n,alice,,,,\n', 'CloudAppEvents'],
  ['<!DOCTYPE html>\n<p>alice</p>', 'a web page'],
  ['<?xml version="1.0"?><alice/>', 'XML: save'],
  ['<34>May  3 14:22:33 collector sshd: session opened', 'no header'],
  ['\r\nRunspaceId : 1\r\nCreationDate : 5/3/2026\r\nAuditData    : {"CreationTime":"alice', 'Format-List'],
  [JSON.stringify([{ id: 'alice', ...atRisk }]), 'not what was found'],
  [`Id,RiskDetail,RiskLastUpdatedDateTime,RiskLevel\nalice,,,\n`, 'not what was found'],
  ['Name,RuleIdentity,MailboxOwnerId\n.,1,alice\n', 'the day of the listing'],
  ['UserName,RuleName,Enabled,RuleIdentity,StopProcessingRules\nalice,.,True,1,True\n', 'the day of the listing'],
  [
    JSON.stringify({ value: [{ id: 'alice', displayName: '.', sequence: 1, isEnabled: true, actions: {} }] }),
    'the day of the listing',
  ],
  ['UserName,RuleName,RuleEnabled,CopytoFolder,MovetoFolder\nalice,.,True,,\n', 'the day of the listing'],
  ['UserPrincipalName,AuditEnabled,AuditBypassEnabled,DefaultAuditSet\nalice,True,False,\n', 'the day of the listing'],
  ['PrimarySmtpAddress,ForwardingSmtpAddress,DeliverToMailboxAndForward\nalice,,\n', 'the day of the listing'],
  ['Name,State,Priority,Mode,Description\nalice,Enabled,0,Enforce,\n', 'the day of the listing'],
  ['UserPrincipalName,PrimarySmtpAddress,FullAccess,SendAs,SendOnBehalf\nalice,alice,bob,,\n', 'Add-MailboxPermission'],
  ['PermissionType,ClientObjectId,AppId,ConsentType\nDelegated,alice,1,Principal\n', 'Consent to application.'],
  ['user,MFAstatus,email\nalice,Enabled,-\n', 'ways to sign in'],
  ['UserPrincipalName,Id,LastPasswordChangeDateTime\nalice,1,\n', 'accounts as they were'],
  [
    JSON.stringify([{ id: '1', userPrincipalName: 'alice', displayName: '', signInActivity: {} }]),
    'accounts as they were',
  ],
  ['Id,UserPrincipalName,DisplayName,AccountEnabled\n1,alice,,True\n', 'accounts as they were'],
  ['AppId,DisplayName,KeyCredentials\n1,alice,Microsoft.Graph.KeyCredential[]\n', 'applications as they were'],
  ['AppId,DisplayName,ServicePrincipalType\n1,alice,Application\n', 'applications as they were'],
  [
    JSON.stringify([{ id: '1', displayName: 'alice', state: 'enabled', conditions: {}, grantControls: null }]),
    'Conditional Access as they were',
  ],
  [
    JSON.stringify([{ id: '1', deviceId: '2', displayName: 'alice', approximateLastSignInDateTime: '' }]),
    'devices as they were',
  ],
  [JSON.stringify([{ event_timestamp: '', subscription_id: 'alice', operation_name: {} }]), "Azure's resources"],
  [JSON.stringify([{ eventTimestamp: '', caller: 'alice', operationName: {} }]), "Azure's resources"],
  ['DateUTC,DateOnly,TimeOnly,User,Username,Status,FailureReason\n,,,,alice,,\n', 'that it read'],
  ['Date,ActorUserPrincipalName,Activity,Result,Target1Type\n,alice,,,\n', 'that it read'],
  [
    'ClientAppUsed,IpAddress,IsInteractive,UserPrincipalName,CreatedDateTime,Status\nBrowser,,,alice,,\n',
    'Get-MgBetaAuditLogSignIn | ConvertTo-Json',
  ],
  ...[
    'LocalTime,ClientIP,Operation,UserId',
    'CreationTime,LocalTime,UserId,Operation,ClientIpAddress',
    'TimeStamp,Mailbox,User,LogonType,FolderId,Folder,Access,Operation,ClientIP,SessionId,Operations,Messages',
    'Timestamp,User,Operation,Device,IP,Mailbox,SendAsUser,RuleName',
    'TimeStamp,User,Action,Client,IpAddress,Status,Workload',
    'TimeStamp,User,Action,Status,Mailbox,Message Subjects,Folder',
    'TimeStamp,SentBy,SentAs,Subject,User,Action',
    'Service,Timestamp,UPN,Operation',
    'User,Date,ObjectId,AppId,AppName,AdminConsent',
    'User,CreationDate,Copilot App,Context',
    'ResultStatus,UserId,ClientIP,DevicePropertiesOS',
  ].map((columns) => [`${columns}\nalice${columns.replaceAll(/[^,]/g, '')}\n`, 'with AuditData']),
  [JSON.stringify([{ Metadata: true, FileNamePrefix: 'alice' }]), 'above its records'],
  ['Name,FolderPath,ItemsInFolder,FolderSize\nInbox,/alice,5,1 KB\n', 'not who read it'],
  ['Item Identity,Location Name,Target Path,Subject or Title\n1,alice,x,y\n', 'not who read it'],
  ['Alert name,Tags,Severity,Impacted assets\nx,,High,alice\n', 'Get-MgSecurityAlertV2'],
  ['Detection type,User,Risk state,Risk level\nx,alice,At risk,High\n', 'Get-MgRiskDetection'],
  [JSON.stringify([{ eventTimestamp: '', subscriptionId: 'alice', operationName: {} }]), "Azure's resources"],
  ['Timestamp,ActionType,TargetAccountUpn,TargetAccountDisplayName\n,,alice,\n', 'IdentityDirectoryEvents'],
  ['Timestamp,TeamsMessageId,ThreadId\n,alice,\n', 'MessageEvents'],
  [JSON.stringify({ time: '', properties: { TeamsMessageId: 'alice', ReportId: '' } }), 'MessageEvents'],
  ['Timestamp,DeviceId,DeviceName,ActionType,ReportId\n,,alice,,\n', 'on devices'],
  [JSON.stringify({ category: 'alice', properties: { DeviceId: '', DeviceName: '', ReportId: 1 } }), 'on devices'],
  ['Timestamp,NetworkMessageId,Url,UrlDomain\n,,alice,\n', 'export EmailEvents'],
  ['Timestamp,NetworkMessageId,FileName,FileType\n,,alice,\n', 'export EmailEvents'],
  ['Timestamp,ActionType,QueryTarget,QueryType\n,,alice,\n', 'IdentityQueryEvents'],
  [JSON.stringify({ properties: { sourceIdentity: 'alice', targetIdentity: {} } }), 'AADProvisioningLogs'],
  [JSON.stringify({ properties: { requestUri: 'alice', httpMethod: 'GET', actorType: '' } }), 'Azure AD Graph'],
  [JSON.stringify([{ RequestUri: 'alice', RequestMethod: 'GET', ActorType: '' }]), 'Azure AD Graph'],
  [JSON.stringify([{ FrameType: 'DataSetHeader', Version: 'v2.0' }]), 'v1/rest/query'],
  ['"@timestamp","event.action","o365.audit.UserId"\n"May 3, 2026 @ 09:06:00.000",Send,alice\n', 'with event.original'],
  [
    'timestamp,data.office365.Operation,data.office365.UserId\n"May 3, 2026 @ 09:06:00.000",Send,alice\n',
    'alerts.json',
  ],
  ['_time,Operation,UserId,ClientIP\n,Send,alice,\n', '_raw'],
  ['IsPotentiallyMalicious,RuleName,User,ActionCommand\nTrue,,alice,\n', 'UpdateInboxRules'],
  ['MessageTraceId,MessageId,Date,Event,Action,Detail,Data\n,alice,,Receive,,,\n', 'Get-MessageTraceV2'],
  [JSON.stringify({ _id: 'x', fields: { 'o365.audit.UserId': ['alice'] } }), 'ask for _source'],
  [
    'RecordType   CreationDate  UserIds\n----------   ------------  -------\nExchangeItem 5/3/2026      alice\n',
    'Format-Table',
  ],
  [
    '\r\nTimeStamp           User  Action            SessionId\r\n---------           ----  ------            ---------\r\n2026-05-03T09:06:00 alice MailItemsAccessed\r\n',
    'Format-Table',
  ],
  ['\r\nOrganization   : contoso.example\r\nMessageId      : <alice>\r\nMessageTraceId : 1\r\n', 'Format-List'],
  ['Received: from mx.contoso.example\r\nSubject: alice\r\n\r\nhello\r\n', 'a mail (.eml)'],
])('of what responders save besides, the reason says what it is and what to do instead: %#', async (text, why) => {
  const reason = await reasonOf(text)

  expect(reason).toContain(why)
  expect(reason).not.toContain('alice')
})
