import { z } from 'zod'
import type { Rejection } from '../activity.ts'
import { letGo } from '../bytes/packed-entries.ts'
import type { CaseStore, EntryBatch } from '../case/store.ts'
import { mapInOrder } from '../concurrency.ts'
import type { Counts } from '../counts.ts'
import type { Format } from '../entry.ts'
import type { Evidence } from '../evidence.ts'
import type { DigestTask } from '../sources/files/digest.ts'
import type { Block, Position } from '../sources/files/frames.ts'
import type { Crew } from '../threads.ts'
import type { DigestResult } from './digest.ts'

const Saved = z.object({ offset: z.int().nonnegative(), row: z.int().positive(), isInList: z.boolean().optional() })

/** Where reading goes on; undefined where it has not begun. A stored cursor is input. */
export function savedPosition(cursor: unknown): Position | undefined {
  return cursor === undefined ? undefined : Saved.parse(cursor)
}

// Storing stops for some tenths of a second when the disk takes what was written: until then reading has to go on.
const bytesUnderWay = 4 * 2 ** 20
// However large a row is, one is read while others are stored; however small blocks are, each counts.
const [fewest, most] = [4, 64] as const
const sizeOf = ({ bytes }: Block) => Math.min(Math.max(bytes.length, bytesUnderWay / most), bytesUnderWay / fewest)

// Each transaction writes whole pages, of which rows of other blocks change the same: 64 rows at a time cost a fifth more than 1000.
const bytesTogether = 2 ** 20
// What a rejected row takes beside its bytes until it is stored: of short lines there are hundreds of thousands in a megabyte.
const rejectionBytes = 256

/** What an evidence holds: its records in blocks, how they are read, and, once they are, what of it is lost. */
export interface Holdings {
  readonly format: Format
  readonly blocks: AsyncIterable<Block>
  lost(): readonly Rejection[]
  /** Whether these were, or may be, of other bytes than those that the evidence is known by; once they are read. */
  isOther?(): boolean
}

/** Who reads records, who keeps them, and who hears of it. */
interface Parts {
  readonly crew: Crew<DigestTask, DigestResult>
  readonly store: CaseStore
  readonly onProgress: (position: Position, counts: Counts) => void
}

/**
 * Moves all records of one evidence into the case. Some blocks at a time are stored with their cursor in one transaction, in order
 * (in bulk with others'): killed anywhere and started again, it goes on after the last that was stored, and nothing is lost or doubled.
 */
export async function gather(
  evidence: Evidence,
  { format, blocks, lost, isOther = () => false }: Holdings,
  { crew, store, onProgress }: Parts,
  together = bytesTogether,
): Promise<void> {
  const { mailbox } = evidence
  const digested = async ({ firstRow, bytes, ends, next }: Block) => {
    return { cursor: next, ...(await crew.run({ format, mailbox, firstRow, bytes, ends })) }
  }
  let waiting: (EntryBatch & { readonly cursor: Position })[] = []
  let bytes = 0
  const stored = (position: Position, counts: Counts) => {
    for (const { entries } of waiting) letGo(entries)
    waiting = []
    bytes = 0
    onProgress(position, counts)
  }
  for await (const batch of mapInOrder(blocks, bytesUnderWay, digested, sizeOf)) {
    waiting.push(batch)
    bytes += batch.entries.contents.length + rejectionBytes * batch.rejected.length
    if (bytes >= together) stored(batch.cursor, store.write(evidence, ...waiting))
  }
  if (isOther()) store.forgetHash(evidence)
  const end = { offset: Number.MAX_SAFE_INTEGER, row: 0 }
  stored(end, store.completeEvidence(evidence, lost(), ...waiting))
}
