import { join } from 'node:path'
import { defineCommand } from 'citty'
import { documentsTable, reportFolder, writeCaseReports } from '../connector.ts'
import { type Job, withCase } from '../job.ts'
import type { CaseReport } from '../reports/answers.ts'
import { reportName } from '../reports/kept-report.ts'
import { hasIntruder } from '../reports/tally.ts'
import { answersAsText } from '../reports/text/index.ts'
import { number } from '../reports/words.ts'
import { columnsOf } from './columns.ts'
import { commonArgs, databaseArgs, jobOf, ndjsonArg, nextCommand, type Print, printerOf, printJson } from './common.ts'

const args = { ...commonArgs, ...databaseArgs, ndjson: ndjsonArg } as const

/** Writes a case's reports again. */
export const reportCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    const print = printerOf(given)
    await withCase(job, { mustExist: true }, async (store) => {
      const report = await writeCaseReports(job, store, given.ndjson === true)
      print(answersAsText(report, columnsOf(process.stdout)))
      printReport(job, report, print)
      printJson(given, report)
    })
  },
})

/** Says where the report is, what is not there and why, and what to do next. */
export function printReport(job: Job, report: CaseReport, print: Print): void {
  const { answers } = report
  const next = (words: string) => nextCommand(job, words)
  if (report.tables[documentsTable] === undefined) {
    print(`The ${number(answers.total)} ECS documents are not written out: ${next('report --ndjson')}`, 'whole')
  }
  print(`Report: ${join(reportFolder(job.config), reportName)}`, 'whole')
  if (answers.total === 0) return
  if (hasIntruder(answers)) print(`What the marked intruder did, in one page: ${next('answer')}`, 'whole')
  else {
    print("Next, say what is the intruder's, and it is told apart from what is the owner's:")
    print(`  ${next('mark --hostile ADDRESS')}\n  ${next('answer')}`, 'whole')
  }
}
