import { expect, test } from '@jest/globals'
import { Config } from '#src/config/config.ts'
import { realDeps } from '#src/deps.ts'
import type { Job } from '#src/job.ts'
import { setupKibana } from '#src/kibana-setup.ts'
import { silent } from '#src/progress.ts'
import { hoofprint } from './support/cli.ts'
import { never } from './support/files.ts'
import { startKibana } from './support/kibana/server.ts'

test('what comes before is done once Kibana is known to be there, and before anything is imported', async () => {
  const kibana = await startKibana()

  const steps = await setupKibana(jobFor(kibana.url), async () => {
    kibana.asked.push('before')
    return [{ did: 'created' }]
  }).finally(kibana.close)

  expect(kibana.asked).toEqual([
    'GET /api/status',
    'GET /api/spaces/space/default',
    'before',
    'POST /api/saved_objects/_import?overwrite=true',
  ])
  expect(steps[0]).toEqual({ did: 'created' })
  expect(steps.length).toBe(kibana.stored.size + 1)
})

test('nothing is half done when Kibana is too old', async () => {
  const kibana = await startKibana({ version: '7.17.29' })
  const done: string[] = []

  const setup = setupKibana(jobFor(kibana.url), async () => done.splice(0, 0, 'templates')).finally(kibana.close)

  await expect(setup).rejects.toThrow(/is Kibana 7\.17\.29/)
  expect(done).toEqual([])
})

test('without a Kibana there is only what comes before', async () => {
  expect(await setupKibana(jobFor(undefined), async () => ['templates'])).toEqual(['templates'])
})

test('the command says that Kibana is away, and does not ask for an Elasticsearch that nobody named', async () => {
  const kibana = await startKibana()
  await kibana.close()

  const { code, out, err } = hoofprint(['setup', '--kibana', kibana.url])

  expect(code).toBe(1)
  expect(out).toBe('')
  expect(err).toMatch(/gave no answer: .*Is Kibana running/)
})

test('the command names the option of Kibana that is none', () => {
  const { code, err } = hoofprint(['setup', '--kibana', 'https://kibana.example', '--kibana-space', 'No Space'])

  expect(code).toBe(2)
  expect(err).toMatch(/kibana\.space: the id of a space/)
})

function jobFor(url: string | undefined): Job {
  const config = Config.parse({ kibana: { url } })
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  return { config, deps: realDeps(log), progress: silent, signal: never }
}
