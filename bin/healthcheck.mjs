// Asks the collector of this container how it is: 0 when all is well, when no collector runs here, or when its case is made ready,
// which starting it anew would only begin again; 1 and why, otherwise.
const { HOOFPRINT_LISTEN = '127.0.0.1:9464' } = process.env
const port = HOOFPRINT_LISTEN.split(':').at(-1)

try {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(8000) })
  const { reasons, preparing } = await answer.json()
  for (const { stream, reason } of reasons) console.log(`${stream}: ${reason}`)
  process.exitCode = answer.ok || preparing !== undefined ? 0 : 1
} catch (error) {
  const isRefused = error.cause?.code === 'ECONNREFUSED'
  console.log(isRefused ? 'no collector runs here' : `no answer: ${error.message}`)
  process.exitCode = isRefused ? 0 : 1
}
