import type { Json, JsonObject } from '../activity.ts'
import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { once } from '../remember.ts'
import { restore } from '../sources/files/digest.ts'
import { isTypeName } from '../sources/files/shapes/powershell.ts'
import { valueText } from '../value-text.ts'
import { near } from './near-rows.ts'
import { hashed, isOfOneTable, kinds, type Row, type Saying } from './row-kinds.ts'
import { leaves } from './says-row.ts'

/** What of some activities is told again. */
export interface Retold {
  /** Which stand in tables or logs of which the case has records too, as `seq`. */
  readonly told: ReadonlySet<number>
  /** What those of one thing say in place of each other, by `seq`. */
  readonly completed: ReadonlyMap<number, JsonObject>
}

/**
 * Which of these activities stand in tables that people or tools made of records that the case has too, or in a log that has no id in common with
 * one that tells the same. Such a row is told by this: it says nothing of what the record says otherwise, and is of the same moment,
 * operation and user.
 */
export function retold(
  activities: readonly StoredActivity[],
  reader: Pick<CaseReader, 'neighbours' | 'activities'>,
): Retold {
  const rows = activities.flatMap(rowsOf)
  if (rows.length === 0) return none
  // Where times are cut to the minute, thousands of rows and records share one: it is asked for once, and its records are read one by one.
  const moments = [...Map.groupBy(rows, ({ moment }) => JSON.stringify(moment)).values()].map(near)
  const found = reader.neighbours.at(moments.map(({ moment }) => moment))
  const told = new Set<number>()
  const areAllTold = () => told.size === rows.length && !rows.some(({ areCompleted }) => areCompleted)
  for (let at = 0; at < found.length && !areAllTold(); at += readAtOnce) {
    const asking = Map.groupBy(found.slice(at, at + readAtOnce), ({ seq }) => seq)
    for (const stored of reader.activities({ seqs: [...asking.keys()] })) {
      const other = { stored, ...restored(stored) }
      const { record } = other
      const listed = once(() => new Set([record['Folders'], record['Item'], record['AffectedItems']].flatMap(leaves)))
      for (const row of (asking.get(stored.seq) ?? []).flatMap(({ of }) => moments[of]?.of(record, listed) ?? [])) {
        const alike = row.alikeBefore?.(record, row.record)
        if (alike !== undefined) row.before.add(alike)
        if (!mayTell(stored, row) || !row.says(other, row, listed)) continue
        if (row.areCompleted && !isOfOneTable(stored, row.stored)) row.same.push(other)
        if (row.isRow(stored) ? row.yieldsTo(other, row) : row.alikeBefore === undefined) told.add(row.stored.seq)
        else if (!row.isRow(stored)) row.records += 1
      }
    }
  }
  for (const { stored, records, before } of rows) if (records > before.size) told.add(stored.seq)
  const more = rows.map((row) => [row.stored.seq, completing(row, told.has(row.stored.seq))] as const)
  return { told, completed: new Map(more.filter(([, members]) => Object.keys(members).length > 0)) }
}

const none: Retold = { told: new Set(), completed: new Map() }
const readAtOnce = 256

function rowsOf(stored: StoredActivity): Row[] {
  const kind = kinds.find(({ isRow }) => isRow(stored))
  if (kind === undefined) return []
  const saying = { stored, ...restored(stored), records: 0 }
  const ways = kind.elsewhere === undefined ? [kind] : [kind, { ...kind, ...kind.elsewhere }]
  return ways.map((way) => {
    const told = way.listed?.(saying.record) ?? []
    return { ...way, ...saying, told, before: new Set(), same: [], moment: way.momentOf(stored, saying.record) }
  })
}

function mayTell(other: StoredActivity, { isRow, byRows, stored }: Row): boolean {
  if (other.seq === stored.seq) return false
  if (byRows === undefined) return !isRow(other)
  return byRows === 'any' || !hashed.test(other.id) || byRows.includes(other.evidence.format.shape)
}

/**
 * What a row that counts does not say and other rows do; of whom a row has no more than a name, what another calls him. In the order of ids, whichever
 * came first.
 */
function completing({ record, same, isRow }: Row, isTold: boolean): JsonObject {
  const others = same.toSorted((a, b) => (a.stored.id < b.stored.id ? -1 : 1))
  const { UserId: own = null } = record
  const user = isName(own)
    ? others.map((other) => other.record['UserId'] ?? null).find((one) => !isName(one))
    : undefined
  const rows = isTold ? [] : others.filter(({ stored }) => isRow(stored)).toReversed()
  const said = rows.flatMap((other) => Object.entries(other.record))
  const missing = said.filter(([name, value]) => record[name] === undefined && !isTypeName(valueText(value) ?? ''))
  return Object.fromEntries(user === undefined ? missing : [...missing, ['UserId', user]])
}

function isName(user: Json): boolean {
  return typeof user !== 'string' || !user.includes('@')
}

function restored({ dataset, evidence, content }: StoredActivity): Pick<Saying, 'record' | 'truncated'> {
  return restore(evidence.format, content, dataset)
}
