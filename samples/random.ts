/** A stream of repeatable choices: the same seed gives the same story on every machine. */
export type Random = {
  /** A number from 0 up to, but not including, 1. */
  fraction(): number
  /** A whole number between the two, both included. */
  whole(from: number, to: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string
  /** A lower-case GUID. */
  guid(): string
}

/** Starts a repeatable stream of choices (Mulberry32, which is in the public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  function bits(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  function fraction(): number {
    return bits() / 4294967296
  }

  function whole(from: number, to: number): number {
    return from + Math.floor(fraction() * (to - from + 1))
  }

  function hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += bits().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }

  return {
    fraction,
    whole,
    hex,
    chance: (probability) => fraction() < probability,
    // The index is inside the list as long as the list is not empty.
    pick: <T>(list: readonly T[]) => list[Math.floor(fraction() * list.length)] as T,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  }
}
