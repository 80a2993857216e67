import type { CsvFormat } from '../../entry.ts'

const [quote, lineFeed, carriageReturn] = [34, 10, 13] as const

/** The byte behind which the lines of a CSV end. */
export function lastByteOf({ lineEnd }: Pick<CsvFormat, 'lineEnd'>): number {
  return lineEnd === 'CR' ? carriageReturn : lineFeed
}

/** Whether lines end in a carriage return alone, as the first one shows that ends: what stands in a quoted cell ends none. */
export function endsInReturns(head: Buffer): boolean {
  let isQuoted = false
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at]
    if (byte === quote) isQuoted = !isQuoted
    if (isQuoted || (byte !== lineFeed && byte !== carriageReturn)) continue
    while (head[at] === carriageReturn) at += 1 // Translated twice, a line ends in two of them and a line feed.
    return head[at] !== lineFeed
  }
  return false
}

/** The same bytes with line feeds for carriage returns, where lines end in these alone: all stands where it stood. */
export function asLines(bytes: Buffer): Buffer {
  if (!endsInReturns(bytes)) return bytes
  return Buffer.from(bytes.map((byte) => (byte === carriageReturn ? lineFeed : byte)))
}
