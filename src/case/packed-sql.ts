import { type CellKind, type PackedEntries, type PackedTable, packedColumns } from '../bytes/packed-entries.ts'
import { cellBytes, placeBytes } from '../bytes/packing.ts'

/**
 * SQL for each cell of a row: SQLite takes it out of the bytes itself, a block of entries in one statement. That costs half of
 * what binding each value costs.
 */
export function cellsOf<Table extends PackedTable>(
  table: Table,
  row: string,
): Readonly<Record<keyof (typeof packedColumns)[Table], string>> {
  const columns = Object.entries<CellKind>(packedColumns[table])
  const cells = columns.map(([name, kind], i) => {
    const startsAt = (bytes: number) => `${row} * ${columns.length * cellBytes} + ${i * cellBytes + bytes + 1}`
    return [name, reading[kind](startsAt)]
  })
  return Object.fromEntries(cells)
}

/** Where a byte of the cell stands. */
type At = (bytes: number) => string

const placeOf = (at: At) => `substr(:cells, ${at(0)}, ${placeBytes})`
const lengthOf = (at: At) => `substr(:cells, ${at(placeBytes)}, ${cellBytes - placeBytes})`
const blank = `x'${'20'.repeat(placeBytes)}'`

const reading: Readonly<Record<CellKind, (at: At) => string>> = {
  number: (at) => `cast(substr(:cells, ${at(0)}, ${cellBytes}) as integer)`,
  text: (at) => `cast(substr(:texts, ${placeOf(at)}, ${lengthOf(at)}) as text)`,
  maybe: (at) => `cast(substr(:texts, nullif(${placeOf(at)}, ${blank}), ${lengthOf(at)}) as text)`,
  content: (at) => `cast(substr(:contents, ${placeOf(at)}, ${lengthOf(at)}) as text)`,
}

/** What an envelope says, in JavaScript: for the few entries that need more than a statement. */
export interface Envelope {
  readonly id: string
  readonly time: number
  readonly dataset: string
  readonly operation: string
  readonly mailbox: string
  readonly row: number
  readonly fullness: number
}

const names = Object.keys(packedColumns.event)
const placeIn = (name: keyof Envelope) => names.indexOf(name) * cellBytes
const [id, time, dataset, operation] = [placeIn('id'), placeIn('time'), placeIn('dataset'), placeIn('operation')]
const [mailbox, row, fullness] = [placeIn('mailbox'), placeIn('row'), placeIn('fullness')]

/** Reads the envelopes of entries, one at a time. */
export function envelopesIn({ event, texts }: PackedEntries): (entry: number) => Envelope {
  const cells = Buffer.from(event.cells.buffer, event.cells.byteOffset, event.cells.length)
  const bytes = Buffer.from(texts.buffer, texts.byteOffset, texts.length)
  const number = (start: number, length = cellBytes) => Number(cells.toString('latin1', start, start + length))
  const text = (start: number) => {
    const place = number(start, placeBytes) - 1
    return bytes.toString('utf8', place, place + number(start + placeBytes, cellBytes - placeBytes))
  }
  return (entry) => {
    const at = entry * names.length * cellBytes
    const texted = { id: text(at + id), dataset: text(at + dataset), operation: text(at + operation) }
    const numeric = { time: number(at + time), row: number(at + row), fullness: number(at + fullness) }
    return { ...texted, mailbox: text(at + mailbox), ...numeric }
  }
}
