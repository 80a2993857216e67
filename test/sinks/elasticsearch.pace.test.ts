import { expect, test } from '@jest/globals'
import { pacer } from '#src/sinks/elasticsearch/pace.ts'

const never = new AbortController().signal

test('batches begin at 5 MB, grow while they are swift, and shrink when they are slow', () => {
  const pace = pacer()
  const sizes = [pace.bytes()]

  pace.wasTaken(200)
  sizes.push(pace.bytes())
  pace.wasTaken(20_000)
  sizes.push(pace.bytes())
  for (let i = 0; i < 100; i += 1) pace.wasTaken(200)
  sizes.push(pace.bytes())

  expect(sizes.map(Math.round)).toEqual([5_000_000, 5_500_000, 2_750_000, 10_000_000])
})

test('a refusal for load halves batches and requests, down to one small request at a time', async () => {
  const pace = pacer()

  for (let i = 0; i < 10; i += 1) pace.wasRefused()

  expect(pace.bytes()).toBe(100_000)
  expect(await mostAtOnce(pace)).toBe(1)
})

test('requests become more only while nothing is refused, and never many', async () => {
  const pace = pacer()

  expect(await mostAtOnce(pace)).toBe(2)
  for (let i = 0; i < 8; i += 1) pace.wasTaken(200)
  expect(await mostAtOnce(pace)).toBe(3)
  for (let i = 0; i < 100; i += 1) pace.wasTaken(200)
  expect(await mostAtOnce(pace)).toBe(4)
})

test('what was too large once is never tried again', () => {
  const pace = pacer()

  pace.wasTooLarge(4_000_000)
  for (let i = 0; i < 100; i += 1) pace.wasTaken(10)

  expect(pace.bytes()).toBe(2_000_000)
})

test('who waits for a turn when all is called off gets none', async () => {
  const pace = pacer()
  const stop = new AbortController()
  let begun = 0
  const work = async () => {
    begun += 1
    await new Promise((resolve) => setTimeout(resolve, 20))
  }

  const runs = Array.from({ length: 6 }, () => pace.inTurn(work, stop.signal))
  stop.abort(new Error('called off'))
  const results = await Promise.allSettled(runs)

  expect(begun).toBeLessThanOrEqual(2)
  expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(4)
  expect(await pace.inTurn(async () => 'free again', never)).toBe('free again')
})

async function mostAtOnce(pace: ReturnType<typeof pacer>): Promise<number> {
  let [open, most] = [0, 0]
  const work = async () => {
    open += 1
    most = Math.max(most, open)
    await new Promise((resolve) => setTimeout(resolve, 5))
    open -= 1
  }
  await Promise.all(Array.from({ length: 12 }, () => pace.inTurn(work, never)))
  return most
}
