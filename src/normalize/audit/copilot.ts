import type { JsonObject } from '../../activity.ts'
import { type FieldTable, type Reader, text } from '../table.ts'
import { objectsIn } from './name-values.ts'

// From Microsoft's "Copilot interaction events overview": `AppHost` is the kind of Copilot, `Contexts` what was open beside it, `AccessedResources` what
// it used for its answer, and `ThreadId` the conversation; of a prompt and its answer records hold no more than ids. From "Audit logs for Copilot and
// AI activities": `Status` says whether a resource could be accessed.
const dataOf = (record: JsonObject) => objectsIn(record['CopilotEventData'])[0] ?? {}

const address = text('SiteUrl')
const resourceName = text('Name', 'SiteUrl', 'Id', 'ID')
const isRefused = (resource: JsonObject) => String(resource['Status'] ?? '').toLowerCase() === 'failure'

/** Texts of the objects that interactions have in a list, each once. */
function listed(
  list: 'AccessedResources' | 'Contexts',
  read: Reader<string>,
  isWanted: (one: JsonObject) => boolean = () => true,
): Reader<readonly string[]> {
  return (record, activity) => {
    const objects = objectsIn(dataOf(record)[list]).filter(isWanted)
    const texts = new Set(objects.map((one) => read(one, activity)).filter((one) => one !== undefined))
    return texts.size === 0 ? undefined : [...texts]
  }
}

const contextId = text('Id', 'ID')

/** What was open: of a file in Office on the web, whose address names it as `file`, that name. */
const context: Reader<string> = (one, activity) => {
  const id = contextId(one, activity)
  const url = id === undefined ? null : URL.parse(id)
  return url?.searchParams.get('file') ?? id
}

const [host, thread] = [text('AppHost'), text('ThreadId')]

/** What somebody used Copilot in, and what it read for him, as far as the record names it: by name, else by address or id. */
export const copilotFields: FieldTable = {
  'hoofprint.copilot.host': (record, activity) => host(dataOf(record), activity),
  'hoofprint.copilot.thread': (record, activity) => thread(dataOf(record), activity),
  'hoofprint.copilot.contexts': listed('Contexts', context),
  'hoofprint.copilot.resources': listed('AccessedResources', resourceName, (one) => !isRefused(one)),
  'hoofprint.copilot.addresses': listed('AccessedResources', address),
  'hoofprint.copilot.refused': listed('AccessedResources', resourceName, isRefused),
}
