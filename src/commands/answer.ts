import { defineCommand } from 'citty'
import { answerCase } from '../connector.ts'
import { withView } from '../job.ts'
import { answerAsText } from '../reports/answer/text.ts'
import { commonArgs, databaseArgs, jobOf, printerOf, printJson } from './common.ts'

const args = { ...commonArgs, ...databaseArgs } as const

/** Tells the case in one page. */
export const answerCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    await withView(job, async (view) => {
      const answer = await answerCase(job, view)
      printerOf(given)(answerAsText(answer))
      printJson(given, answer)
    })
  },
})
