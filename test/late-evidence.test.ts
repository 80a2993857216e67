import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { importFiles } from '#src/gather/import-files.ts'
import { silent } from '#src/progress.ts'
import { publish } from '#src/publish.ts'
import { type PublishTask, renderDocuments } from '#src/render/render-documents.ts'
import type { Sink } from '#src/sinks/sink.ts'
import { inline } from '#src/threads.ts'
import { root } from './support/cli.ts'
import { never } from './support/files.ts'
import { fileOf, temporaryFolder } from './support/folder.ts'
import { memorySink } from './support/memory-sink.ts'

const sample = join(root, 'samples/audit-case')
const files = readdirSync(sample).map((name) => join(sample, name))

test.each([
  ['as their names go', files, []],
  ['in the opposite order', files.toReversed(), []],
  ['with the intruder’s addresses marked', files, ['192.0.2.150', '203.0.113.45', '203.0.113.201']],
])(
  'documents delivered file by file, %s, end as those of all files at once',
  async (_order, inOrder, marked) => {
    const { add, deliver, mark, replaced, differing } = opened()
    for (const ip of marked) mark(ip)
    for (const file of inOrder) {
      await add(file)
      await deliver()
    }

    expect(await differing()).toEqual([])
    expect(replaced.length).toBeGreaterThan(0)
  },
  300_000,
)

const signIn = {
  ...{ id: '1c2d6f4e-0d55-4b8e-9a57-0d6f3ab10001', createdDateTime: '2026-03-09T08:15:21Z', appDisplayName: 'Outlook' },
  ...{ userPrincipalName: 'alice@contoso.example', ipAddress: '198.51.100.7', status: { errorCode: 0 } },
}
const hostile = '203.0.113.66'
const common = { UserId: 'alice@contoso.example', ClientIP: '198.51.100.7', CreationTime: '2026-03-09T08:15:21' }
const twin = {
  ...{ ...common, Id: signIn.id, Operation: 'UserLoggedIn', Workload: 'AzureActiveDirectory', RecordType: 15 },
  DeviceProperties: [{ Name: 'SessionId', Value: 'session-b' }],
}
const use = (id: string, context: object) => ({
  ...common,
  Id: `0d1f0c3a-7b52-4f10-9a00-00000000000${id}`,
  Operation: 'Send',
  Workload: 'Exchange',
  RecordType: 2,
  AppAccessContext: context,
})

test('a sign-in is delivered again when its record in the audit log arrives', async () => {
  const { add, deliver, stored, replaced, differing } = opened()
  await add(evidence(signIn))
  await deliver()

  await add(evidence(twin))
  await deliver()

  expect(replaced).toEqual([`azure.signinlogs ${signIn.id}`])
  expect(stored.get(`azure.signinlogs ${signIn.id}`)).toContain('also-audited')
  expect(await differing()).toEqual([])
})

test.each([
  ['audited first', '20.6'],
  ['audited first', '22.1'],
  ['logged first', '20.6'],
])('a change of the directory is delivered again when the other log tells it too: %s, at %s', async (order, at) => {
  const target = '0b000000-0000-4000-8000-00000000000b'
  const audited = {
    ...common,
    ClientIP: '',
    Id: '0a000000-0000-4000-8000-000000000001',
    Operation: 'Add member to role.',
    RecordType: 8,
    ...{ InterSystemsId: '7c000000-0000-4000-8000-00000000000a', Target: [{ ID: target, Type: 2 }] },
  }
  const logged = {
    ...{
      id: 'Directory_1',
      activityDateTime: `2026-03-09T08:15:${at}Z`,
      activityDisplayName: 'Add member to role',
    },
    ...{ loggedByService: 'Core Directory', correlationId: audited.InterSystemsId, targetResources: [{ id: target }] },
    initiatedBy: { user: { userPrincipalName: 'alice@contoso.example', ipAddress: '198.51.100.7' } },
  }
  const { add, deliver, stored, replaced, differing } = opened()
  const [first, second] = order === 'audited first' ? [audited, logged] : [logged, audited]
  await add(evidence(first))
  await deliver()

  await add(evidence(second))
  await deliver()

  expect(replaced).toEqual(order === 'audited first' ? [`o365.audit ${audited.Id}`] : [])
  expect(stored.get(`o365.audit ${audited.Id}`)).toContain('also-audited')
  expect(await differing()).toEqual([])
})

