import { contentTypeOf } from '../samples/audit/exports/management-api.ts'
import { createRandom } from '../samples/random.ts'
import { microsoftDouble, start } from '../test/support/microsoft/double.ts'
import { throttled } from '../test/support/microsoft/management.ts'
import { numberOf } from './command.ts'
import { manyRecords } from './many-records.ts'

/**
 * `node bench/pull-service.ts RECORDS PER_BLOB LATENCY_MS QUOTA`: the double of Microsoft's services in a process of its own, with that many
 * records in contents of the last days. Tells its parent where it is, then, at each message, how many requests came since the last.
 */
const [records = 0, perBlob = 0] = process.argv.slice(2, 4).map((word) => numberOf('rows', word))
const [latencyMs = 0, quota = 0] = process.argv.slice(4).map(Number)
const dayMs = 86_400_000
const minuteMs = 60_000

const double = await microsoftDouble({ latencyMs })
fill()
const refusals = refuseBeyondQuota()
process.on('message', () => {
  const requests = double.requests.splice(0).length
  process.send?.({ requests, throttled: refusals() })
})
process.once('disconnect', async () => {
  await double.close()
  process.exit()
})
process.send?.({ address: double.world.root(), caFile: double.certificates.authorityFile })

/** Spreads contents over the week that the service keeps, each with records of its own type. */
function fill(): void {
  const random = createRandom(7)
  const open = new Map<string, object[]>()
  const close = (type: string, own: object[]) => {
    const created = Date.parse(start) - random.whole(minuteMs, 6 * dayMs)
    double.feed.blobs.push({ id: `${random.hex(24)}$audit`, type, created, records: own })
    open.delete(type)
  }
  for (const { record } of manyRecords(random, records)) {
    const type = contentTypeOf(record.RecordType)
    const own = open.get(type) ?? []
    open.set(type, own)
    own.push(record)
    if (own.length === perBlob) close(type, own)
  }
  for (const [type, own] of [...open]) close(type, own)
  for (const { type } of double.feed.blobs) double.feed.subscriptions.set(type, 'enabled')
  double.feed.pageSize = 200
}

/** The API refuses what is more than its quota in any minute. Gives how often it did since it was last asked. */
function refuseBeyondQuota(): () => number {
  const times: number[] = []
  let refused = 0
  double.onAny(() => {
    if (double.requests.at(-1)?.url.pathname.startsWith('/api/') !== true) return undefined
    const now = performance.now()
    while ((times[0] ?? now) <= now - minuteMs) times.shift()
    if (times.length < quota) return void times.push(now)
    refused += 1
    return throttled
  })
  return () => {
    const since = refused
    refused = 0
    return since
  }
}
