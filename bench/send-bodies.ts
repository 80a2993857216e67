import { readdirSync, readFileSync } from 'node:fs'
import { Pool } from 'undici'

/** Sends request bodies as they are, so many at a time: nobody gets documents into this Elasticsearch faster. */
const [folder = '', bulk = '', concurrency = '', most = ''] = process.argv.slice(2)
const { origin, pathname } = new URL(bulk)
const pool = new Pool(origin, { connections: Number(concurrency), pipelining: 1 })
const files = readdirSync(folder).sort().slice(0, Number(most))
const headers = { 'content-type': 'application/x-ndjson' }
const path = `${pathname}?require_data_stream=true&filter_path=errors,took`

async function send(): Promise<void> {
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    const body = readFileSync(folder + file)
    const answer = await pool.request({ method: 'POST', path, headers, body })
    const said = (await answer.body.json()) as { errors?: boolean }
    if (answer.statusCode !== 200 || said.errors !== false)
      throw new Error(`${answer.statusCode} ${JSON.stringify(said)}`)
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, send))
await pool.close()
