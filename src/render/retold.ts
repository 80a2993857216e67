import type { JsonObject } from '../activity.ts'
import type { Moment, Neighbours, NeighbourThen } from '../case/neighbours.ts'
import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { inLists } from '../concurrency.ts'
import { once, type Recent, recent } from '../remember.ts'
import { restore } from '../sources/files/digest.ts'
import { retoldApart } from './apart.ts'
import { near } from './near-rows.ts'
import { hashed, type Kind, kinds, type Retold, type Row, type Saying, type Teller } from './row-kinds.ts'
import { leaves } from './says-row.ts'

type Reader = Pick<CaseReader, 'neighbours' | 'activities'>

/**
 * Which of these activities stand in tables that people or tools made of records that the case has too, or in a log that has no id in common with
 * one that tells the same. Such a row is told by this: it says nothing of what the record says otherwise, and is of the same moment,
 * operation and user.
 */
export function retold(activities: readonly StoredActivity[], reader: Reader): Retold {
  const rows = activities.flatMap(rowsOf)
  if (rows.length === 0) return none
  const apart = rows.filter(isApart)
  const others = rows.filter((row) => !isApart(row))
  return together([retoldByRecords(others, reader), ...retoldInTables(apart, reader)])
}

const none: Retold = { told: new Set(), completed: new Map() }
const readAtOnce = 256

function isApart({ compared }: Kind): boolean {
  return compared !== undefined
}

/** Of rows of which one record may tell any number. */
function retoldByRecords(rows: readonly Row[], reader: Reader): Retold {
  if (rows.length === 0) return none
  // Where times are cut to the minute, thousands of rows and records share one: it is asked for once, and its records are read one by one.
  const moments = byMoment(rows).map((one) => near(one.rows))
  const found = reader.neighbours.at(moments.map(({ moment }) => moment))
  const told = new Set<number>()
  for (let at = 0; at < found.length && told.size < rows.length; at += readAtOnce) {
    const asking = Map.groupBy(found.slice(at, at + readAtOnce), ({ seq }) => seq)
    for (const stored of reader.activities({ seqs: [...asking.keys()] })) {
      const other = tellerOf(sayingOf(stored))
      const there = (asking.get(stored.seq) ?? []).flatMap(({ of }) => moments[of] ?? [])
      for (const row of there.flatMap(({ of }) => of(other.record, other.listed))) {
        if (row.stored.seq === stored.seq || !mayTell(other, row) || !row.says(other, row, other.listed)) continue
        if (!row.isRow(stored) || row.yieldsTo?.(other, row) === true) told.add(row.stored.seq)
      }
    }
  }
  return { told, completed: none.completed }
}

/** A moment at which rows of tables stand, as one of them has it, and all that the case has of it. */
interface Asked {
  readonly row: Row
  readonly key: string
  readonly found: readonly NeighbourThen[]
}

/** Of rows of which no two in one table are of one thing: those of a moment are looked at together, whichever of them are asked for. */
function retoldInTables(rows: readonly Row[], reader: Reader): readonly Retold[] {
  if (rows.length === 0) return []
  const known = knownOf(reader.neighbours)
  const moments = byMoment(rows)
  const fresh = moments.filter(({ key }) => !known.has(key))
  const found = Map.groupBy(reader.neighbours.at(fresh.map(({ rows: [row] }) => row.moment)), ({ of }) => of)
  const asked = fresh.map(({ key, rows: [row] }, i): Asked => ({ key, row, found: found.get(i) ?? [] }))
  const compared = asked.filter(isComparable)
  const made = new Map(retoldAt(compared, rows, reader).map((one, i) => [compared[i]?.key, one]))
  const parts = moments.map((moment) => ofThese(moment.rows, known.get(moment.key) ?? made.get(moment.key) ?? none))
  for (const { key, found } of asked) if (found.length > readAtOnce) known.set(key, made.get(key) ?? none) // A minute of thousands stands in many slices.
  return parts
}

function ofThese(rows: readonly Row[], { told, completed }: Retold): Retold {
  const seqs = rows.map(({ stored }) => stored.seq)
  return {
    told: new Set(seqs.filter((seq) => told.has(seq))),
    completed: new Map(seqs.flatMap((seq) => (completed.has(seq) ? [[seq, completed.get(seq) as JsonObject]] : []))),
  }
}

/** What was found of the moments of many, while nobody writes the case. */
function knownOf(neighbours: Neighbours): Recent<Retold> {
  const version = neighbours.version()
  const known = knownIn.get(neighbours)
  if (known?.version === version) return known.moments
  const moments = recent<Retold>(remembered, ({ told, completed }) => told.size + completed.size + 1)
  knownIn.set(neighbours, { version, moments })
  return moments
}

const knownIn = new WeakMap<Neighbours, { readonly version: number; readonly moments: Recent<Retold> }>()
const remembered = 100_000

