import { join } from 'node:path'
import { truth } from './kibana/sample-truth.ts'
import { writeMmdb } from './mmdb.ts'

const places: Readonly<Record<string, readonly [lat: number, lon: number]>> = {
  ...{ DK: [56, 10], NL: [52, 5], PE: [-12, -77], PT: [41, -9], SG: [1, 104] },
}

/** Writes databases that know where the addresses of the sample tenant are, and gives the options that name them. */
export function sampleDatabases(folder: string): { readonly geo: string; readonly asn: string } {
  const known = Object.entries(truth.logons.countries).map(([ip, code]) => [
    `${ip}/${ip.includes(':') ? 128 : 32}`,
    placeOf(code),
  ])
  const networks = known.map(([range]) => [
    range,
    { autonomous_system_number: 64496, autonomous_system_organization: 'Example Net' },
  ])
  return {
    geo: writeMmdb(join(folder, 'geo.mmdb'), Object.fromEntries(known), { type: 'DBIP-City-Lite' }),
    asn: writeMmdb(join(folder, 'asn.mmdb'), Object.fromEntries(networks), { type: 'DBIP-ASN-Lite' }),
  }
}

function placeOf(code: string) {
  const [latitude = 0, longitude = 0] = places[code] ?? []
  return { country: { iso_code: code, names: { en: code } }, location: { latitude, longitude } }
}
