import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { openReader } from '../src/case/reader.ts'
import { openLookups } from '../src/enrich/lookups.ts'
import { renderDocuments } from '../src/render/render-documents.ts'
import { surroundingsOf } from '../src/render/surroundings.ts'
import { unpackDocuments } from '../src/sinks/packed-documents.ts'

const bodyBytes = 5_000_000
const lf = Buffer.from('\n')

/** Writes the documents of a case, as `hoofprint publish` makes them, as bodies of bulk requests, a file each, and as lines. Gives how many bodies there are. */
export function writeBodies(caseFolder: string, { folder, lines: path }: { folder: string; lines: string }): number {
  mkdirSync(folder, { recursive: true })
  const lookups = openLookups({})
  const reader = openReader(caseFolder, surroundingsOf(lookups))
  const lines = openSync(path, 'w')
  let [parts, size, count]: [Uint8Array[], number, number] = [[], 0, 0]
  const flush = () => {
    const body = openSync(`${folder}${String(count).padStart(6, '0')}.ndjson`, 'w')
    writeSync(body, Buffer.concat(parts))
    closeSync(body)
    ;[parts, size, count] = [[], 0, count + 1]
  }
  for (const events of reader.slices({ after: 0, until: reader.lastSeq() }, 500)) {
    const task = { events: [events], namespace: 'bench', caseId: 'bench', ingested: new Date().toISOString() }
    for (const { id, source } of unpackDocuments(renderDocuments(reader, task, lookups).documents)) {
      parts.push(Buffer.from(`${JSON.stringify({ create: { _id: id } })}\n`), source, lf)
      size += source.length + 60
      writeSync(lines, Buffer.concat([source, lf]))
      if (size >= bodyBytes) flush()
    }
  }
  if (size > 0) flush()
  closeSync(lines)
  reader.close()
  lookups.close()
  return count
}
