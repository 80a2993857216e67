import { hash } from 'node:crypto'
import { basename, join, resolve } from 'node:path'
import { caseFiles } from './case/database.ts'
import { type CaseReader, openReader, type Slice } from './case/reader.ts'
import type { CaseStore, OpenOptions } from './case/store.ts'
import type { CaseView } from './case/view.ts'
import { inLists, mapInOrder } from './concurrency.ts'
import type { Config } from './config/config.ts'
import type { DatabaseNote } from './database-note.ts'
import { type Lookups, openLookups } from './enrich/lookups.ts'
import { type ImportedFile, type ImportRequest, importFiles } from './gather/import-files.ts'
import { emptiedScratch, type Job, scratchFolder } from './job.ts'
import type { Mark } from './marks.ts'
import type { WantedParts } from './render/part.ts'
import { surroundingsOf } from './render/surroundings.ts'
import { answerOf, type CaseAnswer } from './reports/answer/index.ts'
import type { CaseReport } from './reports/answers.ts'
import type { ByItemTask } from './reports/by-item.ts'
import { type Counted, countParts } from './reports/count.ts'
import { answersOf } from './reports/count-answers.ts'
import { htmlPieces } from './reports/html/index.ts'
import { dropReport, type KeptReport, keepReport, keptReport, reportName } from './reports/kept-report.ts'
import type { ReportPart } from './reports/render-part.ts'
import { writeReportFile } from './reports/report-file.ts'
import { ndjsonName, tableFiles, writeReports } from './reports/write.ts'
import { inline, threads } from './threads.ts'
import { fileStamp, programStamp } from './version.ts'

const listedRejects = 1000
const listedGaps = 10_000
const listedSkipped = 1000
// Each comes with its original, which may be large, and only some reasons are told.
const listedReasons = 100
// A worker reads a slice at once, so that is small; a part of several is merged faster than several parts.
const mostOfSlice = 125
const slicesOfPart = 4
// A record that names a thousand mails has a line of a table for each: some ten times as much as it has itself.
const bytesOfSlice = 500_000
const underWay = 4
// An audit record's document has some 6 KB: beyond this they fill hundreds of megabytes, and are written on request.
export const documentsUpTo = 50_000

/** The name under which a report lists the file of ECS documents. */
export const documentsTable = 'documents'

/**
 * Reads files, folders and standard input (`-`) into the case; `onFile` hears of each as it is done. With `joinsLater` the joins are left to
 * whoever reads the case: of many large imports one after the other each would build them anew, of the whole case.
 */
export async function importPaths(
  job: Job,
  store: CaseStore,
  {
    joinsLater = false,
    ...wanted
  }: Omit<ImportRequest, 'mailbox' | 'scratch' | 'passOver'> & Pick<OpenOptions, 'joinsLater'>,
  onFile: (file: ImportedFile) => void,
): Promise<ImportedFile[]> {
  const files: ImportedFile[] = []
  const { config, progress, signal } = job
  const { mailbox } = config
  const request = { ...wanted, mailbox, scratch: emptiedScratch(config), passOver: ownFiles(config) }
  for await (const file of importFiles(request, { store, progress }, signal)) {
    files.push(file)
    onFile(file)
  }
  if (!joinsLater) store.buildJoins(progress)
  return files
}

/** What a case has in its folder. */
function ownFiles(config: Config): ReadonlySet<string> {
  const files = caseFiles.map((name) => join(config.case, name))
  return new Set([...files, scratchFolder(config), reportFolder(config)].map((path) => resolve(path)))
}

/** Where the reports of a case are. */
export function reportFolder(config: Config): string {
  return join(config.case, 'reports')
}

/** Writes every report of the case, and gives what they say. */
export async function writeCaseReports(
  job: Job,
  store: CaseStore,
  wantsDocuments: boolean,
  stamp = stampOf(job, store), // Of before: what changes meanwhile makes another report.
): Promise<CaseReport> {
  const { config, deps } = job
  const opened = openedFor(job, store.marks())
  const { reader } = opened
  const databases = [...opened.lookups.databases()] // With the last part the lookups are gone.
  const withDocuments = wantsDocuments || isSmall(store)
  const target = { folder: reportFolder(config), title: titleOf(config), withDocuments }
  dropReport(target.folder, tableFiles(target))
  const parts = partsOf(opened, { withDocuments, withTables: true }, job)
  const crew = reader.isLarge(reader.lastSeq()) ? byItemThread : undefined
  const answers = await writeReports(parts, target, crew)
  const tables = { ...tableFiles(target), ...(withDocuments && { [documentsTable]: ndjsonName }) }
  const report = reportOf(job, store, databases, { answers, tables, writtenAt: deps.now().toISOString() })
  writeReportFile(join(target.folder, reportName), htmlPieces(report))
  keepReport(target.folder, stamp, report)
  return report
}

