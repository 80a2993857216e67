import { quotedRecord } from './quoted-record.ts'
import type { Cells, CsvShape, Recognized } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

interface RecordCsv {
  readonly name: string
  readonly title: string
  /** The column that holds the record as JSON. */
  readonly column: string
}

/** Finds the record in a JSON text, and its shape; or why there is none. */
type RecognizeText = (text: string, likely: string) => Recognized | string

/**
 * A shape of rows that hold a whole record each, of any shape of JSON that says whose it is, as a search tool exports what it was given. The
 * columns that it made of the record itself say less: lists and objects do not survive there.
 */
export function recordCsv({ name, title, column }: RecordCsv, recognizeText: RecognizeText): CsvShape {
  const recognized = (text = ''): Recognized | string => {
    const record = isJson(text) ? text : (quotedRecord(text) ?? text)
    const found = text.trim() === '' ? 'empty' : recognizeText(record, '')
    if (typeof found === 'string') return `${column} is ${found}`
    return found.shape.owner === undefined
      ? found
      : `${column} holds what does not say whose mailbox it is of (${found.shape.name}): export it as JSON, and import that with --mailbox`
  }
  return {
    name,
    title,
    columns: [column],
    lacks: ['AuditData', 'RawEventData'],
    holds: (cells) => typeof recognized(cells[column]) === 'object',
    startsRow: startsRowBy({ [column]: /^\{"/ }),
    mayList: true,
    read(cells, mailbox, listed) {
      const found = recognized(cells[column])
      return typeof found === 'object' ? found.shape.read(found.record, found.truncated, mailbox, listed) : found
    },
  }
}

/**
 * The same whatever the column is called, as a portal does in its user's language or a script in its author's: a cell of each row is the record.
 * Where the first line holds one too, it is no header.
 */
export function anyRecordCsv(recognizeText: RecognizeText): CsvShape {
  const recordIn = (cells: Cells): Recognized | undefined => {
    for (const cell of Object.values(cells)) {
      const found = isJson(cell) ? recognizeText(cell, '') : ''
      if (typeof found === 'object' && found.shape.owner === undefined) return found
    }
    return undefined
  }
  return {
    name: 'any-column-csv',
    title: 'CSV with records of JSON in a column of any name',
    columns: [],
    holds(cells) {
      const columns = Object.keys(cells)
      // Of one column is a page that shows a record, too.
      return columns.length > 1 && !columns.some(isJson) && recordIn(cells)?.truncated === false
    },
    startsRow: () => false, // Nothing is known of any column.
    mayList: true,
    read(cells, mailbox, listed) {
      const found = recordIn(cells)
      return found === undefined
        ? 'no column holds a record of a kind that is known'
        : found.shape.read(found.record, found.truncated, mailbox, listed)
    },
  }
}

function isJson(text: string): boolean {
  return /^\s*\{/.test(text)
}
