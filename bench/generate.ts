import { createWriteStream, renameSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createRandom } from '../samples/random.ts'
import { numberOf } from './command.ts'
import { shapeOf } from './shapes.ts'

const chunkLength = 1 << 18
const seed = 2018

function* chunks(start: string, rows: Iterable<string>): Generator<string> {
  let chunk = start
  for (const row of rows) {
    chunk += row
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

/** `node bench/generate.ts SHAPE ROWS FILE`: writes a file in memory that does not grow with it, and names it so only when it is whole. */
const [name = 'retriever', count = '1048576', file = `${name}.csv`] = process.argv.slice(2)
const { start, rows } = shapeOf(name)
const output = createWriteStream(`${file}.part`)
const all = chunks(start, rows(createRandom(seed), numberOf('rows', count)))
await pipeline(Readable.from(all, { highWaterMark: 4 }), output)
renameSync(`${file}.part`, file)
console.log(`generated ${count} rows of ${name}, ${output.bytesWritten} bytes: ${file}`)
