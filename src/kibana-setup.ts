import type { Job } from './job.ts'
import { connectKibana } from './sinks/kibana/client.ts'
import { checkKibana, type ImportedObject, importObjects } from './sinks/kibana/import-objects.ts'

/**
 * Imports the dashboards after `before` is done, and gives the steps of both. A Kibana that is away, too old or closed to us
 * is found first, so that nothing is half done. Without a Kibana there is only `before`.
 */
export async function setupKibana<Step>(
  { config, signal }: Job,
  before: () => Promise<readonly Step[]>,
): Promise<(Step | ImportedObject)[]> {
  const { url } = config.kibana
  if (url === undefined) return [...(await before())]
  const kibana = connectKibana({ ...config.kibana, url })
  try {
    await checkKibana(kibana, signal)
    return [...(await before()), ...(await importObjects(kibana, signal))]
  } finally {
    await kibana.close()
  }
}
