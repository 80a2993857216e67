import { type OwnBytes, ownBytes } from '../../bytes/own-bytes.ts'

/** Whole rows of a file, as bytes, and where reading goes on after them. */
export interface Block {
  readonly bytes: OwnBytes
  /** Where each row ends in `bytes`, its line end included. */
  readonly ends: readonly number[]
  /** The number of the first of these rows; the header is row 1. */
  readonly firstRow: number
  readonly next: Position
}

/** A place between two rows: bytes before it, and the number of the row that follows. */
export interface Position {
  readonly offset: number
  readonly row: number
  /** Of JSON: whether a list is open there. */
  readonly isInList?: boolean | undefined
}

const [lineFeed, carriageReturn] = [10, 13] as const
const quote = 34
/** How long a row may be whose quote nobody has closed yet. */
export const maxRowBytes = 16 * 1024 * 1024
// Behind a quote that nobody closed each line is a row, and millions of them would be read at once.
const maxRows = 32 * 1024
// As much of a line as tells whether a row begins there.
const maxStartBytes = 400

/**
 * Cuts a CSV into blocks of whole rows. A quoted cell may hold line ends; a quote that nobody closes ends where
 * `startsRow` sees the next row, else with its own line, so that one broken row costs one row. `newline` is the last byte of each line; where
 * it is the other line end that stands before what can only be a row, as where files were put together, that ends a row too.
 */
export async function* frameRows(
  chunks: AsyncIterable<Buffer>,
  from: Position,
  startsRow: (line: string) => boolean,
  newline: number = lineFeed,
): AsyncGenerator<Block> {
  let { offset, row } = from
  let pending = ownBytes([])
  let scan: Scan = { newline, lineStart: 0, quoted: false, ends: [] }

  const cut = (): Block => {
    const ends = scan.ends.slice(0, maxRows)
    const end = ends.at(-1) as number
    const others = scan.ends.slice(maxRows).map((one) => one - end)
    const block = {
      bytes: others.length === 0 ? pending.subarray(0, end) : ownBytes([pending.subarray(0, end)]),
      ends,
      firstRow: row,
      next: { offset: offset + end, row: row + ends.length },
    }
    pending = ownBytes([pending.subarray(end)]) // The block's may leave for another thread.
    scan = { newline, lineStart: scan.lineStart - end, quoted: scan.quoted, ends: others }
    offset = block.next.offset
    row = block.next.row
    return block
  }

  for await (const chunk of chunks) {
    pending = ownBytes([pending, chunk])
    scanLines(pending, scan, startsRow)
    if (scan.ends.length === 0 && pending.length > maxRowBytes) giveUpQuote(pending, scan, startsRow)
    while (scan.ends.length > 0) yield cut()
  }
  // The last line may lack its end: with one it is a line like the others.
  if (pending.length > 0 && pending.at(-1) !== newline) pending = ownBytes([pending, Buffer.of(newline)])
  scanLines(pending, scan, startsRow)
  while (scan.quoted) giveUpQuote(pending, scan, startsRow)
  while (scan.ends.length > 0) yield cut()
}

interface Scan {
  readonly newline: number
  /** Where the line begins that has not been seen whole. */
  lineStart: number
  /** Whether that line begins inside a quoted cell. */
  quoted: boolean
  readonly ends: number[]
}

/** Goes over all whole lines that have not been seen, and notes where rows end. */
function scanLines(bytes: OwnBytes, scan: Scan, startsRow: (line: string) => boolean): void {
  const { newline } = scan
  const line = linesIn(bytes, scan, startsRow)
  let quoteAt = bytes.indexOf(quote, scan.lineStart)
  for (let end = bytes.indexOf(newline, scan.lineStart); end !== -1; end = bytes.indexOf(newline, scan.lineStart)) {
    if (scan.quoted && line.isRowAt(scan.lineStart, end)) {
      scan.ends.push(scan.lineStart)
      scan.quoted = false
    }
    line.endRowsUpTo(end)
    if (quoteAt !== -1 && quoteAt < end) {
      if (line.isOddQuotes(quoteAt, end)) scan.quoted = !scan.quoted
      quoteAt = bytes.indexOf(quote, end)
    }
    scan.lineStart = end + 1
    if (!scan.quoted) scan.ends.push(scan.lineStart)
  }
}

