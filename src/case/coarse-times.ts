import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { PackedEntries } from '../bytes/packed-entries.ts'
import { coarseMs, lowered } from '../entry.ts'
import { numberIn, query } from '../query.ts'
import { once } from '../remember.ts'
import { cellsOf, envelopesIn } from './packed-sql.ts'

/** Lets copies whose time was cut to the minute meet those that have all of it: id and operation are the same, and the minute is. */
export interface CoarseTimes {
  /** Gives coarse events of the case the times that copies among these rows have, so that they are found under one. */
  meet(rows: Record<string, SQLInputValue>): void
  /** Of which event of the case each coarse entry is a copy, where one has all of its time. */
  finerOf(packed: PackedEntries): ReadonlyMap<number, number>
}

// The audit log has whole seconds. At the minute itself both have one time, and meet without help.
const seconds = JSON.stringify(Array.from({ length: coarseMs / 1000 - 1 }, (_, i) => (i + 1) * 1000))
// Only a lack that is larger than all others together makes a fullness so low. As the index has it, or SQLite would not use it.
const isCoarse = `fullness < ${-lowered.coarse + lowered.cutOff / 2}`
const index = 'event_coarse'
const none: ReadonlyMap<number, number> = new Map()

/** Prepared on one connection. Costs nothing as long as the case has no coarse event: most never have. */
export function coarseTimes(db: DatabaseSync): CoarseTimes {
  const { id, time, dataset, operation } = cellsOf('event', 'value')
  const isThere = () =>
    numberIn(db, `select count(*) from sqlite_schema where type = 'index' and name = '${index}'`) > 0
  let hasCoarse = isThere()
  const finer = query<{ seq: number }>(
    db,
    `select seq from json_each('${seconds}') cross join event e on e.time = ? + value and e.id = ? and e.dataset = ?
    where e.operation = ? limit 1`,
  )
  // Only where there is the index. An update from the same rows would go through all events for each block.
  const known = once(() =>
    query<{ seq: number; time: number }>(
      db,
      `select e.seq, ${time} as time from json_each(:rows) cross join event e indexed by ${index}
        on e.id = ${id} and e.${isCoarse}
      where e.dataset = ${dataset} and e.operation = ${operation} and ${time} > e.time and ${time} < e.time + ${coarseMs}`,
    ),
  )
  const settle = db.prepare('update or ignore event set time = ? where seq = ?')

  return {
    meet(rows) {
      if (!hasCoarse) return
      for (const { seq, time } of known().all(rows)) settle.run(time, seq)
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