/** Whether more than one table of a log tells of the moment, where in one each row is of something else. */
function isComparable({ row, found }: Asked): boolean {
  return row.areCompleted === undefined || found.some(({ evidence }) => evidence !== found[0]?.evidence)
}

/** What is told of each of some moments. */
function retoldAt(asked: readonly Asked[], rows: readonly Row[], reader: Reader): readonly Retold[] {
  const read = readerOf(reader, rows)
  const sayingAt = read(asked.flatMap(({ found }) => found))
  const tables = asked.map(({ row, found }) => {
    const all = found.map(({ seq }) => sayingAt(seq))
    const beside = all.filter(({ stored }) => row.isRow(stored)).map((one) => rowOf(row, one, row.moment))
    const own = beside.filter((one) => isSame(one.momentOf(one.stored, one.record), one.moment))
    const tellers = all.map((one) => tellerOf(one)).filter((one) => mayTell(one, row))
    return { own: new Set(own.map(({ stored }) => stored.seq)), beside, tellers, elsewhere: beside.flatMap(elsewhere) }
  })
  const asking = tables.flatMap((table) => table.elsewhere.filter(({ stored }) => table.own.has(stored.seq)))
  const pools = new Map(asking.map(({ pool, moment }) => [pool, moment]))
  const names = [...pools.keys()]
  const around = reader.neighbours.at([...pools.values()])
  const recordAt = read(around)
  const inPools = Map.groupBy(around, ({ of }) => names[of] ?? '')
  return tables.map(({ own, beside, tellers, elsewhere }) => {
    const others = [...new Set(elsewhere.map(({ pool }) => pool))].flatMap((pool) =>
      (inPools.get(pool) ?? []).map(({ seq }) => tellerOf(recordAt(seq), pool)),
    )
    return together([retoldApart(own, beside, tellers), retoldApart(own, elsewhere, others)])
  })
}

/** Reads what was found, but for rows that are known. */
function readerOf(reader: Reader, rows: readonly Row[]): (found: readonly NeighbourThen[]) => (seq: number) => Saying {
  const known = new Map<number, Saying>(rows.map((row) => [row.stored.seq, row]))
  return (found) => {
    const unread = new Set(found.map(({ seq }) => seq).filter((seq) => !known.has(seq)))
    for (const seqs of inLists(unread, () => readAtOnce))
      for (const stored of reader.activities({ seqs })) known.set(stored.seq, sayingOf(stored))
    return (seq) => known.get(seq) as Saying // It was found.
  }
}

function byMoment(rows: readonly Row[]): { readonly key: string; readonly rows: readonly [Row, ...Row[]] }[] {
  return [...Map.groupBy(rows, ({ moment }) => JSON.stringify(moment))].map(([key, some]) => {
    return { key, rows: some as [Row, ...Row[]] } // None is empty.
  })
}

function isSame(a: Moment, b: Moment): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function together(parts: readonly Retold[]): Retold {
  return {
    told: new Set(parts.flatMap(({ told }) => [...told])),
    completed: new Map(parts.flatMap(({ completed }) => [...completed])),
  }
}

function rowsOf(stored: StoredActivity): readonly Row[] {
  const kind = kinds.find(({ isRow }) => isRow(stored))
  if (kind === undefined) return []
  const saying = sayingOf(stored)
  return [rowOf(kind, saying, kind.momentOf(stored, saying.record))]
}

function rowOf(kind: Kind, { stored, record, truncated, size, table }: Saying, moment: Moment): Row {
  return { ...kind, stored, record, truncated, size, table, moment, told: kind.listed?.(record) ?? [], pool: '' }
}

/** A row as it is told by records of another dataset. */
function elsewhere(row: Row): readonly Row[] {
  if (row.elsewhere === undefined) return []
  const moment = row.elsewhere.momentAround(row.moment, row.stored, row.record)
  return [{ ...row, ...row.elsewhere, moment, pool: JSON.stringify(moment) }]
}

function tellerOf(saying: Saying, pool = ''): Teller {
  const { Folders: folders, Item: item, AffectedItems: items } = saying.record
  return { ...saying, pool, listed: once(() => new Set([folders, item, items].flatMap(leaves))) }
}

function mayTell({ stored: other }: Saying, { isRow, byRows }: Kind): boolean {
  if (byRows === undefined) return !isRow(other)
  return byRows === 'any' || byRows.includes(other.evidence.format.shape) || !hashed.test(other.id)
}

function sayingOf(stored: StoredActivity): Saying {
  const { format } = stored.evidence
  const { record, truncated } = restore(format, stored.content, stored.dataset)
  const table = `${format.shape} ${'columns' in format ? format.columns.join() : ''}`
  return { stored, record, truncated, size: leaves(record).length, table }
}
