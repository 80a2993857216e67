import type { Cells } from './shape.ts'

/** What the portals put behind the name of each column of times: `TimeGenerated [UTC]`, or `[Local Time]` where the operator asked for that. */
const zoned = /^(\w+) \[(.*)\]$/

/** The cells without zones in their columns' names; or why their times are not to be had. */
export function inUtc(cells: Cells): Cells | string {
  const named = Object.entries(cells).map(([column, cell]) => {
    const [, name, zone] = zoned.exec(column) ?? []
    return { column: name ?? column, cell, isElsewhere: zone !== undefined && zone !== 'UTC' }
  })
  if (named.some(({ isElsewhere }) => isElsewhere)) return 'times are not in UTC: export again with UTC as time zone'
  return Object.fromEntries(named.map(({ column, cell }) => [column, cell]))
}
