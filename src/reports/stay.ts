import type { ReportedActivity } from './reported-activity.ts'
import { isService, userOf } from './said.ts'

/** A user at one place: from the first to the last of the events of a slice that follow each other there. */
export interface Stay {
  readonly user: string
  readonly ip: string
  readonly latitude: number
  readonly longitude: number
  readonly country: string | undefined
  readonly city: string | undefined
  readonly first: string
  /** The last event there, by time, file, row and `event.id`. */
  last: string
  lastFile: string
  lastRow: number
  lastId: string
  readonly file: string
  readonly row: number
  readonly id: string
}

/** In the order of the columns of the `stay` table. */
export const stayColumns = [
  ...(['user', 'ip', 'latitude', 'longitude', 'country', 'city', 'first', 'last'] as const),
  ...(['lastFile', 'lastRow', 'lastId', 'file', 'row', 'id'] as const),
] satisfies readonly (keyof Stay)[]

// Mobile networks lead all their traffic through few places, often in another country. Names as registries have them.
const mobileNetwork =
  /mobile|cellular|wireless|\bgsm\b|\blte\b|\b5g\b|telefonica moviles|vodafone|t-mobile|verizon wireless/i
// Microsoft's own network is where its services are, and where traffic through its gateways comes out.
const microsoftNetwork = /^microsoft/i

/** Adds an event to the stays of its slice, which come in time order; `latest` holds where each user was last. */
export function addStay(stays: Stay[], latest: Map<string, Stay>, { document }: ReportedActivity): void {
  const ip = document['source.ip']
  if (ip === undefined || document['event.outcome'] === 'failure' || document['hoofprint.category'] === 'delivery')
    return
  const { 'source.geo.location': location, 'source.as.organization.name': network = '' } = document
  const { 'source.geo.country_iso_code': country, 'source.geo.city_name': city } = document
  const user = userOf(document)?.toLowerCase()
  if (location === undefined || user === undefined) return
  if (isService(document) || mobileNetwork.test(network) || microsoftNetwork.test(network)) return
  const at = document['@timestamp']
  const [file, row] = [document['hoofprint.evidence.file'] ?? '', document['hoofprint.evidence.row'] ?? 0]
  const id = document['event.id']
  const end = { last: at, lastFile: file, lastRow: row, lastId: id }
  const before = latest.get(user)
  if (before?.ip === ip) return void Object.assign(before, end)
  const { lat: latitude, lon: longitude } = location
  const stay = { user, ip, latitude, longitude, country, city, first: at, ...end, file, row, id }
  latest.set(user, stay)
  stays.push(stay)
}
