import { foundOrMade } from '../remember.ts'
import { near } from './near-rows.ts'
import type { Teller, Told } from './row-kinds.ts'

/**
 * Which of these rows of one moment something tells. What says the same tells the same: of thousands that are alike, as of a service that does one
 * thing again and again, one is compared.
 */
export function toldRows<One extends Told>(rows: readonly One[]): (teller: Teller) => readonly One[] {
  const { of } = near(rows)
  const tells = (teller: Teller) =>
    of(teller.record, teller.listed).filter((row) => row.says(teller, row, teller.listed))
  const reads = rows[0]?.reads
  if (reads === undefined) return tells
  const names = [...new Set([...reads, ...rows.flatMap(({ record }) => Object.keys(record))])].filter(
    (name) => !ofOneAlone.has(name),
  )
  const known = new Map<string, readonly One[]>()
  return (teller) => foundOrMade(known, saidIn(teller, names), () => tells(teller))
}

/** What each has of its own and nothing is compared by. */
const ofOneAlone: ReadonlySet<string> = new Set(['CreationTime', 'OriginatingServer', 'Id', 'createdDateTime', 'id'])

function saidIn({ stored: { dataset, time }, record }: Teller, names: readonly string[]): string {
  return [dataset, time, ...names.map((name) => JSON.stringify(record[name]))].join('\n') // Nothing said is not the same as null.
}
