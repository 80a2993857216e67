import { bytesOf } from '../bytes/address-bytes.ts'
import { ConfigError, messageOf } from '../errors.ts'
import { openPaged, type PagedFile } from './paged-file.ts'

/** A CSV of address ranges, open. */
export interface RangeCsv {
  /** The cells of the range that holds the address, given as its bytes. Throws `ConfigError` when the file is no such CSV. */
  find(address: Uint8Array): readonly string[] | undefined
  close(): void
}

const longestLine = 1024
const newline = 10
// Every search begins with the same halves: so many of them are remembered, and the others found anew.
const depthKept = 12

/** A line of which no more is read than where it lies and which address it begins with. */
interface Line {
  readonly start: number
  /** Where the next one begins. */
  readonly end: number
  readonly first: Uint8Array
}

/**
 * Opens a CSV whose lines begin with the first and the last address of a range and are sorted by it. It is searched where it lies, by halves:
 * read as a whole it would take a second and some 100 MB.
 */
export function openRangeCsv(path: string): RangeCsv {
  const file = openPaged(path)
  const known = new Map<number, Line>()
  return {
    find(address) {
      try {
        return search(file, address, known)
      } catch (cause) {
        throw new ConfigError(`the database ${path} is damaged: ${messageOf(cause)}`, { cause })
      }
    },
    close: file.close,
  }
}

function search(file: PagedFile, address: Uint8Array, known: Map<number, Line>): string[] | undefined {
  let low = 0
  let high = file.size
  let last: Line | undefined // The last line that begins at or before the address, of those looked at.
  for (let depth = 0; low < high; depth += 1) {
    const middle = Math.floor((low + high) / 2)
    const line = known.get(middle) ?? lineAround(file, middle)
    if (depth < depthKept) known.set(middle, line)
    if (compare(line.first, address) > 0) {
      high = line.start
    } else {
      last = line
      low = line.end
    }
  }
  if (last === undefined) return undefined
  const cells = cellsOf(lineAt(file, last.start).toString('utf8'))
  return compare(bytesOf(cells[1] ?? ''), address) < 0 ? undefined : cells
}

function lineAround(file: PagedFile, at: number): Line {
  const start = startOfLine(file, at)
  const line = lineAt(file, start)
  const comma = line.indexOf(',')
  const [cell = ''] = cellsOf(line.toString('utf8', 0, comma === -1 ? line.length : comma))
  const first = bytesOf(cell)
  if (first === undefined) throw notTwoAddresses()
  return { start, end: start + line.length + 1, first }
}

function startOfLine(file: PagedFile, at: number): number {
  const from = Math.max(0, at - longestLine)
  return from + file.read(from, at - from).lastIndexOf(newline) + 1
}

/** The bytes of the line that begins there; they are lent. */
function lineAt(file: PagedFile, start: number): Buffer {
  const bytes = file.read(start, longestLine)
  const end = bytes.indexOf(newline)
  return end === -1 ? bytes : bytes.subarray(0, end)
}

function compare(bytes: Uint8Array | undefined, address: Uint8Array): number {
  if (bytes?.length !== address.length) throw notTwoAddresses()
  return Buffer.compare(bytes, address)
}

function notTwoAddresses(): RangeError {
  return new RangeError('a line does not begin with two addresses')
}

function cellsOf(line: string): string[] {
  const cells = line.match(/"(?:[^"]|"")*"|[^,"]+/g) ?? []
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
}
