// Strips the types once, when the dependencies are installed, so that the first run does not have to in each of its
// threads (it would take some 60 MB more). Whatever goes wrong here costs that, and nothing else.
import { readdirSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { tune } from './tuned.mjs'

tune() // What was stripped under other flags is not found again.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/hoofprint', import.meta.url))
module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
const src = new URL('../src/', import.meta.url)

try {
  for (const name of ['import', 'publish', 'report', 'setup', 'collect', 'doctor'])
    await import(new URL(`commands/${name}.ts`, src).href)
  for (const name of readdirSync(new URL('workers/', src))) {
    // Those that need a case end at once with an error, after everything they need was loaded.
    const worker = new Worker(new URL(`workers/${name}`, src), { workerData: {} })
    worker.on('error', () => {})
    await new Promise((resolve) => {
      worker.on('exit', resolve)
      setTimeout(resolve, 1500)
    })
    await worker.terminate()
  }
} catch (error) {
  console.warn(`not warmed up: ${error.message}`)
}
