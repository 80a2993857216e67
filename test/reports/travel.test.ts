import { expect, test } from '@jest/globals'
import { reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

const copenhagen = { lat: 55.68, lon: 12.57 }
const malmo = { lat: 55.61, lon: 13 }
const berlin = { lat: 52.52, lon: 13.4 }
const paris = { lat: 48.86, lon: 2.35 }
const singapore = { lat: 1.35, lon: 103.82 }

test('nobody is in Copenhagen and an hour later in Singapore', async () => {
  const { travels } = (
    await written([
      at('08:00', '198.51.100.7', copenhagen),
      at('09:00', '198.51.100.7', copenhagen),
      at('10:00', '203.0.113.66', singapore),
    ])
  ).answers

  expect(travels).toMatchObject([
    {
      user: 'alice@contoso.example',
      from: { ip: '198.51.100.7', at: '2026-03-02T09:00:00.000Z' },
      to: { ip: '203.0.113.66', at: '2026-03-02T10:00:00.000Z' },
      minutes: 60,
    },
  ])
  expect(travels[0]?.kilometres).toBeGreaterThan(9900)
  expect(travels[0]?.kilometres).toBeLessThan(10_100)
})

test.each([
  ['a day later', [at('00:10', '198.51.100.7', copenhagen), at('23:50', '203.0.113.66', singapore)]],
  ['next door', [at('08:00', '198.51.100.7', copenhagen), at('08:01', '198.51.100.8', malmo)]],
  [
    'another user',
    [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', singapore, { 'user.id': 'bob' })],
  ],
  [
    'a failure',
    [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', singapore, { 'event.outcome': 'failure' })],
  ],
  [
    'a mobile network',
    [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', singapore, network('Example Mobile Ltd'))],
  ],
  [
    'a network of Microsoft',
    [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', singapore, network('Microsoft Corporation'))],
  ],
  [
    'a service of Microsoft’s',
    [
      at('08:00', '198.51.100.7', copenhagen),
      at('08:01', '203.0.113.66', singapore, { tags: ['file', 'microsoft-service'] }),
    ],
  ],
  [
    'the way of a mail',
    [
      at('08:00', '198.51.100.7', copenhagen),
      at('08:01', '203.0.113.66', singapore, { 'hoofprint.category': 'delivery' }),
    ],
  ],
  [
    'near enough for databases to be wrong',
    [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', berlin)],
  ],
  [
    'as far as an airliner comes, if databases are somewhat wrong',
    [at('08:00', '198.51.100.7', copenhagen), at('09:00', '203.0.113.66', paris)],
  ],
  ['no place', [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', undefined)]],
])('%s is no journey', async (_, activities) => {
  expect((await written(activities)).answers.travels).toEqual([])
})

test('nobody is in Singapore seven hours after Copenhagen', async () => {
  const ends = [at('08:00', '198.51.100.7', copenhagen), at('15:00', '203.0.113.66', singapore)]

  expect((await written(ends)).answers.travels).toHaveLength(1)
})

test('a journey in no time has a speed, for times are of whole seconds', async () => {
  const { travels } = (await written([at('08:00', '198.51.100.7', copenhagen), at('08:00', '203.0.113.66', singapore)]))
    .answers

  expect(travels).toHaveLength(1)
  expect(travels[0]?.kilometresPerHour).toBeLessThan(40_000_000)
})

test('journeys stand in the order of time, whoever made them', async () => {
  const bob = { 'user.id': 'bob' }
  const { travels } = (
    await written([
      at('07:00', '198.51.100.7', copenhagen, bob),
      at('07:01', '203.0.113.66', singapore, bob),
      at('08:00', '198.51.100.7', copenhagen),
      at('08:01', '203.0.113.66', singapore),
    ])
  ).answers

  expect(travels.map(({ user }) => user)).toEqual(['bob', 'alice@contoso.example'])
})

test('a journey is found though its ends stand in two parts of the case', async () => {
  const ends = [at('08:00', '198.51.100.7', copenhagen), at('08:01', '203.0.113.66', singapore)]

  expect((await written(ends, 1)).answers.travels).toHaveLength(1)
})

function network(name: string) {
  return { 'source.as.organization.name': name }
}

function at(time: string, ip: string, location: object | undefined, rest: Record<string, unknown> = {}) {
  return reported({
    '@timestamp': `2026-03-02T${time}:00.000Z`,
    ...{ 'event.action': 'FileAccessed', 'hoofprint.category': 'file', 'source.ip': ip },
    ...{ 'source.geo.location': location, ...rest },
  })
}
