import { growingBytes } from './growing-bytes.ts'

/** How many bytes a cell has: a whole number of 53 bits and its sign, or a place and a length of eight digits each. */
export const cellBytes = 17
/** How many of them say where a text begins, the first byte being 1: so SQLite counts. */
export const placeBytes = 8

const blank = 32
const [zero, minus] = [48, 45] as const
const ten8 = 100_000_000

export type RowsPacker = ReturnType<typeof rowsPacker>

/** Writes the cells of one table's rows. */
export function rowsPacker() {
  let entries: number[] = []
  let cells = new Uint8Array(64 * 1024).fill(blank)
  let end = 0

  /** Makes room for another cell, and gives where it ends. */
  function next(): number {
    end += cellBytes
    if (end > cells.length) {
      const larger = new Uint8Array(cells.length * 4).fill(blank)
      larger.set(cells)
      cells = larger
    }
    return end
  }

  /** Writes a whole number of 31 bits from its last digit on; gives where its first one stands. */
  function write(value: number, last: number): number {
    let at = last
    let left = value
    do {
      const rest = (left / 10) | 0
      at -= 1
      cells[at] = zero + left - rest * 10
      left = rest
    } while (left > 0)
    return at
  }

  return {
    begin: (entry: number) => void entries.push(entry),
    skip: () => void next(),
    /** Throws for what lies behind a hundred million bytes: a block has some megabytes, and another cell must not be written over. */
    place(start: number, length: number): void {
      if (start + length >= ten8)
        throw new RangeError(`${start + length} bytes in one block are more than cells can tell`)
      const last = next()
      write(start + 1, last - cellBytes + placeBytes)
      write(length, last)
    },
    number(value: number): void {
      const last = next()
      const size = Math.abs(value)
      // In two parts, for only numbers of 31 bits are quickly divided.
      const high = Math.floor(size / ten8)
      let at = write(size - high * ten8, last)
      if (high > 0) {
        cells.fill(zero, last - 8, at)
        at = write(high, last - 8)
      }
      if (value < 0) cells[at - 1] = minus
    },
    entries: (): readonly number[] => entries,
    bytes: () => cells.subarray(0, end),
    reset(): void {
      cells.fill(blank, 0, end)
      entries = []
      end = 0
    },
  }
}

type Place = readonly [start: number, length: number]

/** Writes the texts that cells tell the places of. */
export function textsPacker() {
  const known = new Map<string, Place>()
  const texts = growingBytes()
  const add = (value: string): Place => [texts.length(), texts.write(value)]

  function addKnown(value: string): Place {
    const place = add(value)
    known.set(value, place)
    return place
  }

  function tell(rows: RowsPacker, place: Place | undefined): void {
    if (place === undefined) rows.skip()
    else rows.place(place[0], place[1])
  }

  return {
    put: (rows: RowsPacker, value: string | undefined) => tell(rows, value === undefined ? value : add(value)),
    /** The same for what repeats: it is there once. */
    putKnown: (rows: RowsPacker, value: string | undefined) =>
      tell(rows, value === undefined ? value : (known.get(value) ?? addKnown(value))),
    bytes: texts.bytes,
    reset(): void {
      known.clear()
      texts.clear()
    },
  }
}