test('a sign-in without an id is delivered again when the same one with an id arrives', async () => {
  const { add, deliver, replaced, differing } = opened()
  const { id: _, ...bare } = signIn
  await add(evidence(bare))
  await deliver()

  await add(evidence({ ...signIn, createdDateTime: '2026-03-09T08:15:21.456Z' }))
  await deliver()

  expect(replaced).toHaveLength(1)
  expect(await differing()).toEqual([])
})

test('a change of the directory is delivered again when a table tells it of the other log', async () => {
  const [correlation, target] = ['7c000000-0000-4000-8000-00000000000a', '0b000000-0000-4000-8000-00000000000b']
  const logged = {
    ...{ id: 'Directory_1', activityDateTime: '2026-03-09T08:15:21.5Z', activityDisplayName: 'Add member to role' },
    ...{ loggedByService: 'Core Directory', correlationId: correlation, targetResources: [{ id: target }] },
    initiatedBy: { user: { userPrincipalName: common.UserId } },
  }
  const { add, deliver, replaced, differing } = opened()
  await add(evidence(logged))
  await deliver()

  const row = `2026-03-09T08:15:21,Add member to role.,8,AzureActiveDirectory,${common.UserId},${correlation},${target}`
  const names = 'CreationTime,Operation,RecordType,Workload,UserId,InterSystemsId,ObjectId'
  await add(fileOf(`Id,${names}\n0a000000-0000-4000-8000-000000000001,${row}\n`, 'a.csv'))
  await deliver()

  expect(replaced).toEqual(['o365.audit Directory_1'])
  expect(await differing()).toEqual([])
})

test('a record that has the id of a later one is delivered beside it, whichever came first, and their sign-in keeps its own', async () => {
  const { add, deliver, stored, differing } = opened()
  await add(
    evidence(
      { ...twin, CreationTime: '2026-03-09T08:15:31' },
      { ...signIn, createdDateTime: '2026-03-09T08:15:31.5Z' },
    ),
  )
  await deliver()

  await add(evidence(twin))
  await deliver()

  expect([...stored.keys()].toSorted()).toEqual([
    `azure.signinlogs ${signIn.id}`,
    `o365.audit ${signIn.id}`,
    `o365.audit ${signIn.id}~${Date.parse('2026-03-09T08:15:31Z')}`,
  ])
  expect(JSON.parse(stored.get(`o365.audit ${signIn.id}`) ?? '')['@timestamp']).toBe('2026-03-09T08:15:21.000Z')
  expect(await differing()).toEqual([])
})

test('a message trace is delivered again when it tells what became of its mail, and not when it tells less', async () => {
  const trace = {
    ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a002', receivedDateTime: '2026-03-09T08:15:21.1234567Z' },
    ...{ senderAddress: 'bob@fabrikam.example', recipientAddress: 'alice@contoso.example', subject: 'a' },
  }
  const { add, deliver, stored, replaced, differing } = opened()
  await add(evidence({ ...trace, status: 'pending', size: 1 }))
  await deliver()

  await add(evidence({ ...trace, receivedDateTime: '2026-03-09T08:15:21Z', status: 'delivered' }))
  await deliver()
  await add(evidence({ ...trace, status: 'gettingStatus', size: 2 }))
  await deliver()

  expect([stored.size, replaced.length]).toEqual([1, 1])
  expect([...stored.values()][0]).toContain('"Status":"delivered"')
  expect(await differing()).toEqual([])
})

const cut = '{"CreationTime":"2026-03-09T08:15:21","Operation":"Send","UserId":"alice@contoso.example","Workload":"Exch'
const cell = `"${cut.replaceAll('"', '""')}"`

