import { readFileSync } from 'node:fs'
import { FormData } from 'undici'
import { z } from 'zod'
import { FatalError } from '../../errors.ts'
import type { KibanaClient } from './client.ts'

/** What `setup` did about one object of Kibana. */
export interface ImportedObject {
  readonly kind: string
  readonly name: string
  readonly did: 'imported'
}

/** The oldest Kibana that can take the objects: they are written for it, and Kibana takes none from its future. */
const oldest = [8, 12] as const

const Status = z.looseObject({ version: z.looseObject({ number: z.string() }) })

const Answer = z.looseObject({
  success: z.boolean(),
  errors: z
    .array(z.looseObject({ type: z.string(), id: z.string(), error: z.looseObject({ type: z.string() }) }))
    .default([]),
  successResults: z
    .array(z.looseObject({ type: z.string(), id: z.string(), meta: z.looseObject({ title: z.string().optional() }) }))
    .default([]),
})

/** Throws unless Kibana is there, lets us in, is new enough and has the space. Changes nothing. */
export async function checkKibana(kibana: KibanaClient, signal: AbortSignal): Promise<void> {
  const status = Status.safeParse(await kibana.ask({ path: '/api/status' }, signal))
  if (!status.success) {
    // To whom it does not know it says only how it feels.
    throw new FatalError(
      `${kibana.target} does not tell its version: check that it is Kibana, and KIBANA_API_KEY, or KIBANA_USERNAME and KIBANA_PASSWORD`,
    )
  }
  const { number } = status.data.version
  const [major = 0, minor = 0] = number.split('.').map(Number)
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new FatalError(`${kibana.target} is Kibana ${number}: the dashboards need ${oldest.join('.')} or newer`)
  }
  // Kibana takes objects for a space that there is not, and nobody ever sees them.
  await kibana.ask({ path: `/api/spaces/space/${kibana.space}` }, signal)
}

/** Imports the data view and the dashboards, in place of what bears their ids. Done again, it changes nothing. */
export async function importObjects(kibana: KibanaClient, signal: AbortSignal): Promise<ImportedObject[]> {
  const file = new URL('../../../kibana/hoofprint.ndjson', import.meta.url)
  const body = new FormData()
  body.append('file', new Blob([readFileSync(file)], { type: 'application/ndjson' }), 'hoofprint.ndjson')
  const path = '/api/saved_objects/_import?overwrite=true'
  const answer = Answer.safeParse(await kibana.ask({ path, body }, signal))
  if (!answer.success)
    throw new FatalError(`${kibana.target} answered the import with something unknown: is it Kibana?`)

  const { success, errors, successResults } = answer.data
  // An answer of 200 may hold nothing but errors.
  if (!success) {
    const told = errors.slice(0, 5).map(({ type, id, error }) => `${type} ${id}: ${error.type}`)
    const more = errors.length > told.length ? ` and ${errors.length - told.length} more` : ''
    throw new FatalError(`${kibana.target} refused ${errors.length} objects: ${told.join('; ')}${more}`)
  }
  return successResults.map(({ type, id, meta }) => ({ kind: type, name: meta.title ?? id, did: 'imported' }))
}
