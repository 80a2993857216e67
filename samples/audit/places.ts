/** Where an address is, as the sign-in logs tell it. */
export type Place = { city: string; state: string; country: string; latitude: number; longitude: number; asn: number }

const home: Place = {
  city: 'Aarhus',
  state: 'Midtjylland',
  country: 'DK',
  latitude: 56.16,
  longitude: 10.2,
  asn: 64496,
}
const hotel: Place = { city: 'Porto', state: 'Porto', country: 'PT', latitude: 41.15, longitude: -8.61, asn: 64497 }
const hosting: Place = {
  city: 'Amsterdam',
  state: 'Noord-Holland',
  country: 'NL',
  latitude: 52.37,
  longitude: 4.9,
  asn: 64500,
}
const proxy: Place = { city: 'Lima', state: 'Lima', country: 'PE', latitude: -12.05, longitude: -77.04, asn: 64501 }
const cloud: Place = { city: 'Singapore', state: '', country: 'SG', latitude: 1.35, longitude: 103.82, asn: 64502 }

/** The addresses of the owners and the admin; carol's hotel looks strange and is harmless. */
export const ownAddresses = {
  office: '198.51.100.10',
  aliceHome: '198.51.100.87',
  alicePhone: '198.51.100.140',
  bobHome: '2001:db8:b0b::5',
  bobPhone: '198.51.100.141',
  carolHome: '198.51.100.203',
  carolPhone: '198.51.100.142',
  carolHotel: '203.0.113.201',
}

/** The addresses of the intruder: two that log on, two from which the application reads, and those that guess. */
export const intruderAddresses = {
  first: '203.0.113.45',
  second: '192.0.2.150',
  application: ['2001:db8:5eed::a', '2001:db8:5eed::b'],
  guessing: Array.from({ length: 8 }, (_, index) => `192.0.2.${10 + index}`),
}

/** Addresses that stand for Microsoft's own: nobody's reads come from them. */
export const serviceAddresses = Array.from({ length: 12 }, (_, index) => `2001:db8:1026:c0${index % 4}::${index + 2}`)

const places = new Map<string, Place>([
  ...Object.values(ownAddresses).map((ip): [string, Place] => [ip, home]),
  [ownAddresses.carolHotel, hotel],
  [intruderAddresses.first, hosting],
  [intruderAddresses.second, proxy],
  ...intruderAddresses.guessing.map((ip): [string, Place] => [ip, cloud]),
])

/** Where an address is. */
export function placeOf(ip: string): Place {
  const place = places.get(ip)
  if (place === undefined) throw new Error(`nobody said where ${ip} is`)
  return place
}
