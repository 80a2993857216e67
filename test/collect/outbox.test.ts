import { expect, test } from '@jest/globals'
import { outboxOf } from '#src/collect/outbox.ts'
import type { Mark } from '#src/marks.ts'
import { never } from '../support/files.ts'

const hour = 3_600_000

test('what was refused is sent again at the start and every day, and told when it becomes more', async () => {
  const world = worldWith([0, 2, 2, 2, 0, 0])
  const { outbox, said, asked } = world

  await outbox.deliver(never) // The start.
  world.arrived = 10
  await outbox.deliver(never) // Two are refused.
  expect(outbox.refusedNow()).toBe(2)
  await outbox.deliver(never) // Nothing is new.
  world.now += 23 * hour
  await outbox.deliver(never)
  world.now += hour
  await outbox.deliver(never) // A day later.
  world.arrived = 20
  await outbox.deliver(never)
  expect(outbox.refusedNow()).toBe(0)
  world.now += 24 * hour
  await outbox.deliver(never) // Mended by now.
  world.now += 24 * hour
  await outbox.deliver(never) // Nothing is refused any more: only whether all is there is looked at.

  expect(asked).toEqual([true, false, true, false, true, true])
  expect(said).toEqual([{ target: 'es', refused: 2 }])
  expect(outbox.refusedNow()).toBe(0)
})

test('what was refused is sent again every day also where something new is delivered each hour', async () => {
  const world = worldWith([0, 2])
  const { outbox, asked } = world
  await outbox.deliver(never)

  for (let i = 1; i <= 24; i += 1) {
    world.arrived = i
    world.now += hour
    await outbox.deliver(never)
  }

  expect(asked.flatMap((rejects, i) => (rejects ? [i] : []))).toEqual([0, 24])
})

test('a clock that is put back by years does not keep back what was refused', async () => {
  const world = worldWith([0, 2, 0])
  const { outbox, asked } = world
  await outbox.deliver(never)
  world.arrived = 10
  await outbox.deliver(never) // Two are refused.

  world.now -= 24 * 365 * hour
  await outbox.deliver(never)

  expect(asked).toEqual([true, false, true])
})

test('what stays as another case wrote it is told each time', async () => {
  const world = worldWith([0, 0])
  world.foreign = 3

  await world.outbox.deliver(never)

  expect(world.said).toEqual([{ target: 'es', foreign: 3 }])
})

test('what was delivered lately and is not there any more is told within a day, and again when it is more', async () => {
  const world = worldWith([])
  for (const lost of [0, 7, 7, 6, 8, 0, 8]) {
    world.lost = lost
    await world.outbox.deliver(never)
    world.arrived += 1
    world.lost = 0
    await world.outbox.deliver(never) // Nothing is looked for.
    world.now += 24 * hour
  }

  expect(world.said).toEqual([7, 8, 8].map((lost) => ({ target: 'es', lost })))
})

test('a setup that was forgotten after an upgrade is told once, and again when it is another', async () => {
  const world = worldWith([])
  for (const outdated of [['a'], ['a'], [], ['a', 'b']]) {
    world.outdated = outdated
    world.arrived += 1
    await world.outbox.deliver(never)
  }

  expect(world.said).toEqual([
    { target: 'es', outdated: ['a'] },
    { target: 'es', outdated: ['a', 'b'] },
  ])
})

test('that what is there is as another version made it is told once, until all of it was made anew', async () => {
  const world = worldWith([])
  for (const byOthers of [true, true, false, true]) {
    world.byOthers = byOthers
    world.arrived += 1
    await world.outbox.deliver(never)
  }

  expect(world.said).toEqual([{ target: 'es' }, { target: 'es' }])
})

test('a run that ends soon sends nothing again', async () => {
  const world = worldWith([1])

  await outboxOf({ ...world.parts, retriesAtStart: false }).deliver(never)

  expect(world.asked).toEqual([false])
})

test('what was marked since is delivered, though nothing has arrived', async () => {
  const world = worldWith([])
  await world.outbox.deliver(never)

  world.marks.push({ kind: 'ip', value: '192.0.2.10', actor: 'intruder' })
  await world.outbox.deliver(never)
  await world.outbox.deliver(never)

  expect(world.asked).toHaveLength(2)
})

test('what one delivery left is gone on with in the next, though nothing has arrived', async () => {
  const world = worldWith([])
  world.left = 5

  await world.outbox.deliver(never)
  world.left = 0
  await world.outbox.deliver(never)
  await world.outbox.deliver(never)

  expect(world.asked).toEqual([true, false])
})

test('what could not be delivered is new the next time, too', async () => {
  const world = worldWith([0])
  const failing = outboxOf({ ...world.parts, publish: () => Promise.reject(new Error('down')) })

  await expect(failing.deliver(never)).rejects.toThrow('down')
  await expect(failing.deliver(never)).rejects.toThrow('down')
})

/** Each delivery leaves so many refused documents. */
function worldWith(refusals: readonly number[]) {
  const said: unknown[] = []
  const asked: boolean[] = []
  const marks: Mark[] = []
  const world = {
    arrived: 0,
    foreign: 0,
    lost: 0,
    left: 0,
    outdated: [] as string[],
    byOthers: false,
    marks,
    now: 400 * 24 * hour,
    said,
    asked,
  }
  const log = { warn: (fields: object) => said.push(fields) }
  const parts = {
    arrived: () => world.arrived,
    marks: () => marks,
    retriesAtStart: true,
    async publish(rejects: boolean) {
      const [before = 0, refused = 0] = [refusals[asked.length - 1], refusals[asked.push(rejects) - 1]]
      return {
        refused,
        rejected: Math.max(0, refused - before),
        foreign: world.foreign,
        gone: 0,
        lost: world.lost,
        target: 'es',
        left: world.left,
        outdated: world.outdated,
        byOthers: world.byOthers,
      }
    },
    deps: { now: () => new Date(world.now), log: log as never },
  }
  return Object.assign(world, { parts, outbox: outboxOf(parts) })
}
