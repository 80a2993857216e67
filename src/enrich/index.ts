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

type PlaceTarget = readonly [PlaceField, Field]

const sourceFields: readonly PlaceTarget[] = [
  ['geo.continent_name', 'source.geo.continent_name'],
  ['geo.country_iso_code', 'source.geo.country_iso_code'],
  ['geo.country_name', 'source.geo.country_name'],
  ['geo.region_iso_code', 'source.geo.region_iso_code'],
  ['geo.region_name', 'source.geo.region_name'],
  ['geo.city_name', 'source.geo.city_name'],
  ['geo.location', 'source.geo.location'],
  ['as.number', 'source.as.number'],
  ['as.organization.name', 'source.as.organization.name'],
]

const logonFields: readonly PlaceTarget[] = [
  ['geo.country_iso_code', 'hoofprint.logon.geo.country_iso_code'],
  ['geo.country_name', 'hoofprint.logon.geo.country_name'],
  ['geo.city_name', 'hoofprint.logon.geo.city_name'],
  ['geo.location', 'hoofprint.logon.geo.location'],
  ['as.number', 'hoofprint.logon.as.number'],
  ['as.organization.name', 'hoofprint.logon.as.organization.name'],
]

const agentFields: readonly (readonly [AgentField, Field])[] = [
  ['name', 'user_agent.name'],
  ['version', 'user_agent.version'],
  ['os.name', 'user_agent.os.name'],
  ['os.version', 'user_agent.os.version'],
  ['os.full', 'user_agent.os.full'],
  ['device.name', 'user_agent.device.name'],
]

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
