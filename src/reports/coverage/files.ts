import { claimed } from '../../entry.ts'
import type { Behind } from '../../evidence.ts'
import type { ReportedEvidence } from '../answers.ts'
import { sum } from '../sum.ts'
import { countOf, few, number } from '../words.ts'
import { type Check, type Covered, fileByFile, gap, isOrAre, minute, oneByOne, warning } from './check.ts'

/** Whether a file was read to its end, and had one. */
export function isWhole({ complete, brokeOff }: ReportedEvidence): boolean {
  return complete && brokeOff === undefined
}

/** Files whose end is missing here. What a file that was replaced or grew lacks may be in what was read under its name later. */
export const unread: Check = ({ evidence }) => {
  return oneByOne(
    evidence.filter((file) => !isWhole(file)),
    (file) => {
      const { path, counts, brokeOff } = file
      const later = evidence.findLast((other) => other.path === path) ?? file
      const read = countOf(counts.read - (brokeOff === undefined ? 0 : 1), 'row')
      const why = brokeOff === undefined ? '' : ` (${brokeOff})`
      const unless = isWhole(later)
        ? `, unless it is among the ${countOf(later.counts.read, 'row')} read of what had its name later`
        : ''
      const text = `"${path}" was not read to its end${why}: what follows its first ${read} is missing here${unless}.`
      return gap('unread', text)
    },
    (more) => gap('unread', `${countOf(more, 'more file')} ${isOrAre(more)} not read to the end.`),
  )
}

// Standard input is another one each time, and so may be what a service gives under one name. A case of Windows is read elsewhere too.
const onDisk = /^(?:\/|\\\\|[A-Za-z]:)/

/** Files that were others when they were read again: a row of one stands in the other file of that name, or does not. */
export const changedFiles: Check = ({ evidence }) => {
  const again = readAgain(evidence.map(({ path }) => path))
  const known = evidence.filter(({ path }) => again.has(path))
  const contents = [...Map.groupBy(known, ({ path }) => path)].map(([path, read]) => ({
    path,
    count: new Set(read.map(({ sha256 }) => sha256).filter((sha256) => !sha256.startsWith('unknown-'))).size,
  }))
  return fileByFile(
    'changed-file',
    contents.filter(({ count }) => count > 1),
    ({ path, count }) =>
      `"${path}" was another file each of ${number(count)} times that it was read: all that it held counts. Which of them a row is of, its SHA-256 says (hoofprint.evidence.sha256 of documents; the report lists them).`,
  )
}

/** Which paths of files stand in the list more than once. */
function readAgain(paths: readonly string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(paths.filter((path) => onDisk.test(path) && (seen.has(path) || !seen.add(path))))
}

/** What stands as another version read it: documents are made anew, what rows were taken for is not. What was collected nobody can read again. */
export const byOthers: Check = ({ evidence }) => {
  const isFile = ({ path }: { readonly path: string }) => path === 'stdin' || onDisk.test(path)
  const [files, collected] = [evidence.filter(isFile), evidence.filter((one) => !isFile(one))]
  return [
    ...byOther(files, 'file', ': import the evidence into a new case (--case DIR) to have all of it read by one'),
    ...byOther(collected, 'collected content', ''),
  ]
}

function byOther(evidence: Covered['evidence'], what: string, advice: string): ReturnType<Check> {
  const read = evidence.filter((one) => one.byOther === true)
  if (read.length === 0) return []
  const [were, they] = read.length === 1 ? ['was', 'it stands'] : ['were', 'they stand']
  const quoted = read.map(({ path }) => `"${path}"`)
  const text = `${number(read.length)} of ${countOf(evidence.length, what)} ${were} read by another version of Hoofprint, and ${they} as that read them: ${few(quoted, namedHere)}. This one may know more of their rows, or take them for others${advice}.`
  return [warning('read-by-other', text)]
}

const namedHere = 3

