import { recent } from '../remember.ts'

/** Some consecutive logons: for times from `from` up to `until` they are all there are. */
interface Window<Logon> {
  readonly logons: readonly Logon[]
  readonly from: number
  readonly until: number
  /** How many later logons were asked for. */
  readonly size: number
}

type Key = readonly (string | number)[]

// Where many mailboxes or sessions are asked for in turn, small windows of all of them are kept; where few are, they grow.
const largestWindow = 256

/** How logons are asked for. */
interface Way<Row, Logon> {
  /** Prepares what is behind the condition on the key. */
  readonly ask: (sql: string) => { all(...values: Key): Row[] }
  readonly toLogon: (row: Row) => Logon
  readonly smallestWindow: number
  /** How many logons in windows a worker has memory for. */
  readonly kept: number
  /** Whether most have fewer than the smallest window holds: then they are asked for at once. */
  readonly areMostlyFew: boolean
}

/**
 * Finds logons by what they have in common: asked for in time order, it looks up little, however many there are. Gives those around a time: the
 * latest at or before it, if there is one, is among them, and else the first is the earliest of all.
 */
export function logonWindows<Row, Logon extends { readonly time: number }>({
  ask,
  toLogon,
  smallestWindow,
  kept,
  areMostlyFew,
}: Way<Row, Logon>): (key: Key, time: number) => readonly Logon[] {
  const earliest = ask(`order by time, id limit ${smallestWindow}`)
  const before = ask('and time <= ? order by time desc, id desc limit 1')
  // At a bare `?` SQLite looks when it plans, and so plans again whenever it is bound: that takes as long as the look-up itself.
  const following = ask('and time > ? order by time, id limit +?')
  const known = recent<Window<Logon>>(kept, ({ logons }) => logons.length + 1)

  function windowAt(key: Key, time: number, size: number): Window<Logon> {
    const first = before.all(...key, time)
    const rest = following.all(...key, time, size)
    const logons = [...first, ...rest].map(toLogon)
    const from = first.length > 0 ? (logons[0]?.time ?? -Infinity) : -Infinity
    const until = rest.length === size ? (logons.at(-1)?.time ?? Infinity) : Infinity
    return { logons, from, until, size }
  }

  function all(key: Key): Window<Logon> | undefined {
    const rows = earliest.all(...key)
    if (rows.length === smallestWindow) return undefined
    return { logons: rows.map(toLogon), from: -Infinity, until: Infinity, size: smallestWindow }
  }

  return (key, time) => {
    const name = key.length === 1 ? String(key[0]) : key.join('\n')
    const window = known.get(name)
    if (window !== undefined && time >= window.from && time < window.until) return window.logons
    const goesOn = window !== undefined && time >= window.until
    const size = goesOn ? Math.min(2 * window.size, largestWindow) : smallestWindow
    const found = (window === undefined && areMostlyFew ? all(key) : undefined) ?? windowAt(key, time, size)
    known.set(name, found)
    return found.logons
  }
}

/** The latest of these at or before `time`. */
export function latestIn<Logon extends { readonly time: number }>(
  logons: readonly Logon[],
  time: number,
): Logon | undefined {
  let low = 0
  let high = logons.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((logons[middle] as Logon).time <= time) low = middle + 1
    else high = middle
  }
  return logons[low - 1]
}
