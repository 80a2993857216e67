import { describe, expect, test } from '@jest/globals'
import type { Field, Fields } from '#src/document.ts'
import { enricher } from '#src/enrich/index.ts'
import type { Place } from '#src/enrich/place.ts'

const places: Readonly<Record<string, Place>> = {
  '192.0.2.1': {
    ...{ 'geo.continent_name': 'Europe', 'geo.country_iso_code': 'DE', 'geo.country_name': 'Germany' },
    ...{ 'geo.region_name': 'Land Berlin', 'geo.region_iso_code': 'DE-BE', 'geo.city_name': 'Berlin' },
    ...{ 'geo.location': { lat: 52.5, lon: 13.4 }, 'as.number': 64496, 'as.organization.name': 'Example Networks' },
  },
  '198.51.100.1': { 'geo.country_iso_code': 'US', 'as.number': 8075, 'as.organization.name': 'Microsoft Corporation' },
}
const lookups = {
  placeOf: (ip: string) => places[ip],
  agentOf: (original: string) => ({ name: original.split('/')[0] ?? '', version: '1.0', 'device.name': 'Other' }),
}

test('a document gets the place of its address, of its logon, and the parts of its user agent', () => {
  const document: Fields = {
    'source.ip': '192.0.2.1',
    'hoofprint.logon.ip': '192.0.2.1',
    'user_agent.original': 'Firefox/1.0',
  }

  enricher()(document, lookups)

  expect(document).toEqual({
    'source.ip': '192.0.2.1',
    'source.geo.continent_name': 'Europe',
    'source.geo.country_iso_code': 'DE',
    'source.geo.country_name': 'Germany',
    'source.geo.region_name': 'Land Berlin',
    'source.geo.region_iso_code': 'DE-BE',
    'source.geo.city_name': 'Berlin',
    'source.geo.location': { lat: 52.5, lon: 13.4 },
    'source.as.number': 64496,
    'source.as.organization.name': 'Example Networks',
    'hoofprint.logon.ip': '192.0.2.1',
    'hoofprint.logon.geo.country_iso_code': 'DE',
    'hoofprint.logon.geo.country_name': 'Germany',
    'hoofprint.logon.geo.city_name': 'Berlin',
    'hoofprint.logon.geo.location': { lat: 52.5, lon: 13.4 },
    'hoofprint.logon.as.number': 64496,
    'hoofprint.logon.as.organization.name': 'Example Networks',
    'user_agent.original': 'Firefox/1.0',
    'user_agent.name': 'Firefox',
    'user_agent.version': '1.0',
    'user_agent.device.name': 'Other',
  })
})

test('only what is wanted is filled', () => {
  const document: Fields = {
    'source.ip': '192.0.2.1',
    'hoofprint.logon.ip': '192.0.2.1',
    'user_agent.original': 'Firefox/1.0',
  }

  enricher(new Set<Field>(['source.geo.country_iso_code', 'hoofprint.logon.as.number']))(document, lookups)

  const { 'source.geo.country_iso_code': country, 'hoofprint.logon.as.number': network, ...rest } = document
  expect([country, network]).toEqual(['DE', 64496])
  expect(Object.keys(rest)).toEqual(['source.ip', 'hoofprint.logon.ip', 'user_agent.original'])
})

test('what a record says itself stays', () => {
  const document: Fields = { 'source.ip': '192.0.2.1', 'source.geo.country_name': 'Deutschland' }

  enricher()(document, lookups)

  expect(document).toMatchObject({ 'source.geo.country_name': 'Deutschland', 'source.geo.country_iso_code': 'DE' })
})

describe("of Microsoft's own services", () => {
  test.each<[string, Fields]>([
    ['an address of its networks', { 'source.ip': '198.51.100.1', tags: ['read', 'microsoft-service'] }],
    [
      'an address of its ranges, though no database knows it',
      { 'source.ip': '2603:10a6:800:125::13', tags: ['read', 'microsoft-service'] },
    ],
    [
      'a client that is a service',
      { 'source.ip': '198.51.100.1', 'hoofprint.client.name': 'RESTSystem', tags: ['read'] },
    ],
  ])('nothing is said where they are, by %s', (_, document) => {
    enricher()(document, lookups)

    expect(document['source.geo.country_iso_code']).toBeUndefined()
    expect(document['source.as.number']).toBeUndefined()
    expect(document.tags).toEqual(['read', 'microsoft-service'])
  })

  test.each<[string, Fields]>([
    [
      "a machine in Azure is a customer's",
      { 'source.ip': '198.51.100.1', 'hoofprint.client.name': 'OWA', tags: ['read'] },
    ],
    [
      "anybody's application is called REST",
      { 'source.ip': '198.51.100.1', 'hoofprint.client.name': 'REST', tags: ['read'] },
    ],
    [
      'a service at an address of others is worth a look',
      { 'source.ip': '192.0.2.1', tags: ['read', 'microsoft-service'] },
    ],
  ])('but %s', (_, document) => {
    const tags = document.tags

    enricher()(document, lookups)

    expect(document['source.geo.country_iso_code']).toBe(places[document['source.ip'] ?? '']?.['geo.country_iso_code'])
    expect(document.tags).toEqual(tags)
  })
})

test('a document without an address or an agent stays as it is', () => {
  const document: Fields = { 'event.id': 'one', tags: ['move'] }

  enricher()(document, lookups)

  expect(document).toEqual({ 'event.id': 'one', tags: ['move'] })
})
