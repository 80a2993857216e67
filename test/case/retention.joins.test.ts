import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import type { JsonFormat } from '#src/entry.ts'
import { itemHash } from '#src/item-hash.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { entry, packed, type Written } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const hour = 3_600_000
const day = 24 * hour
const began = Date.parse('2026-03-01T00:00:00.000Z')
const at = (days: number) => new Date(began + days * day)

interface Happened extends Written {
  /** The mails that it names. */
  readonly items: readonly string[]
}

test('whatever goes, what is not old enough has the logon, the session and the mails that it had', () => {
  let gone = 0
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = createRandom(seed)
    const folder = temporaryFolder()
    const store = openCase(folder)
    const delivery = store.delivery('sink')
    const months: Happened[][] = []
    for (let month = 0; month < 6; month += 1) {
      // The second comes from a file: it stays.
      const format: JsonFormat = { shape: 'management-api', ...(month !== 1 && { service: { contentId: `${month}` } }) }
      const evidence = store.beginEvidence({ path: `${month}`, sha256: `${month}`, mailbox: '', size: 1, format })
      const events = eventsOf(random, month)
      const last = store.retention.lastSeq()
      store.write(evidence, { entries: packed(events), rejected: [], cursor: 1 })
      store.completeEvidence(evidence, [])
      const mentions = events.flatMap(({ items }, i) => items.flatMap((item) => [itemHash(item), last + 1 + i]))
      delivery.advance(delivery.begin(10).cursor, { rejected: [], mentions: Float64Array.from(mentions) })
      store.retention.delivered(store.retention.lastSeq(), at(month * 30))
      store.buildJoins()
      months.push(events)
      const stays = months.filter((_, i) => i === 1 || i > month - 2).flat()

      const [before, logons] = [joinsOf(folder, stays), logonsOf(folder, months.flat())]
      for (const some of store.retention.forget({ events: at(month * 30 - 20), joined: at(month * 30 - 45) }))
        gone += some

      expect(joinsOf(folder, stays)).toEqual(before)
      for (const [id, logon] of logonsOf(folder, remaining(folder, months.flat()))) {
        expect([id, logon]).toEqual([id, logons.get(id)])
      }
    }
    store.close()
  }
  expect(gone).toBeGreaterThan(500)
})

const platforms = ['Web', 'Exchange']

function eventsOf(random: Random, month: number): Happened[] {
  return Array.from({ length: 24 }, (_, i) => {
    const time = began + random.whole(0, 120) * hour // What comes late is of any time.
    const platform = random.pick(platforms)
    const session = random.chance(0.5) ? `s${random.whole(1, 9)}` : undefined
    const ip = `198.51.100.${random.whole(1, 9)}`
    const item = `<${random.whole(1, 8)}@contoso.example>`
    const said = () => (random.chance(0.3) ? undefined : random.pick(['a', 'b']))
    const message = { item, rank: random.whole(1, 2), subject: said(), from: said(), received: undefined }
    const tells = random.chance(0.3)
    return {
      ...entry({
        id: `${month}-${i}`,
        time,
        row: i + 1,
        mailbox: `${random.pick(['alice', 'bob'])}@contoso.example`,
        operation: platform,
        session,
        sessionIds: session === undefined ? [] : [`0 of ${session}`],
        dataset: tells && random.chance(0.4) ? 'o365.messagetrace' : 'o365.activity',
        logon: random.chance(0.3) ? { platform, ip, userAgent: undefined } : undefined,
        usage: random.chance(0.5) ? { ip, userAgent: undefined, isOwn: true, asks: false } : undefined,
        messages: tells ? [{ ...message, messageId: undefined }] : [],
      }),
      items: random.chance(0.4) ? [item] : [],
    }
  })
}

/** Those that are still there: also what is old enough, but others are joined to it. */
function remaining(folder: string, events: readonly Happened[]): Happened[] {
  const db = new DatabaseSync(join(folder, 'case.sqlite'), { readOnly: true })
  try {
    const ids = new Set(
      db
        .prepare('select id from event')
        .all()
        .map(({ id }) => id),
    )
    return events.filter(({ id }) => ids.has(id))
  } finally {
    db.close()
  }
}

function logonsOf(folder: string, events: readonly Happened[]): Map<string, unknown> {
  const reader = openReader(folder)
  try {
    return new Map(
      events.map(({ id, mailbox, time, operation: platform, session }) => [
        id,
        reader.joins.logon({ mailbox, time, platform, session, infers: true }),
      ]),
    )
  } finally {
    reader.close()
  }
}

function joinsOf(folder: string, events: readonly Happened[]): unknown[] {
  const reader = openReader(folder)
  try {
    return events.map(({ id, mailbox, time, operation: platform, session, items }) => [
      id,
      reader.joins.logon({ mailbox, time, platform, session, infers: true }),
      session && [reader.sessions.ofToken(`0 of ${session}`), reader.sessions.usages(session)],
      reader.joins.messages(items),
      reader.joins.traces(items).length,
    ])
  } finally {
    reader.close()
  }
}
