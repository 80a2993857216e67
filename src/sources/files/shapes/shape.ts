import type { Dataset, JsonObject } from '../../../activity.ts'
import type { Listed } from '../../../entry.ts'

/** What one record says, before anything is made of it. */
export interface Shaped {
  readonly dataset: Dataset
  readonly id: string
  /** Milliseconds since the epoch, UTC. */
  readonly time: number
  readonly operation: string
  /** The mailbox acted upon, lower case; empty where nobody is named. */
  readonly mailbox: string
  /** In the dataset's own form: see `Activity.record`. */
  readonly record: JsonObject
  /** How much the record says, to choose between copies; 0 where the id is made of all that the record says. */
  readonly fullness: number
  /** Whether the time was cut to the minute: a copy may have all of it. */
  readonly isCoarse?: boolean
  readonly truncated: boolean
}

/** One form in which exports come, recognized by what it says: never by a file's name. */
interface Common {
  /** Becomes `hoofprint.source`. */
  readonly name: string
  /** For people: which tool or page writes it. */
  readonly title: string
  /** Whether it tells how things stood, without a time. */
  readonly isListing?: true
  /** Whether its rows may hold what does. */
  readonly mayList?: true
}

/** Rows under a header. */
export interface CsvShape extends Common {
  /** A file has this shape when its header has all of these, in any order and any case. */
  readonly columns: readonly string[]
  /** And one of these. */
  readonly oneOf?: readonly string[]
  /** Columns that are read where they are there. */
  readonly optional?: readonly string[]
  /** A file that has one of these has another shape. */
  readonly lacks?: readonly string[]
  /** Columns of which the time of an event is taken, where their writer's culture is that of the computer. */
  readonly times?: readonly string[]
  /** Those of them that are of the time zone of whoever looked, unless they are ISO 8601. */
  readonly shown?: readonly string[]
  /** Such columns that count only where the record beside them tells no time: what their dates have first is what somebody says, and nobody looks for it. */
  readonly timesBeside?: readonly string[]
  /** Whether a row can be of this shape, where the header does not tell: one of the first has to be. */
  holds?(cells: Cells): boolean
  /** Whether a line can only be the beginning of a row: there reading goes on after a quote that nobody closed. */
  startsRow(line: string, columns: readonly string[], delimiter: string): boolean
  /** Whose mailbox it is, where rows do not say: then rows that contain `rowsWith` name somebody. */
  readonly owner?: {
    readonly rowsWith: string
    readonly read: (cells: Cells) => string | undefined
    readonly field: string
  }
  /** One row, or why it is none. `mailbox` is whose the file is, for shapes that have an `owner`; `listed` when a listing was made. */
  read(cells: Cells, mailbox: string, listed?: Listed): Shaped | string
  /** How many results the search of a row says it had; `claimed.unfinished` where it says that it did not end. */
  claim?(cells: Cells): number | undefined
  /** The shape by which a row is read, where rows name tables of their own. */
  ofRow?(cells: Cells): CsvShape
  /** How all rows of a file were read before each was read as of the table that it names: older cases have them so. */
  readonly ofFile?: CsvShape
  /** The record alone, of a row that `read` took before, where that is less work. */
  record?(cells: Cells): ReadRecord
}

/** JSON records, in whatever layout. */
export interface JsonShape extends Common {
  /** Whether a record has this shape. Shapes are asked in the order of their list. */
  recognizes(record: JsonObject): boolean
  /** Whose mailbox it is, where records do not say: then those that contain `rowsWith` name somebody. */
  readonly owner?: {
    readonly rowsWith: string
    readonly read: (record: JsonObject) => string | undefined
  }
  /** One record, or why it is none. `truncated` when its end is missing; `mailbox` is whose it is, where it does not say; `listed` when a listing was made. */
  read(record: JsonObject, truncated: boolean, mailbox?: string, listed?: Listed): Shaped | string
}

/** How one thing is read, as a CSV and as JSON. */
export interface Shapes {
  readonly csv: CsvShape
  readonly json: JsonShape
}

/** A record as it was read, and whether some of it is missing. */
export interface ReadRecord {
  readonly record: JsonObject
  readonly truncated: boolean
}

/** A record that some shape recognizes. */
export interface Recognized extends ReadRecord {
  readonly shape: JsonShape
  /** The shape of its file, where it is read as of the table that it names: older cases have it as of that shape. */
  readonly ofFile?: JsonShape
}

/** The cells of a row by column name, as text. */
export type Cells = Readonly<Record<string, string>>
