import { expect, test } from '@jest/globals'
import { type Entry, packEntries, unpackEntries } from '#src/entry.ts'
import { createRandom, type Random } from '../samples/random.ts'
import { entry } from './support/case.ts'

test('entries that are packed and unpacked are the same, empty texts and missing ones told apart', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = createRandom(seed)
    const entries = Array.from({ length: random.whole(0, 8) }, () => randomEntry(random))

    const unpacked = [...unpackEntries(structuredClone(packEntries(entries)))]

    expect(unpacked).toEqual(entries)
  }
})

function randomEntry(random: Random): Entry {
  const text = () => random.pick(['', 'a', 'é😀\0', '\ud800', '"\n', random.hex(20)])
  const maybe = () => (random.chance(0.5) ? text() : undefined)
  const message = () => {
    const said = { subject: maybe(), from: maybe(), received: maybe(), messageId: maybe() }
    return { item: text(), rank: random.whole(0, 1), ...said }
  }
  return entry({
    ...{ id: text(), operation: text(), mailbox: text(), content: text() },
    ...{ time: random.whole(-1e12, 2e12), row: random.whole(2, 1e9), session: maybe() },
    fullness: random.whole(-1e6, 1e6),
    messages: Array.from({ length: random.whole(0, 3) }, message),
    usage: random.chance(0.5)
      ? { ip: text(), userAgent: maybe(), isOwn: random.chance(0.5), asks: random.chance(0.5) }
      : undefined,
    sessionIds: Array.from({ length: random.whole(0, 2) }, text),
    logon: random.chance(0.5) ? { platform: text(), ip: text(), userAgent: maybe() } : undefined,
  })
}
