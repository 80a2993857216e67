import { z } from 'zod'
import { type CaseStore, type Counts, type Evidence, streamOf } from './case/store.ts'
import type { Format } from './entry.ts'
import { type DigestResult, digest, gather } from './gather.ts'
import type { Progress } from './progress.ts'
import type { DigestTask } from './sources/files/digest.ts'
import { discover, type FoundFile } from './sources/files/discover.ts'
import { frameRows } from './sources/files/frames.ts'
import { type Owner, ownersOf } from './sources/files/owners.ts'
import { readChunks, type SurveyedFile, survey } from './sources/files/survey.ts'
import { type Crew, inline, threads } from './threads.ts'

/** What became of one path, in words and figures. */
export interface ImportedFile {
  readonly path: string
  /** `failed`: given by name, and not read. `skipped`: found in a folder, and no evidence. */
  readonly fate: 'imported' | 'continued' | 'known' | 'skipped' | 'failed'
  readonly reason?: string
  readonly shape?: string
  readonly mailbox?: string
  /** How the mailbox was found out, when nobody said it. */
  readonly mailboxFrom?: string
  /** Of this run; a known file's rows are all duplicates. */
  readonly counts: Counts
}

const none: Counts = { read: 0, stored: 0, duplicate: 0, rejected: 0 }
const threadsFromBytes = 8 * 1024 * 1024

/** Reads files and folders into a case, one after the other, and yields what became of each. */
export async function* importFiles(
  paths: readonly string[],
  { store, mailbox, progress }: { store: CaseStore; mailbox: string | undefined; progress: Progress },
  signal: AbortSignal,
): AsyncGenerator<ImportedFile> {
  const surveyed: { found: FoundFile; file: SurveyedFile }[] = []
  for (const found of await discover(paths)) {
    const file = found.unreadable === undefined ? await survey(found.path, signal) : { reason: found.unreadable }
    if ('shape' in file) surveyed.push({ found, file })
    else yield setAside(found, file.reason, store)
  }
  const bytes = surveyed.reduce((sum, { file }) => sum + file.size, 0)
  const large = bytes >= threadsFromBytes
  const crew = large
    ? threads<DigestTask, DigestResult>(new URL('./workers/digest.ts', import.meta.url), 1, {})
    : inline(digest)
  if (large) store.beginBulk()
  progress.begin('importing', bytes)
  let before = 0
  try {
    for (const { found, file } of surveyed) {
      const owner = mailbox === undefined ? ownerOf(await ownersOf(file, signal)) : { mailbox, from: undefined }
      if (typeof owner === 'string') yield setAside(found, owner, store)
      else
        yield await importFile(file, owner, { store, crew, onBytes: (done) => progress.update(before + done) }, signal)
      before += file.size
    }
  } finally {
    await crew.close()
    store.finishBulk()
    progress.end()
  }
}

function setAside(found: FoundFile, reason: string, store: CaseStore): ImportedFile {
  if (!found.named) return { path: found.path, fate: 'skipped', reason, counts: none }
  store.rejectFile(found.path, reason)
  return { path: found.path, fate: 'failed', reason, counts: none }
}

interface Named {
  readonly mailbox: string
  readonly from: string | undefined
}

const give = 'say whose it is with --mailbox'

/** Whose mailbox it is, when one name dominates; else why that cannot be told. */
function ownerOf(owners: readonly Owner[]): Named | string {
  const [first, second] = owners
  if (first === undefined) return `no row says whose mailbox this is: ${give}`
  if (first.rows * 2 > first.ofRows) {
    return { mailbox: first.name, from: `${first.rows} of ${first.ofRows} logons name it` }
  }
  return `${owners.length} mailboxes are named, none by most logons (${first.name} ${first.rows}, ${second?.name} ${second?.rows} of ${first.ofRows}): ${give}`
}

/** A stored cursor is input. */
const Cursor = z.object({ offset: z.int().nonnegative(), row: z.int().positive() })

async function importFile(
  file: SurveyedFile,
  owner: Named,
  to: { store: CaseStore; crew: Crew<DigestTask, DigestResult>; onBytes: (done: number) => void },
  signal: AbortSignal,
): Promise<ImportedFile> {
  const { path, sha256, size, columns, delimiter } = file
  const { store, crew, onBytes } = to
  const mailbox = owner.mailbox.trim().toLowerCase()
  const format: Format = { shape: file.shape.name, columns, delimiter }
  const evidence = store.beginEvidence({ path, sha256, mailbox, size, format })
  const told = { path, shape: format.shape, mailbox, ...(owner.from !== undefined && { mailboxFrom: owner.from }) }
  if (evidence.complete) return { ...told, fate: 'known', counts: asKnown(evidence.counts) }

  const saved = store.cursor(streamOf(evidence))
  const from = saved === undefined ? file.start : Cursor.parse(saved)
  const counts = { ...none }
  const blocks = frameRows(readChunks(path, from.offset, signal), from, (line) =>
    file.shape.startsRow(line, columns, delimiter),
  )
  const toTask = ({ firstRow, bytes, ends }: Parameters<Parameters<typeof gather>[2]>[0]): DigestTask => ({
    format,
    mailbox,
    firstRow,
    bytes,
    ends,
  })
  try {
    await gather(evidence, blocks, toTask, crew, store, (block, added) => {
      for (const key of ['read', 'stored', 'duplicate', 'rejected'] as const) counts[key] += added[key]
      onBytes(block.next.offset)
    })
  } catch (error) {
    signal.throwIfAborted() // Says what the stop means, which the broken stream does not.
    throw error
  }
  return { ...told, fate: saved === undefined ? 'imported' : 'continued', counts }
}

function asKnown({ read, rejected }: Evidence['counts']): Counts {
  return { read, stored: 0, duplicate: read - rejected, rejected }
}
