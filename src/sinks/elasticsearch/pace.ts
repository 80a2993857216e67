/** How much is sent at once, and how many requests are under way: more while it goes well, less as soon as it does not. */
export interface Pace {
  /** How large a batch may be now. */
  bytes(): number
  /** Runs `work` once there is a place among the requests under way. */
  inTurn<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>
  /** A batch was taken in so many milliseconds. */
  wasTaken(tookMs: number): void
  /** A batch was refused for load, or its answer got lost. */
  wasRefused(): void
  /** A request of this size is too large for the server or a proxy, now and always. */
  wasTooLarge(bytes: number): void
}

const startBytes = 5_000_000
const leastBytes = 100_000
const mostBytes = 10_000_000
const startTurns = 2
const mostTurns = 4
// A request that takes this long holds memory of the server that others wait for, and much is repeated when it fails.
const slowMs = 5_000
const swiftMs = 1_000
const calmAfter = 8

/** Starts at 5 MB and two requests. */
export function pacer(): Pace {
  let bytes = startBytes
  let ceiling = mostBytes
  let turns = startTurns
  let underWay = 0
  let calm = 0
  const waiting: (() => void)[] = []
  const resize = (factor: number) => {
    bytes = Math.max(Math.min(bytes * factor, ceiling), Math.min(leastBytes, ceiling))
  }
  const admit = () => {
    while (underWay < turns && waiting.length > 0) {
      underWay += 1
      waiting.shift()?.()
    }
  }

  return {
    bytes: () => bytes,
    async inTurn(work, signal) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        admit()
      })
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        underWay -= 1
        admit()
      }
    },
    wasTaken(tookMs) {
      if (tookMs > slowMs) resize(1 / 2)
      if (tookMs < swiftMs) resize(1.1)
      calm += 1
      if (calm % calmAfter === 0) turns = Math.min(turns + 1, mostTurns)
    },
    wasRefused() {
      calm = 0
      turns = Math.max(1, Math.floor(turns / 2))
      resize(1 / 2)
    },
    wasTooLarge(size) {
      ceiling = Math.min(ceiling, Math.max(Math.floor(size / 2), 1))
      resize(1)
    },
  }
}
