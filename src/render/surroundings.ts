import type { Surroundings } from '../case/first-seen.ts'
import type { Lookups } from '../enrich/lookups.ts'

/** What first uses and marks ask of the look-ups: networks and countries of addresses, clients without their versions. */
export function surroundingsOf({ placeOf, agentOf }: Pick<Lookups, 'placeOf' | 'agentOf'>): Surroundings {
  return {
    placeOf(ip) {
      const place = placeOf(ip)
      return place === undefined ? undefined : { asn: place['as.number'], country: place['geo.country_iso_code'] }
    },
    agentOf(original) {
      const { name, 'os.name': system } = agentOf(original)
      // What no rule knows is `Other`: then the text itself tells clients apart.
      return name === undefined || name === 'Other' ? original : `${name} on ${system ?? 'no system named'}`
    },
  }
}
