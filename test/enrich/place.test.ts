import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { DatabaseNote } from '#src/database-note.ts'
import { openLookups, placeIn } from '#src/enrich/lookups.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type Value, writeMmdb } from '../support/mmdb.ts'

const berlin = {
  'geo.continent_name': 'Europe',
  'geo.country_iso_code': 'DE',
  'geo.country_name': 'Germany',
  'geo.region_name': 'Land Berlin',
  'geo.city_name': 'Berlin',
  'geo.location': { lat: 52.5244, lon: 13.4105 },
}
const network = { 'as.number': 64496, 'as.organization.name': 'Example Networks' }

describe('places as laid out by', () => {
  test.each<[string, Value, object]>([
    [
      'MaxMind',
      {
        continent: { code: 'EU', names: { de: 'Europa', en: 'Europe' } },
        country: { iso_code: 'DE', names: { de: 'Deutschland', en: 'Germany' } },
        registered_country: { iso_code: 'FR', names: { en: 'France' } },
        subdivisions: [{ iso_code: 'BE', names: { en: 'Land Berlin' } }],
        city: { names: { en: 'Berlin' } },
        location: { latitude: 52.5244, longitude: 13.4105, accuracy_radius: 20 },
      },
      { ...berlin, 'geo.region_iso_code': 'DE-BE' },
    ],
    [
      'ip-location-db',
      {
        ...{ city: 'Berlin', country_code: 'DE', latitude: 52.52439880371094, longitude: 13.410499572753906 },
        ...{ postcode: '', state1: 'Land Berlin', state2: '', timezone: '' },
      },
      berlin,
    ],
    [
      'IPinfo',
      {
        ...{ city: 'Berlin', country: 'DE', lat: '52.5244', lng: '13.4105' },
        ...{ region: 'Land Berlin', region_code: 'BE', timezone: 'Europe/Berlin' },
      },
      { ...berlin, 'geo.region_iso_code': 'DE-BE' },
    ],
    [
      'IPinfo Lite',
      {
        asn: 'AS64496',
        as_name: 'Example Networks',
        continent: 'Europe',
        continent_code: 'EU',
        country: 'Germany',
        country_code: 'DE',
      },
      { 'geo.continent_name': 'Europe', 'geo.country_iso_code': 'DE', 'geo.country_name': 'Germany' },
    ],
    [
      'whoever tells the country only',
      { country: { iso_code: 'NZ' } },
      { 'geo.continent_name': 'Oceania', 'geo.country_iso_code': 'NZ', 'geo.country_name': 'New Zealand' },
    ],
    [
      'whoever stands for unknown with 0, 0',
      { country_code: 'DE', latitude: 0, longitude: 0, city: '' },
      { 'geo.continent_name': 'Europe', 'geo.country_iso_code': 'DE', 'geo.country_name': 'Germany' },
    ],
    [
      'whoever knows a region and no country',
      { region_code: 'BE', state1: 'Land Berlin' },
      { 'geo.region_name': 'Land Berlin' },
    ],
    ['nobody known', { country: 7, city: ['Berlin'], location: { latitude: 91, longitude: 'east' } }, {}],
  ])('%s', (_, record, expected) => {
    expect(placeOf({ geo: record })).toEqual(Object.keys(expected).length === 0 ? undefined : expected)
  })
})

describe('networks as laid out by', () => {
  test.each<[string, Value, object | undefined]>([
    [
      'MaxMind and DB-IP',
      { autonomous_system_number: 64496, autonomous_system_organization: 'Example Networks' },
      network,
    ],
    [
      'MaxMind Enterprise',
      { traits: { autonomous_system_number: 64496, autonomous_system_organization: 'Example Networks' } },
      network,
    ],
    ['IPinfo', { asn: 'AS64496', name: 'Example Networks', domain: 'networks.example' }, network],
    ['IPinfo Lite', { asn: 'AS64496', as_name: 'Example Networks', country: 'Germany' }, network],
    ['whoever knows no name', { autonomous_system_number: 64496 }, { 'as.number': 64496 }],
    ['nobody known', { asn: 'unknown', name: 'Example Networks' }, undefined],
  ])('%s', (_, record, expected) => {
    expect(placeOf({ asn: record })).toEqual(expected)
  })
})

test('the databases in use are told with their dates and terms', () => {
  const folder = temporaryFolder()
  const geo = writeMmdb(join(folder, 'geo.mmdb'), {}, { type: 'GeoLite2-City' })
  const asn = writeMmdb(join(folder, 'asn.mmdb'), {}, { type: 'Own networks' })

  const lookups = openLookups({ geo, asn })

  expect(lookups.databases()).toEqual([
    {
      ...{ name: 'GeoLite2-City', tells: 'places', date: '2026-03-01', licence: 'GeoLite2 End User License Agreement' },
      attribution: expect.stringContaining('MaxMind'),
    },
    { name: 'Own networks', tells: 'networks', date: '2026-03-01', licence: undefined, attribution: undefined },
  ])
  lookups.close()
})

test('a private address has no place, whatever a database says', () => {
  const find = placeIn({ places: { find: () => ({ country_code: 'DE' }), close() {}, note: {} as DatabaseNote } })

  expect(find('192.0.2.1')).toMatchObject({ 'geo.country_name': 'Germany' })
  expect(find('10.0.0.1')).toBeUndefined()
})

function placeOf({ geo = {}, asn = {} }: { geo?: Value; asn?: Value }): object | undefined {
  const folder = temporaryFolder()
  const range = '192.0.2.0/24'
  const lookups = openLookups({
    geo: writeMmdb(join(folder, 'geo.mmdb'), { [range]: geo }),
    asn: writeMmdb(join(folder, 'asn.mmdb'), { [range]: asn }),
  })
  const place = lookups.placeOf('192.0.2.1')
  lookups.close()
  return place
}
