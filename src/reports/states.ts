import type { EcsDocument } from '../document.ts'
import { dayMs, hourMs } from '../time/time.ts'
import { evidenceColumns, type ScratchColumns, shown } from './scratch-columns.ts'
import { unrecorded } from './state-auditing.ts'
import { stateKinds } from './state-kinds.ts'
import { forwards, isSwitchedOff } from './state-said.ts'

const kindOf = (document: EcsDocument) => stateKinds[document['event.action']]

/** Whether it is something that stood, of a kind that intruders make. */
export function isToLookAt(document: EcsDocument): boolean {
  return document['hoofprint.category'] === 'state' && kindOf(document)?.isNotable(document) === true
}

function nameOf(document: EcsDocument): string | undefined {
  const kind = kindOf(document)
  return kind?.name === undefined ? kind?.object?.(document)?.toLowerCase() : kind.name(document)
}

/** By so much a computer's clock, whose time names of files tell, may be ahead of or behind UTC. */
const widestZoneMs = 14 * hourMs
/** A name may tell the day alone: the listing is of any time of it. */
const isOfDay = (document: EcsDocument) =>
  document['hoofprint.listed.by'] === 'name' && document['@timestamp'].endsWith('T00:00:00.000Z')
const near = (document: EcsDocument, ms: number) => new Date(Date.parse(document['@timestamp']) + ms).toISOString()

/** Some call a mailbox by the path to it: `contoso.example/Users/alice`. */
const mailboxOf = (document: EcsDocument) => (document['hoofprint.mailbox'] ?? '').replace(/^.*\//, '')

/** The row of something that stood. */
export const stateColumns = {
  kind: (document) => document['event.action'],
  at: (document) => document['@timestamp'],
  by: (document) => document['hoofprint.listed.by'],
  /** What was done before or after, whatever the time zone of the listing. */
  since: (document) => near(document, -widestZoneMs),
  until: (document) => near(document, widestZoneMs + (isOfDay(document) ? dayMs : 0)),
  madeBy: (document) => kindOf(document)?.madeBy,
  name: (document) => nameOf(document) ?? '',
  /** What else it is called: of what Outlook changes records may have the number alone. */
  called: (document) => (document['rule.id']?.toString() ?? kindOf(document)?.object?.(document))?.toLowerCase(),
  mailbox: (document) => document['hoofprint.mailbox'],
  whose: (document) => (kindOf(document)?.isOfTenant === true ? '' : mailboxOf(document)),
  object: shown((document: EcsDocument) => kindOf(document)?.object?.(document)),
  says: shown((document: EcsDocument) => kindOf(document)?.says(document)),
  forwards,
  unrecorded,
  isNotable: (document) => Number(isToLookAt(document)),
  isOff: (document) => Number(isSwitchedOff(document)),
  isWhole: (document) => Number(kindOf(document)?.isWhole?.(document) !== false),
  isThere: (document) => Number(kindOf(document)?.isThere?.(document) !== false),
  ...evidenceColumns,
} satisfies ScratchColumns

/** Something that stood, as one row. */
export interface StateRow {
  readonly kind: string
  readonly at: string
  readonly by: 'name' | 'change'
  readonly mailbox: string | null
  readonly object: string | null
  readonly says: string | null
  readonly forwards: string | null
  readonly isNotable: 0 | 1
  readonly file: string
  readonly row: number
  readonly id: string
}
