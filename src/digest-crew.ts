import type { DigestResult } from './digest.ts'
import { type DigestTask, taskBuffers } from './sources/files/digest.ts'
import { type Crew, inline, threads } from './threads.ts'

/** Reads and normalizes framed rows, here or in threads. */
export type DigestCrew = Crew<DigestTask, DigestResult>

// Reading takes longer than storing, which is the main thread's: with one alone a core would wait.
const digestThreads = 2
// Blocks have some 128 KB, but for one with a row that is larger: of JSON that takes many times as much memory.
const largeBytes = 1024 * 1024

/** Digests in threads, for millions of rows. */
export function digestInThreads(): DigestCrew {
  return threads<DigestTask, DigestResult>(
    new URL('./workers/digest.ts', import.meta.url),
    digestThreads,
    {},
    { transfers: taskBuffers, isLarge: ({ bytes }) => bytes.length > largeBytes },
  )
}

/** Digests here, for what is too little to start threads for. */
export async function digestHere(): Promise<DigestCrew> {
  return inline((await import('./digest.ts')).digester())
}

/** Digests what comes now and then for months. */
export interface Digesting {
  /** Does `work` with a crew for a content of so many bytes. */
  lend<Result>(bytes: number, work: (crew: DigestCrew) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

// A content of a few blocks is digested sooner than threads are asked for it.
const threadsFromBytes = 512 * 1024

/** Large contents in threads, which are all streams' and go when there was nothing for them for a minute: they hold some 100 MB. */
export function digesting(idleMs = 60_000): Digesting {
  let current: Lent | undefined
  let idle: NodeJS.Timeout | undefined
  const close = async () => {
    clearTimeout(idle)
    const closing = current
    current = undefined
    await closing?.crew.close()
  }
  return {
    async lend(bytes, work) {
      if (bytes < threadsFromBytes) return work(await digestHere())
      clearTimeout(idle)
      current ??= { crew: digestInThreads(), users: 0 }
      const lent = current
      lent.users += 1
      try {
        return await work(lent.crew)
      } catch (error) {
        if (current === lent) current = undefined // A worker may have broken: the next content has others.
        throw error
      } finally {
        lent.users -= 1
        if (lent.users === 0 && current !== lent) await lent.crew.close()
        else if (lent.users === 0) idle = setTimeout(close, idleMs).unref()
      }
    },
    close,
  }
}

interface Lent {
  readonly crew: DigestCrew
  users: number
}
