import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { Rejection } from '../activity.ts'
import { type CaseStore, streamOf } from '../case/store.ts'
import { mapInOrder } from '../concurrency.ts'
import { added, type Counts, noCounts } from '../counts.ts'
import type { Evidence } from '../evidence.ts'
import type { Progress } from '../progress.ts'
import type { Content, ContentError, Unreadable } from '../sources/files/content.ts'
import { type DigestTask, taskBuffers } from '../sources/files/digest.ts'
import { discover } from '../sources/files/discover.ts'
import { framesOf, untilBroken } from '../sources/files/framed-rows.ts'
import type { Position } from '../sources/files/frames.ts'
import { type SurveyedFile, survey } from '../sources/files/survey.ts'
import { type Crew, inline, threads } from '../threads.ts'
import type { DateOrder } from '../time/culture-time.ts'
import type { DigestResult } from './digest.ts'
import { doubtOf } from './doubt.ts'
import { type Named, ownerOf } from './file-mailbox.ts'
import { gather, savedPosition } from './gather.ts'

/** What became of one path, in words and figures. */
export interface ImportedFile {
  readonly path: string
  /** `failed`: not read, though given by name, or of a kind that may be evidence. `skipped`: found in a folder, and no evidence. */
  readonly fate: 'imported' | 'continued' | 'known' | 'skipped' | 'failed'
  readonly reason?: string
  /** Whether it could be read, and is of no kind that is known. */
  readonly isUnknown?: boolean
  readonly shape?: string
  readonly mailbox?: string
  /** How the mailbox was found out, when nobody said it. */
  readonly mailboxFrom?: string
  /** Why its text ends before its end, where it does: `counts` has what could not be read as one row that was rejected. */
  readonly brokeOff?: string
  /** What speaks against the mailbox that somebody said. */
  readonly doubt?: string
  /** Of this run; a known file's rows are all duplicates. */
  readonly counts: Counts
}

export { knownExports } from '../sources/files/shapes/index.ts'

// A transaction of its own for each of thousands of small files writes thirty times what the case then has.
const [threadsFromBytes, sharedFromFiles] = [8 * 1024 * 1024, 16] as const
// Reading takes longer than storing, which is this thread's: with one alone a core would wait.
const digestThreads = 2
// Blocks have some 128 KB, but for one with a row that is larger: of JSON that takes many times as much memory.
const largeBytes = 1024 * 1024
// A folder may have thousands of small files, for each of which one waits for the disk and little else.
const surveysUnderWay = 8

/** What to read, and whose mailbox it is where the records do not say. */
export interface ImportRequest {
  readonly paths: readonly string[]
  readonly mailbox: string | undefined
  /** What dates with slashes have first, where nothing in a file tells. */
  readonly dates?: DateOrder | undefined
  /** What rows are in that are not in UTF-8: a name of the Encoding Standard. */
  readonly encoding?: string | undefined
  /** What the path `-` stands for. */
  readonly stdin: Readable
  /** A folder for what must be unpacked before it can be read. */
  readonly scratch: string
  /** The case's own files, which may stand among its evidence and are none: absolute paths. */
  readonly passOver?: ReadonlySet<string>
}

// Each takes 2.5 KB until it is imported, and a folder or an archive may have a hundred thousand.
const mostSurveyed = 5_000

/**
 * Reads files, folders, archives and standard input into a case, one after the other, and yields what became of each. All are looked at before the
 * first is imported, so that it is known how much there is; where they are very many, so many at a time.
 */
export async function* importFiles(
  request: ImportRequest,
  { store, progress }: { store: CaseStore; progress: Progress },
  signal: AbortSignal,
  most = mostSurveyed,
): AsyncGenerator<ImportedFile> {
  const { mailbox } = request
  const given = new Set(['stdin', ...request.paths.map((path) => resolve(path))])
  const discovery = discover(request.paths, request, signal)
  for (const path of request.paths) store.forgetUnread(resolve(path))
  try {
    const surveyed: SurveyedFile[] = []
    const beforehand = { order: request.dates, encoding: request.encoding, isKnown: store.hasRead }
    const look = async (found: Content | Unreadable) => {
      // Among the members of an archive there may be anything: only what the user typed has to be evidence.
      const named = found.named && given.has(found.path)
      return 'reason' in found ? { ...found, named } : survey({ ...found, named }, signal, beforehand)
    }
    progress.begin('looking at files')
    try {
      let seen = 0
      for await (const file of mapInOrder(discovery.contents, surveysUnderWay, look)) {
        seen += 1
        progress.update(seen)
        if ('reason' in file) yield setAside(file, store)
        else surveyed.push(file)
        if (surveyed.length < most) continue
        progress.end()
        yield* importSurveyed(surveyed.splice(0), mailbox, { store, progress }, signal)
        progress.begin('looking at files')
      }
    } finally {
      progress.end()
    }
    yield* importSurveyed(surveyed, mailbox, { store, progress }, signal)
  } finally {
    await discovery.close()
  }
}

