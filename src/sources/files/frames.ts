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
// Each line may be a row, and a block of millions would be read at once.
const maxRows = 1024
// Blank lines are no rows: of more than these no block has the others, for there may be hundreds of millions.
const maxBlankLines = 1024
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
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const scan: Scan = { newline, start: 0, lineStart: 0, quoted: false, ends: [], isFull: false }
  let lines = linesIn(pending, scan, startsRow)

  const hold = (parts: readonly Buffer[]) => {
    pending = ownBytes(parts)
    scan.lineStart -= scan.start
    scan.start = 0
    lines = linesIn(pending, scan, startsRow)
  }

  const cut = (): Block => {
    const { start, ends, isFull } = scan
    const end = ends.at(-1) as number
    const isAlone = start === 0 && !isFull // Then it may leave for another thread as it is.
    const block = {
      bytes: isAlone ? pending.subarray(0, end) : ownBytes([pending.subarray(start, end)]),
      ends: start === 0 ? ends : ends.map((one) => one - start),
      firstRow: row,
      next: { offset: offset + end - start, row: row + ends.length },
    }
    offset = block.next.offset
    row = block.next.row
    scan.start = end
    scan.ends = []
    if (!isFull) hold([pending.subarray(end)])
    return block
  }

  /** Goes on over the bytes to where a block can be cut off; false where they have to be more. */
  const hasRows = (isLast: boolean): boolean => {
    if (scan.isFull) {
      const blank = skipBlankLines(pending, scan)
      offset += blank.bytes
      row += blank.lines
      if (blank.lines > 0) lines = linesIn(pending, scan, startsRow)
    }
    scanLines(pending, scan, lines)
    const isTooLong = pending.length - scan.start > maxRowBytes
    if (scan.ends.length === 0 && (isTooLong || (isLast && scan.quoted))) {
      giveUpQuote(pending, scan, lines)
      lines = linesIn(pending, scan, startsRow)
      scanLines(pending, scan, lines)
    }
    return scan.ends.length > 0
  }

  for await (const chunk of chunks) {
    // What did not hold a whole row is looked at again when it has doubled, so all of it is looked at twice, not more.
    waitingBytes += chunk.length
    if (waitingBytes < pending.length && waitingBytes + pending.length <= maxRowBytes) {
      waiting.push(Buffer.from(chunk)) // It goes when the next one is asked for.
      continue
    }
    hold([pending.subarray(scan.start), ...waiting, chunk])
    waiting = []
    waitingBytes = 0
    while (hasRows(false)) yield cut()
  }
  const last = waiting.at(-1) ?? pending
  // The last line may lack its end: with one it is a line like the others.
  const isWhole = last.length === 0 || last.at(-1) === newline
  hold([pending.subarray(scan.start), ...waiting, ...(isWhole ? [] : [Buffer.of(newline)])])
  while (hasRows(true)) yield cut()
}

interface Scan {
  readonly newline: number
  /** Where the first row begins that is not in a block yet. */
  start: number
  /** Where the line begins that has not been seen whole. */
  lineStart: number
  /** Whether that line begins inside a quoted cell. */
  quoted: boolean
  ends: number[]
  /** Whether a block is to be cut off before more lines are looked at. */
  isFull: boolean
}

/** Goes over whole lines that have not been seen, as many as a block may have, and notes where rows end. */
function scanLines(bytes: OwnBytes, scan: Scan, lines: Lines): void {
  const { newline } = scan
  let blank = 0
  for (let end = bytes.indexOf(newline, scan.lineStart); end !== -1; end = bytes.indexOf(newline, scan.lineStart)) {
    const isBlank = endOfBlank(bytes, scan, scan.lineStart) === end
    if (scan.quoted && !isBlank && lines.isRowAt(scan.lineStart, end)) {
      scan.ends.push(scan.lineStart)
      scan.quoted = false
    }
    lines.endRowsUpTo(end)
    if (lines.isOddQuotesUpTo(end)) scan.quoted = !scan.quoted
    scan.lineStart = end + 1
    if (!scan.quoted) scan.ends.push(scan.lineStart)
    blank = isBlank && !scan.quoted ? blank + 1 : 0
    scan.isFull = scan.ends.length >= maxRows || blank >= maxBlankLines
    if (scan.isFull) return
  }
}

/** Goes past the blank lines that stand next: no rows, but each has a number. */
function skipBlankLines(bytes: Buffer, scan: Scan) {
  const { start, newline } = scan
  let [at, lines] = [start, 0]
  for (let end = endOfBlank(bytes, scan, at); bytes[end] === newline; end = endOfBlank(bytes, scan, at)) {
    at = end + 1
    lines += 1
  }
  scan.isFull = at === bytes.length // More of them may follow.
  if (at > start) scan.lineStart = at
  scan.start = at
  return { bytes: at - start, lines }
}

/** Where a line ends if it is blank; on Windows it has the other line end before its own. */
function endOfBlank(bytes: Buffer, scan: Scan, start: number): number {
  return bytes[start] === otherThan(scan) ? start + 1 : start
}

const otherThan = ({ newline }: Scan) => (newline === lineFeed ? carriageReturn : lineFeed)

type Lines = ReturnType<typeof linesIn>

/** What tells of the lines that were not seen where rows end in them, asked one after the other: so nothing is looked for twice. */
function linesIn(bytes: OwnBytes, scan: Scan, startsRow: (line: string) => boolean) {
  const other = otherThan(scan)
  const isOddQuotes = quotesIn(bytes)
  const isRowAt = (start: number, end: number) =>
    startsRow(bytes.toString('latin1', start, Math.min(end, start + maxStartBytes)))
  let otherAt = bytes.indexOf(other, scan.lineStart)
  let quoteAt = bytes.indexOf(quote, scan.lineStart)

  function isOddQuotesUpTo(end: number): boolean {
    if (quoteAt === -1 || quoteAt >= end) return false
    const isOdd = isOddQuotes(quoteAt, end)
    quoteAt = bytes.indexOf(quote, end)
    return isOdd
  }

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

  return { isOddQuotesUpTo, isRowAt, endRowsUpTo }
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
function giveUpQuote(bytes: OwnBytes, scan: Scan, lines: Lines): void {
  const lineEnd = bytes.indexOf(scan.newline, scan.start)
  if (lineEnd === -1) lines.endRowsUpTo(bytes.lastIndexOf(otherThan(scan)))
  if (scan.ends.length === 0) scan.ends.push(lineEnd === -1 ? bytes.length : lineEnd + 1)
  scan.lineStart = scan.ends.at(-1) as number
  scan.quoted = false
}
