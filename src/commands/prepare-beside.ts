import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { needsPreparing } from '../case/open-view.ts'
import { openLookups } from '../enrich/lookups.ts'
import { codeOf } from '../errors.ts'
import type { Job } from '../job.ts'
import { serveHttp } from '../service/http.ts'
import { preparingRoutes } from '../service/preparing.ts'

/** What the process that prepares tells of how far it is. */
const Step = z.object({ label: z.string(), total: z.int().optional(), done: z.int() })
export type Step = z.output<typeof Step>

const program = fileURLToPath(new URL('./prepare-case.ts', import.meta.url))

/**
 * Has a case that lacks something made ready for collecting by a process beside this one, which tells meanwhile that it is alive and what it waits for:
 * SQLite makes an index of many millions of rows in one step of minutes, in which this one could neither answer nor be stopped. When the signal says
 * stop, that process is killed: each of its steps leaves all or nothing, and the next start goes on. What it fails at is not told: who opens
 * the case next meets it too, or does what is left of it, as where the process was ended for want of memory.
 */
export async function prepareBeside({ config, deps, progress, signal }: Job, onListening: (address: string) => void) {
  const isDelivered = config.elasticsearch.url !== undefined
  if (signal.aborted || !needsPreparing(config.case, isDelivered)) return
  openLookups(config.databases).close() // A database that is none is refused before it takes minutes.
  let step: Step | undefined
  const service = await serveHttp(
    config.collect.listen,
    preparingRoutes(() => step),
  )
  onListening(service.address)
  try {
    if (signal.aborted) return
    const child = fork(program, [config.case, ...(isDelivered ? ['delivered'] : [])], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const ended = once(child, 'exit')
    signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
    child.on('message', (message) => {
      const told = Step.parse(message)
      if (told.label !== step?.label) progress.begin(told.label, told.total)
      step = told
      progress.update(told.done)
    })
    const [code, endedBy] = await ended.catch((error: unknown) => [codeOf(error)]) // Not even begun.
    progress.end()
    if (code === 0 || signal.aborted) return
    deps.log.warn(
      { code, endedBy },
      'the case is not ready yet: what is left is done here, and nothing answers meanwhile',
    )
  } finally {
    await service.close()
  }
}
