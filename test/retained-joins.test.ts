import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { collect } from '#src/collect/collect.ts'
import { silent } from '#src/progress.ts'
import { publish } from '#src/publish.ts'
import { type PublishTask, renderDocuments } from '#src/render/render-documents.ts'
import { inline } from '#src/threads.ts'
import { temporaryFolder } from './support/folder.ts'
import { memorySink } from './support/memory-sink.ts'
import { clockAt } from './support/microsoft/clock.ts'
import { never } from './support/microsoft/collector.ts'

const began = Date.parse('2026-03-01T08:00:00Z')
const at = (days: number) => new Date(began + days * 24 * 3_600_000)
const item = { InternetMessageId: '<1@contoso.example>' }
const exchange = { Workload: 'Exchange', RecordType: 2 }

test('what is marked after months takes no logon and no subject from a document whose logon was long ago', async () => {
  const { add, deliver, mark, stored, forget } = opened()
  const context = { AADSessionId: 'session-b' }
  mark('203.0.113.66')
  await add(0, [
    {
      ...{ Operation: 'UserLoggedIn', Workload: 'AzureActiveDirectory', RecordType: 15, ClientIP: '203.0.113.66' },
      DeviceProperties: [{ Name: 'SessionId', Value: 'session-b' }],
    },
    { ...exchange, Operation: 'Send', ClientIP: '203.0.113.9', Item: { ...item, Subject: 'Invoice' } },
  ])
  await deliver(0)
  await add(75, [
    {
      ...{ Operation: 'MailItemsAccessed', Workload: 'Exchange', RecordType: 50, AppAccessContext: context },
      OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
      Folders: [{ Path: '\\Inbox', FolderItems: [item] }],
    },
  ])
  await deliver(75)
  await add(80, [{ ...exchange, Operation: 'Create', UserId: 'bob@contoso.example', ClientIP: '203.0.113.10' }])
  await deliver(80)
  const before = stored.get(idOf(75, 0))

  forget(92)
  mark('203.0.113.77')
  await deliver(92)

  expect(before).toMatch(/"subject":"Invoice".*"actor":"intruder"/)
  expect(stored.get(idOf(75, 0))).toBe(before)
})

function idOf(day: number, i: number): string {
  return `0d1f0c3a-7b52-4f10-9a${day + 10}-00000000000${i}`
}

function opened() {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const { sink, stored } = memorySink()
  return {
    stored,
    mark: (value: string) => store.changeMarks([{ kind: 'ip', value, actor: 'intruder' }], []),
    async add(day: number, records: readonly object[]) {
      const common = { UserId: 'alice@contoso.example', CreationTime: at(day).toISOString().slice(0, 19) }
      const bytes = Buffer.from(JSON.stringify(records.map((one, i) => ({ ...common, Id: idOf(day, i), ...one }))))
      async function* chunks() {
        yield bytes
      }
      async function* read() {
        yield { content: { name: `content ${day}`, shape: 'management-api', chunks }, cursor: day }
      }
      const { deps } = clockAt(at(day).toISOString())
      await collect(
        { id: 'stream', read },
        { store, scratch: folder, deps, onStored: () => {}, onProgress: () => {} },
        never,
      )
    },
    async deliver(day: number) {
      store.buildJoins()
      const reader = openReader(folder)
      const crew = inline((task: PublishTask) => renderDocuments(reader, task))
      const options = { namespace: 'a', rejects: false, sliceSize: 250, now: () => at(day), progress: silent }
      await publish({ store, reader, sink, crewFor: async () => crew }, options, never)
      reader.close()
      store.retention.delivered(store.retention.lastSeq(), at(day))
    },
    forget(day: number) {
      for (const _ of store.retention.forget({ events: at(day - 30), joined: at(day - 90) }));
    },
  }
}