test.each([
  [
    'columns of it',
    'CreationTime,UserId,Operation,Workload,Id\n3/9/2026 8:15 AM,alice@contoso.example,Send,Exchange,\n',
  ],
  [
    'columns that Power Query expanded',
    'AuditData.CreationTime,AuditData.UserId,AuditData.Operation,AuditData.Workload\n2026-03-09T08:15:21,alice@contoso.example,Send,Exchange\n',
  ],
  ['it cut off by a search', `CreationDate,Operations,AuditData\n2026-03-09T08:15:21,Send,${cell}\n`],
  ['it cut off by a quick query', `CreationDate,Operations,AuditData_Raw\n2026-03-09T08:15:21,Send,${cell}\n`],
  ['it cut off by a search of Graph', `createdDateTime,operation,auditData\n2026-03-09T08:15:21Z,Send,${cell}\n`],
])('a row with %s is delivered again when the record arrives that it was made of', async (_what, table) => {
  const { add, deliver, replaced, differing } = opened()
  await add(fileOf(table, 'a.csv'))
  await deliver()

  await add(evidence(use('1', {})))
  await deliver()

  expect(replaced).toHaveLength(1)
  expect(await differing()).toEqual([])
})

const mailSession = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0ff'
const sessions = 'TimeStamp,User,Action,SessionId,ClientIP'

test.each([
  [
    'the table of its mails',
    `Timestamp,User,IPaddress,SessionID,InternetMessageId\n2026-03-09T08:15:21,bob@contoso.example,198.51.100.7,${mailSession},<a@contoso.example>\n`,
  ],
  [
    'that of a version that says more',
    `${sessions},MailAccessType,OperationCount\n2026-03-09T08:15:21,bob@contoso.example,MailItemsAccessed,${mailSession},198.51.100.7,Bind,1\n`,
  ],
])('a row of a table of mail access is delivered again when %s arrives', async (_what, later) => {
  const { add, deliver, replaced, differing } = opened()
  const row = (at: string) => `2026-03-09T${at},bob@contoso.example,MailItemsAccessed,${mailSession},198.51.100.7,1\n`
  await add(fileOf(`${sessions},OperationCount\n${row('08:00:00')}${row('08:15:21')}`, 'sessions.csv'))
  await deliver()

  await add(fileOf(later, 'later.csv'))
  await deliver()

  expect(replaced).toHaveLength(1)
  expect(await differing()).toEqual([])
})

test('what names a token only is delivered again when a record tells in which session the token was issued', async () => {
  const { add, deliver, stored, replaced, differing } = opened()
  const ofToken = use('1', { UniqueTokenId: 'token-a' })
  await add(evidence(ofToken, use('2', { UniqueTokenId: 'token-z' })))
  await deliver()

  await add(evidence(use('3', { AADSessionId: 'session-b', UniqueTokenId: 'token-a' })))
  await deliver()
  await add(evidence(use('4', { AADSessionId: 'session-b', UniqueTokenId: 'token-a' })))
  await deliver()

  expect(replaced).toEqual([`o365.audit ${ofToken.Id}`])
  expect(stored.get(`o365.audit ${ofToken.Id}`)).toContain('session-b')
  expect(await differing()).toEqual([])
})

test('a session is delivered again when a record proves that it has another name too', async () => {
  const { add, deliver, replaced, differing } = opened()
  const named = [
    use('1', { AADSessionId: 'session-b', UniqueTokenId: 'token-b' }),
    use('2', { UniqueTokenId: 'token-b' }),
  ]
  await add(evidence(...named, use('3', { AADSessionId: 'session-c', UniqueTokenId: 'token-c' })))
  await deliver()

  await add(evidence(use('4', { AADSessionId: 'session-a', UniqueTokenId: 'token-b' })))
  await deliver()

  expect(replaced.toSorted()).toEqual(named.map(({ Id }) => `o365.audit ${Id}`))
  expect(await differing()).toEqual([])
})