/** What could not be understood. */
export const rejected: Check = ({ evidence, rejects: { total, rows: listed } }) => {
  if (total === 0) return []
  const reasons = [...new Set(listed.map(whyRejected))]
  const why = reasons.length === 0 ? '' : ` Why, of the first: ${few(reasons, namedHere, '; ')}.`
  const all = countOf(
    sum(evidence, ({ counts }) => counts.read),
    'row',
  )
  const rows = countOf(total, 'row or file', 'rows or files')
  return [
    gap(
      'rejected',
      `${rows} could not be used and ${isOrAre(total)} missing in the counts; ${all} were read in all.${why}`,
    ),
  ]
}

/** Of a whole file also which: it may be all that tells of something. */
function whyRejected({ path, row, reason, original }: Covered['rejects']['rows'][number]): string {
  const isFile = path !== undefined && row === undefined && original === undefined
  return isFile ? `"${path}" (${reason})` : reason
}

/** What stood among the evidence and was no export that is known. */
export const skipped: Check = ({ skipped: { total, rows } }) => {
  if (total === 0) return []
  const names = rows.slice(0, namedHere).map(({ path, reason }) => `"${path}" (${reason})`)
  const more = total > names.length ? `, and ${number(total - names.length)} more` : ''
  const text = `${countOf(total, 'file')} among the evidence ${total === 1 ? 'was' : 'were'} left out: ${names.join(', ')}${more}. What ${total === 1 ? 'it holds' : 'they hold'} is missing here.`
  return [warning('skipped', text)]
}

/**
 * Searches of which results are missing, by what the rows themselves say. Searches with equally many results can't be told apart: then
 * more may be missing than is proven.
 */
export const incomplete: Check = ({ evidence }) => {
  const proven = evidence.flatMap(({ path, claims = [] }) => claims.map(([results, rows]) => ({ path, results, rows })))
  return oneByOne(
    proven.filter(({ results, rows }) => rows < results || results === claimed.unfinished),
    ({ path, results, rows }) =>
      results === claimed.unfinished
        ? gap(
            'timeout',
            `${countOf(rows, 'row')} of "${path}" ${isOrAre(rows)} marked as from a search that timed out (ResultIndex -1): results are missing.`,
          )
        : gap(
            'results',
            `"${path}" holds ${number(rows)} of ${countOf(results, 'result')} that its search says it had: ${number(results - rows)} at least are missing.`,
          ),
    (more) => gap('results', `${countOf(more, 'more search', 'more searches')} lack results likewise.`),
  )
}

/** Files of which letters may be others than what was written. */
export const otherEncodings: Check = ({ evidence }) =>
  fileByFile(
    'encoding',
    evidence.flatMap(({ path, claims = [] }) =>
      claims.filter(([kind]) => kind === claimed.otherEncoding).map(([, rows]) => ({ path, rows })),
    ),
    ({ path, rows }) =>
      `${countOf(rows, 'row')} of "${path}" ${isOrAre(rows)} not in UTF-8 and read as Windows-1252: letters beyond ASCII, as in names and subjects, may be others. Where another code page wrote them, import it into a new case with --encoding.`,
  )

/** Where an export is known to stop: by the shapes it writes, after how many rows, and why. */
type Limit = readonly [shapes: RegExp, isAt: (rows: number) => boolean, reason: string]

// Sources: retriever.py's constant; the pages of Search-UnifiedAuditLog, Search-MailboxAuditLog and Search-AdminAuditLog (ResultSize),
// Get-MessageTraceV2, advanced hunting, "Azure Monitor service limits" and Entra's FAQ of monitoring. Rows are counted as read: an export
// keeps its duplicates.
const limits: readonly Limit[] = [
  [
    /^retriever-csv$/,
    (rows) => rows % 1000 === 0,
    'retriever.py fetches pages of 1,000 and leaves a partial file when a request fails: the export may be cut off.',
  ],
  [
    /^(?:search-ual|purview|ual|graph-audit)/,
    (rows) => rows % 50_000 === 0 || rows === 5000,
    'a search of the audit log ends at 5,000 records, a large one and a portal export at 50,000: it may be cut off.',
  ],
  [
    /^search-ual/,
    (rows) => rows === 100,
    'Search-UnifiedAuditLog gives 100 records unless -ResultSize says more: it may be cut off.',
  ],
  [
    /^(?:mailbox|admin)-audit/,
    (rows) => rows === 1000 || rows === 250_000,
    'this search gives 1,000 entries unless -ResultSize says more, and at most 250,000: it may be cut off.',
  ],
  [
    /^sentinel-/,
    (rows) => rows === 10_000 || rows === 30_000 || rows === 500_000,
    'Log Analytics shows at most 30,000 rows a query, 10,000 formerly, and its API 500,000: it may be cut off.',
  ],
  [
    /^entra-(?:signins|audit)/,
    (rows) => rows === 5000 || rows === 100_000 || rows === 250_000,
    'a download from the Entra portal ends at 100,000 sign-ins or 250,000 audit logs, at 5,000 formerly: it may be cut off.',
  ],
  [
    /^message-?trace/,
    (rows) => rows % 5000 === 0 || rows === 1000,
    'a message trace gives at most 5,000 rows a query, 1,000 unless more are asked for: it may be cut off.',
  ],
  [
    /^(?:hunting|cloud-app-events)/,
    (rows) => rows === 10_000 || rows === 30_000 || rows === 100_000,
    'advanced hunting gives at most 30,000 rows a query, 10,000 formerly, and its API 100,000: it may be cut off.',
  ],
]

