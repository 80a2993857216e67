import { defineCommand } from 'citty'
import { answerCase } from '../connector.ts'
import { withCase } from '../job.ts'
import { answerAsText } from '../reports/answer/text.ts'
import { commonArgs, databaseArgs, jobOf, printerOf, printJson } from './common.ts'

const args = { ...commonArgs, ...databaseArgs } as const

/** Tells the case in one page. */
export const answerCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    await withCase(job, { mustExist: true }, async (store) => {
      const answer = await answerCase(job, store)
      printerOf(given)(answerAsText(answer))
      printJson(given, answer)
    })
  },
})
