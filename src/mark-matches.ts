import type { Surroundings } from './case/first-seen.ts'
import type { KnownOrigin } from './case/marks.ts'
import { openReader } from './case/reader.ts'
import { countCase } from './connector.ts'
import { openLookups } from './enrich/lookups.ts'
import { ConfigError } from './errors.ts'
import { type Job, withMarks, withView } from './job.ts'
import { type Circumstances, judgeOf, type Mark, matching } from './marks.ts'
import { surroundingsOf } from './render/surroundings.ts'
import type { Counted } from './reports/count.ts'

/** Everything with an address, a client or an application that reports know, failed logons and deliveries too. */
const counted = `select ip, agent as userAgent, null as application, null as user from usage union select via, agent, null, null from usage
  union select ip, agent, null, null from logon union select null, null, application, null from application
  union select null, null, null, user from usage`

type Origin = KnownOrigin & { readonly application?: string | null; readonly user?: string | null }

/** Marks of which nothing is known in the case: `unmatched` of nothing at all, `untold` of nothing that is quickly told. */
export interface Unmatched {
  readonly unmatched: readonly Mark[]
  readonly untold: readonly Mark[]
}

/**
 * The marks that are of nothing in the case, as far as can be told: sessions are known or not. What the case has noted of addresses and
 * clients answers at once; only for what is not there, such as where all logons failed, all records are gone through, unless these are many or
 * another is storing more.
 */
export async function unmatchedMarks(job: Job, marks: readonly Mark[]): Promise<Unmatched> {
  const lookups = openLookups(job.config.databases)
  const { placeOf } = surroundingsOf(lookups)
  try {
    const asked = marks.filter(({ kind }) => kind !== 'session')
    const left = withMarks(job, (book) => unmatched(asked, book.origins(), placeOf))
    const untold = { unmatched: [], untold: left }
    if (left.length === 0 || isLarge(job)) return untold
    const find = (counts: Counted) => unmatched(left, counts.scratch.each<Origin>(counted), placeOf)
    return await withView(job, async () => ({ unmatched: await countCase(job, [], find), untold: [] })).catch(
      (error: unknown) => {
        if (error instanceof ConfigError) return untold
        throw error
      },
    )
  } finally {
    lookups.close()
  }
}

function isLarge({ config }: Job): boolean {
  const reader = openReader(config.case)
  try {
    return reader.isLarge(reader.lastSeq())
  } finally {
    reader.close()
  }
}

function unmatched(marks: readonly Mark[], origins: Iterable<Origin>, placeOf: Surroundings['placeOf']): Mark[] {
  const left = new Set(marks)
  const { asksPlaces } = judgeOf(marks)
  const matches = matching(marks)
  for (const { ip, userAgent, application, user } of origins) {
    if (left.size === 0) break
    const where = ip === null ? {} : { ip, ...(asksPlaces && placeOf(ip)) }
    const circumstances: Circumstances = {
      ...where,
      userAgent: userAgent ?? undefined,
      application: application ?? undefined,
      user: user ?? undefined,
    }
    for (const mark of matches(circumstances)) left.delete(mark)
  }
  return [...left]
}
