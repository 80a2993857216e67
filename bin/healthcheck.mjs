// Asks the collector of this container how it is: 0 when all is well, when no collector runs here, or when its case is made ready,
// which starting it anew would only begin again; 1 and why, otherwise.
import { readdirSync, readFileSync } from 'node:fs'

const listen = process.env.HOOFPRINT_LISTEN || '127.0.0.1:9464'
// Who listens on one address answers on no other; who listens on all of them, on this machine's own, which no proxy is asked for.
const asked = listen.replace(/^0\.0\.0\.0:/, '127.0.0.1:').replace(/^\[::\]:/, '[::1]:')

try {
  const answer = await fetch(`http://${asked}/healthz`, { signal: AbortSignal.timeout(8000) })
  const { reasons, preparing } = await answer.json()
  for (const { stream, reason } of reasons) console.log(`${stream}: ${reason}`)
  process.exitCode = answer.ok || preparing !== undefined ? 0 : 1
} catch (error) {
  const isRefused = error.cause?.code === 'ECONNREFUSED'
  const isElsewhere = isRefused && readdirSync('/proc').some(isCollector)
  if (isElsewhere)
    console.log(`a collector runs here, but not on ${listen}: collect.listen and HOOFPRINT_LISTEN have to name one`)
  else console.log(isRefused ? 'no collector runs here' : `no answer: ${error.message}`)
  process.exitCode = isRefused && !isElsewhere ? 0 : 1
}

/** Of the processes that this container sees, which are its own: one that collects once listens nowhere. */
function isCollector(pid) {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const program = words.findIndex((word) => word.endsWith('hoofprint.mjs'))
    const given = program === -1 ? [] : words.slice(program + 1)
    return given.find((word) => !word.startsWith('-')) === 'collect' && !given.includes('--once')
  } catch {
    return false // No process, or one that has ended.
  }
}
