import { defineCommand } from 'citty'
import { publishCase, withCase } from '../connector.ts'
import type { PublishTotals } from '../publish.ts'
import { commonArgs, elasticsearchArgs, jobOf, printerOf, printJson } from './common.ts'
import { Failed } from './exit.ts'

const args = { ...commonArgs, ...elasticsearchArgs } as const

/** Delivers a case to Elasticsearch. */
export const publishCommand = defineCommand({
  meta: { name: 'publish', description: 'Deliver the case to Elasticsearch: what it has got already is recognized' },
  args,
  async run({ args: given }) {
    const job = jobOf(given, args)
    await withCase(job, async (store) => {
      const totals = await publishCase(job, store)
      printerOf(given)(totalsAsText(totals))
      printJson(given, totals)
      if (totals.rejected > 0) throw new Failed()
    })
  },
})

/** One line that says what became of every document. */
export function totalsAsText({
  target,
  written,
  duplicate,
  rejected,
  earlier,
}: PublishTotals & { target: string }): string {
  if (written + duplicate + rejected === 0)
    return `${target}: nothing to do, all ${earlier} events were delivered before`
  return `${target}: ${written} written + ${duplicate} duplicate + ${rejected} rejected, ${earlier} delivered before`
}
