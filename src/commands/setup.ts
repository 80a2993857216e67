import { defineCommand } from 'citty'
import { setupElasticsearch } from '../delivery.ts'
import { commonArgs, elasticsearchArgs, jobOf, printerOf, printJson } from './common.ts'

const args = { ...commonArgs, ...elasticsearchArgs } as const

/** Installs templates into Elasticsearch. */
export const setupCommand = defineCommand({
  meta: { name: 'setup', description: 'Install the templates into Elasticsearch; done again, it changes nothing' },
  args,
  async run({ args: given }) {
    const job = jobOf(given, args)
    const steps = await setupElasticsearch(job)
    const print = printerOf(given)
    for (const { kind, name, did } of steps) print(`${kind} ${name}: ${did}`)
    printJson(given, steps)
  },
})
