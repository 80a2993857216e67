import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf } from '../../errors.ts'
import { ContentError } from './content.ts'

/** Puts on the disk what must be read from more than one place. */
export interface Spool {
  /** A new file with these bytes, or none and a `ContentError` when there are more than `maxBytes`. */
  write(bytes: AsyncIterable<Buffer>, maxBytes: number, signal: AbortSignal): Promise<Spooled>
  /** Removes all of it. */
  close(): Promise<void>
}

/** A file that is there until it is removed, or the spool closed. */
export interface Spooled {
  readonly file: string
  readonly size: number
  remove(): Promise<void>
}

/** Keeps its files in a folder of its own in `scratch`; both are made when there is something to keep, for this user only. */
export function spoolIn(scratch: string): Spool {
  let folder: string | undefined
  let madeScratch = false
  let files = 0

  async function newFile(): Promise<string> {
    if (folder === undefined) {
      madeScratch = (await mkdir(scratch, { recursive: true, mode: 0o700 })) !== undefined
      folder = await mkdtemp(join(scratch, 'spool-')) // With mode 0700.
    }
    files += 1
    return join(folder, String(files))
  }

  return {
    async write(bytes, maxBytes, signal) {
      const file = await newFile()
      const remove = () => rm(file, { force: true })
      let size = 0
      const counted = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of chunks) {
          size += chunk.length
          if (size > maxBytes)
            throw new ContentError(
              'what is packed in it takes too much space: unpack it (save a workbook as CSV) and give the folder',
            )
          yield chunk
        }
      }
      try {
        await pipeline(bytes, counted, createWriteStream(file, { mode: 0o600, flags: 'wx' }), { signal })
      } catch (error) {
        await remove()
        throw error
      }
      return { file, size, remove }
    },
    async close() {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
      if (madeScratch) await rmdir(scratch).catch(unlessNotEmpty)
      folder = undefined
      madeScratch = false
    },
  }
}

/** Somebody else may keep something there. */
function unlessNotEmpty(error: unknown): void {
  if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'ENOENT') throw error
}
