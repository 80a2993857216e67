import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type PackedEntries, packEntries } from '#src/bytes/packed-entries.ts'
import { type CaseStore, streamOf } from '#src/case/store.ts'
import type { CsvFormat, Entry } from '#src/entry.ts'
import type { Evidence } from '#src/evidence.ts'
import { digester } from '#src/gather/digest.ts'
import { gather } from '#src/gather/gather.ts'
import type { Origins } from '#src/origins.ts'
import { framesOf } from '#src/sources/files/framed-rows.ts'
import type { Position } from '#src/sources/files/frames.ts'
import { inline } from '#src/threads.ts'
import type { Random } from '../../samples/random.ts'
import { header, never, surveyed } from './files.ts'

export const format: CsvFormat = { shape: 'retriever-csv', columns: header.split(','), delimiter: ',' }

const mailbox = 'alice@contoso.example'

/** An entry with the record's own text. */
export interface Written extends Entry {
  readonly content: string
}

/** An activity as the case keeps it; what is not given is empty. */
export function entry(given: Partial<Written> = {}): Written {
  const time = given.time ?? Date.UTC(2018, 5, 20)
  const operation = given.operation ?? 'Move'
  return {
    dataset: 'o365.activity',
    id: `id-${time}-${operation}`,
    time,
    operation,
    mailbox,
    row: 2,
    content: `${new Date(time).toISOString()},Web,${operation},,,,`,
    session: undefined,
    fullness: 0,
    messages: [],
    logon: undefined,
    usage: undefined,
    sessionIds: [],
    users: [],
    start: 0,
    end: 0,
    ...given,
  }
}

/** Entries as gathering hands them on. */
export function packed(entries: readonly Entry[], origins?: Origins): PackedEntries {
  const texts = entries.map((one) => Buffer.from(`${(one as Written).content ?? ''}\n`))
  let end = 0
  const placed = entries.map((one, i) => {
    const start = end
    end += texts[i]?.length ?? 0
    return { ...one, start, end: end - 1 }
  })
  return packEntries(placed, new Uint8Array(Buffer.concat(texts)), origins)
}

/** Begins the evidence of an invented file. */
export function begin(store: CaseStore, path: string, sha256 = `sha-of-${path}`): Evidence {
  return store.beginEvidence({ path, sha256, mailbox, size: 1, format })
}

/** Stores entries of an invented file and completes it. */
export function put(store: CaseStore, path: string, entries: readonly Entry[]): Evidence {
  const evidence = begin(store, path)
  store.write(evidence, { entries: packed(entries), rejected: [], cursor: { offset: 1, row: 3 } })
  store.completeEvidence(evidence, [])
  return evidence
}

/** Reads a real file into the case as `import` does, in blocks of about `chunkBytes`; `onBlock` may throw to end it. */
export async function importFile(
  store: CaseStore,
  path: string,
  { chunkBytes = 2000, onBlock = (_blocks: number) => {} } = {},
): Promise<Evidence> {
  const file = await surveyed(path, chunkBytes)
  const { sha256, size, format } = file
  const evidence = store.beginEvidence({ path, sha256, mailbox, size, format })
  if (evidence.complete) return evidence
  const from = (store.cursor(streamOf(evidence)) ?? file.start) as Position
  const blocks = framesOf(file, from, never)
  let done = 0
  const onProgress = () => {
    done += 1
    onBlock(done)
  }
  await gather(evidence, { format, blocks, lost: () => [] }, { crew: inline(digester()), store, onProgress }, 1)
  return evidence
}

/** Real rows in a random order, some twice, with blank lines, broken rows and rows quoted oddly among them. */
export function mixedRows(random: Random, count: number): string[] {
  const rows: string[] = []
  for (let i = 0; i < count; i += 1) {
    const row = random.pick(sampleRows)
    const broken = random.pick([
      '',
      `${row},`,
      'never,Web,Move,,,,',
      `"${row.slice(0, 60)}`,
      `${row.slice(0, 24)},Web,,,,,`,
    ])
    rows.push(random.chance(0.1) ? broken : row)
  }
  return rows
}

const sampleRows = readFileSync(join(import.meta.dirname, '../../samples/outlook-activities.csv'), 'utf8')
  .split('\n')
  .slice(1, 2000)
  .filter((row) => row !== '')

/** Everything a case holds, table by table, but for when and by which version it was imported. */
export function contentsOf(folder: string): Record<string, Record<string, unknown>[]> {
  const db = new DatabaseSync(join(folder, 'case.sqlite'), { readOnly: true })
  try {
    const names = db
      .prepare("select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%'")
      .all()
    return Object.fromEntries(
      names.map(({ name }) => [
        String(name),
        db
          .prepare(`select * from ${name}`)
          .all()
          .map((row) => ({ ...row, ...('imported' in row && { imported: '', reader: '' }) })),
      ]),
    )
  } finally {
    db.close()
  }
}
