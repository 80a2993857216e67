import type { Dataset } from './activity.ts'
import type { DateOrder } from './time/culture-time.ts'

/** An activity as the case keeps it: the envelope, the source's own text, and what others are joined to it by. */
export interface Entry extends Keys {
  readonly dataset: Dataset
  readonly id: string
  readonly time: number
  readonly operation: string
  readonly mailbox: string
  readonly row: number
  /**
   * How much the record says: of two copies of one record the one that says more is kept. Behind the point stands what it says, as a hash of so many
   * steps as `sayings`: copies that say as much, and not the same, differ by that alone. Below 0: cut off, or `lowered` otherwise.
   */
  readonly fullness: number
  /** Whether its time was cut to the minute. */
  readonly isCoarse?: boolean
  /** Where the record stands, exactly as received, in what was read: a row of a CSV without its line end, or a JSON text. */
  readonly start: number
  readonly end: number
}

/**
 * What the fullness of a record is lowered by, so that no record says so much that it would be kept instead of a better copy: one that was
 * spread over columns lost types, may lack some, and has what stood beside it as its own; one that was cut off lacks the rest; the time of one
 * that is coarse is not its own; one of a mail that is still on its way does not tell what became of it, nor one of a mail that was held back
 * whether it was released.
 */
export const lowered = {
  heldBack: 50_000_000,
  onItsWay: 100_000_000,
  spreadOut: 500_000_000,
  cutOff: 1_000_000_000,
  coarse: 2_000_000_000,
} as const

/** How many hashes of what a record says there are between two numbers of how much it says. */
export const sayings = 2 ** 16

/**
 * What is added to the fullness of a sign-in, more than all its fields: for its session, by which what was done in it is proven, and which Graph's v1.0
 * leaves out; and for how its token came to another device.
 */
export const [sessionTold, transferTold] = [10_000, 1_000_000] as const

/** The milliseconds that a coarse time may lack. */
export const coarseMs = 60_000

/** What rows are counted for beside how many results their search had. */
export const claimed = {
  /** That their search did not end. */
  unfinished: -1,
  /** That they were not in UTF-8, and nobody said what they are in. */
  otherEncoding: -2,
} as const

/** How the records of one evidence are written: with it `content` can be read again. */
export type Format = CsvFormat | JsonFormat

/** When somebody looked at how things stood: such listings have no times of their own, so their file's name tells it, or when the file was changed last. */
export interface Listed {
  /** Milliseconds since the epoch, taken for UTC. */
  readonly at: number
  readonly by: 'name' | 'change'
}

interface Written {
  /** Of a listing of how things stood, when that was. */
  readonly listed?: Listed
  /** What its rows are in that are not in UTF-8, where somebody said it: the name in the Encoding Standard. */
  readonly encoding?: string
}

/** A CSV, and of what shape. */
export interface CsvFormat extends Written {
  readonly shape: string
  /** The header's columns, in the file's order. */
  readonly columns: readonly string[]
  readonly delimiter: string
  /** What ends its lines where that is no line feed: a carriage return alone, as Excel's `CSV (Macintosh)` has it. */
  readonly lineEnd?: 'CR'
  /** What parts the cells of a sheet, where each of them holds a row, or pieces of one, of which `delimiter` parts the columns. */
  readonly sheetDelimiter?: string
  readonly dates?: Dates
  /** Whether its times are in a form for people, by a writer who shows them in the time zone of whoever looks, and does not say which. */
  readonly isShown?: true
}

/** Columns with dates whose order is their writer's, and what they have first; undefined where no row of the file tells. */
export interface Dates {
  readonly columns: readonly string[]
  readonly order: DateOrder | undefined
  /** Whether they count only where a record beside them tells no time, and none is taken for what it may not mean. */
  readonly isBeside?: true
}

/** JSON in whatever layout: a list, one object a line, one after the other. */
export interface JsonFormat extends Written {
  readonly shape: string
  /** Where its records are lists of values: what each value is called. */
  readonly names?: readonly string[]
  /** Whether each stands in a line of a log, behind what its sender or a collector wrote. */
  readonly isLog?: boolean
  /** What of a service it is, where it is no file. */
  readonly service?: { readonly contentId: string } | { readonly queryId: string }
}

/** What joins an activity to others. */
export interface Keys {
  readonly session: string | undefined
  /** What the record tells about mails and items it names; one for each it tells something about. */
  readonly messages: readonly Message[]
  readonly logon: Logon | undefined
  readonly usage: Usage | undefined
  /** What it calls those whom others name by an id alone. */
  readonly users: readonly UserName[]
  /** Further ids that are of the record's session and no other: of its tokens, or other names of the session. */
  readonly sessionIds: readonly string[]
}

/** What a record calls a user, or the owner of a mailbox, whom others name by an id alone: his in Entra, or that of the mailbox. */
export interface UserName {
  readonly id: string
  /** The user principal name, in lower case. */
  readonly name: string
}

/** From where something was done, as its record says: not by a service of Microsoft's. */
export interface Usage {
  readonly ip: string
  readonly userAgent: string | undefined
  /** Whether the mailbox's own user did it, and did not fail. */
  readonly isOwn: boolean
  /** Whether the user changed the own account: services of Entra's then log in their own name what follows from it. */
  readonly asks: boolean
}

/** What a record tells about a mail or item it names. */
export interface Message {
  /** What the mail or item is found by: an ActivityItemId, or an Internet message id in angle brackets. */
  readonly item: string
  /** Whose word counts when records differ: the lower, the better. */
  readonly rank: number
  readonly subject: string | undefined
  readonly from: string | undefined
  /** As the record has it, whatever the form. */
  readonly received: string | undefined
  readonly messageId: string | undefined
}

/** Stands for the platform of a logon that was stopped to ask for more: it proves from where its session was begun, and is nobody's nearest. */
export const stoppedLogon = 'stopped'

/** A logon that did not fail and says from where. */
export interface Logon {
  /** The client's kind, such as `Web` or `IMAP4`. */
  readonly platform: string
  readonly ip: string
  readonly userAgent: string | undefined
}
