import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { chunksPassing } from '#src/sources/files/chunks-passing.ts'
import { fileOf, temporaryFolder } from '../../support/folder.ts'

const bytes = randomBytes(2_000_003)
const chunkBytes = 100_000
const reading = { signal: new AbortController().signal, chunkBytes }

test('a file passes in chunks, from wherever one wants to its end', async () => {
  const file = fileOf(bytes)

  for (const start of [0, 1, chunkBytes, 1_999_999, bytes.length, bytes.length + 1]) {
    const sizes: number[] = []
    const read: Buffer[] = []
    for await (const chunk of chunksPassing(file, start, reading)) {
      sizes.push(chunk.length)
      read.push(Buffer.from(chunk))
    }

    expect(Buffer.concat(read).equals(bytes.subarray(start))).toBe(true)
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(chunkBytes)
  }
})

test('a chunk stands until the next one is asked for, however many read at once and whoever has given up', async () => {
  const file = fileOf(bytes)
  const readers = [0, 1000, 500_000].map((start) => ({ start, chunks: chunksPassing(file, start, reading), at: start }))

  for (let i = 0; i < 12; i += 1) {
    if (i === 5) await readers.pop()?.chunks.return(undefined)
    if (i === 5) readers.push({ start: 7, chunks: chunksPassing(file, 7, reading), at: 7 })
    const chunks: [Buffer, number][] = []
    for (const reader of readers) {
      const { value } = await reader.chunks.next()
      chunks.push([value as Buffer, reader.at])
      reader.at += (value as Buffer).length
    }
    for (const [chunk, at] of chunks) expect(chunk.equals(bytes.subarray(at, at + chunk.length))).toBe(true)
  }
  for (const { chunks } of readers) await chunks.return(undefined)
})

test('a stop ends it, and what cannot be opened says so', async () => {
  const stop = new AbortController()
  const chunks = chunksPassing(fileOf(bytes), 0, { signal: stop.signal, chunkBytes })
  await chunks.next()
  stop.abort(new Error('stopped'))

  await expect(Array.fromAsync(chunks)).rejects.toThrow('stopped')
  await expect(chunksPassing(join(temporaryFolder(), 'none'), 0, reading).next()).rejects.toThrow('ENOENT')
})
