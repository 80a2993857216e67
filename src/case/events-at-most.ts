import type { DatabaseSync } from 'node:sqlite'
import { numberIn } from '../query.ts'

/** How many events a case has, at most: by their numbers, for who counts them goes through all. */
export function eventsAtMost(db: DatabaseSync): number {
  return numberIn(db, 'select max(seq) from event') - numberIn(db, 'select min(seq) - 1 from event')
}
