import { afterEach, expect, test } from '@jest/globals'
import { managementApi } from '#src/sources/management-api/index.ts'
import { ManagementApiOptions } from '#src/sources/management-api/options.ts'
import type { Source } from '#src/sources/source.ts'
import { seeded } from '../support/microsoft/clock.ts'
import { collector } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble, start } from '../support/microsoft/double.ts'
import { type Blob, throttled } from '../support/microsoft/management.ts'
import type { Play } from '../support/microsoft/misbehaviour.ts'

const type = 'Audit.Exchange'
const now = Date.parse(start)
const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs
const pollMs = 2 * hourMs

const faults: readonly Play[] = [
  { status: 401 },
  throttled,
  { status: 429, headers: { 'retry-after': '30' } },
  { status: 500 },
  { status: 503 },
  'cut before',
  'cut in body',
  'truncate',
]

let double: Double
afterEach(() => double.close())

test('a week of late, repeated and reordered content, faults and kills ends with each record once, and each loss told', async () => {
  double = await microsoftDouble()
  const random = seeded(11)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const blobs = Array.from({ length: 600 }, (_, i) => blob(i, now + random() * weekMs, random))
  const lost = [50, 250, 450].map((i) => blobs[i] as Blob)
  for (const each of lost) Object.assign(each, { expires: each.created + 60_000, listedAt: each.created + 120_000 })
  const repeated = [blobs[100], blobs[300]] as Blob[]
  double.feed.blobs.push(...blobs, ...repeated)
  double.feed.subscriptions.set(type, 'enabled')
  double.feed.pageSize = 40
  double.onAny(() => (random() < 0.05 ? pick(faults) : undefined))
  const caller = collector()
  const kills = new Set(Array.from({ length: 20 }, () => Math.floor(random() * (weekMs / pollMs))))

  let source = sourceOn(double)
  for (let poll = 0; double.clock.now() < now + weekMs + 5 * 24 * hourMs; poll += 1) {
    if (kills.has(poll)) {
      await caller.run(source, { stopAfter: 1 + Math.floor(random() * 6) }).catch(() => {})
      source = sourceOn(double)
    }
    await caller.run(source).catch(() => {}) // The schedule tries again.
    double.clock.pass(pollMs)
  }

  const wanted = blobs.filter((each) => !lost.includes(each)).flatMap(({ records }) => records.map(idOf))
  expect(caller.records().map(idOf).sort()).toEqual(wanted.sort())
  expect([...caller.gaps.values()].map(({ name, final }) => [name, final]).sort()).toEqual(
    lost.map(({ id }) => [id, true]).sort(),
  )
})

function sourceOn(of: Double): Source {
  return managementApi(of.tenant(), ManagementApiOptions.parse({ contentTypes: [type] }))[0] as Source
}

/** One in five is listed late: most by minutes or hours, some by days. */
function blob(i: number, created: number, random: () => number): Blob {
  const lateMs = random() < 0.2 ? random() ** 4 * 3 * 24 * hourMs : 0
  const records = Array.from({ length: 25 }, (_, n) => ({ Id: `r${i}-${n}` })).sort(() => random() - 0.5)
  return { id: `blob${i}`, type, created: Math.floor(created), listedAt: created + lateMs, records }
}

function idOf(record: object): string {
  return (record as { Id: string }).Id
}
