import type { Dataset, JsonObject } from '../../../activity.ts'

/** What one row says, before anything is made of it. */
export interface ShapedRow {
  readonly dataset: Dataset
  readonly id: string
  /** Milliseconds since the epoch, UTC. */
  readonly time: number
  readonly operation: string
  readonly record: JsonObject
}

/** One form in which exports come, recognized by its header: never by a file's name. */
export interface Shape {
  /** Becomes `hoofprint.source`. */
  readonly name: string
  /** For people: which tool writes it. */
  readonly title: string
  /** A file has this shape when its header has all of these, in any order. */
  readonly columns: readonly string[]
  /** Whether a line can only be the beginning of a row: there reading goes on after a quote that nobody closed. */
  startsRow(line: string): boolean
  /** Whose mailbox it is, where rows do not say: rows that contain `rowsWith` name somebody. */
  readonly owner: {
    readonly rowsWith: string
    readonly read: (cells: Cells) => string | undefined
    readonly field: string
  }
  /** One row, or why it is none. */
  readRow(cells: Cells, mailbox: string): ShapedRow | string
  /** The record alone, of a row that `readRow` took before. */
  readRecord(cells: Cells): JsonObject
}

/** The cells of a row by column name, as text. */
export type Cells = Readonly<Record<string, string>>
