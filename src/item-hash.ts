/**
 * A number of 53 bits for the id of a mail or item: FNV-1a twice, with two primes. Ids that share one cost a needless
 * comparison and nothing else, so it may be quick and need not withstand those who choose their ids.
 */
export function itemHash(item: string): number {
  let [high, low] = [0x811c9dc5, 0x811c9dc5]
  for (let i = 0; i < item.length; i += 1) {
    const code = item.charCodeAt(i)
    high = Math.imul(high ^ code, 0x85ebca6b)
    low = Math.imul(low ^ code, 0x01000193)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}