test.each([
  ['bears its id', use('1', { AADSessionId: 'session-b' })],
  ['bears another id of it', use('1', { AADSessionId: 'session-a' })],
  ['names a token of it', use('1', { UniqueTokenId: 'token-b' })],
  ['bears no id, but a token of its other id', use('1', { UniqueTokenId: 'token-a' })],
])('what is the intruder’s by its session is delivered again when that turns out to be used from elsewhere too: it %s', async (_, own) => {
  const { add, deliver, mark, stored, replaced, differing } = opened()
  const within = (id: string, ClientIP: string) => ({ ...use(id, { AADSessionId: 'session-b' }), ClientIP })
  const names = {
    ...use('4', { AADSessionId: 'session-a', UniqueTokenId: 'token-a' }),
    ...{ SessionId: 'session-b', ClientIP: '203.0.113.66' },
  }
  const token = { ...use('5', { AADSessionId: 'session-b', UniqueTokenId: 'token-b' }), ClientIP: '203.0.113.66' }
  const doubtful = { ...own, ClientIP: undefined }
  mark('203.0.113.66')
  await add(evidence(doubtful, within('2', '203.0.113.66'), names, token))
  await deliver()
  const before = stored.get(`o365.audit ${own.Id}`)

  await add(evidence(within('3', '198.51.100.7')))
  await deliver()

  expect(before).toContain('"actor_certainty":"session"')
  expect(stored.get(`o365.audit ${own.Id}`)).toContain('"actor_certainty":"inferred"')
  expect(replaced).toContain(`o365.audit ${own.Id}`)
  expect(await differing()).toEqual([])
})

test.each([
  ['a token that it had', 'token-1', {}],
  ['its token of the next hour', 'token-2', {}],
  ['that, where it has another name too', 'token-2', { SessionId: 'session-a' }],
])('a session is not delivered again for what is done in it from where it was used before with %s, whatever is marked', async (_, later, name) => {
  const { add, deliver, mark, store, differing } = opened()
  const within = (id: string, ClientIP: string, UniqueTokenId: string) => {
    return { ...use(id, { AADSessionId: 'session-b', UniqueTokenId }), ClientIP }
  }
  mark('203.0.113.66')
  const before = [within('1', '203.0.113.66', 'token-1'), within('2', '198.51.100.7', 'token-1')]
  await add(evidence(...before, { ...within('5', '198.51.100.7', 'token-1'), ...name }))
  await deliver()

  await add(evidence(within('3', '198.51.100.7', later), within('4', '203.0.113.66', later)))
  store.delivery('memory').begin(0)

  expect(store.delivery('memory').countStale()).toBe(0)
  await deliver()
  expect(await differing()).toEqual([])
})

test('a sign-in is delivered again when the session that the audit log gives it turns out to be used by the intruder', async () => {
  const { add, deliver, mark, stored, differing } = opened()
  mark('203.0.113.66')
  await add(evidence(signIn, twin))
  await deliver()

  await add(evidence({ ...use('1', { AADSessionId: 'session-b' }), ClientIP: '203.0.113.66' }))
  await deliver()

  expect(stored.get(`azure.signinlogs ${signIn.id}`)).toContain('"actor":"intruder"')
  expect(await differing()).toEqual([])
})

test('a session that had one name only is delivered again when that turns out to be another session’s', async () => {
  const { add, deliver, replaced, differing } = opened()
  const named = use('1', { AADSessionId: 'session-x' })
  await add(evidence(named, use('2', { AADSessionId: 'session-z' })))
  await deliver()

  await add(evidence({ ...use('3', { AADSessionId: 'session-x' }), SessionId: 'session-a' }))
  await deliver()

  expect(replaced).toEqual([`o365.audit ${named.Id}`])
  expect(await differing()).toEqual([])
})

test('a session is delivered again when its first token shows that it goes by its other name', async () => {
  const { add, deliver, replaced, differing } = opened()
  const named = [
    { ...use('1', { AADSessionId: 'session-a' }), SessionId: 'session-b' },
    use('2', { AADSessionId: 'session-a' }),
    use('3', { AADSessionId: 'session-b' }),
  ]
  await add(evidence(...named))
  await deliver()

  await add(evidence(use('4', { AADSessionId: 'session-a', UniqueTokenId: 'token-1' })))
  await deliver()

  expect(replaced.toSorted()).toEqual(named.map(({ Id }) => `o365.audit ${Id}`))
  expect(await differing()).toEqual([])
})

