import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { PackedEntries } from '../bytes/packed-entries.ts'
import { coarseMs, lowered, sayings } from '../entry.ts'
import { numberIn, query } from '../query.ts'
import { once } from '../remember.ts'
import { cellsOf, envelopesIn } from './packed-sql.ts'

/**
 * Lets copies of which one's time was cut meet: id and operation are the same, and the minute is; or the second, of what cases before version 16
 * kept with less than seconds.
 */
export interface CoarseTimes {
  /** Gives such events of the case the times that copies among these rows have, so that they are found under one. */
  meet(rows: Record<string, SQLInputValue>): void
  /** Of which event of the case each coarse entry is a copy, where one has all of its time. */
  finerOf(packed: PackedEntries): ReadonlyMap<number, number>
}

// The audit log has whole seconds. At the minute itself both have one time, and meet without help.
const seconds = JSON.stringify(Array.from({ length: coarseMs / 1000 - 1 }, (_, i) => (i + 1) * 1000))
// Only a lack that is larger than all others together makes a fullness so low. As the index has it, or SQLite would not use it.
const isCoarse = `fullness < ${(-lowered.coarse + lowered.cutOff / 2) * sayings}`
const index = 'event_coarse'
/** The statement that makes its index anew, where what it goes by was counted otherwise. */
export const indexCoarse = `drop index if exists ${index}; create index ${index} on event (id) where ${isCoarse};`
/** What directory audits, alerts and risk detections are found by that older cases kept with milliseconds: they go by the second. An upgrade makes it. */
const olderIndex = 'event_split_second'
const isSplit = `dataset = 'o365.audit' and time % 1000 <> 0`
/** The statement that makes it. */
export const indexSplitSeconds = `create index ${olderIndex} on event (id) where ${isSplit};`
const none: ReadonlyMap<number, number> = new Map()

/** Prepared on one connection. Costs nothing as long as the case has no such event: most never have. */
export function coarseTimes(db: DatabaseSync): CoarseTimes {
  const { id, time, dataset, operation } = cellsOf('event', 'value')
  const isThere = (name: string) =>
    numberIn(db, `select count(*) from sqlite_schema where type = 'index' and name = '${name}'`) > 0
  let hasCoarse = isThere(index)
  const hasSplit = isThere(olderIndex) && numberIn(db, `select exists (select 1 from event where ${isSplit})`) > 0
  const finer = query<{ seq: number }>(
    db,
    `select seq from json_each('${seconds}') cross join event e on e.time = ? + value and e.id = ? and e.dataset = ?
    where e.operation = ? limit 1`,
  )
  // Only where there is the index. An update from the same rows would go through all events for each block.
  const knownBy = (index: string, where: string) =>
    query<{ seq: number; time: number }>(
      db,
      `select e.seq, ${time} as time from json_each(:rows) cross join event e indexed by ${index}
        on e.id = ${id} and ${where}
      where e.dataset = ${dataset} and e.operation = ${operation}`,
    )
  const known = once(() => knownBy(index, `e.${isCoarse} and ${time} > e.time and ${time} < e.time + ${coarseMs}`))
  const split = once(() =>
    knownBy(olderIndex, `e.dataset = 'o365.audit' and e.time % 1000 <> 0 and ${time} = e.time - e.time % 1000`),
  )
  const settle = db.prepare('update or ignore event set time = ? where seq = ?')

  return {
    meet(rows) {
      for (const found of [hasCoarse && known(), hasSplit && split()]) {
        if (found === false) continue
        for (const { seq, time } of found.all(rows)) settle.run(time, seq)
      }
    },
    finerOf(packed) {
      if (packed.coarse.length === 0) return none
      db.exec(`create index if not exists ${index} on event (id) where ${isCoarse}`)
      hasCoarse = true
      const envelopeOf = envelopesIn(packed)
      const found = packed.coarse.map((i) => {
        const entry = envelopeOf(i)
        return [i, finer.get(entry.time, entry.id, entry.dataset, entry.operation)?.seq] as const
      })
      return new Map(found.filter((pair): pair is readonly [number, number] => pair[1] !== undefined))
    },
  }
}