async function* importSurveyed(
  files: readonly SurveyedFile[],
  mailbox: string | undefined,
  { store, progress }: { store: CaseStore; progress: Progress },
  signal: AbortSignal,
): AsyncGenerator<ImportedFile> {
  let crew: DigestCrew | undefined
  const crewFor = async () => {
    crew ??= await beginDigesting(files, store)
    return crew
  }
  progress.begin('importing', sizeOf(files))
  const done: ImportedFile[] = []
  let before = 0
  try {
    for (const file of files) {
      const owner = await ownerOf(file, { mailbox, store }, signal)
      if (typeof owner === 'string') done.push(setAside({ ...file.content, reason: owner, mayBeEvidence: true }, store))
      else {
        const onBytes = (bytes: number) => progress.update(before + Math.min(bytes, file.size))
        done.push(await importFile(file, owner, { store, crewFor, onBytes }, signal))
      }
      before += file.size
      // Small files share a transaction: what became of them is told when no failure can take it back.
      if (store.isSettled()) yield* done.splice(0)
    }
  } catch (error) {
    if (error !== signal.reason) throw error // After a stop nothing was taken back: what was done is told first.
  } finally {
    await crew?.close()
    try {
      store.endBulk()
    } finally {
      progress.end()
    }
  }
  yield* done
  signal.throwIfAborted()
}

const sizeOf = (files: readonly SurveyedFile[]) => files.reduce((sum, { size }) => sum + size, 0)

type DigestCrew = Crew<DigestTask, DigestResult>

/** For the first file that is not known, by the size of all that are not: known ones cost neither threads nor indexes. */
async function beginDigesting(all: readonly SurveyedFile[], store: CaseStore): Promise<DigestCrew> {
  const files = all.filter(({ sha256 }) => !store.hasRead(sha256))
  if (sizeOf(files) < threadsFromBytes) {
    store.buildJoins()
    if (files.length >= sharedFromFiles) store.beginSharing()
    return inline((await import('./digest.ts')).digester())
  }
  store.beginBulk()
  return threads<DigestTask, DigestResult>(
    new URL('../workers/digest.ts', import.meta.url),
    digestThreads,
    {},
    { transfers: taskBuffers, isLarge: ({ bytes }) => bytes.length > largeBytes },
  )
}

interface ImportParts {
  readonly store: CaseStore
  readonly crewFor: () => Promise<DigestCrew>
  readonly onBytes: (done: number) => void
}

/** A name that nothing has is told, and not kept: once its right one is given, nothing is amiss. */
function setAside(file: Unreadable, store: CaseStore): ImportedFile {
  const { path, named, reason, isUnknown, isAbsent, mayBeEvidence } = file
  if (!named && mayBeEvidence !== true) {
    store.skipFile(path, reason)
    return { path, fate: 'skipped', reason, counts: noCounts }
  }
  if (isAbsent !== true) store.rejectFile(path, reason)
  return { path, fate: 'failed', reason, ...(isUnknown === true && { isUnknown }), counts: noCounts }
}

async function importFile(
  file: SurveyedFile,
  owner: Named,
  { store, crewFor, onBytes }: ImportParts,
  signal: AbortSignal,
): Promise<ImportedFile> {
  const { content, sha256, size } = file
  const { path } = content
  const { mailbox, from: mailboxFrom } = owner
  const evidence = store.beginEvidence({ path, sha256, mailbox, size, format: file.format })
  const format = store.formatOf(evidence)
  const doubt = owner.doubt ?? doubtOf(evidence, format, file.format)
  const whose = mailbox === '' ? {} : { mailbox }
  const told = { path, shape: format.shape, ...whose, ...(mailboxFrom && { mailboxFrom }), ...(doubt && { doubt }) }
  if (evidence.complete) {
    const { brokeOff, counts } = evidence
    return { ...told, ...(brokeOff !== undefined && { brokeOff }), fate: 'known', counts: asKnown(counts) }
  }

  const saved = savedPosition(store.cursor(streamOf(evidence)))
  const from = saved ?? file.start
  let counts = noCounts
  const holdings = readable({ ...file, format }, from, signal)
  const onProgress = (position: Position, more: Counts) => {
    counts = added(counts, more)
    onBytes(position.offset)
  }
  try {
    await gather(evidence, holdings, { crew: await crewFor(), store, onProgress })
  } catch (error) {
    signal.throwIfAborted() // Says what the stop means, which the broken stream does not.
    throw error
  }
  const [broken] = holdings.lost()
  const fate = saved === undefined ? 'imported' : 'continued'
  return { ...told, ...(broken !== undefined && { brokeOff: broken.reason }), fate, counts }
}

/** The blocks of a content as far as it can be read, and, after them, why that is not all. */
function readable(file: SurveyedFile, from: Position, signal: AbortSignal) {
  let reason: string | undefined
  let isOther = false
  const onBroken = (error: ContentError) => {
    reason ??= error.message
    isOther ||= error.isOther
  }
  const onCut = () => {
    reason ??= 'it ends in the middle of its list: what followed is missing'
  }
  const blocks = framesOf(untilBroken(file, onBroken), from, signal, onCut)
  const lost = (): Rejection[] => (reason === undefined ? [] : [{ row: undefined, reason, original: new Uint8Array() }])
  return { format: file.format, blocks, lost, isOther: () => isOther }
}

function asKnown({ read, rejected }: Evidence['counts']): Counts {
  return { read, stored: 0, duplicate: read - rejected, rejected }
}
