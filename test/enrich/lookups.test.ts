import { afterAll, expect, test } from '@jest/globals'
import { openLookups } from '#src/enrich/lookups.ts'

const lookups = openLookups({})
afterAll(() => lookups.close())

test.each([
  ['8.8.8.8', 'US', 15169],
  ['2001:4860:4860::8888', undefined, 15169],
  ['::ffff:8.8.8.8', 'US', 15169],
  ['9.9.9.9', 'US', 19281],
  ['193.0.14.129', undefined, 25152],
])('the databases that come along know %s', (ip, country, asn) => {
  const place = lookups.placeOf(ip)

  expect(place?.['as.number']).toBe(asn)
  expect(place?.['geo.country_iso_code']).toMatch(country ?? /^[A-Z]{2}$/)
  expect(place?.['geo.country_name']).toMatch(/^[A-Z]/)
  expect(place?.['geo.continent_name']).toMatch(/^[A-Z]/)
})

test.each([
  '10.0.0.1',
  '127.0.0.1',
  '::1',
  'fe80::1',
  '192.0.2.1',
  '2001:db8::1',
  'localhost',
  '',
])('nothing is said of %j', (ip) => {
  expect(lookups.placeOf(ip)).toBeUndefined()
})

test('they tell whose they are, from when and under which licence', () => {
  expect(lookups.databases()).toEqual([
    expect.objectContaining({
      tells: 'places',
      date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      licence: 'CC BY 4.0',
    }),
    expect.objectContaining({
      tells: 'networks',
      date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      licence: 'CC BY 4.0',
    }),
  ])
  for (const { attribution } of lookups.databases()) expect(attribution).toContain('https://db-ip.com')
})