test('all of a session is delivered again when it turns out to be used by the intruder, by whatever id it is known', async () => {
  const { add, deliver, mark, stored, replaced, differing } = opened()
  const known = [
    use('1', { AADSessionId: 'session-b', UniqueTokenId: 'token-b' }),
    { ...use('2', { AADSessionId: 'session-a' }), SessionId: 'session-b' },
    use('3', { AADSessionId: 'session-a' }),
    use('4', { UniqueTokenId: 'token-b' }),
  ]
  mark(hostile)
  await add(evidence(...known, use('5', { AADSessionId: 'session-z' })))
  await deliver()

  await add(evidence({ ...use('6', { AADSessionId: 'session-b' }), ClientIP: hostile }))
  await deliver()

  expect(replaced.toSorted()).toEqual(known.map(({ Id }) => `o365.audit ${Id}`))
  expect([...stored.values()].filter((text) => text.includes('"intruder"'))).toHaveLength(5)
  expect(await differing()).toEqual([])
})

test('a session is delivered again when it turns out to be one of which only is known that the intruder used it', async () => {
  const { add, deliver, mark, stored, differing, forget } = opened()
  const gone = { ...use('1', { AADSessionId: 'session-a' }), ClientIP: hostile }
  const kept = { ...use('2', { AADSessionId: 'session-b' }), ClientIP: undefined }
  mark(hostile)
  await add(evidence(gone, kept))
  await deliver()
  forget(`o365.audit ${gone.Id}`)

  await add(evidence({ ...use('3', { AADSessionId: 'session-a' }), SessionId: 'session-b', ClientIP: undefined }))
  await deliver()

  expect(stored.get(`o365.audit ${kept.Id}`)).toContain('"actor":"intruder"')
  expect(await differing()).toEqual([])
})

test('a session is delivered again when one of which only is known that it is the same has another name, too', async () => {
  const { add, deliver, stored, differing, forget } = opened()
  const gone = { ...use('1', { AADSessionId: 'session-b', UniqueTokenId: 'token-b' }), ClientIP: undefined }
  const kept = use('2', { AADSessionId: 'session-c', UniqueTokenId: 'token-b' })
  await add(evidence(gone, kept))
  await deliver()
  forget(`o365.audit ${gone.Id}`)

  await add(evidence({ ...use('3', { AADSessionId: 'session-b' }), SessionId: 'session-a', ClientIP: undefined }))
  await deliver()

  expect(stored.get(`o365.audit ${kept.Id}`)).toContain('session-a')
  expect(await differing()).toEqual([])
})

type Record = Readonly<typeof common>

test.each([
  ['who asked for it is known', undefined, (asked: Record) => ({ ...asked, ClientIP: hostile })],
  [
    'a fuller copy tells who asked for it',
    { ClientIP: undefined },
    (asked: Record) => ({ ...asked, ClientIP: hostile }),
  ],
  [
    'his session turns out to be the intruder’s',
    { AppAccessContext: { AADSessionId: 'session-b' } },
    () => ({ ...use('3', { AADSessionId: 'session-b' }), ClientIP: hostile }),
  ],
  [
    'his session turns out to be one that the intruder used under another name',
    { AppAccessContext: { AADSessionId: 'session-b' } },
    () => ({ ...use('3', { AADSessionId: 'session-a' }), SessionId: 'session-b', ClientIP: undefined }),
  ],
])('what a service did for somebody is delivered again when %s', async (_when, known, later) => {
  const { add, deliver, mark, stored, replaced, differing } = opened()
  const change = { Workload: 'AzureActiveDirectory', RecordType: 8, ObjectId: common.UserId }
  const done = {
    ...{ ...common, ...change, Id: '0d1f0c3a-7b52-4f10-9a00-000000000001', Operation: 'Update user.', ClientIP: '' },
    ...{ UserId: 'Microsoft Substrate Management', ModifiedProperties: [{ Name: 'StrongAuthenticationMethod' }] },
  }
  const asked = {
    ...{ ...use('2', {}), ...change, Operation: 'User registered security info' },
    CreationTime: '2026-03-09T08:14:41',
  }
  const elsewhere = { ...use('4', { AADSessionId: 'session-a' }), ClientIP: hostile }
  mark(hostile)
  await add(evidence(done, elsewhere, ...(known === undefined ? [] : [{ ...asked, ...known }])))
  await deliver()

  await add(evidence(later(asked)))
  await deliver()

  expect(replaced).toContain(`o365.audit ${done.Id}`)
  expect(stored.get(`o365.audit ${done.Id}`)).toContain('"intruder"')
  expect(await differing()).toEqual([])
})

