/** UTF-16, low byte first, as UTF-8. A lone surrogate or a last odd byte becomes U+FFFD. */
export async function* decodeUtf16Le(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const units = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
    const end = endOfWhole(units)
    kept = Buffer.from(units.subarray(end))
    if (end > 0) yield Buffer.from(units.toString('utf16le', 0, end)) // A lone surrogate has no UTF-8: U+FFFD is written.
  }
  if (kept.length > 0) yield Buffer.from('\ufffd') // Half a character, whether of one byte, two or three.
}

/** UTF-16, high byte first, as UTF-8. A lone surrogate or a last odd byte becomes U+FFFD. */
export function decodeUtf16Be(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  return decodeUtf16Le(swapped(bytes))
}

/** Where the last whole character ends: an odd byte and a high surrogate wait for what follows. */
function endOfWhole(units: Buffer): number {
  const even = units.length & ~1
  const high = even > 0 && ((units[even - 1] ?? 0) & 0xfc) === 0xd8
  return high ? even - 2 : even
}

async function* swapped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const units = Buffer.concat([kept, chunk]) // A copy, for it is swapped in place.
    const even = units.length & ~1
    kept = Buffer.from(units.subarray(even))
    yield units.subarray(0, even).swap16()
  }
  if (kept.length > 0) yield kept
}
