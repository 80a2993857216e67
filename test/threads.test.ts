import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from '@jest/globals'
import { diskFaultOf } from '#src/disk-faults.ts'
import { type Crew, type Handing, threads } from '#src/threads.ts'
import { temporaryFolder } from './support/folder.ts'

interface Task {
  readonly objects: number
  readonly buffer?: ArrayBuffer
}

const open: Crew<Task, number>[] = []

afterEach(async () => {
  for (const crew of open.splice(0)) await crew.close()
})

function crewOf(handing: Handing<Task>, size = 2): Crew<Task, number> {
  const crew = threads<Task, number>(new URL('./support/hoarder.ts', import.meta.url), size, undefined, handing)
  open.push(crew)
  return crew
}

/** More than a usual worker has memory for. */
const many = 3_000_000

test('what this thread has no use for is given back before others begin', () => {
  const held = { of: Array.from({ length: 1_000_000 }, (_, i) => ({ text: `${i}` })) }
  const before = process.memoryUsage().heapTotal
  setFlagsFromString('--expose-gc')
  globalThis.gc = runInNewContext('gc')
  held.of = []

  crewOf({}, 1)

  expect(before - process.memoryUsage().heapTotal).toBeGreaterThan(50 * 2 ** 20)
})

test('a task that needs more memory than a worker has is done again by one that has it, and so is what waited behind it', async () => {
  const handed: number[] = []
  const again = (task: Task) => {
    handed.push(task.objects)
    return task
  }
  const crew = crewOf({ again }, 1)

  const done = await Promise.all([1, many, 2, 3].map((objects) => crew.run({ objects })))

  expect(done).toEqual([1, many, 2, 3])
  expect(handed).toEqual([many, 2, 3])
  expect(await crew.run({ objects: 4 })).toBe(4)
  expect(handed).toHaveLength(3)
})

test('a large task goes where there is memory for it at once', async () => {
  const crew = crewOf({ isLarge: ({ objects }) => objects === many })

  const done = await Promise.all([1, many, 2].map((objects) => crew.run({ objects })))

  expect(done).toEqual([1, many, 2])
})

test('what was handed over and is lost fails, and says why', async () => {
  const crew = crewOf({ transfers: ({ buffer }) => (buffer === undefined ? [] : [buffer]) }, 1)

  await expect(crew.run({ objects: many, buffer: new ArrayBuffer(8) })).rejects.toThrow('memory limit')
  await expect(crew.run({ objects: 1 })).rejects.toThrow('memory limit')
})

test('of a fault of the disk that a worker met it is known what to do, as of any', async () => {
  const path = join(temporaryFolder(), 'case.sqlite')
  writeFileSync(path, 'no database '.repeat(1000))
  const crew = threads<string, void>(new URL('./support/breaker.ts', import.meta.url), 1, undefined)

  const error = await crew.run(path).catch((thrown: unknown) => thrown)

  await crew.close()
  expect(diskFaultOf(error)).toMatchObject({ advice: expect.stringContaining('case.sqlite is damaged'), goesOn: false })
})
