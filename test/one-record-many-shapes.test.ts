import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { createRandom } from '../samples/random.ts'
import { contentsOf } from './support/case.ts'
import { fileOf } from './support/folder.ts'
import { sameRecords } from './support/same-records.ts'
import { importSample } from './support/sample-case.ts'
import { type Writer, writers, writersInColumns } from './support/written-as.ts'

const [whole, ...others] = writers as [Writer, ...Writer[]]
const ids = sameRecords.map(({ Id }) => Id).toSorted()

test.each(
  others.map((other) => [other.name, other] as const),
)('forty things count as forty beside what %s says of them, and as well as they are known', async (_name, other) => {
  const alone = saidBy((await imported([whole])).documents)

  for (const order of [
    [whole, other],
    [other, whole],
  ]) {
    const { documents, files, sightings } = await imported(order)

    expect(documents.map((document) => document['event.id']).toSorted()).toEqual(ids)
    expect(files.map(({ counts }) => counts?.rejected)).toEqual([0, 0])
    expect(files.reduce((sum, { counts }) => sum + (counts?.stored ?? 0), 0)).toBe(40)
    expect(sightings).toBe(40 + other.of(sameRecords).length)
    expect(saidBy(documents)).toEqual(alone)
  }
})

test.each([
  1, 2, 3,
])('forty things written in every shape there is count as forty, in whatever order: %i', async (seed) => {
  const random = createRandom(seed)
  const order = writers.toSorted(() => random.whole(0, 1) - 0.5)
  const alone = saidBy((await imported([whole])).documents)

  const { documents, files, sightings } = await imported(order)

  expect(documents).toHaveLength(40)
  expect(files.reduce((sum, { counts }) => sum + (counts?.stored ?? 0), 0)).toBe(40)
  expect(sightings).toBe(writers.reduce((sum, writer) => sum + writer.of(sameRecords).length, 0))
  expect(saidBy(documents)).toEqual(alone)
})

test.each(
  writersInColumns.map((writer) => [writer.name, writer] as const),
)('what %s says alone is all that the records say', async (_name, writer) => {
  const whole = saidBy((await imported([writers[0] as Writer])).documents)

  const { documents, files } = await imported([writer])

  expect(files.map(({ counts }) => counts?.stored)).toEqual([40])
  expect(saidBy(documents)).toEqual(whole)
})

/** Imports what these write of the same records, each into a file of its own. */
async function imported(order: readonly Writer[]) {
  const paths = order.map(({ of, write }) => fileOf(write(of(sameRecords)), 'records.txt'))
  const { folder: kept, files, rendered } = await importSample(...paths)
  return { documents: rendered.map(({ document }) => document), files, sightings: contentsOf(kept)['sighting']?.length }
}

/** What answers are made of; tools add what the record does not say, such as a user agent. */
function saidBy(documents: readonly EcsDocument[]) {
  return documents
    .map((document) => ({
      id: document['event.id'],
      at: document['@timestamp'],
      action: document['event.action'],
      outcome: document['event.outcome'],
      mailbox: document['hoofprint.mailbox'],
      ip: document['source.ip'],
      mails: document['email.message_id'],
      access: document['hoofprint.mail_access'],
      rule: document['hoofprint.rule.summary'],
      query: document['hoofprint.search.query'],
      session: document['session.id'],
      tags: document.tags,
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
