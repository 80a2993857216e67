import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import type { ImportedFile } from '#src/gather/import-files.ts'
import type { RenderedActivity } from '#src/render/render.ts'
import { root } from './support/cli.ts'
import { importSample } from './support/sample-case.ts'

const truth = JSON.parse(readFileSync(join(root, 'samples/audit-case.truth.json'), 'utf8'))
let files: ImportedFile[]
let rendered: RenderedActivity[]
let audit: EcsDocument[]

describe("the documents of the audit sample are the generator's own truth", () => {
  beforeAll(async () => {
    ;({ files, rendered } = await importSample('samples/audit-case'))
    audit = rendered.map(({ document }) => document).filter((document) => datasetOf(document) === 'o365.audit')
  })

  test('every file is read to its last row, and each row is stored or a duplicate', () => {
    const read = files.map(({ path, counts }) => [path.slice(path.indexOf('audit-case/') + 11), counts.read])

    expect(Object.fromEntries(read)).toEqual(
      Object.fromEntries(truth.files.map(({ path, rows }: { path: string; rows: number }) => [path, rows])),
    )
    expect(files.filter(({ fate, counts }) => fate !== 'imported' || counts.rejected > 0)).toEqual([])
    expect(files.every(({ counts }) => counts.read === counts.stored + counts.duplicate)).toBe(true)
  })

  test('a record is one event, in however many exports it stands', () => {
    const counts = countBy(rendered, ({ document }) => datasetOf(document))

    expect(counts).toEqual({
      'o365.audit': truth.distinct.audit,
      'azure.signinlogs': truth.distinct.signIns,
      'o365.messagetrace': truth.distinct.messageTrace,
    })
  })

  test('operations are all there, and in the categories that they belong to', () => {
    const { other: _, ...categories } = truth.byCategory

    expect(countBy(audit, (document) => document['event.action'])).toEqual(truth.byOperation)
    expect(countBy(audit, (document) => document['hoofprint.category'])).toMatchObject(categories)
  })

  test('every change and every alert says in words what it is, as the report does', () => {
    const told = ['rule', 'forward', 'permission', 'consent', 'account', 'alert']
    const changes = audit.filter((document) => told.includes(document['hoofprint.category']))

    const words = changes.map((document) => `${document['event.action']}: ${document['hoofprint.summary']}`)

    expect(changes.length).toBeGreaterThan(40)
    expect(words.filter((one) => one.endsWith(': undefined'))).toEqual([])
    expect(words).toContainEqual(expect.stringMatching(/^Add-MailboxPermission: .+: gives FullAccess to .+/))
    expect(words).toContainEqual(expect.stringMatching(/^Consent to application\.: .+: .*Mail\.Read/))
  })

  test.each([
    ['o365.audit', 'audit'],
    ['azure.signinlogs', 'signIns'],
  ])('logons of %s succeeded, failed or neither, address by address', (dataset, key) => {
    const logons = rendered
      .map(({ document }) => document)
      .filter((document) => datasetOf(document) === dataset && document['hoofprint.category'] === 'logon')
    const byAddress = Object.entries(Object.groupBy(logons, (document) => document['source.ip'] ?? 'none'))
    const expected = Object.entries<Record<string, unknown>>(truth.logons[key].byAddress)

    expect(countBy(logons, (document) => document['event.outcome'])).toEqual(truth.logons[key].outcomes)
    expect(
      Object.fromEntries(byAddress.map(([ip, own = []]) => [ip, countBy(own, (one) => one['event.outcome'])])),
    ).toEqual(
      Object.fromEntries(
        expected.map(([ip, { success, failure, unknown }]) => [ip, withoutZeros({ success, failure, unknown })]),
      ),
    )
  })

  test('a sign-in that the audit log has too says so', () => {
    const twins = rendered.filter(({ document }) => document.tags?.includes('also-audited'))

    expect(twins).toHaveLength(truth.logons.inBoth)
  })

  test('every search is there, with who typed it, from where and what', () => {
    const searches = audit.filter((document) => document['hoofprint.category'] === 'search')
    const told = searches.map((document) => ({
      time: document['@timestamp'],
      user: document['user.id']?.toLowerCase(),
      ip: document['source.ip'],
      session: document['session.id'],
      text: document['hoofprint.search.query'],
    }))
    const expected = truth.searches.list.map(({ time, user, ip, session, text }: Record<string, string>) => ({
      time,
      user,
      ip,
      session,
      text,
    }))

    expect(told.sort(byText)).toEqual(expected.sort(byText))
  })

  test('of the mails read, as many have a subject as the evidence tells of', () => {
    const reads = rendered.filter(({ document }) => document['hoofprint.category'] === 'read')
    const messages = new Map(reads.flatMap(({ messages }) => messages.map((message) => [message.item, message])))
    // One has an empty subject, which is known too.
    const known = [...messages.values()].filter(({ subject, from }) => subject !== undefined || from !== undefined)
    const access = countBy(reads, ({ document }) => document['hoofprint.mail_access'] ?? 'none')

    expect(access).toEqual({ bind: truth.reads.bindRecords, sync: truth.reads.syncRecords })
    expect(messages.size).toBe(truth.reads.messages)
    expect(known).toHaveLength(truth.reads.subjectKnown)
    expect(reads.filter(({ document }) => document.tags?.includes('throttled'))).toHaveLength(
      truth.reads.throttledRecords,
    )
  })

  test('the attachments that the intruder opened have their names', () => {
    const opened = audit.filter((document) => document['hoofprint.category'] === 'attachment')
    const told = opened.map((document) => [
      document['@timestamp'],
      document['source.ip'],
      document['email.attachments.file.name'],
    ])

    for (const { time, ip, name } of truth.attachments.ofIntruder) expect(told).toContainEqual([time, ip, [name]])
  })

  test('each session has the records that bear its id', () => {
    const counts = countBy(
      audit.filter((document) => document['session.id'] !== undefined),
      (document) => document['session.id'] ?? '',
    )
    const expected = Object.entries<{ records: number; withoutSessionId: number }>(truth.sessions)
      .map(([id, { records, withoutSessionId }]): [string, number] => [id, records - withoutSessionId])
      .filter(([id, records]) => records > 0 && id !== 'none')

    expect(counts).toEqual(Object.fromEntries(expected))
  })
})

function datasetOf(document: EcsDocument): string {
  return document['data_stream.dataset'] ?? ''
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(items, key)].map(([name, own]) => [name, own.length]))
}

function withoutZeros(counts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
