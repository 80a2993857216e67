import type { JsonObject } from '../../activity.ts'
import { type Framed, framesOf, recordIn, rowsIn, untilBroken } from './framed-rows.ts'
import { ownerOf } from './shapes/index.ts'

/** Whose mailbox a file is of, by the names its rows give. */
export interface Owner {
  readonly name: string
  /** How many of the rows looked at name this one, and how many name any. */
  readonly rows: number
  readonly ofRows: number
}

const maxNamingRows = 5000

/** Whether the records do not say themselves whose mailbox they are of. */
export function needsOwner({ format }: Framed): boolean {
  return ownerOf(format) !== undefined
}

/** The names in the first rows that name somebody, most frequent first. */
export async function ownersOf(file: Framed, signal: AbortSignal): Promise<Owner[]> {
  const owner = ownerOf(file.format)
  if (owner === undefined) return []
  const read: (record: Readonly<Record<string, string>> & JsonObject) => string | undefined = owner.read
  const counts = new Map<string, number>()
  let named = 0
  for await (const block of framesOf(untilBroken(file), file.start, signal)) {
    if (!block.bytes.includes(owner.rowsWith)) continue
    for (const row of rowsIn(block)) {
      const record = row.includes(owner.rowsWith) ? recordIn(file.format, row) : undefined
      const name = record === undefined ? undefined : read(record)?.trim().toLowerCase()
      if (name === undefined || name === '') continue
      counts.set(name, (counts.get(name) ?? 0) + 1)
      named += 1
    }
    if (named >= maxNamingRows) break
  }
  const owners = [...counts].map(([name, rows]) => ({ name, rows, ofRows: named }))
  return owners.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
}
