import { defineCommand } from 'citty'
import { setupElasticsearch } from '../delivery.ts'
import { ConfigError } from '../errors.ts'
import { setupKibana } from '../kibana-setup.ts'
import { commonArgs, elasticsearchArgs, jobOf, kibanaArgs, printerOf, printJson, taking } from './common.ts'

const args = {
  'dry-run': { type: 'boolean', description: 'Change nothing, and say what would change' },
  retention: taking(
    'TIME',
    'How long Elasticsearch keeps the documents, such as 365d (default: as it is, at first for ever)',
  ),
  ...commonArgs,
  ...elasticsearchArgs,
  ...kibanaArgs,
} as const

/** Installs templates into Elasticsearch, and dashboards into Kibana. */
export const setupCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    const { retention } = given
    if (retention !== undefined && !/^[1-9]\d*[dhms]$/.test(retention)) {
      throw new ConfigError(`--retention ${retention} is no time, such as 365d`)
    }
    const isDryRun = given['dry-run'] === true
    const { elasticsearch, kibana } = job.config
    const isKibanaAlone = kibana.url !== undefined && elasticsearch.url === undefined
    const templates = async () => (isKibanaAlone ? [] : setupElasticsearch(job, { isDryRun, retention }))
    const steps = isDryRun ? await templates() : await setupKibana(job, templates)
    const print = printerOf(given)
    for (const { kind, name, did } of steps) print(`${kind} ${name}: ${isDryRun ? (would[did] ?? did) : did}`)
    if (steps.some(({ did }) => did === 'mapping extended' || did === 'rolled over')) print(forDelivered)
    printJson(given, steps)
  },
})

const forDelivered =
  'documents that were delivered before have what is new once hoofprint publish --again has written them anew'

const would: Readonly<Record<string, string>> = {
  created: 'would be created',
  updated: 'would be updated',
  'left newer': 'would be left, being newer',
  removed: 'would be removed, for each namespace has its own now',
  'mapping extended': 'would get new fields',
  'rolled over': 'would be rolled over, for fields have changed',
  'lifecycle set': 'would get the lifecycle',
}
