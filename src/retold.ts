import { isObject, type Json, type JsonObject } from './activity.ts'
import type { CaseReader, StoredActivity } from './case/reader.ts'
import { coarseMs } from './entry.ts'
import { restore } from './sources/files/digest.ts'
import { isCoarseTime } from './time.ts'
import { valueText } from './value-text.ts'

/**
 * Which of these activities stand in tables that people or tools made of records that the case has too, as `seq`. Such a row has no id, so it is
 * told by this: it says nothing of what the record says otherwise, and is of the same moment, operation and user.
 */
export function retold(
  activities: readonly StoredActivity[],
  reader: Pick<CaseReader, 'neighbours' | 'activities'>,
): ReadonlySet<number> {
  const rows = activities.flatMap((stored) => {
    const kind = kinds.find(({ isRow }) => isRow(stored))
    return kind === undefined ? [] : [{ ...kind, stored, ...restored(stored) }]
  })
  if (rows.length === 0) return none
  const found = reader.neighbours.at(rows.map(({ stored, record }) => momentOf(stored, record)))
  const known = recordsOf([...new Set(found.map(({ seq }) => seq))], reader)
  const around = Map.groupBy(found, ({ of }) => of)
  const told = rows.filter(({ isRow, says, record, truncated }, i) =>
    (around.get(i) ?? []).some(({ seq }) => {
      const other = known.get(seq)
      return other !== undefined && !isRow(other.stored) && says(other.record, record, truncated)
    }),
  )
  return new Set(told.map(({ stored }) => stored.seq))
}

const none: ReadonlySet<number> = new Set()
const readAtOnce = 256

type Restored = ReturnType<typeof restore>

interface Kind {
  isRow(stored: StoredActivity): boolean
  /** Whether a record says all that a row says. */
  says(record: JsonObject, row: JsonObject, truncated: boolean): boolean
}

const hashed = /^[0-9a-f]{32}$/
const kinds: readonly Kind[] = [
  // Columns that somebody selected, without the Id; or a record that was cut off before it.
  { isRow: ({ dataset, id }) => dataset === 'o365.audit' && hashed.test(id), says: saysColumns },
  // Outlook's activities have no ids at all, but Magic Unicorn's tables are known.
  { isRow: ({ evidence }) => evidence.format.shape.startsWith('magic-unicorn-'), says: saysTable },
]

/** Whose time was cut to the minute may be of any second of it. */
function momentOf({ dataset, time, mailbox }: StoredActivity, record: JsonObject) {
  const isCoarse = isCoarseTime(valueText(record['CreationTime'] ?? null) ?? '')
  return {
    dataset,
    from: time,
    to: time + (isCoarse ? coarseMs - 1 : 0),
    mailbox: dataset === 'o365.activity' ? mailbox : null,
  }
}

function recordsOf(seqs: readonly number[], { activities }: Pick<CaseReader, 'activities'>) {
  const known = new Map<number, { readonly stored: StoredActivity; readonly record: JsonObject }>()
  for (let at = 0; at < seqs.length; at += readAtOnce) {
    for (const stored of activities({ seqs: seqs.slice(at, at + readAtOnce) }))
      known.set(stored.seq, { stored, record: restored(stored).record })
  }
  return known
}

function restored({ evidence, content }: StoredActivity): Restored {
  return restore(evidence.format, content)
}

/** What a tool adds of its own, such as a country, is in no record; what both say has to be the same, but for lists that may lack their end. */
function saysColumns(record: JsonObject, row: JsonObject, truncated: boolean): boolean {
  if (['Operation', 'UserId'].some((name) => plain(record[name]) !== plain(row[name]))) return false
  return Object.entries(row).every(
    ([name, value]) =>
      name === 'CreationTime' ||
      record[name] === undefined ||
      (truncated && typeof value === 'object') ||
      plain(record[name]) === plain(value),
  )
}

function plain(value: Json | undefined): string {
  return (typeof value === 'object' ? JSON.stringify(value) : String(value ?? '')).trim().toLowerCase()
}

/** By the table's property, those that activities have in its place. */
const inTables: Readonly<Record<string, readonly string[]>> = {
  ClientIP: ['ClientIP', 'IPAddress'],
  UserName: ['UserName'],
  UserAgent: ['UserAgent', 'Browser'],
  Query: ['Query', 'SuggestionStimulus'],
}
const searching = /^Search(?:Result|Suggestions?Display)$/

/** The tables leave semicolons out, and say of all searches that they were run. */
function saysTable(record: JsonObject, row: JsonObject): boolean {
  const [own, told] = [record['CustomProperties'], row['CustomProperties']]
  const isSame = ['AppIdType', 'ActivityIdType'].every((name) => record[name] === row[name])
  const isSearch =
    'Query' in (isObject(told) ? told : {}) && searching.test(valueText(record['ActivityIdType'] ?? null) ?? '')
  if ((!isSame && !isSearch) || !isObject(own) || !isObject(told)) return false
  return Object.entries(told).every(([name, value]) =>
    inTables[name]?.some((property) => own[property] !== undefined && bare(own[property]) === bare(value)),
  )
}

function bare(value: Json | undefined): string {
  return plain(value).replaceAll(/[;\s]+/g, ' ')
}
