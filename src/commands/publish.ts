import { defineCommand } from 'citty'
import { publishCase } from '../delivery.ts'
import { withCase } from '../job.ts'
import { commonArgs, databaseArgs, elasticsearchArgs, jobOf, printerOf, printJson } from './common.ts'
import { Failed } from './exit.ts'
import { totalsAsText } from './totals-text.ts'

const args = {
  again: { type: 'boolean', description: 'Write everything again, also in place of what other cases wrote' },
  rejects: { type: 'boolean', description: 'Also send again what Elasticsearch refused before' },
  ...commonArgs,
  ...databaseArgs,
  ...elasticsearchArgs,
} as const

/** Delivers a case to Elasticsearch. */
export const publishCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    await withCase(job, { mustExist: true }, async (store) => {
      const totals = await publishCase(job, store, { rejects: given.rejects === true, again: given.again === true })
      printerOf(given)(totalsAsText(totals))
      printJson(given, totals)
      if (totals.rejected > 0) throw new Failed()
    })
  },
})
