import { expect, test } from '@jest/globals'
import { tableText as csv, documentsOf, jsonText as json } from '../support/documents.ts'

const [alice, bob] = ['alice@contoso.example', 'bob@contoso.example'] as const
const mail = { Id: 'RgAA1', InternetMessageId: '<1@contoso.example>', Subject: 'Paid?' }

/** As the unified audit log has it. */
const deleted = {
  ...{ CreationTime: '2026-03-09T08:15:21', Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001', RecordType: 3 },
  ...{ Operation: 'SoftDelete', Workload: 'Exchange', UserId: alice, LogonType: 0, InternalLogonType: 0 },
  ...{ MailboxOwnerUPN: alice, ClientIPAddress: '203.0.113.66', ResultStatus: 'Succeeded' },
  AffectedItems: [{ ...mail, ParentFolder: { Path: '\\Inbox' } }],
  Folder: { Id: 'LgAA1', Path: '\\Inbox' },
}
/** As Search-MailboxAuditLog has it. */
const row = {
  ...{ LastAccessed: '2026-03-09T08:15:21.7Z', Operation: 'SoftDelete', OperationResult: 'Succeeded' },
  ...{ LogonType: 'Owner', InternalLogonType: 'Owner', MailboxOwnerUPN: alice, LogonUserDisplayName: 'Alice Field' },
  ...{ ClientIPAddress: '203.0.113.66', FolderPathName: '\\Inbox', SourceItemIdsList: mail.Id },
  ...{ SourceItemSubjectsList: mail.Subject, SourceItems: 'System.Object[]', Identity: 'RgAA-log-1' },
}
const inColumns = { ...row, LastAccessed: '3/9/2026 8:15:21 AM' }
const { Identity: _, ...few } = inColumns
const ofBob = { MailboxOwnerUPN: bob, LogonType: 2 as const, LogonUserDisplayName: 'Alice Field' }
const parameters = [{ Name: 'Name', Value: '.' }]
const made = {
  ...{ CreationTime: '2026-03-09T08:20:00', Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a003', RecordType: 1, UserId: alice },
  ...{ Operation: 'New-InboxRule', Workload: 'Exchange', ResultStatus: 'True', ClientIP: '203.0.113.66:49221' },
  ...{ ObjectId: 'EURP189A001/contoso.example/alice\\.', Parameters: parameters },
}
const cmdlet = {
  ...{ RunDate: '2026-03-09T08:20:00.4Z', CmdletName: 'New-InboxRule', Caller: alice, Succeeded: true },
  ...{ ObjectModified: 'contoso.example/alice\\.', CmdletParameters: parameters, ClientIP: '203.0.113.66:49221' },
  Identity: 'AAMk-log-1',
}

const { AffectedItems: _items, ...itemless } = deleted
const another = { ...deleted, Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a002' }
const again = { ...row, Identity: 'RgAA-log-2' }

test.each<[string, number, string, string]>([
  ['the same', 1, json(deleted), json(row)],
  ['the same, as CSV', 1, json(deleted), csv(inColumns)],
  ['the same, in fewer columns', 1, json(deleted), csv(few)],
  ['an export of the log as CSV, and one as JSON', 1, csv(inColumns), json(row)],
  ['an export of the log with fewer columns, and one with more', 1, csv(few), csv(inColumns)],
  ['the same, of which a record has no address', 1, json({ ...deleted, ClientIPAddress: null }), json(row)],
  ['the same, of which a record has an empty one', 1, json({ ...deleted, ClientIPAddress: '' }), json(row)],
  ['what a delegate did, of whom there is a name', 1, json({ ...deleted, ...ofBob }), json({ ...row, ...ofBob })],
  ['what two did', 2, json(deleted), json({ ...row, MailboxOwnerUPN: bob })],
  ['another mail', 2, json(deleted), json({ ...row, SourceItemIdsList: 'RgAA2' })],
  ['one mail more', 2, json(deleted), json({ ...row, SourceItemIdsList: 'RgAA1,RgAA2' })],
  ['another second', 2, json(deleted), json({ ...row, LastAccessed: '2026-03-09T08:15:22.1Z' })],
  ['from elsewhere', 2, json(deleted), json({ ...row, ClientIPAddress: '198.51.100.7' })],
  ['twice in the one log', 2, json(deleted), json(row, again)],
  ['twice in the other', 2, json(deleted, another), json(row)],
  ['twice in both', 2, json(deleted, another), csv(inColumns, { ...inColumns, Identity: 'RgAA-log-2' })],
  ['a cmdlet', 1, json(made), json(cmdlet)],
  [
    'a cmdlet with other parameters',
    2,
    json(made),
    json({ ...cmdlet, CmdletParameters: [{ Name: 'Name', Value: 'x' }] }),
  ],
  [
    'a cmdlet with a value that PowerShell left out',
    1,
    json(made),
    json({ ...cmdlet, CmdletParameters: [{ Name: 'Name', Value: 'System.Object[]' }] }),
  ],
  ['a cmdlet that a service ran', 2, json(made), json({ ...cmdlet, Caller: String.raw`NT AUTHORITY\SYSTEM (w3wp)` })],
  ['a cmdlet, of whom there is the way', 1, json(made), json({ ...cmdlet, Caller: 'contoso.example/Users/alice' })],
  ['a mail, and one that names none', 2, json(itemless), json(row)],
  ['a cmdlet on another object', 2, json(made), json({ ...cmdlet, ObjectModified: 'contoso.example/bob\\.' })],
])("of what the audit log and one of Exchange's own tell, this many things were done: %s: %i", async (_what, times, one, other) => {
  for (const texts of [
    [one, other],
    [other, one],
  ]) {
    const documents = await documentsOf(texts)

    const counted = documents.filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(counted).toHaveLength(times)
    expect(counted.map((document) => document['event.id'])).toEqual(
      expect.arrayContaining(one.match(/7b1e64a2[-\w]+/g) ?? []),
    )
  }
})

test('two rules of one second and name are two, whether an export of them has what they do or not', async () => {
  const [one, other] = [{ ForwardTo: 'eve@fabrikam.example' }, { DeleteMessage: 'True' }].map((what) => [
    ...parameters,
    ...Object.entries(what).map(([Name, Value]) => ({ Name, Value })),
  ])
  const rules = [one, other].map((Parameters = [], i) => ({ ...made, Id: `${made.Id.slice(0, -1)}${i}`, Parameters }))
  const rows = [one, other].map((given = [], i) => ({ ...cmdlet, Identity: `AAMk-log-${i}`, CmdletParameters: given }))
  const hollow = rows.map((own) => ({ ...own, RunDate: made.CreationTime, CmdletParameters: 'System.Object[]' }))
  const exports = [json(...rules), json(...rows), csv(...hollow)]

  for (const order of [exports, exports.toReversed()]) {
    const counted = (await documentsOf(order)).filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(counted.map((document) => document['event.id']).toSorted()).toEqual(rules.map(({ Id }) => Id))
  }
})

test('what counts has from another export of its log what it lacks, and of whom it has a name alone what the audit log calls him', async () => {
  const run = { ...cmdlet, RunDate: '5/9/2026 8:20:00 AM' }
  const hollow = csv({ ...run, CmdletParameters: 'System.Object[]', ClientIP: '203.0.113.66', SessionId: 'session-a' })
  const typed = 'New-InboxRule -Name . -DeleteMessage:$True'
  const command = csv({ Caller: alice, Cmdlet: run.CmdletName, FullCommand: typed, 'RunDate(UTC)': run.RunDate })
  const audited = { ...deleted, ...ofBob }

  for (const order of [(texts: string[]) => texts, (texts: string[]) => texts.toReversed()]) {
    const rules = await documentsOf(order([hollow, command]))
    const reads = await documentsOf(order([json(audited), json({ ...row, ...ofBob })]))

    expect(rules.filter(({ tags }) => tags?.includes('also-audited') !== true)).toMatchObject([
      {
        'hoofprint.rule.summary': 'for every mail: deletes it',
        'source.ip': '203.0.113.66',
        'session.id': 'session-a',
        tags: expect.arrayContaining(['completed']),
      },
    ])
    expect(reads.map((document) => document['user.id'])).toEqual([alice, alice])
  }
})

test('of more rows in one table than others tell the rest counts, and none is given what may be of another', async () => {
  const where = [
    { Identity: 'AAMk-log-1', ClientIP: '203.0.113.66' },
    { Identity: 'AAMk-log-2', ClientIP: '198.51.100.7' },
  ]
  const hollow = where.map((own) => ({
    ...cmdlet,
    ...own,
    RunDate: made.CreationTime,
    CmdletParameters: 'System.Object[]',
  }))
  const typed = ['-Name . -DeleteMessage:$True', '-Name x -ForwardTo eve@fabrikam.example'].map((given) => ({
    ...{
      Caller: alice,
      Cmdlet: 'New-InboxRule',
      FullCommand: `New-InboxRule ${given}`,
      'RunDate(UTC)': made.CreationTime,
    },
  }))
  const [first = {}] = typed
  const ofCarol = { MailboxOwnerUPN: 'carol@contoso.example', LogonType: 2 as const }
  const byTwo = [alice, bob].map((UserId, i) => ({
    ...deleted,
    ...ofCarol,
    UserId,
    Id: `${deleted.Id.slice(0, -1)}${i}`,
  }))
  const named = { ...row, ...ofCarol, LogonUserDisplayName: 'Al Field' }

  for (const order of [(texts: string[]) => texts, (texts: string[]) => texts.toReversed()]) {
    const [both, one, delegates] = [
      await documentsOf(order([csv(...hollow), csv(...typed)])),
      await documentsOf(order([csv(...hollow), csv(first)])),
      await documentsOf(order([json(...byTwo), json(named)])),
    ].map((documents) => documents.toSorted((a, b) => (a['user.id'] ?? '').localeCompare(b['user.id'] ?? '')))

    const countedIn = (documents = both) => documents?.filter(({ tags }) => tags?.includes('also-audited') !== true)
    expect(countedIn()?.map((document) => document['source.ip'])).toEqual([undefined, undefined])
    expect(countedIn(one)).toHaveLength(2)
    expect(delegates?.map((document) => document['user.id'])).toEqual(['Al Field', alice, bob])
  }
})

test('of two delegates of one second known by names alone neither is called as a record has it that may be of the other, unless both say who it was', async () => {
  const ofCarol = { MailboxOwnerUPN: 'carol@contoso.example', LogonType: 2 as const }
  const record = { ...deleted, ...ofCarol }
  const named = (LogonUserDisplayName: string, given: object = {}) => ({
    ...{ ...row, ...ofCarol, ...given, LogonUserDisplayName, Identity: `RgAA-${LogonUserDisplayName}` },
  })
  const sids = [{ LogonUserSid: 'S-1-5-21-1' }, { LogonUserSid: 'S-1-5-21-2' }] as const
  const usersOf = async (texts: string[]) =>
    (await documentsOf(texts)).map((document) => document['user.id'] ?? '').toSorted()

  for (const order of [(texts: string[]) => texts, (texts: string[]) => texts.toReversed()]) {
    expect(await usersOf(order([json(record), json(named('Al Field'), named('Bo Hill'))]))).toEqual([
      'Al Field',
      'Bo Hill',
      alice,
    ])
    expect(
      await usersOf(
        order([json({ ...record, ...sids[1] }), json(named('Al Field', sids[0]), named('Bo Hill', sids[1]))]),
      ),
    ).toEqual(['Al Field', alice, alice])
  }
})
