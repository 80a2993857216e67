import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openMarkBook } from './case/mark-book.ts'
import type { MarkBook } from './case/marks.ts'
import { openView } from './case/open-view.ts'
import { type CaseStore, type OpenOptions, openCase } from './case/store.ts'
import type { CaseView } from './case/view.ts'
import type { Config } from './config/config.ts'
import type { Deps } from './deps.ts'
import { openLookups } from './enrich/lookups.ts'
import type { Progress } from './progress.ts'

// Every command loads this file, so it names nothing that only some of them need: what reads files and makes reports takes 0.1 s.

/** What every command works with. */
export interface Job {
  readonly config: Config
  /** The same with what the files of its secrets hold now. Without it they stay what they were. */
  readonly renewed?: () => Config
  readonly deps: Deps
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** A folder in that of the case for what must be unpacked before it can be read; emptied, for what a killed run put there is still there. */
export function emptiedScratch(config: Config): string {
  const folder = scratchFolder(config)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) // On Windows others may have a file open for a moment.
  return folder
}

export const scratchFolder = (config: Config): string => join(config.case, 'unpacked')

/** Runs `work` on the open case, and closes it whatever happens. */
export async function withCase<Result>(
  { config, progress }: Job,
  options: OpenOptions,
  work: (store: CaseStore) => Promise<Result>,
): Promise<Result> {
  openLookups(config.databases).close() // A database that is none is refused before anything else is done.
  const store = openCase(config.case, { ...options, progress })
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

/** Runs `work` on the case as it can be read, beside whoever writes it. */
export async function withView<Result>(
  { config, progress }: Job,
  work: (view: CaseView) => Promise<Result>,
): Promise<Result> {
  openLookups(config.databases).close()
  const view = openView(config.case, progress)
  try {
    return await work(view)
  } finally {
    view.close()
  }
}

/** Runs `work` on the marks of the case, beside whoever writes it. */
export function withMarks<Result>({ config }: Job, work: (book: MarkBook) => Result): Result {
  openLookups(config.databases).close()
  const book = openMarkBook(config.case)
  try {
    return work(book)
  } finally {
    book.close()
  }
}
