/** No address, client or session has a longer name; a file that gives them such ones must not fill the memory. */
const longestKey = 2000

/** What a map has under a key; where that is nothing yet, what `make` makes of it. */
export function foundOrMade<Key, Found>(map: Map<Key, Found>, key: Key, make: () => Found): Found {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

/**
 * Answers that were asked for lately, in bounded memory: at least the last `limit` of them, never twice as many. Those to the longest
 * questions are found anew each time.
 */
export interface Recent<Found> {
  get(key: string): Found | undefined
  has(key: string): boolean
  set(key: string, found: Found): void
}

/** Forgets the older half at once: that costs nothing for each answer, and what is in use stays. With `weigh`, the limit is to what they weigh. */
export function recent<Found>(limit: number, weigh: (found: Found) => number = () => 1): Recent<Found> {
  let [young, old] = [new Map<string, Found>(), new Map<string, Found>()]
  let weight = 0

  function set(key: string, found: Found): void {
    if (key.length > longestKey) return
    const own = young.has(key) ? weigh(young.get(key) as Found) : 0
    const weighs = weigh(found)
    if (weight - own + weighs > limit && weight > 0 && weighs > own) {
      ;[young, old, weight] = [new Map(), young, weighs]
    } else weight += weighs - own
    young.set(key, found)
  }

  return {
    get(key) {
      const found = young.get(key)
      if (found !== undefined || young.has(key) || !old.has(key)) return found
      const older = old.get(key) as Found // It may be undefined.
      set(key, older)
      return older
    },
    has: (key) => young.has(key) || old.has(key),
    set,
  }
}

/** `find`, remembering the answers that were asked for lately. */
export function remember<Found>(limit: number, find: (key: string) => Found): (key: string) => Found {
  const answers = recent<Found>(limit)
  return (key) => {
    const known = answers.get(key)
    if (known !== undefined || answers.has(key)) return known as Found // `Found` may be undefined.
    const found = find(key)
    answers.set(key, found)
    return found
  }
}

/** `work`, remembering its last answer: several fields are read from one value, one after the other. */
export function lastOf<From, T>(work: (value: From) => T): (value: From) => T {
  let last: { readonly value: From; readonly result: T } | undefined
  return (value) => {
    if (last === undefined || last.value !== value) last = { value, result: work(value) }
    return last.result
  }
}

/** What `make` makes, made when it is first asked for. */
export function once<Found>(make: () => Found): () => Found {
  let made: { readonly found: Found } | undefined
  return () => {
    made ??= { found: make() }
    return made.found
  }
}

/** Nothing for the first calls, then what `make` makes, once: what costs a pass over a whole case serves many questions, not a few. */
export function afterSome<Found>(calls: number, make: () => Found): () => Found | undefined {
  let left = calls
  let made: Found | undefined
  return () => {
    if (left < 0) return made
    left -= 1
    if (left < 0) made = make()
    return made
  }
}
