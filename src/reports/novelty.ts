import { sessionOf } from './said.ts'
import { evidenceColumns, markColumns, type ScratchColumns } from './scratch-columns.ts'

/** The row of an event that is the first to show an address, a network, a country or a client of a mailbox's own user. */
export const noveltyColumns = {
  at: (document) => document['@timestamp'],
  mailbox: (document) => document['hoofprint.mailbox'] ?? '',
  dataset: (document) => document['event.dataset'],
  /** What is new, such as `ip, country`; nothing of all other events. */
  kinds: (document) => document['hoofprint.first_seen']?.join(', '),
  ip: (document) => document['source.ip'],
  agent: (document) => document['user_agent.original'],
  asn: (document) => document['source.as.number'],
  country: (document) => document['source.geo.country_iso_code'],
  operation: (document) => document['event.action'],
  session: sessionOf,
  ...markColumns,
  ...evidenceColumns,
} satisfies ScratchColumns

const words: Readonly<Record<string, string>> = { ip: 'address', asn: 'network', user_agent: 'client' }

/** What was new, in words: `address, client`. */
export function noveltyText(kinds: string): string {
  return kinds
    .split(', ')
    .map((kind) => words[kind] ?? kind)
    .join(', ')
}
