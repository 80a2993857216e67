import { defineCommand } from 'citty'
import { setupElasticsearch } from '../delivery.ts'
import { setupKibana } from '../kibana-setup.ts'
import { commonArgs, elasticsearchArgs, jobOf, kibanaArgs, printerOf, printJson } from './common.ts'

const args = { ...commonArgs, ...elasticsearchArgs, ...kibanaArgs } as const

/** Installs templates into Elasticsearch, and dashboards into Kibana. */
export const setupCommand = defineCommand({
  meta: {
    name: 'setup',
    description:
      'Install the templates into Elasticsearch and the dashboards into Kibana; done again, it changes nothing',
  },
  args,
  async run({ args: given }) {
    const job = jobOf(given, args)
    const { elasticsearch, kibana } = job.config
    const isKibanaAlone = kibana.url !== undefined && elasticsearch.url === undefined
    const steps = await setupKibana(job, async () => (isKibanaAlone ? [] : setupElasticsearch(job)))
    const print = printerOf(given)
    for (const { kind, name, did } of steps) print(`${kind} ${name}: ${did}`)
    printJson(given, steps)
  },
})
