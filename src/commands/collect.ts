import { defineCommand } from 'citty'
import { collectForever, collectOnce } from '../collect/collector.ts'
import { ConfigError } from '../errors.ts'
import { withCase } from '../job.ts'
import { loggedProgress } from '../progress.ts'
import { nounTo } from '../reports/words.ts'
import { commonArgs, complain, elasticsearchArgs, jobOf, printerOf, printJson, taking } from './common.ts'
import { Failed } from './exit.ts'
import { prepareBeside } from './prepare-beside.ts'

const args = {
  once: { type: 'boolean', description: 'Read every stream once, deliver, and end: for cron' },
  listen: taking(
    'HOST:PORT',
    'Where /healthz, /readyz and /metrics are (default: 127.0.0.1:9464; or HOOFPRINT_LISTEN)',
  ),
  ...commonArgs,
  ...elasticsearchArgs,
} as const

// A container gets 10 seconds between being asked to stop and being killed.
const graceMs = 9000

/** Reads the services of the configuration, once or for ever. */
export const collectCommand = defineCommand({
  args,
  async run({ args: given }) {
    const begun = jobOf(given, given.once === true ? 'warn' : 'info')
    // Before a case is made, or made ready for minutes.
    if (begun.config.tenants.length === 0)
      throw new ConfigError(
        'no tenants to collect from: name a file with them by --config, such as hoofprint.example.yaml',
      )
    const { log } = begun.deps
    const job = given.once === true ? begun : { ...begun, progress: loggedProgress(log) }
    if (given.once !== true) {
      await prepareBeside(job, (listening) => log.info({ listening, case: job.config.case }, 'making the case ready'))
      if (job.signal.aborted) return log.info({}, 'stopped: the next start goes on making the case ready')
    }
    await withCase(job, { pages: 'small' }, async (store) => {
      if (given.once === true) return runOnce()
      endInTime(job.signal, () => log.error({}, 'it did not end in time: what was under way is done again'))
      await collectForever(job, store, (listening) => log.info({ listening, case: job.config.case }, 'collecting'))

      async function runOnce() {
        const { succeeded, streams, refused, publishing } = await collectOnce(job, store)
        const print = printerOf(given)
        for (const { id, counts, reason } of streams) {
          const { read, stored, duplicate, rejected } = counts
          print(
            `${id}: ${read} ${nounTo(read, 'record')} read = ${stored} stored + ${duplicate} duplicate + ${rejected} rejected`,
          )
          if (reason !== undefined) complain(`${id}: ${reason}`)
        }
        for (const { stream, lost, searched, open } of store.collection.countGaps()) {
          const since = searched === 0 ? '' : `${searched} searched for since, `
          print(`${stream}: gaps: ${lost} lost for good, ${since}${open} to be tried again`)
        }
        if (publishing !== undefined) complain(`not delivered: ${publishing}`)
        if (refused > 0)
          complain(
            `${refused} ${nounTo(refused, 'document was', 'documents were')} refused: hoofprint publish --rejects says why`,
          )
        printJson(given, { streams, gaps: store.collection.gaps(listedGaps), refused, publishing })
        if (!succeeded) throw new Failed()
      }
    })
    if (given.once !== true) log.info({}, 'stopped, with everything stored')
  },
})

const listedGaps = 1000

function endInTime(signal: AbortSignal, onLate: () => void): void {
  signal.addEventListener('abort', () => {
    const late = () => {
      onLate()
      process.exit(1)
    }
    setTimeout(late, graceMs).unref()
  })
}
