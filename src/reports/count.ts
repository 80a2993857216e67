import { piecesOf, type ReportPart, release } from './render-part.ts'
import { openScratch, type Scratch } from './scratch.ts'
import { hasMarks, merge, newTally, type Tally } from './tally.ts'

/** What a case's parts add up to. */
export interface Counted {
  readonly scratch: Scratch
  readonly tally: Tally
}

/** Counts parts that come in time order, and gives what `use` makes of them before the counts are gone. */
export async function countParts<Result>(
  parts: AsyncIterable<ReportPart>,
  use: (counted: Counted) => Result,
): Promise<Result> {
  const scratch = openScratch()
  const tally = newTally()
  try {
    for await (const part of parts) {
      merge(tally, part.tally)
      scratch.add(piecesOf(part))
      release(part)
    }
    scratch.sumUp(hasMarks(tally))
    return use({ scratch, tally })
  } finally {
    scratch.close()
  }
}
