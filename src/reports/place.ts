import type { EcsDocument } from '../document.ts'

/** Where something was done from, where look-ups filled it. */
export interface PlaceFields {
  readonly latitude: number | undefined
  readonly longitude: number | undefined
  readonly country: string | undefined
  readonly city: string | undefined
  readonly asn: number | undefined
  readonly network: string | undefined
}

/** The place of a record's own address, whatever fills it. */
export function placeOf(document: EcsDocument): PlaceFields {
  const fields = document as Readonly<Record<string, unknown>>
  const { lat, lon } = Object(fields['source.geo.location'])
  return {
    latitude: numberIn(lat),
    longitude: numberIn(lon),
    country: countryOf(document),
    city: textIn(fields['source.geo.city_name']),
    asn: numberIn(fields['source.as.number']),
    network: textIn(fields['source.as.organization.name']),
  }
}

/** The country alone. */
export function countryOf(document: EcsDocument): string | undefined {
  return textIn((document as Readonly<Record<string, unknown>>)['source.geo.country_iso_code'])
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
