import { join } from 'node:path'
import { defineCommand } from 'citty'
import { reportFolder, withCase, writeCaseReports } from '../connector.ts'
import { answersAsText } from '../reports/text.ts'
import { commonArgs, jobOf, printerOf, printJson } from './common.ts'

/** Writes a case's reports again. */
export const reportCommand = defineCommand({
  meta: { name: 'report', description: 'Write the TSVs, NDJSON and HTML of the case again, print the answers' },
  args: commonArgs,
  async run({ args: given }) {
    const job = jobOf(given, commonArgs)
    const print = printerOf(given)
    await withCase(job, async (store) => {
      const report = await writeCaseReports(job, store)
      print(answersAsText(report))
      print(`Report: ${join(reportFolder(job.config), 'report.html')}`)
      printJson(given, report)
    })
  },
})
