import { expect, test } from '@jest/globals'
import { packEntries } from '#src/bytes/packed-entries.ts'
import { openCase } from '#src/case/store.ts'
import { type Entry, type Message, sayings } from '#src/entry.ts'
import { itemHash } from '#src/item-hash.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { contentsOf, entry, packed, put, type Written } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

test('what is packed comes into the case as it was, empty texts and missing ones told apart', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = createRandom(seed)
    const entries = Array.from({ length: random.whole(0, 8) }, (_, i) => randomEntry(random, i))
    const folder = temporaryFolder()
    const store = openCase(folder)
    put(store, 'a.csv', entries)
    store.close()

    const { event, message, logon } = contentsOf(folder)

    expect(event).toEqual(entries.map(eventOf))
    expect(message).toEqual(entries.flatMap(({ messages }, i) => messages.map((one) => messageOf(one, i + 1))))
    expect(logon).toEqual(entries.flatMap((one, i) => (one.logon === undefined ? [] : [logonOf(one, i + 1)])))
  }
})

test('what is packed stays when more is packed, and crosses threads', () => {
  const first = packed([entry({ id: 'first', content: 'the first' })])
  const before = structuredClone(first)

  packEntries([entry({ id: 'x'.repeat(100_000) }), entry({ time: 2 })], new Uint8Array())

  expect(first).toEqual(before)
})

test('what lies farther than a cell can tell is refused, not written over its neighbour', () => {
  const far = { ...entry(), start: 99_999_990, end: 100_000_000 }

  expect(() => packEntries([far], new Uint8Array())).toThrow('100000000 bytes in one block')
  expect(() => packEntries([{ ...far, end: 99_999_999 }], new Uint8Array())).not.toThrow()
})

/** With texts that are no ASCII, or no text at all; a lone surrogate becomes what stands for one in UTF-8. */
function randomEntry(random: Random, i: number): Written {
  const text = () => random.pick(['', 'a', 'é😀', '\ufffd', '"\n', random.hex(20), 'long'.repeat(5000)])
  const maybe = () => (random.chance(0.5) ? text() : undefined)
  const message = () => {
    const said = { subject: maybe(), from: maybe(), received: maybe(), messageId: maybe() }
    return { item: text(), rank: random.whole(0, 1), ...said }
  }
  return entry({
    ...{ id: `${i}${text()}`, operation: text(), mailbox: text(), content: text() },
    ...{ time: random.whole(-1e12, 2e12), row: random.whole(2, 1e9), session: maybe() },
    fullness: random.whole(-1e9, 1e6) + 0.25,
    messages: Array.from({ length: random.whole(0, 3) }, message),
    sessionIds: Array.from({ length: random.whole(0, 2) }, text),
    logon: random.chance(0.5) ? { platform: text(), ip: text(), userAgent: maybe() } : undefined,
  })
}

function eventOf(one: Written, i: number) {
  const { id, time, dataset, operation, mailbox, session = null, row, fullness, content } = one
  return {
    seq: i + 1,
    id,
    time,
    dataset,
    operation,
    mailbox,
    session,
    evidence: 1,
    row,
    fullness: fullness * sayings,
    content,
  }
}

function messageOf({ item, rank, subject, from, received, messageId }: Message, event: number) {
  const said = { subject: subject ?? null, sender: from ?? null, received: received ?? null }
  return { event, hash: itemHash(item), item, rank, ...said, message_id: messageId ?? null }
}

function logonOf({ mailbox, session, time, id, logon }: Entry, event: number) {
  const { platform, ip, userAgent } = logon ?? {}
  return { event, mailbox, platform, session: session ?? null, time, id, ip, user_agent: userAgent ?? null }
}
