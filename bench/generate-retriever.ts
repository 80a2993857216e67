import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createRandom } from '../samples/random.ts'
import { fileStart, formatRow, type Row } from '../samples/retriever-csv.ts'
import { manyRows } from './many-rows.ts'

const chunkLength = 1 << 18

function* chunks(rows: Iterable<Row>): Generator<string> {
  let chunk = fileStart
  for (const row of rows) {
    chunk += formatRow(row)
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

const [count = '1048576', file = 'retriever.csv'] = process.argv.slice(2)
if (!/^[1-9]\d*$/.test(count)) throw new Error(`ROWS must be a whole number above 0, not "${count}"`)
const rows = manyRows(createRandom(2018), Number(count))
const output = createWriteStream(file)
await pipeline(Readable.from(chunks(rows), { highWaterMark: 4 }), output)
console.log(`wrote ${count} activities, ${output.bytesWritten} bytes, to ${file}`)
