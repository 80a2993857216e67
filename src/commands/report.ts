import { join } from 'node:path'
import { defineCommand } from 'citty'
import { documentsTable, reportFolder, writeCaseReports } from '../connector.ts'
import { type Job, withCase } from '../job.ts'
import type { CaseReport } from '../reports/case-report.ts'
import { reportName } from '../reports/kept-report.ts'
import { answersAsText } from '../reports/text.ts'
import { commonArgs, databaseArgs, jobOf, ndjsonArg, printerOf, printJson } from './common.ts'

const args = { ...commonArgs, ...databaseArgs, ndjson: ndjsonArg } as const

/** Writes a case's reports again. */
export const reportCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    const print = printerOf(given)
    await withCase(job, { mustExist: true }, async (store) => {
      const report = await writeCaseReports(job, store, given.ndjson === true)
      print(answersAsText(report))
      printReport(job, report, print)
      printJson(given, report)
    })
  },
})

/** Says where the report is, and what is not there and why. */
export function printReport({ config }: Job, report: CaseReport, print: (text: string) => void): void {
  if (report.tables[documentsTable] === undefined) {
    print(
      `The ${report.answers.total} ECS documents are not written out: hoofprint report --ndjson --case ${config.case}`,
    )
  }
  print(`Report: ${join(reportFolder(config), reportName)}`)
}
