import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { type Answers, answersOf } from './answers.ts'
import type { ReportPart } from './render-part.ts'
import { openScratch, type Scratch } from './scratch.ts'
import { merge, newTally } from './tally.ts'
import { headerOf, readingTable, tsvTables } from './tsv/tables.ts'

/** Where the reports go, and what their names begin with. */
export interface ReportTarget {
  readonly folder: string
  readonly title: string
  /** Whether to write the documents too: five times the size of what was read. */
  readonly withDocuments: boolean
}

/** The name of the documents' file in the report folder. */
export const ndjsonName = 'events.ndjson'

/**
 * Writes TSVs and NDJSON from parts that come in time order, and counts the answers. Files appear whole or not at
 * all: each is written beside its place and moved there at the end.
 */
export async function writeReports(parts: AsyncIterable<ReportPart>, target: ReportTarget): Promise<Answers> {
  await mkdir(target.folder, { recursive: true })
  const scratch = openScratch()
  const files = new Map<string, WriteStream>()
  const tally = newTally()
  const open = (name: string): WriteStream => {
    const file = files.get(name) ?? createWriteStream(join(target.folder, `${name}.part`))
    files.set(name, file)
    return file
  }
  try {
    await rm(join(target.folder, ndjsonName), { force: true })
    const ndjson = target.withDocuments ? open(ndjsonName) : undefined
    for (const table of tsvTables) open(fileOf(target, table.name)).write(headerOf(table))
    for await (const part of parts) {
      merge(tally, part.tally)
      scratch.add(part)
      for (const [name, lines] of Object.entries(part.tables)) await write(open(fileOf(target, name)), lines)
      if (ndjson !== undefined) await write(ndjson, part.ndjson)
    }
    await writeByItem(open(fileOf(target, 'read-activity-by-item')), scratch)
    await finish(files, target.folder)
    return answersOf(scratch, tally)
  } finally {
    for (const file of files.values()) file.destroy()
    scratch.close()
  }
}

/** The file of each table, by what it holds. */
export function tableFiles(target: ReportTarget): Record<string, string> {
  const names = [...tsvTables.map(({ name }) => name), 'read-activity-by-item']
  return Object.fromEntries(names.map((name) => [name, fileOf(target, name)]))
}

/** The path of a table's file. */
export function fileOf({ title }: ReportTarget, table: string): string {
  return `${title}-${table}.tsv`
}

async function writeByItem(file: WriteStream, scratch: Scratch): Promise<void> {
  const table = tsvTables.find(({ name }) => name === readingTable)
  const header = table === undefined ? '' : headerOf(table)
  let current: string | undefined
  let text = ''
  for (const { item, line } of scratch.readings()) {
    if (item !== current) text += `${item}\n${header}`
    current = item
    text += line
    if (text.length < 256 * 1024) continue
    await write(file, text)
    text = ''
  }
  await write(file, text)
}

async function write(file: WriteStream, chunk: string | Uint8Array): Promise<void> {
  if (chunk.length > 0 && !file.write(chunk)) await once(file, 'drain') // Rejects when the file does: a disk may be full.
}

async function finish(files: ReadonlyMap<string, WriteStream>, folder: string): Promise<void> {
  for (const file of files.values()) file.end()
  for (const file of files.values()) await finished(file)
  for (const name of files.keys()) {
    await rm(join(folder, name), { force: true })
    await rename(join(folder, `${name}.part`), join(folder, name))
  }
}
