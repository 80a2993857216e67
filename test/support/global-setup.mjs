import { join } from 'node:path'
import { filesInMemory } from './files-in-memory.mjs'

const root = join(import.meta.dirname, '../..')

/** Readies what all test files have: a place for their files, and Elasticsearch, which starts at once where one will ask. */
export default async function offer() {
  const { folder, remove } = filesInMemory()
  process.env.TMPDIR = folder
  globalThis.removeFilesInMemory = remove
  // As `bin/hoofprint.mjs` says: each process that a test begins, and each of its threads, would strip the types anew.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/hoofprint')
  const { startStarter } = await import('./elasticsearch/starter.ts')
  const starter = await startStarter()
  process.env.HOOFPRINT_ELASTICSEARCH_STARTER = starter.url
  globalThis.stopElasticsearch = starter.stop
  if (globalThis.isElasticsearchWanted) starter.begin()
}
