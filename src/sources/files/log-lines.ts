import { ownBytes } from '../../bytes/own-bytes.ts'
import type { Block, Position } from './frames.ts'
import { newline, skipBlanks, skipBlanksBack } from './json-bytes.ts'

const maxLineBytes = 16 * 1024 * 1024

/** Cuts a log into blocks of whole lines, each of which is a row. */
export async function* frameLines(chunks: AsyncIterable<Buffer>, from: Position): AsyncGenerator<Block> {
  let { offset, row } = from
  let pending = ownBytes([])
  const cut = (ends: readonly number[]): Block => {
    const end = ends.at(-1) ?? 0
    const next = { offset: offset + end, row: row + ends.length }
    const block = { bytes: pending.subarray(0, end), ends, firstRow: row, next }
    pending = ownBytes([pending.subarray(end)]) // The block's may leave for another thread.
    offset = next.offset
    row = next.row
    return block
  }
  for await (const chunk of chunks) {
    pending = ownBytes([pending, chunk])
    const ends = lineEnds(pending)
    if (ends.length === 0 && pending.length > maxLineBytes) ends.push(pending.length)
    if (ends.length > 0) yield cut(ends)
  }
  if (pending.length > 0) yield cut([pending.length])
}

function lineEnds(bytes: Buffer): number[] {
  const ends: number[] = []
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) ends.push(at + 1)
  return ends
}

// Syslog's priority (RFC 5424, 3164), or a time: else a page or a script that shows a record would be taken for a log of it.
const logged = /^\uFEFF?(?:<\d{1,3}>|\d{4}-\d\d-\d\d[T ]\d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{10}(?:\d{3})?\b)/

/** Whether a line begins as a log's do, and may hold a record. */
export function isOfLog(line: string): boolean {
  return logged.test(line) && line.includes('{')
}

/** A line without its end and the blanks around it. */
export function lineBytes(row: Buffer): Buffer {
  const start = skipBlanks(row, 0, row.length)
  return row.subarray(start, skipBlanksBack(row, row.length, start))
}

/** The JSON text in a line, behind whatever a sender or a collector wrote before it; or why there is none. */
export function jsonInLine(line: string): { readonly json: string } | string {
  const start = line.search(/\{\s*"/)
  if (start === -1) return 'a line without a record'
  const end = objectEnd(line, start)
  if (line.slice(end).includes('{')) return 'a line of more than one record'
  return { json: line.slice(start, end) }
}

/** The place behind the brace that closes the one at `start`, or the end of the line, where it was cut. */
function objectEnd(line: string, start: number): number {
  let depth = 0
  let isQuoted = false
  for (let at = start; at < line.length; at += 1) {
    const sign = line[at]
    if (sign === '\\') at += 1
    else if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && sign === '{') depth += 1
    else if (!isQuoted && sign === '}') depth -= 1
    if (depth === 0) return at + 1
  }
  return line.length
}
