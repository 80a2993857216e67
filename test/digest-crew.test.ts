import { afterEach, expect, test } from '@jest/globals'
import { type DigestCrew, type Digesting, digesting } from '#src/digest-crew.ts'

const large = 4 * 2 ** 20
const format = { shape: 'management-api' }
const open: Digesting[] = []

afterEach(async () => {
  for (const digests of open.splice(0)) await digests.close()
})

function opened(idleMs?: number): Digesting {
  const digests = digesting(idleMs)
  open.push(digests)
  return digests
}

/** What becomes of one record, with what it was read by. */
async function digested(crew: DigestCrew): Promise<string> {
  const record = { Id: 'a', CreationTime: '2026-03-09T08:15:21', Operation: 'Send', UserId: 'alice@contoso.example' }
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(record)))
  const { entries, rejected } = await crew.run({ format, mailbox: '', firstRow: 1, bytes, ends: [bytes.length] })
  expect(rejected).toEqual([])
  expect(entries.event.entries).toEqual([0])
  return Buffer.from(entries.texts).toString()
}

test('a small content is digested here and a large one in threads, to the same', async () => {
  const digests = opened()
  const crews: DigestCrew[] = []
  const work = (crew: DigestCrew) => {
    crews.push(crew)
    return digested(crew)
  }

  const [small, first, second] = [
    await digests.lend(10, work),
    await digests.lend(large, work),
    await digests.lend(large, work),
  ]

  expect(small).toContain('alice@contoso.example')
  expect([first, second]).toEqual([small, small])
  expect(crews[1]).not.toBe(crews[0])
  expect(crews[2]).toBe(crews[1])
})

test('threads go when nothing came for a while, and not while somebody has them', async () => {
  const digests = opened(20)
  const wait = () => new Promise((resolve) => setTimeout(resolve, 100))
  let kept: DigestCrew | undefined

  const both = await Promise.all([
    digests.lend(large, digested),
    digests.lend(large, async (crew) => {
      kept = crew
      await wait()
      return digested(crew)
    }),
  ])
  await wait()

  expect(both[0]).toBe(both[1])
  await expect(digested(kept as DigestCrew)).rejects.toThrow('a worker ended')
  await digests.lend(large, async (crew) => {
    expect(crew).not.toBe(kept)
    expect(await digested(crew)).toBe(both[0])
  })
})

test('what failed with one crew is not given to it again, and others end their work with it', async () => {
  const digests = opened()
  let failing: DigestCrew | undefined
  let fail = () => {}
  const failed = digests.lend(large, (crew) => {
    failing = crew
    return new Promise((_, reject) => {
      fail = () => reject(new Error('broken'))
    })
  })
  const other = digests.lend(large, async (crew) => {
    expect(crew).toBe(failing)
    fail()
    await expect(failed).rejects.toThrow('broken')
    return digested(crew)
  })

  expect(await other).toContain('alice@contoso.example')
  await digests.lend(large, async (crew) => expect(crew).not.toBe(failing))
})
