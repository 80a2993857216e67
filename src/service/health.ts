import type { StreamStatus } from './status.ts'

/** Whether all is well; if not, why, for each stream that is not. */
export interface Health {
  readonly healthy: boolean
  readonly reasons: readonly { readonly stream: string; readonly reason: string }[]
  readonly streams: readonly StreamHealth[]
}

interface StreamHealth {
  readonly stream: string
  readonly state: string
  readonly healthy: boolean
  readonly lagSeconds: number | undefined
  readonly lastSuccess: string | undefined
  readonly lastRecord: string | undefined
  readonly failures: number
  readonly reason: string | undefined
}

/** Judges the streams: one that is stopped, or for longer than its threshold without success or without a record, is not well. */
export function healthOf(streams: readonly StreamStatus[], startedAt: number, now: number): Health {
  const judged = streams.map((status): StreamHealth => {
    const reason = complaintAbout(status, startedAt, now)
    const { id, state, failures, doneUntil } = status
    return {
      stream: id,
      state,
      healthy: reason === undefined,
      lagSeconds: doneUntil === undefined ? undefined : Math.round((now - doneUntil) / 1000),
      lastSuccess: toIso(status.succeededAt),
      lastRecord: toIso(status.lastRecordAt),
      failures,
      reason: reason ?? status.reason,
    }
  })
  const reasons = judged.filter(({ healthy }) => !healthy).map(({ stream, reason = '' }) => ({ stream, reason }))
  return { healthy: reasons.length === 0, reasons, streams: judged }
}

function complaintAbout(status: StreamStatus, startedAt: number, now: number): string | undefined {
  const { state, failingAfterMs, silentAfterMs } = status
  if (state === 'stopped') return `stopped until somebody acts: ${status.reason}`
  const movedAt = status.failures > 0 && !goesOn(status) ? status.storedAt : status.progressAt
  const aliveAt = Math.max(startedAt, status.succeededAt ?? 0, movedAt ?? 0)
  // A rhythm slower than the threshold is no failure.
  if (now - aliveAt > failingAfterMs + status.everyMs) {
    return `no success since ${toIso(aliveAt)}: ${status.reason ?? 'it does not come to an end'}`
  }
  const heardAt = Math.max(status.watchedSince, status.lastRecordAt ?? 0)
  // Before it has asked once nobody knows whether there is nothing: it may have been off for days.
  const hasAsked = (status.succeededAt ?? 0) >= startedAt
  if (!hasAsked || now - heardAt <= silentAfterMs) return undefined
  return `no record since ${toIso(heardAt)}: check that auditing is on and that \`hoofprint doctor\` finds nothing`
}

/** Whether an attempt has gone on for so long that it is none of those that fail, such as one that waits for a search or finds only what is known. */
function goesOn({ triedAt, progressAt = 0, failingAfterMs }: StreamStatus): boolean {
  return triedAt !== undefined && progressAt - triedAt > failingAfterMs / 2
}

function toIso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}
