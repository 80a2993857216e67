import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { collectOnce } from '#src/collect/collector.ts'
import type { Config } from '#src/config/config.ts'
import { silent } from '#src/progress.ts'
import { contentsOf } from './support/case.ts'
import { temporaryFolder } from './support/folder.ts'
import { loadConfig } from './support/load-config.ts'
import { seeded } from './support/microsoft/clock.ts'
import { never } from './support/microsoft/collector.ts'
import { type Double, microsoftDouble } from './support/microsoft/double.ts'
import type { Play } from './support/microsoft/misbehaviour.ts'
import { fillWeek, types, weekMs } from './support/microsoft/week.ts'
import { clientId, clientSecret, tenantId } from './support/microsoft/world.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const roundMs = 2 * hourMs

test.each<[string, Play]>([
  ['all of Microsoft is out of order', { status: 503 }],
  ['everything is too much', { status: 429, headers: { 'retry-after': '600' } }],
])(
  'a day on which %s delays what it would have brought, and no more is told or asked than that',
  async (_, play) => {
    const folder = temporaryFolder()
    const double = await microsoftDouble()
    const week = fillWeek(double, { records: 600, blobs: 120 }, seeded(5))
    const began = double.clock.now()
    const signIns = Array.from({ length: 200 }, (_, i) => signInAt(i, began + (i * weekMs) / 200))
    double.log.signIns.push(...signIns)
    double.log.pageSize = 50
    const config = configOf(folder, double)
    const store = openCase(folder)
    const passed = () => double.clock.now() - began
    const isAway = () => passed() > 2 * dayMs && passed() < 3 * dayMs
    double.onAny(() => (isAway() ? play : undefined))
    const away: number[] = []

    while (passed() < weekMs + 2 * dayMs + dayMs / 8) {
      const [before, startedAt, wasAway] = [double.requests.length, passed(), isAway()]
      await collectOnce({ config, deps: double.deps, progress: silent, signal: never }, store)
      if (wasAway && isAway()) away.push(double.requests.length - before)
      double.clock.pass(Math.max(startedAt + roundMs - passed(), 60_000))
    }

    const gaps = store.collection.gaps(1000)
    store.close()
    await double.close()
    const ids = contentsOf(folder)['event']?.map(({ id }) => id)
    expect(new Set(ids)).toEqual(new Set([...week.ids, ...signIns.map(({ id }) => id)]))
    expect(ids).toHaveLength(week.ids.size + signIns.length)
    expect(new Set(gaps.map(({ name }) => name))).toEqual(week.lost)
    expect(away.length).toBeGreaterThan(5)
    expect(Math.max(...away)).toBeLessThan(60)
  },
  300_000,
)

function signInAt(i: number, time: number) {
  return {
    id: `5160f000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    createdDateTime: new Date(time).toISOString(),
    userPrincipalName: 'alice@contoso.example',
    ipAddress: '203.0.113.7',
    status: { errorCode: 0 },
  }
}

function configOf(folder: string, { world, certificates }: Double): Config {
  const at = world.root()
  writeFileSync(
    join(folder, 'hoofprint.yaml'),
    `
tenants:
  - tenant: ${tenantId}
    credentials: { type: secret, clientId: ${clientId}, clientSecret: "\${HOOFPRINT_CLIENT_SECRET}" }
    network: { caFile: ${certificates.authorityFile}, noProxy: "*" }
    endpoints: { login: "${at}", management: "${at}", graph: "${at}" }
    sources: { managementApi: { contentTypes: [${types.join(', ')}] }, graphSignIns: {} }
`,
  )
  return loadConfig(join(folder, 'hoofprint.yaml'), { HOOFPRINT_CLIENT_SECRET: clientSecret }, { case: folder })
}
