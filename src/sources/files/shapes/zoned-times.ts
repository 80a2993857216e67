import type { Json } from '../../../activity.ts'
import { time } from './starts-row.ts'

/**
 * What portals put behind the name of each column of times: `TimeGenerated [UTC]`, or `[Local Time]` where the operator asked for that. Defender's
 * writes `Timestamp Local time` then (MicrosoftDocs/WDAC-Toolkit, AdvancedHunting.cs).
 */
const zoned = /^(\w+) (?:\[(.*)\]|(Local time))$/i

/** A row without zones in its columns' names; or why its times are not to be had. */
export function inUtc<Value extends Json>(row: Readonly<Record<string, Value>>): Record<string, Value> | string {
  if (!Object.keys(row).some((column) => column.includes(' '))) return row // Nearly none has a zone, and this costs less than matching each.
  const named: [string, Value][] = []
  for (const [column, value] of Object.entries(row)) {
    const [, name = column, bracketed, local] = zoned.exec(column) ?? []
    const zone = (bracketed ?? local ?? 'UTC').toUpperCase()
    const isElsewhere = zone !== 'UTC' && typeof value === 'string' && time.test(value)
    if (isElsewhere) return 'times are not in UTC: export again with UTC as time zone'
    named.push([zone === 'UTC' ? name : column, value])
  }
  return Object.fromEntries(named)
}