const otherThan = ({ newline }: Scan) => (newline === lineFeed ? carriageReturn : lineFeed)

/** What tells of some lines where rows end in them. */
function linesIn(bytes: OwnBytes, scan: Scan, startsRow: (line: string) => boolean) {
  const other = otherThan(scan)
  const isOddQuotes = quotesIn(bytes)
  const isRowAt = (start: number, end: number) =>
    startsRow(bytes.toString('latin1', start, Math.min(end, start + maxStartBytes)))
  let otherAt = bytes.indexOf(other, scan.lineStart)

  /** Notes where rows end at the other line end in the line that was not seen. */
  function endRowsUpTo(end: number): void {
    let { quoted, lineStart: seen } = scan
    while (otherAt !== -1 && otherAt < end) {
      const next = otherAt + 1
      otherAt = bytes.indexOf(other, next)
      const nextEnd = otherAt === -1 ? end : Math.min(otherAt, end)
      // Most stand beside the line's own end, on Windows: before it, or behind that of the line before.
      if (next === nextEnd || (next === seen + 1 && !quoted && other === lineFeed) || !isRowAt(next, nextEnd)) continue
      if (isOddQuotes(seen, next)) quoted = !quoted
      if (!quoted) scan.ends.push(next)
      seen = next
    }
  }

  return { isOddQuotes, isRowAt, endRowsUpTo }
}

const [allButSigns, quotes] = [0x7f7f7f7f, 0x22222222] as const

/** The highest bit of each byte is 0 where the word has a quote, and 1 elsewhere. */
const otherThanQuotes = (word: number) => {
  const others = word ^ quotes
  return ((others & allButSigns) + allButSigns) | others
}

/**
 * Tells whether the number of quotes between two places is odd. Cells of JSON have one at every few bytes: looking for each takes several
 * times as long as going over all of them, sixteen at a time.
 */
function quotesIn(bytes: OwnBytes): (start: number, end: number) => boolean {
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2) // These bytes are alone in their buffer.
  return (start, end) => {
    let odd = 0
    let at = start
    for (; at < end && at % 16 !== 0; at += 1) if (bytes[at] === quote) odd ^= 1
    let signs = 0 // Of four bytes the others are odd in number when the quotes are.
    for (; at + 16 <= end; at += 16) {
      const i = at >> 2
      signs ^= otherThanQuotes(words[i] as number) ^ otherThanQuotes(words[i + 1] as number)
      signs ^= otherThanQuotes(words[i + 2] as number) ^ otherThanQuotes(words[i + 3] as number)
    }
    for (; at < end; at += 1) if (bytes[at] === quote) odd ^= 1
    const halves = signs ^ (signs >>> 16)
    return ((odd ^ (halves >>> 15) ^ (halves >>> 7)) & 1) === 1
  }
}

/** Nobody closed the quote: its row is its first line, and what follows is looked at again. A line without an end may be rows that end otherwise. */
function giveUpQuote(bytes: OwnBytes, scan: Scan, startsRow: (line: string) => boolean): void {
  const rowStart = scan.ends.at(-1) ?? 0
  const lineEnd = bytes.indexOf(scan.newline, rowStart)
  if (lineEnd === -1) linesIn(bytes, scan, startsRow).endRowsUpTo(bytes.lastIndexOf(otherThan(scan)))
  const end = lineEnd === -1 ? bytes.length : lineEnd + 1
  if (scan.ends.length === 0 || lineEnd !== -1) scan.ends.push(end)
  scan.lineStart = scan.ends.at(-1) as number
  scan.quoted = false
  scanLines(bytes, scan, startsRow)
}
