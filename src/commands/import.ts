import { defineCommand } from 'citty'
import type { CaseStore } from '../case/store.ts'
import { currentReports, importPaths } from '../connector.ts'
import { noCounts } from '../counts.ts'
import { ConfigError } from '../errors.ts'
import { type ImportedFile, knownExports } from '../gather/import-files.ts'
import { type Job, withCase } from '../job.ts'
import type { CaseReport } from '../reports/answers.ts'
import { answersAsText } from '../reports/text/index.ts'
import { visible } from '../reports/visible.ts'
import { requiredOptions } from '../sinks/elasticsearch/options.ts'
import { allAbsent } from '../sources/files/discover.ts'
import type { DateOrder } from '../time/culture-time.ts'
import { columnsOf } from './columns.ts'
import {
  besideProgress,
  commonArgs,
  complain,
  databaseArgs,
  elasticsearchArgs,
  jobOf,
  ndjsonArg,
  nextCommand,
  type Print,
  printerOf,
  printJson,
  taking,
  warnerOf,
} from './common.ts'
import { Failed } from './exit.ts'
import { fileLines } from './file-lines.ts'
import { printReport } from './report.ts'
import { totalsAsText } from './totals-text.ts'

const args = {
  paths: {
    type: 'positional',
    description: 'Files, folders and archives with evidence; - for standard input',
    required: false,
  },
  mailbox: taking('UPN', 'Whose mailbox it is, where the evidence does not say'),
  dates: taking('day|month', 'What dates such as 5/3/2026 have first, where no row of a file tells'),
  encoding: taking(
    'NAME',
    'What rows are in that are not in UTF-8, such as windows-1250 or shift_jis (default: windows-1252)',
  ),
  publish: { type: 'boolean', description: 'Also deliver the case to Elasticsearch' },
  reports: {
    type: 'boolean',
    default: true,
    description: 'Write the reports of the case',
    negativeDescription:
      'Leave reports and answers to hoofprint report, when much is imported in parts or for Elasticsearch alone',
  },
  ndjson: ndjsonArg,
  strict: { type: 'boolean', description: 'Exit with 1 when a row was rejected or a file skipped' },
  ...commonArgs,
  ...databaseArgs,
  ...elasticsearchArgs,
} as const

/** Gathers files and folders into a case, writes its reports, prints the answers. */
export const importCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    const paths = given._
    if (given.ndjson === true && !given.reports)
      throw new ConfigError('--ndjson is one of the reports that --no-reports leaves')
    if (paths.length === 0) throw new ConfigError('give at least one file or folder: hoofprint import evidence/')
    const dates = dateOrderOf(given.dates)
    const encoding = encodingOf(given.encoding)
    const { mailbox } = job.config
    if (mailbox !== undefined && !/^[^\s@]+@[^\s@]+$/.test(mailbox)) {
      throw new ConfigError(`${mailbox} names no mailbox: give its UPN, such as alice@contoso.example`)
    }
    if (given.publish === true) requiredOptions(job.config.elasticsearch)
    const print = printerOf(given)
    const warn = warnerOf(given)
    const lines = fileLines(print, warn)
    const absent = await allAbsent(paths)
    if (absent.length > 0) {
      const files = absent.map(({ path, reason }): ImportedFile => ({ path, fate: 'failed', reason, counts: noCounts }))
      for (const file of files) lines.say(file)
      printJson(given, { files })
      throw new Failed()
    }
    await withCase(job, { joinsLater: true }, async (store) => {
      const files = await importPaths(
        job,
        store,
        { paths, stdin: process.stdin, dates, encoding, joinsLater: !given.reports && given.publish !== true },
        (file) => besideProgress(job.progress, () => lines.say(file)),
      )
      lines.end()
      if (files.length === 0) complain(`there is no file in ${paths.join(', ')}: nothing was imported`)
      else if (files.every(({ fate }) => fate === 'skipped'))
        complain(`none of what is in ${paths.join(', ')} is evidence: nothing was imported`)
      const isInVain = files.every(({ fate }) => fate === 'failed' || fate === 'skipped')
      if (isInVain && files.some(({ isUnknown }) => isUnknown === true)) {
        complain(`What can be read, as CSV or JSON:\n  ${knownExports.join('\n  ')}`)
        warnOfUnread(files, warn) // The list is longer than a screen.
      }
      // What stands above is what matters then: answers from before would bury it.
      const printAnswers: Print = isInVain ? () => {} : print
      const report = given.reports ? await reported(job, store, given.ndjson === true, printAnswers) : undefined
      const published =
        given.publish === true ? await (await import('../delivery.ts')).publishCase(job, store) : undefined
      if (published !== undefined) print(totalsAsText(published))
      if (report === undefined) printAnswers(`Reports do not show what is new: ${nextCommand(job, 'report')}`, 'whole')
      else {
        printReport(job, report, printAnswers)
        if (!isInVain && given.json !== true) warnOfUnread(files, warn)
      }
      printJson(given, { files, ...report, published })
      if (isInVain || isIncomplete(files, given.strict === true)) throw new Failed()
    })
  },
})

/** What the Encoding Standard calls it. */
function encodingOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  try {
    return new TextDecoder(name).encoding
  } catch {
    throw new ConfigError(`no encoding is called ${name}: such as windows-1250, windows-1251, shift_jis or gb18030`)
  }
}

function dateOrderOf(word: string | undefined): DateOrder | undefined {
  if (word === undefined || word === 'day' || word === 'month') return word
  throw new ConfigError('--dates day, or --dates month: which of the two stands first in dates such as 5/3/2026')
}

/** Brings the reports up to date and prints the answers. */
async function reported(job: Job, store: CaseStore, wantsDocuments: boolean, print: Print): Promise<CaseReport> {
  const { report, isNew } = await currentReports(job, store, wantsDocuments)
  print(`\n${answersAsText(report, columnsOf(process.stdout))}`)
  if (!isNew) print(`Nothing is new: the reports written at ${report.writtenAt} stand.`)
  return report
}

function isIncomplete(files: readonly ImportedFile[], strict: boolean): boolean {
  return files.some(
    ({ fate, brokeOff, counts }) =>
      fate === 'failed' || brokeOff !== undefined || (strict && (fate === 'skipped' || counts.rejected > 0)),
  )
}

const namedAgain = 5

/** Says again what was not read, below the answers: the lines that tell why may be far above. */
function warnOfUnread(files: readonly ImportedFile[], warn: (text: string) => void): void {
  const unread = files.filter(({ fate, brokeOff }) => fate === 'failed' || brokeOff !== undefined)
  if (unread.length === 0) return
  const more = unread.length > namedAgain ? `, and ${unread.length - namedAgain} more` : ''
  const names = unread.slice(0, namedAgain).map(({ path }) => visible(path))
  warn(`Not read, or not to the end, as told above: ${names.join(', ')}${more}`)
}
