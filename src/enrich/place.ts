import type { MmdbValue } from './mmdb-values.ts'

/** A point as Elasticsearch's `geo_point` takes it. */
export interface Point {
  readonly lat: number
  readonly lon: number
}

/** Where an address is and whose network it is in, by the names that ECS has below `source`. */
export interface Place {
  readonly 'geo.continent_name'?: string
  readonly 'geo.country_iso_code'?: string
  readonly 'geo.country_name'?: string
  readonly 'geo.region_iso_code'?: string
  readonly 'geo.region_name'?: string
  readonly 'geo.city_name'?: string
  readonly 'geo.location'?: Point
  readonly 'as.number'?: number
  readonly 'as.organization.name'?: string
}

export type PlaceField = keyof Place

/** What is found for an address in a database, whatever its layout. */
export type Found = MmdbValue | undefined

/**
 * Where each layout keeps what: MaxMind's (GeoIP2, GeoLite2, and DB-IP's own files), ip-location-db's, IPinfo's. The first
 * path that leads to such a text counts.
 */
const paths = {
  continent: ways('continent.names.en', 'continent_name', 'continent'),
  code: ways('country.iso_code', 'country_code', 'country'),
  country: ways('country.names.en', 'country_name', 'country'),
  regionCode: ways('subdivisions.0.iso_code', 'region_code'),
  region: ways('subdivisions.0.names.en', 'state1', 'region'),
  city: ways('city.names.en', 'city'),
  latitude: ways('location.latitude', 'latitude', 'lat'),
  longitude: ways('location.longitude', 'longitude', 'lng', 'lon'),
  number: ways('autonomous_system_number', 'traits.autonomous_system_number', 'asn'),
  organization: ways('autonomous_system_organization', 'traits.autonomous_system_organization', 'as_name', 'name'),
}

function ways(...list: string[]): readonly (readonly string[])[] {
  return list.map((path) => path.split('.'))
}

const isCode = /^[A-Z]{2}$/
const isName = /^.{3,}$/s
const isText = /./s
const isNumber = /^-?\d+(?:\.\d+)?$/
const isAsn = /^(?:AS)?\d{1,10}$/i

/** What a database of places tells. Countries and continents have their English names even where it has codes only. */
export function geoOf(found: Found, { countryName, continentName }: Names): Place {
  const code = text(found, 'code', isCode)
  const region = text(found, 'regionCode', isText)
  return withoutUndefined({
    'geo.continent_name': text(found, 'continent', isName) ?? continentName(code),
    'geo.country_iso_code': code,
    'geo.country_name': text(found, 'country', isName) ?? countryName(code),
    'geo.region_iso_code': code === undefined || region === undefined ? undefined : `${code}-${region}`,
    'geo.region_name': text(found, 'region', isText),
    'geo.city_name': text(found, 'city', isText),
    'geo.location': pointOf(found),
  })
}

/** What a database of networks tells. */
export function networkOf(found: Found): Place {
  const number = text(found, 'number', isAsn)
  return number === undefined
    ? {}
    : withoutUndefined({
        'as.number': Number(number.replace(/^AS/i, '')),
        'as.organization.name': text(found, 'organization', isText),
      })
}

/** How countries and continents are called, by the country's ISO code. */
export interface Names {
  countryName(code: string | undefined): string | undefined
  continentName(code: string | undefined): string | undefined
}

function pointOf(found: Found): Point | undefined {
  const [lat, lon] = [Number(text(found, 'latitude', isNumber)), Number(text(found, 'longitude', isNumber))]
  const isThere = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0) // 0, 0 is sea, and stands for unknown.
  return isThere ? { lat: rounded(lat), lon: rounded(lon) } : undefined
}

/** Some files hold 32-bit numbers: beyond ten metres there is only noise. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4
}

function text(found: Found, key: keyof typeof paths, form: RegExp): string | undefined {
  for (const path of paths[key]) {
    const value = path.reduce<Found>(step, found)
    const word = typeof value === 'number' ? String(value) : value
    if (typeof word === 'string' && form.test(word)) return word
  }
  return undefined
}

function step(value: Found, key: string): Found {
  return typeof value === 'object' ? (Reflect.get(value, key) as Found) : undefined // A part of what a database can hold is the same.
}

function withoutUndefined(place: { [F in PlaceField]?: Place[F] | undefined }): Place {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))
}
