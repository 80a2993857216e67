import type { Published } from '../delivery.ts'
import type { Deps } from '../deps.ts'
import type { Mark } from '../marks.ts'
import { dayMs } from '../time/time.ts'

/** What a collector delivers from its case, time and again. */
export interface Outbox {
  /** Delivers what is new since the last time, and now and then what was refused. */
  deliver(signal: AbortSignal): Promise<void>
  /** How many documents Elasticsearch refused in the last delivery. */
  refusedNow(): number
}

export interface OutboxParts {
  /** How many records have arrived since the start. */
  readonly arrived: () => number
  /** What is marked: it may change while nothing arrives, and documents with it. */
  readonly marks: () => readonly Mark[]
  /** Delivers what is new; with `rejects` also what was refused before. */
  readonly publish: (
    rejects: boolean,
    signal: AbortSignal,
  ) => Promise<
    Pick<Published, 'refused' | 'rejected' | 'foreign' | 'gone' | 'lost' | 'target' | 'left' | 'outdated' | 'byOthers'>
  >
  /** Whether to begin with what was refused before. */
  readonly retriesAtStart: boolean
  readonly deps: Pick<Deps, 'now' | 'log'>
}

// By then somebody may have mended a mapping or a limit.
const againMs = dayMs

/** An outbox; nothing is delivered yet. */
export function outboxOf({ arrived, marks, publish, retriesAtStart, deps }: OutboxParts): Outbox {
  let delivered: string | undefined
  let triedAt = deps.now().getTime()
  let [refused, refusedNow, missing] = [0, 0, 0]
  let outdated = ''
  let byOthers = false
  return {
    refusedNow: () => refusedNow,
    async deliver(signal) {
      const state = JSON.stringify([arrived(), marks()])
      const at = deps.now().getTime()
      const isTime = Math.abs(at - triedAt) >= againMs // The clock may have been put back.
      const rejects = delivered === undefined ? retriesAtStart : isTime
      if (state === delivered && !rejects) return
      const published = await publish(rejects, signal)
      // What is left is gone on with the next time, behind what is new by then.
      delivered = published.left > 0 ? '' : state
      if (rejects) triedAt = at
      const { target, foreign, gone, lost } = published
      const warn = (fields: object, message: string) => deps.log.warn({ target, ...fields }, message)
      if (published.refused > refused)
        warn({ refused: published.refused }, 'Elasticsearch refuses documents: they are sent again every day')
      if (foreign > 0)
        warn({ foreign }, 'documents stay as another case wrote them: hoofprint publish --again writes them anew')
      if (gone > 0) deps.log.info({ target, gone }, 'documents that were deleted there are not written again')
      // A lifecycle may take what few records were delivered last, day after day.
      if (lost > missing)
        warn(
          { lost },
          'of the documents that were delivered last some are not there: unless they were deleted on purpose, run hoofprint publish --again',
        )
      if (published.outdated.length > 0 && `${published.outdated}` !== outdated)
        warn(
          { outdated: published.outdated },
          'fields of this version cannot be searched in these data streams: run hoofprint setup with an account that may',
        )
      outdated = `${published.outdated}`
      if (published.byOthers && !byOthers)
        warn(
          {},
          'what another version delivered is as that one made it: with the collector stopped, hoofprint publish --again writes anew what the case still has',
        )
      byOthers = published.byOthers
      ;[refused, refusedNow, missing] = [published.refused, published.rejected, rejects ? lost : missing]
    },
  }
}
