import { bytesOf } from '../bytes/address-bytes.ts'
import type { DatabaseNote } from '../database-note.ts'
import { remember } from '../remember.ts'
import { hasPlace } from './address.ts'
import { readAgentRules } from './agent-rules.ts'
import { englishNames } from './countries.ts'
import { type DatabaseFiles, type Databases, openDatabases } from './databases.ts'
import { geoOf, networkOf, type Place } from './place.ts'
import { type Agent, parseAgent } from './user-agent.ts'

/** What is known of addresses and user agents from outside the evidence. */
export interface Lookups {
  /** Where an address is and whose network it is in; undefined where it has no place, or nothing is known of it. */
  placeOf(ip: string): Place | undefined
  agentOf(original: string): Agent
  /** The databases in use: their dates and terms belong into every report that shows what they tell. */
  databases(): readonly DatabaseNote[]
  close(): void
}

// Of each worker's 40 MB they may take three.
const placesKept = 4000
const agentsKept = 500

/** Opens the databases. Throws `ConfigError` for one of the user's own that is none. */
export function openLookups(files: DatabaseFiles): Lookups {
  const databases = openDatabases(files)
  const { places, networks } = databases
  let rules: ReturnType<typeof readAgentRules> | undefined // They take some 10 MB, and not every run needs them.
  return {
    placeOf: remember(placesKept, placeIn(databases)),
    agentOf: remember(agentsKept, (original) => {
      rules ??= readAgentRules()
      return parseAgent(rules, original)
    }),
    databases: () => [places?.note, networks?.note].filter((note) => note !== undefined),
    close() {
      places?.close()
      networks?.close()
    },
  }
}

/** Looks an address up in the databases there are. */
export function placeIn({ places, networks }: Partial<Databases>): (ip: string) => Place | undefined {
  const names = englishNames()
  return (ip) => {
    const address = bytesOf(ip)
    if (address === undefined || !hasPlace(ip)) return undefined
    const place = { ...geoOf(places?.find(address), names), ...networkOf(networks?.find(address)) }
    return Object.keys(place).length === 0 ? undefined : place
  }
}
