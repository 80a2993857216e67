import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { type CaseStore, openCase } from '#src/case/store.ts'
import type { Config } from '#src/config/config.ts'
import { checkElasticsearch } from '#src/doctor/elasticsearch.ts'
import { FatalError, messageOf } from '#src/errors.ts'
import { silent } from '#src/progress.ts'
import { publish } from '#src/publish.ts'
import { type PublishTask, renderDocuments } from '#src/render/render-documents.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { inline } from '#src/threads.ts'
import { createRandom } from '../../samples/random.ts'
import { documents } from '../contracts/sink.ts'
import { delivery, logon, randomEntries, read } from '../support/activities.ts'
import { put } from '../support/case.ts'
import { storedIn } from '../support/elasticsearch/stored.ts'
import { describeOnElasticsearch } from '../support/elasticsearch.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type Fault, faultyProxy } from '../support/proxy.ts'

const never = new AbortController().signal
const deps = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }

await describeOnElasticsearch('a data stream that has rolled over', ({ url }) => {
  const client = connect({ url })
  const target = targetOf(url)
  afterAll(() => client.close())
  const open = async () => {
    const namespace = `test_${randomBytes(6).toString('hex')}`
    await setup({ client, target }, { namespace }, deps)
    const stream = `logs-o365.activity-${namespace}`
    const sink = () => elasticsearchSink(client, { target, namespace }, deps)
    return { namespace, stream, sink, rollOver: () => client.indices.rollover({ alias: stream }) }
  }

  /** A sink whose next request fails as it is told. */
  const faulty = async (namespace: string) => {
    let next: Fault = 'none'
    const proxy = await faultyProxy(url, () => {
      const fault = next
      next = 'none'
      return fault
    })
    const astray = elasticsearchSink(connect({ url: proxy.url }), { target, namespace }, deps)
    const failOnce = (fault: Fault) => {
      next = fault
    }
    return { astray, proxy, failOnce, close: () => Promise.all([astray.close(), proxy.close()]) }
  }

  const doctorOf = async (namespace: string) => {
    const findings = checkElasticsearch({ elasticsearch: { url }, namespace } as Config)
    return (await Array.fromAsync(findings, ({ level, text }) => `${level} ${text}`)).join('\n')
  }

  test('takes no second copy, from a fresh case either', async () => {
    const { namespace, stream, sink, rollOver } = await open()
    const { store, folder } = opened(randomEntries(createRandom(1)))
    const first = await publishTo(sink(), { store, folder, namespace })
    await rollOver()
    await sink().write(documents(0, 3), never)
    await rollOver()

    const other = opened(randomEntries(createRandom(1)))
    const again = await publishTo(sink(), { ...other, namespace })

    expect(again).toMatchObject({ written: 0, duplicate: first.written, replaced: 0, rejected: 0 })
    expect(await sink().write(documents(0, 5), never)).toMatchObject({ written: 2, duplicate: 3 })
    expect((await storedIn(client, stream)).length).toBe(first.written + 5)
  })

  test('takes no second copy when the answer to another search, that found nothing, is taken for this one', async () => {
    const { namespace, stream, sink, rollOver } = await open()
    await sink().write(documents(0, 3), never)
    await rollOver()
    const { astray, proxy, failOnce, close } = await faulty(namespace)
    await astray.write(documents(3, 5), never)
    failOnce('body of another')

    const result = await astray.write(documents(0, 3), never)

    await close()
    expect(proxy.happened.get('body of another')).toBe(1)
    expect(result).toMatchObject({ written: 0, duplicate: 3 })
    expect((await storedIn(client, stream)).length).toBe(5)
  })

  test.each([
    ['older', true],
    ['only', false],
  ])('whose %s index is closed takes nothing, and it is said: what is in it would be written a second time', async (_, rollsOver) => {
    const { namespace, stream, sink, rollOver } = await open()
    await sink().write(documents(0, 3), never)
    const [oldest = ''] = Object.keys(await client.indices.getMapping({ index: stream }))
    if (rollsOver) await rollOver()
    await client.indices.close({ index: oldest })

    const error = await sink()
      .write(documents(0, 5), never)
      .catch((thrown: unknown) => thrown)

    expect(await doctorOf(namespace)).toMatch(/is closed, and so nothing is delivered: open it/)
    expect(error).toBeInstanceOf(FatalError)
    expect(messageOf(error)).toMatch(/index_closed_exception.*is closed: open it, or delete it/)
    await client.indices.open({ index: oldest })
    expect(await sink().write(documents(0, 5), never)).toMatchObject({ written: 2, duplicate: 3, rejected: [] })
    expect((await storedIn(client, stream)).length).toBe(5)
  })

  test('of which an index is closed while it is delivered to takes nothing either', async () => {
    const { stream, sink, rollOver } = await open()
    await sink().write(documents(0, 3), never)
    const [oldest = ''] = Object.keys(await client.indices.getMapping({ index: stream }))
    await rollOver()
    const one = sink()
    await one.write(documents(3, 4), never)
    await client.indices.close({ index: oldest })

    const error = await one.write(documents(0, 5), never).catch((thrown: unknown) => thrown)

    await client.indices.open({ index: oldest })
    expect(messageOf(error)).toMatch(/index_closed_exception.*is closed: open it, or delete it/)
    expect(await sink().write(documents(0, 5), never)).toMatchObject({ written: 1, duplicate: 4, rejected: [] })
    expect((await storedIn(client, stream)).length).toBe(5)
  })

  test('is found by doctor to take documents, or why not', async () => {
    const { namespace, stream, sink } = await open()
    const none = await doctorOf(namespace)
    await sink().write(documents(0, 1), never)
    const fine = await doctorOf(namespace)
    const blocked = async (settings: object) => {
      await client.indices.putSettings({ index: stream, settings })
      return doctorOf(namespace)
    }
    const full = await blocked({ 'index.blocks.read_only_allow_delete': true })
    const again = await blocked({ 'index.blocks.read_only_allow_delete': null })
    await client.indices.create({ index: namespace, aliases: { [`logs-o365.audit-${namespace}`]: {} } })
    const inTheWay = await doctorOf(namespace)
    await client.indices.delete({ index: namespace })

    expect(none).toMatch(/none yet: the first delivery makes them$/)
    expect(fine).toMatch(/^ok .*can be delivered to$/m)
    expect(full).toMatch(/^problem .*is read-only \(index.blocks.read_only_allow_delete\).*when a disk is full$/m)
    expect(again).toBe(fine)
    expect(inTheWay).toMatch(/^problem logs-o365.audit-.*rename or delete it$/m)
  })

  test('that rolls over between looking and writing keeps one copy, the older', async () => {
    const { stream, sink, rollOver } = await open()
    const one = sink()
    await one.write(documents(0, 5), never)
    await rollOver()

    const result = await one.write(documents(3, 8), never)

    expect(result).toEqual({ written: 3, duplicate: 2, replaced: 0, foreign: 0, gone: 0, rejected: [] })
    const places = Object.groupBy(await storedIn(client, stream), ({ index }) => index.slice(-1))
    expect(Object.values(places).map((own) => own?.map(({ id }) => id).sort())).toEqual([
      ['id-0', 'id-1', 'id-2', 'id-3', 'id-4'],
      ['id-5', 'id-6', 'id-7'],
    ])
  })

  test('has exactly the documents replaced that later evidence changes, each where it lies', async () => {
    const { namespace, stream, sink, rollOver } = await open()
    const { store, folder } = opened([
      read(1, 'item-1'),
      read(2, 'item-2', 's1'),
      delivery(3, 'item-3', { fullness: -1 }),
    ])
    await publishTo(sink(), { store, folder, namespace })
    await rollOver()
    put(store, 'b.csv', [read(4, 'item-1', 's2'), read(5, 'item-3')])
    await publishTo(sink(), { store, folder, namespace })
    await rollOver()
    const before = await storedIn(client, stream)

    put(store, 'c.csv', [
      logon(1.5, 's1'),
      delivery(0.5, 'item-1'),
      delivery(3, 'item-3', { fullness: 1, subject: 'Whole' }),
    ])
    const totals = await publishTo(sink(), { store, folder, namespace })

    expect(totals).toMatchObject({ written: 2, duplicate: 0, replaced: 5, rejected: 0, earlier: 5 })
    const after = await storedIn(client, stream)
    expect(after.filter(({ index }) => index.endsWith('3'))).toHaveLength(2)
    for (const { id, index } of before) expect(after.find((one) => one.id === id)?.index).toBe(index)
    const clean = await open()
    await publishTo(clean.sink(), { store, folder, namespace: clean.namespace })
    expect(sayings(after)).toEqual(sayings(await storedIn(client, clean.stream)))
  })

  test('has what was written a moment ago brought up to date, too: it is not taken for deleted', async () => {
    const { sink } = await open()
    const one = sink()
    for (const i of [0, 1, 2]) await one.write(documents(i, i + 1), never) // By the second it has looked.

    expect(await one.write(changed(2, 4), never, 'updated')).toMatchObject({ written: 0, replaced: 1, gone: 1 })
  })

  test('that a gateway does not find for a moment is brought up to date all the same', async () => {
    const { namespace, sink } = await open()
    await sink().write(documents(0, 4), never)
    const { astray, proxy, failOnce, close } = await faulty(namespace)
    await astray.write(documents(0, 1), never, 'updated')
    failOnce('404') // The next request is the search.

    const result = await astray.write(changed(1, 4), never, 'updated')

    await close()
    expect(proxy.happened.get('404')).toBe(1)
    expect(result).toMatchObject({ replaced: 3, gone: 0 })
  })

  test('of which an index was deleted gets nothing of it again, whatever is marked, and what is in a read-only one once that can be written', async () => {
    const { namespace, stream, sink, rollOver } = await open()
    const { store, folder } = opened([logon(1, 's1'), read(2, 'item-1', 's1')])
    const deliver = (rejects = false) => publishTo(sink(), { store, folder, namespace, rejects })
    await deliver()
    await rollOver()
    put(store, 'b.csv', [read(3, 'item-2', 's1')])
    await deliver()
    await rollOver()
    const [oldest = '', second = ''] = Object.keys(await client.indices.getMapping({ index: stream })).sort()
    await client.indices.delete({ index: oldest })
    const block = (on: boolean) => client.indices.putSettings({ index: second, settings: { 'index.blocks.write': on } })
    await block(true)

    store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])
    const marked = await deliver()
    const doctor = await doctorOf(namespace)
    await block(false)
    const lifted = await deliver(true)

    expect(marked).toMatchObject({ written: 0, replaced: 0, rejected: 1, gone: 2, lost: 2, lookedFor: 3 })
    expect(doctor).toMatch(/^ok .*can be delivered to; what is in .*-000002, which can only be read, stays as it was$/m)
    expect(lifted).toMatchObject({ written: 0, replaced: 1, rejected: 0, gone: 0 })
    expect((await storedIn(client, stream)).map(({ id }) => id)).toEqual([read(3, 'item-2', 's1').id])
  })

  test('ends with the documents of one calm run, however evidence arrives and whenever it rolls over', async () => {
    const random = createRandom(7)
    const { namespace, stream, sink, rollOver } = await open()
    const entries = randomEntries(random)
    const { store, folder } = opened(entries.filter((_, i) => i % 4 === 0))
    let replaced = 0
    for (const part of [1, 2, 3]) {
      replaced += (await publishTo(sink(), { store, folder, namespace })).replaced
      if (random.chance(0.8)) await rollOver()
      put(
        store,
        `${part}.csv`,
        entries.filter((_, i) => i % 4 === part),
      )
    }
    replaced += (await publishTo(sink(), { store, folder, namespace })).replaced

    const clean = await open()
    await publishTo(clean.sink(), { store, folder, namespace: clean.namespace })
    expect(sayings(await storedIn(client, stream))).toEqual(sayings(await storedIn(client, clean.stream)))
    expect(replaced).toBeGreaterThan(20)
  })
})

function opened(entries: Parameters<typeof put>[2]) {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'a.csv', entries)
  return { store, folder }
}

/** What documents say, but for when they came and where they went. */
/** The documents with other contents. */
function changed(from: number, to: number): OutgoingDocument[] {
  return documents(from, to).map((document) => ({
    ...document,
    source: Buffer.from(JSON.stringify({ ...JSON.parse(`${document.source}`), tags: ['changed'] })),
  }))
}

function sayings(stored: Awaited<ReturnType<typeof storedIn>>): string[] {
  return stored.map(({ text }) => text.replace(/"namespace":"[^"]*"/, '')).sort()
}

async function publishTo(
  sink: ReturnType<typeof elasticsearchSink>,
  {
    store,
    folder,
    namespace,
    rejects = false,
  }: { store: CaseStore; folder: string; namespace: string; rejects?: boolean },
) {
  const reader = openReader(folder)
  const crew = inline((task: PublishTask) => renderDocuments(reader, task))
  const options = { namespace, rejects, sliceSize: 50, now: () => new Date(), progress: silent }
  try {
    return await publish({ store, reader, sink, crewFor: async () => crew }, options, never)
  } finally {
    reader.close()
  }
}
