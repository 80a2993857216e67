import { DatabaseSync } from 'node:sqlite'
import { serve } from '#src/threads.ts'

/** A worker that opens the database of each task, which is none. */
serve(() => (path: string) => new DatabaseSync(path).exec('pragma user_version'))