/** The reports as they stand when all that they are made from is as it was; else writes them. */
export async function currentReports(
  job: Job,
  store: CaseStore,
  wantsDocuments: boolean,
): Promise<{ readonly report: CaseReport; readonly isNew: boolean }> {
  const stamp = stampOf(job, store)
  const kept = keptReport(reportFolder(job.config), stamp)
  const hasAll = kept?.tables[documentsTable] !== undefined || !(wantsDocuments || isSmall(store))
  if (kept === undefined || !hasAll) {
    return { report: await writeCaseReports(job, store, wantsDocuments, stamp), isNew: true }
  }
  const lookups = openLookups(job.config.databases)
  const report = reportOf(job, store, [...lookups.databases()], kept)
  lookups.close()
  return { report, isNew: false }
}

const byItemThread = () => threads<ByItemTask, void>(new URL('./workers/by-item.ts', import.meta.url), 1, undefined)

function lacksOf(view: CaseView): Pick<CaseReport, 'gaps' | 'behind' | 'forgotten' | 'altered'> {
  const gaps = view.collection.lacks(listedGaps)
  const forgotten = view.forgotten()
  const altered = view.altered()
  return { gaps, behind: view.behind(), ...(forgotten !== undefined && { forgotten }), ...(altered > 0 && { altered }) }
}

function isSmall(store: CaseStore): boolean {
  return store.retention.lastSeq() <= documentsUpTo
}

function titleOf(config: Config): string {
  return basename(resolve(config.case))
}

/** Names all that the answers are made from: the case, the user's own databases, and this program with those that come along. */
function stampOf({ config }: Job, store: CaseStore): string {
  const databases = Object.values(config.databases).map((path) => path !== undefined && [path, ...fileStamp(path)])
  return hash('sha256', JSON.stringify([store.state(), titleOf(config), databases, programStamp()]))
}

function reportOf(
  { config }: Job,
  store: CaseStore,
  databases: readonly DatabaseNote[],
  { answers, tables, writtenAt }: KeptReport,
): CaseReport {
  return {
    title: titleOf(config),
    writtenAt,
    marks: store.datedMarks(),
    answers,
    evidence: store.evidences(),
    rejects: { total: store.countRejects(), rows: store.rejects(listedRejects) },
    skipped: store.skipped(listedSkipped),
    ...lacksOf(store),
    databases,
    tables,
  }
}

/** Counts the case by these marks without writing anything, and gives what `use` makes of the counts. */
export async function countCase<Result>(
  job: Job,
  marks: readonly Mark[],
  use: (counted: Counted) => Result,
): Promise<Result> {
  return countParts(partsOf(openedFor(job, marks), { withDocuments: false, withTables: false }, job), use)
}

/** Answers from the case as it is now. */
export async function answerCase(job: Job, view: CaseView): Promise<CaseAnswer> {
  // All that is told is of one moment, for others may import and mark meanwhile.
  const rejects = { total: view.countRejects(), rows: view.rejects(listedReasons) }
  const told = { evidence: view.evidences(), rejects, skipped: view.skipped(listedSkipped), ...lacksOf(view) }
  const marks = view.marks()
  return countCase(job, marks, ({ scratch, tally }) =>
    answerOf({ answers: answersOf(scratch, tally), ...told }, scratch, marks),
  )
}

interface Opened {
  readonly reader: CaseReader
  readonly lookups: Lookups
  readonly marks: readonly Mark[]
}

/** Opens the case for parts that are judged by these marks. */
function openedFor({ config }: Job, marks: readonly Mark[]): Opened {
  const lookups = openLookups(config.databases)
  return { reader: openReader(config.case, surroundingsOf(lookups), marks), lookups, marks }
}

/** Loaded when it is needed, for what it loads takes some 40 MB that workers have already. */
async function partsHere(reader: CaseReader, wanted: WantedParts, lookups: Lookups) {
  const { partsMaker } = await import('./render/part.ts')
  return inline(partsMaker(reader, wanted, lookups))
}

/** All of the case in parts, in time order. With the last one the workers are gone: what follows needs their memory. */
async function* partsOf({ reader, lookups, marks }: Opened, wanted: WantedParts, job: Job): AsyncGenerator<ReportPart> {
  const { config, progress, signal } = job
  const last = reader.lastSeq()
  const data = { caseFolder: config.case, databases: config.databases, marks, ...wanted }
  const crew = reader.isLarge(last)
    ? threads<Slice[], ReportPart>(new URL('./workers/report.ts', import.meta.url), 2, data, {
        again: (slices) => slices,
      })
    : await partsHere(reader, wanted, lookups)
  progress.begin(wanted.withTables ? 'writing reports' : 'counting', last)
  let done = 0
  const stop = () => void crew.close() // A part may take long, and what becomes of it is asked for by nobody any more.
  signal.addEventListener('abort', stop, { once: true })
  try {
    const slices = inLists(
      reader.slices({ after: 0, until: last }, reader.sliceSize(mostOfSlice, bytesOfSlice)),
      () => slicesOfPart,
    )
    for await (const part of mapInOrder(slices, underWay, crew.run)) {
      signal.throwIfAborted()
      yield part
      done += part.tally.total
      progress.update(done)
    }
  } catch (error) {
    signal.throwIfAborted() // Says what the stop means, which a worker that was ended does not.
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    progress.end()
    await crew.close()
    lookups.close()
    reader.close()
  }
}
