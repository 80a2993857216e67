import { ConfigError, messageOf } from '../errors.ts'
import { bytesOf } from './address.ts'
import { openPaged, type PagedFile } from './paged-file.ts'

/** A CSV of address ranges, open. */
export interface RangeCsv {
  /** The cells of the range that holds the address, given as its bytes. Throws `ConfigError` when the file is no such CSV. */
  find(address: Uint8Array): readonly string[] | undefined
  close(): void
}

const longestLine = 1024
const newline = 10

/**
 * Opens a CSV whose lines begin with the first and the last address of a range and are sorted by it. It is searched where it lies, by halves:
 * read as a whole it would take a second and some 100 MB.
 */
export function openRangeCsv(path: string): RangeCsv {
  const file = openPaged(path)
  return {
    find(address) {
      try {
        return search(file, address)
      } catch (cause) {
        throw new ConfigError(`the database ${path} is damaged: ${messageOf(cause)}`, { cause })
      }
    },
    close: file.close,
  }
}

function search(file: PagedFile, address: Uint8Array): string[] | undefined {
  let low = 0
  let high = file.size
  let last: string[] | undefined // The last line that begins at or before the address, of those looked at.
  while (low < high) {
    const start = startOfLine(file, Math.floor((low + high) / 2))
    const line = lineAt(file, start)
    const cells = cellsOf(line)
    if (compare(cells[0], address) > 0) {
      high = start
    } else {
      last = cells
      low = start + Buffer.byteLength(line) + 1
    }
  }
  return last === undefined || compare(last[1], address) < 0 ? undefined : last
}

function startOfLine(file: PagedFile, at: number): number {
  const from = Math.max(0, at - longestLine)
  const before = file.read(from, at - from).lastIndexOf(newline)
  if (before === -1 && from > 0) throw new RangeError('a line is too long')
  return from + before + 1
}

function lineAt(file: PagedFile, start: number): string {
  const bytes = file.read(start, longestLine)
  const end = bytes.indexOf(newline)
  if (end === -1 && bytes.length === longestLine) throw new RangeError('a line is too long')
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end)
}

function compare(cell: string | undefined, address: Uint8Array): number {
  const bytes = bytesOf(cell ?? '')
  if (bytes?.length !== address.length) throw new RangeError('a line does not begin with two addresses')
  return Buffer.compare(bytes, address)
}

function cellsOf(line: string): string[] {
  const cells = line.match(/"(?:[^"]|"")*"|[^,"]+/g) ?? []
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trimEnd()))
}
