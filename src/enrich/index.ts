import { type Field, type Fields, serviceTag } from '../document.ts'
import type { Lookups } from './lookups.ts'
import { isMicrosofts, isService } from './microsoft.ts'
import type { Place, PlaceField } from './place.ts'
import type { AgentField } from './user-agent.ts'

/** Adds to a document what is known of its addresses and its user agent. Fills what is empty; changes nothing else. */
export type Enricher = (document: Fields, lookups: Pick<Lookups, 'placeOf' | 'agentOf'>) => void

/** What an enricher reads of a document, besides what every document has. */
export const enrichedFrom: ReadonlySet<Field> = new Set<Field>([
  'hoofprint.client.name',
  'hoofprint.logon.ip',
  'source.ip',
  'user_agent.original',
])

const sourceFields = below('source', [
  ...(['geo.continent_name', 'geo.country_iso_code', 'geo.country_name', 'geo.region_iso_code'] as const),
  ...(['geo.region_name', 'geo.city_name', 'geo.location', 'as.number', 'as.organization.name'] as const),
])
const logonFields = below('hoofprint.logon', [
  ...(['geo.country_iso_code', 'geo.country_name', 'geo.city_name', 'geo.location'] as const),
  ...(['as.number', 'as.organization.name'] as const),
])
const agentFields = below('user_agent', ['name', 'version', 'os.name', 'os.version', 'os.full', 'device.name'])

/** What look-ups tell, each with the field of that name below another. */
function below<Above extends string, Key extends PlaceField | AgentField>(
  above: Above,
  keys: readonly (`${Above}.${Key}` extends Field ? Key : never)[],
) {
  return keys.map((key) => [key, `${above}.${key}` as Field] as const)
}

/** An enricher that fills every field it can, or only those of `wanted`. It always tags what Microsoft's services did. */
export function enricher(wanted?: ReadonlySet<Field>): Enricher {
  const isWanted = ([, field]: readonly [string, Field]) => wanted?.has(field) ?? true
  const [source, logon, agent] = [
    sourceFields.filter(isWanted),
    logonFields.filter(isWanted),
    agentFields.filter(isWanted),
  ]
  return (document, { placeOf, agentOf }) => {
    const { 'source.ip': ip, 'hoofprint.logon.ip': logonIp, 'user_agent.original': original } = document
    if (ip !== undefined) fill(document, source, sourcePlace(document, ip, placeOf(ip)))
    if (logonIp !== undefined && logon.length > 0) fill(document, logon, placeOf(logonIp))
    if (original !== undefined && agent.length > 0) fill(document, agent, agentOf(original))
  }
}

/** Where a service of Microsoft's did something is where its servers are, which says nothing of anybody: it is left out. */
function sourcePlace(document: Fields, ip: string, place: Place | undefined): Place | undefined {
  if (!isService(document) || !isMicrosofts(ip, place?.['as.number'])) return place
  const tags = document.tags ?? []
  if (!tags.includes(serviceTag)) document.tags = [...tags, serviceTag]
  return undefined
}

function fill<Key extends PlaceField | AgentField>(
  document: Fields,
  targets: readonly (readonly [Key, Field])[],
  known: { readonly [K in Key]?: unknown } | undefined,
): void {
  if (known === undefined) return
  const fields = document as Record<string, unknown> // The tables above pair each value with a field of its type.
  for (const [key, field] of targets) fields[field] ??= known[key]
}
