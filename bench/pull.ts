import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { clientId, clientSecret, tenantId } from '../test/support/microsoft/world.ts'
import { command, numberOf, numbersOf, runs } from './command.ts'
import { compare, type Program } from './measure.ts'
import { cache, emptied, hoofprint } from './places.ts'

interface Service {
  readonly perBlob: number
  readonly child: ChildProcess
  readonly at: { readonly address: string; readonly caFile: string }
}

/** `npm run bench -- pull`: how fast records come from Microsoft's services, against what quota and latency alone allow. */
export const pulling = command({
  does: 'hoofprint collect --once from a local double of the Management Activity API, in a process of its own',
  options: {
    rows: { type: 'string', default: '50000', help: 'how many records the service has' },
    'per-blob': { type: 'string', default: '100,1000', help: 'how many records a content has; several are compared' },
    'latency-ms': { type: 'string', default: '20', help: 'how long the service takes before it answers' },
    quota: {
      type: 'string',
      default: '2000',
      help: 'requests a minute: what a tenant has at least, and what is asked',
    },
    runs,
  },
  async run({ rows, 'per-blob': perBlob, 'latency-ms': latency, quota, runs }) {
    const asked = {
      records: numberOf('rows', rows),
      latencyMs: numberOf('latency-ms', latency),
      quota: numberOf('quota', quota),
    }
    const services: Service[] = []
    try {
      for (const size of numbersOf('per-blob', perBlob)) services.push(await serve(asked, size))
      const programs = services.map((service) => collector(asked, service))
      await compare(programs, numberOf('runs', runs), asked)
      console.log(
        'limitSeconds: requests / quota, and no less than they take one after the other in each of 4 x 4 places',
      )
    } finally {
      for (const { child } of services) child.disconnect()
      rmSync(`${cache}pull`, { recursive: true, force: true })
    }
  },
})

interface Asked {
  readonly records: number
  readonly latencyMs: number
  readonly quota: number
}

async function serve({ records, latencyMs, quota }: Asked, perBlob: number): Promise<Service> {
  const child = fork('bench/pull-service.ts', [records, perBlob, latencyMs, quota].map(String))
  child.once('exit', (code) => code && process.exit(code)) // It has said why.
  const [at] = (await once(child, 'message')) as [Service['at']]
  return { perBlob, child, at }
}

// Four content types, each of which asks for four contents at a time.
const placesUnderWay = 16

function collector({ records, latencyMs, quota }: Asked, { perBlob, child, at }: Service): Program {
  const config = `${cache}pull/hoofprint.yaml`
  return {
    name: `hoofprint collect, ${perBlob} a content`,
    rows: records,
    command: [...hoofprint, 'collect', '--once', '--config', config, '--quiet'],
    env: { HOOFPRINT_BENCH_SECRET: clientSecret, ELASTICSEARCH_URL: undefined },
    prepare() {
      writeFileSync(`${emptied('pull')}/hoofprint.yaml`, configOf(at, quota))
    },
    async facts(seconds) {
      child.send('how many')
      const [{ requests, throttled }] = (await once(child, 'message')) as [{ requests: number; throttled: number }]
      const limit = Math.max((requests * 60) / quota, (requests * latencyMs) / 1000 / placesUnderWay)
      const [limitSeconds, ofLimit] = [limit, limit / seconds].map((value) => Math.round(value * 100) / 100) as [
        number,
        number,
      ]
      return { requests, throttled, limitSeconds, ofLimit }
    },
  }
}

function configOf({ address, caFile }: Service['at'], quota: number): string {
  return `
case: ${cache}pull/case
tenants:
  - tenant: ${tenantId}
    credentials: { type: secret, clientId: ${clientId}, clientSecret: "\${HOOFPRINT_BENCH_SECRET}" }
    network: { caFile: ${caFile}, noProxy: "*" }
    endpoints: { login: "${address}", management: "${address}", graph: "${address}" }
    sources:
      managementApi: { requestsPerMinute: ${quota} }
`
}
