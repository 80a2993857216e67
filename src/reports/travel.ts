import { hourMs } from '../time/time.ts'
import type { Scratch } from './scratch.ts'
import type { Stay } from './stay.ts'

/** Two events of one user from two places, too far apart for the time between them. */
export interface Travel {
  readonly user: string
  readonly from: TravelEnd
  readonly to: TravelEnd
  /** Between the places, as databases of addresses have them. */
  readonly kilometres: number
  readonly minutes: number
  /** What it would have taken at least, after both radiuses of doubt. */
  readonly kilometresPerHour: number
}

export interface TravelEnd {
  readonly at: string
  readonly ip: string
  readonly country: string | null
  readonly city: string | null
  readonly file: string
  readonly row: number
  readonly id: string
}

// Airliners cruise at some 900 km/h.
const fastestKilometresPerHour = 1000
// Databases of addresses are right about the country nearly always, about the city often not: a hundred kilometres are usual.
const doubtKilometres = 150
const leastKilometres = 500
const listedTravels = 1000
// The mean radius that geodesists use, and Elasticsearch.
const earthKilometres = 6371.0088

/** Journeys that nobody can have made: each is a fact of two records, and may still be a proxy of the user's own. */
export function travelsIn(scratch: Pick<Scratch, 'each'>): Travel[] {
  const travels: Travel[] = []
  let before: StayRow | undefined
  for (const stay of scratch.each<StayRow>('select * from stay order by user, first, id')) {
    const travel = before?.user === stay.user ? travelBetween(before, stay) : undefined
    if (travel !== undefined) travels.push(travel)
    if (travels.length === listedTravels) break
    before = stay
  }
  return travels.sort((a, b) => (a.to.at < b.to.at ? -1 : a.to.at > b.to.at ? 1 : 0))
}

type StayRow = Omit<Stay, 'country' | 'city'> & { readonly country: string | null; readonly city: string | null }

function travelBetween(from: StayRow, to: StayRow): Travel | undefined {
  const kilometres = distance(from, to)
  if (kilometres < leastKilometres) return undefined
  const hours = Math.max(0, Date.parse(to.first) - Date.parse(from.last)) / hourMs
  const least = kilometres - 2 * doubtKilometres
  // Audit records tell whole seconds: what seems the same moment may be a second.
  const kilometresPerHour = Math.round(least / Math.max(hours, 1 / 3600))
  if (kilometresPerHour <= fastestKilometresPerHour) return undefined
  return {
    user: to.user,
    from: { ...end(from), at: from.last, file: from.lastFile, row: from.lastRow, id: from.lastId },
    to: { ...end(to), at: to.first, file: to.file, row: to.row, id: to.id },
    kilometres: Math.round(kilometres),
    minutes: Math.round(hours * 60),
    kilometresPerHour,
  }
}

function end({ ip, country, city }: StayRow) {
  return { ip, country, city }
}

/** Along a great circle, by the haversine formula. */
function distance(from: StayRow, to: StayRow): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [latitude, other] = [radians(from.latitude), radians(to.latitude)]
  const rise = Math.sin((other - latitude) / 2) ** 2
  const turn = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  return 2 * earthKilometres * Math.asin(Math.sqrt(Math.min(1, rise + Math.cos(latitude) * Math.cos(other) * turn)))
}
