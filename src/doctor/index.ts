import { statfs } from 'node:fs/promises'
import { checkWritable, nearestTo } from '../case/case-folder.ts'
import { isOlderCase } from '../case/database.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../deps.ts'
import { messageOf } from '../errors.ts'
import type { Job } from '../job.ts'
import type { Progress } from '../progress.ts'
import { checkStreams } from '../sources/index.ts'
import { openTenant } from '../sources/microsoft/tenant.ts'
import type { Finding } from './finding.ts'

export type { Finding } from './finding.ts'

/**
 * Looks at everything that collecting and delivering need, and says of each what to do. With `mayStart` missing subscriptions
 * are started, as collecting would; only that tells a tenant whose audit log is switched off.
 */
export async function* examine(job: Job, mayStart: boolean): AsyncGenerator<Finding> {
  const { config, progress, signal } = job
  const deps = { ...job.deps, log: silent, mostAttempts }
  yield* checkCase(config)
  if (config.tenants.length === 0) {
    const text = 'there is none, so nothing is collected'
    yield { area: 'configuration', subject: 'tenants', level: 'warning', text }
  }
  for (const { sources, ...options } of config.tenants) {
    const tenant = openTenant(options, deps)
    try {
      const streams = checkStreams(tenant, sources, { mayStart, deps }, signal)
      for await (const { source, subject, isGood, text } of announced(`asking ${options.tenant}`, streams, progress)) {
        const area = `${options.tenant} ${source}`
        yield { area, subject, level: isGood ? 'ok' : 'problem', text: isGood ? text : withAdvice(text) }
      }
    } finally {
      await tenant.close()
    }
  }
  const { checkElasticsearch } = await import('./elasticsearch.ts')
  yield* announced('asking Elasticsearch', checkElasticsearch(config), progress)
}

// Somebody waits, and hears of what is found: one more try tells what passes, and the log would say it twice.
const mostAttempts = 2
const silent: Log = { info() {}, warn() {}, error() {} }

/** Shows what is being asked while its answer is waited for. */
async function* announced<Found>(label: string, all: AsyncGenerator<Found>, progress: Progress): AsyncGenerator<Found> {
  progress.begin(label)
  try {
    for await (const found of all) {
      progress.end()
      yield found
      progress.begin(label)
    }
  } finally {
    progress.end()
  }
}

/** What is to be done about errors that have no service to tell it. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'the name is not known: check DNS, or that a proxy is needed (network.proxy, HTTPS_PROXY)'],
  [/HTTP 407|Proxy Authentication/i, 'put the proxy’s credentials into its URL'],
  [/Proxy response|tunnel/i, 'the proxy refuses the way there: have it allowed'],
  [
    /gave no answer/,
    'nothing answers there: check the firewall, and whether a proxy is needed (network.proxy, HTTPS_PROXY)',
  ],
]

function withAdvice(text: string): string {
  const found = advice.find(([pattern]) => pattern.test(text))
  return found === undefined ? text : `${text}: ${found[1]}`
}

const leastBytes = 2 * 2 ** 30

async function* checkCase({ case: folder }: Config): AsyncGenerator<Finding> {
  const finding = (level: Finding['level'], text: string): Finding => ({ area: 'case', subject: folder, level, text })
  const place = nearestTo(folder)
  try {
    checkWritable(place)
    const { bavail, bsize } = await statfs(place)
    const free = bavail * bsize
    const gigabytes = `${(free / 2 ** 30).toFixed(1)} GB are free`
    if (free < leastBytes) yield finding('warning', `${gigabytes}: days without Elasticsearch may take more`)
    else yield finding('ok', `it can be written, and ${gigabytes}`)
  } catch (error) {
    yield finding('problem', `it cannot be written: ${messageOf(error)}: mount a volume there that this user may write`)
  }
  try {
    if (isOlderCase(folder) === true)
      yield finding('ok', 'an older version wrote it: the first command that opens it brings it up to date')
  } catch (error) {
    yield finding('problem', `it cannot be used: ${messageOf(error)}`)
  }
}