/** Files that end exactly where an export is known to stop. */
export const cutFiles: Check = ({ evidence }) => {
  const suspects = evidence.flatMap(({ path, shape, counts: { read } }) => {
    const [, , reason] = limits.find(([shapes, isAt]) => read > 0 && shapes.test(shape) && isAt(read)) ?? []
    return reason === undefined ? [] : [{ path, read, reason }]
  })
  return oneByOne(
    suspects,
    ({ path, read, reason }) => warning('page-limit', `"${path}" has exactly ${number(read)} rows: ${reason}`),
    (more) => warning('page-limit', `${countOf(more, 'more file')} may be cut off likewise.`),
  )
}

/** What the case itself shows of having been changed otherwise than by reading evidence. */
export const altered: Check = ({ altered: rows = 0 }) =>
  rows === 0
    ? []
    : [
        gap(
          'altered',
          `Something else than Hoofprint changed this case: ${countOf(rows, 'row')} of its files ${isOrAre(rows)} missing in it, or too many. Believe no figure here: import the evidence into a new case (--case DIR).`,
        ),
      ]

/** What the case itself had, and only Elasticsearch still has. */
export const forgotten: Check = ({ forgotten: gone }) => {
  if (gone === undefined) return []
  const { events, before } = gone
  const [were, them] = events === 1 ? ['was', 'it'] : ['were', 'them']
  const deleted = `${countOf(events, 'collected event')} ${were} deleted from this case after delivery, as collect.retention says: nothing here counts ${them}.`
  const left = `Of what was collected before ${minute(Date.parse(before))} little but logons and what tells of mails is left`
  return [gap('forgotten', `${deleted} ${left}: Elasticsearch has the others.`)]
}

/** What a service had and could not give. */
export const lost: Check = ({ gaps = [] }) =>
  oneByOne(
    gaps,
    ({ stream, name, from, to, reason, final }) => {
      const fate = final ? 'is lost' : 'could not be had yet'
      return gap('lost', `"${name}" of ${stream}, with records that came from ${from} to ${to}, ${fate}: ${reason}.`)
    },
    (more) => gap('lost', `${countOf(more, 'more content')} ${isOrAre(more)} missing.`),
  )

/** What a collector has not read to its end: how far its records go nothing else tells, for a log that is not read looks like one in which nothing happened. */
export const behind: Check = ({ behind: streams = [] }) =>
  streams.map((stream) => gap('behind', told[stream.how](stream)))

const unless = 'Unless it is not to be collected any more, see what `hoofprint doctor` says.'
const told: Readonly<Record<Behind['how'], (stream: Behind) => string>> = {
  since: ({ stream, from }) =>
    `${stream} was last read to its end at ${minute(Date.parse(from))}, though other streams were later: what came since may be missing. ${unless}`,
  never: ({ stream, from }) =>
    `${stream} is read since ${minute(Date.parse(from))} and has not come to its end, though other streams have: what it has may be missing. ${unless}`,
  search: ({ stream, from, to = from }) =>
    `${stream}, a search of the audit log, is not done: from ${minute(Date.parse(from))} to ${minute(Date.parse(to))} records may be missing.`,
}