test('whose use was the second with a client is delivered again when the first turns out to have failed', async () => {
  const { add, deliver, stored, replaced, differing } = opened()
  const signInAt = (id: string, ipAddress: string, status: unknown) => ({
    ...{ ...signIn, id: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${id}`, createdDateTime: `2026-03-09T08:0${id}:00Z` },
    ...{ ipAddress, status, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
  })
  const hollow = signInAt('1', hostile, 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInStatus')
  const second = signInAt('2', '198.51.100.7', { errorCode: 0, failureReason: 'x' })
  await add(evidence(hollow, second))
  await deliver()

  await add(evidence(signInAt('1', hostile, { errorCode: 50126, failureReason: 'x' })))
  await deliver()

  expect(replaced).toContain(`azure.signinlogs ${second.id}`)
  expect(stored.get(`azure.signinlogs ${second.id}`)).toContain('user_agent')
  expect(await differing()).toEqual([])
})

const ofAlice = '26be570a-1111-4189-b4e2-a37c6808512d'

test('what was done under a name is delivered again when the id that had it is called otherwise since', async () => {
  const { add, deliver, stored, replaced, differing } = opened()
  const called = (day: string, UserId: string) => ({
    ...{ ...common, Id: `0a000000-0000-4000-8000-0000000000${day}`, Operation: 'UserLoggedIn', RecordType: 15 },
    ...{ CreationTime: `2026-03-${day}T08:00:00`, UserKey: ofAlice, UserId },
  })
  const byId = { ...use('1', {}), CreationTime: '2026-03-02T09:00:00', UserId: ofAlice, ClientIP: '203.0.113.66' }
  const byName = { ...use('2', {}), ClientIP: '203.0.113.66' }
  await add(evidence(called('01', common.UserId), byId, byName))
  await deliver()
  const before = stored.get(`o365.audit ${byName.Id}`)

  await add(evidence(called('10', 'alice.new@contoso.example')))
  await deliver()

  expect(before).not.toContain('first_seen')
  expect(stored.get(`o365.audit ${byName.Id}`)).toContain('first_seen')
  expect(replaced).toContain(`o365.audit ${byId.Id}`)
  expect(await differing()).toEqual([])
})

test.each([
  ['a name', common.UserId, ofAlice],
  ['an id', ofAlice, common.UserId],
])('what was the first from an address under %s is delivered again when what was done from there first arrives under the other', async (_, now, then) => {
  const { add, deliver, stored, differing } = opened()
  const called = { ...use('1', {}), Operation: 'UserLoggedIn', RecordType: 15, UserKey: ofAlice }
  const first = { ...use('2', {}), UserId: now, ClientIP: hostile }
  await add(evidence(called, first))
  await deliver()
  const before = stored.get(`o365.audit ${first.Id}`)

  await add(evidence({ ...use('0', {}), UserId: then, ClientIP: hostile }))
  await deliver()

  expect(before).toContain('first_seen')
  expect(stored.get(`o365.audit ${first.Id}`)).not.toContain('first_seen')
  expect(await differing()).toEqual([])
})

function evidence(...records: readonly object[]): string {
  return fileOf(records.map((record) => `${JSON.stringify(record)}\n`).join(''), 'evidence.json')
}

function opened() {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const { sink, stored, replaced } = memorySink()
  return {
    ...{ store, stored, replaced },
    deliver: () => publishTo(sink, store, folder),
    mark: (value: string) => store.changeMarks([{ kind: 'ip', value, actor: 'intruder' }], []),
    /** As retention does, which keeps for longer from where sessions were used. */
    forget(key: string) {
      const db = new DatabaseSync(join(folder, 'case.sqlite'), { enableForeignKeyConstraints: false })
      db.prepare("delete from event where 'o365.audit ' || id = ?").run(key)
      db.close()
      stored.delete(key)
    },
    async add(path: string) {
      const request = { paths: [path], mailbox: undefined, stdin: Readable.from([]), scratch: join(folder, 'unpacked') }
      for await (const file of importFiles(request, { store, progress: silent }, never))
        expect(file.fate).toBe('imported')
    },
    /** The documents that a place which gets everything now has otherwise. */
    async differing() {
      const calm = memorySink(undefined, 'calm')
      await publishTo(calm.sink, store, folder)
      expect(stored.size).toBe(calm.stored.size)
      return [...calm.stored].filter(([id, text]) => stored.get(id) !== text)
    },
  }
}

async function publishTo(sink: Sink, store: CaseStore, folder: string) {
  const reader = openReader(folder)
  // A sign-in has one id in both logs.
  const byDataset: Sink = {
    ...sink,
    write: (documents, signal, known) =>
      sink.write(
        documents.map(({ seq, id, dataset, source }) => ({ seq, id: `${dataset} ${id}`, dataset, source })),
        signal,
        known,
      ),
  }
  const crew = inline((task: PublishTask) => renderDocuments(reader, task))
  const options = { namespace: 'a', rejects: false, sliceSize: 250, now: () => new Date(0), progress: silent }
  try {
    return await publish({ store, reader, sink: byDataset, crewFor: async () => crew }, options, never)
  } finally {
    reader.close()
  }
}

const ofExchange = 'LastAccessed,Operation,LogonType,MailboxOwnerUPN,ItemSubject,ClientIPAddress'

test.each([
  [
    "Exchange's own log",
    `${ofExchange}\n3/9/2026 8:00:00 AM,Send,Owner,bob@contoso.example,Paid,\n`,
    JSON.stringify([
      {
        ...{ CreationTime: '2026-03-09T08:00:00', Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0aa', Operation: 'Send' },
        ...{
          UserId: 'bob@contoso.example',
          MailboxOwnerUPN: 'bob@contoso.example',
          Workload: 'Exchange',
          LogonType: 0,
        },
        Item: { Subject: 'Paid' },
      },
    ]),
  ],
  [
    "Exchange's own log in another form",
    `${ofExchange}\n3/9/2026 8:00:00 AM,Send,Owner,bob@contoso.example,,\n`,
    JSON.stringify([
      {
        ...{ LastAccessed: '2026-03-09T08:00:00.5Z', Operation: 'Send', LogonType: 'Owner', ItemSubject: 'Paid' },
        ...{ MailboxOwnerUPN: 'bob@contoso.example', ClientIPAddress: '198.51.100.7' },
      },
    ]),
  ],
  [
    'a table of sign-ins without ids',
    'CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,ErrorCode\n2026-03-09T08:00:00.7Z,bob@contoso.example,Outlook,198.51.100.7,50126\n',
    JSON.stringify([
      {
        ...{ CreationTime: '2026-03-09T08:00:00', Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0aa', RecordType: 15 },
        ...{ Operation: 'UserLoginFailed', UserId: 'bob@contoso.example', Workload: 'AzureActiveDirectory' },
        ActorIpAddress: '198.51.100.7',
      },
    ]),
  ],
  [
    'a table of message traces without ids',
    'Received,SenderAddress,RecipientAddress,Subject\n3/9/2026 8:00:00 AM,bob@contoso.example,eve@fabrikam.example,Paid\n',
    JSON.stringify([
      {
        ...{ Received: '2026-03-09T08:00:00.7Z', SenderAddress: 'bob@contoso.example', Status: 'Delivered' },
        ...{ RecipientAddress: 'eve@fabrikam.example', Subject: 'Paid', MessageId: '<1@contoso.example>' },
        MessageTraceId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0aa',
      },
    ]),
  ],
])('a row of %s is delivered again when what tells it too arrives', async (_what, row, later) => {
  const { add, deliver, replaced, differing } = opened()
  await add(fileOf(row, 'rows.csv'))
  await deliver()

  await add(fileOf(later, 'later.json'))
  await deliver()

  expect(replaced).toHaveLength(1)
  expect(await differing()).toEqual([])
})
