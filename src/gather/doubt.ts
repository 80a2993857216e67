import { claimed, type Format } from '../entry.ts'
import type { Evidence } from '../evidence.ts'

/** What speaks against what is said of a file by now: it stays as it was read at first. Undefined where nothing does. */
export function doubtOf(evidence: Evidence, known: Format, told: Format): string | undefined {
  return doubtOfDates(evidence, known, told) ?? doubtOfLetters(evidence, known, told)
}

/** What was read of it stays so; where its dates were not looked at again, nothing speaks against that. */
function doubtOfDates({ counts }: Evidence, known: Format, told: Format): string | undefined {
  const [first, now] = [known, told].map((format) => ('columns' in format ? format.dates : undefined))
  if (now === undefined || first?.order === now.order) return undefined
  if (first === undefined && counts.rejected === 0) return undefined // All of its records tell their time.
  return 'its dates stay as they were read at first: import it into a new case with --dates'
}

/** A file in UTF-8 is the same in whatever somebody says of others. */
function doubtOfLetters({ claims, counts }: Evidence, known: Format, told: Format): string | undefined {
  if (told.encoding === undefined || told.encoding === known.encoding) return undefined
  const wasAsked =
    known.encoding !== undefined || counts.rejected > 0 || claims.some(([kind]) => kind === claimed.otherEncoding)
  return wasAsked ? 'its letters stay as they were read at first: import it into a new case with --encoding' : undefined
}
