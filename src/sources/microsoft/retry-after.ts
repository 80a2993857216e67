const longestMs = 600_000

/** How long an answer asks to wait, in whatever way it says so; undefined when it does not. At most ten minutes; negative where the time has gone by. */
export function retryAfterMs(header: (name: string) => string | undefined, now: Date): number | undefined {
  const asked = header('retry-after')?.trim() ?? ''
  if (asked === '') return undefined
  // A date is one of the server's clock, which may differ from ours.
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - (serverTime(header) ?? now.getTime())
  return Number.isNaN(ms) ? undefined : Math.min(longestMs, ms)
}

/** Milliseconds since the epoch by the server's clock; undefined when the answer does not say. */
export function serverTime(header: (name: string) => string | undefined): number | undefined {
  const ms = Date.parse(header('date') ?? '')
  return Number.isNaN(ms) ? undefined : ms
}
