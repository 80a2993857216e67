import type { DatabaseSync } from 'node:sqlite'
import { numberIn } from '../query.ts'

/**
 * How many of the rows that were read stand here no more as their files count them, or stand here though no file counts them: something else than
 * this program changed the case. Where retention deletes, nothing tells.
 */
export function alteredIn(db: DatabaseSync): number {
  return numberIn(db, unaccounted)
}

const unaccounted = `select case when exists (select 1 from cursor where stream = 'retention') then 0 else
    abs(coalesce(sum(stored), 0) - (select count(*) from event))
    + abs(coalesce(sum(duplicate), 0) - (select count(*) from further_sighting))
    + abs(coalesce(sum(rejected), 0) - (select count(*) from reject where evidence is not null and event is null))
  end from evidence`
