import { defineCommand } from 'citty'
import { withMarks } from '../job.ts'
import type { Mark } from '../marks.ts'
import { commonArgs, databaseArgs, jobOf, nextCommand, printerOf, printJson, warnerOf } from './common.ts'
import { changeMarks, isChange, markArgs, markChangeOf, tellSlips } from './mark-options.ts'

const args = { ...markArgs, ...commonArgs, ...databaseArgs } as const

/** Says what is the intruder's and what the owner's. */
export const markCommand = defineCommand({
  args,
  async run({ args: given, rawArgs }) {
    const job = jobOf(given)
    const change = markChangeOf(rawArgs)
    const { marks, notMarked } = withMarks(job, (book) => {
      const notMarked = changeMarks(book, change)
      return { marks: book.marks(), notMarked }
    })
    const print = printerOf(given)
    print(marksAsText(marks))
    if (isChange(change)) {
      if (marks.some(({ actor }) => actor === 'intruder'))
        print(`What the intruder did, in one page: ${nextCommand(job, 'answer')}`, 'whole')
      print('hoofprint report and hoofprint publish, or a collector at work, tell whose each activity is from now on.')
    }
    const unmatched = await tellSlips(job, change, notMarked, warnerOf(given))
    printJson(given, { marks, unmatched })
  },
})

/** The marks, one a line. */
function marksAsText(marks: readonly Mark[]): string {
  if (marks.length === 0) return "Nothing is marked: hoofprint mark --hostile ADDRESS says what is the intruder's."
  return marks.map(({ kind, value, actor }) => `${actor.padEnd(8)}  ${kind.padEnd(11)}  ${value}`).join('\n')
}
