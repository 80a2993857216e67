import { isObject, type JsonObject } from '../../../activity.ts'
import { readJson } from '../json-text.ts'
import type { CsvShape, Recognized } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

interface RecordCsv {
  readonly name: string
  readonly title: string
  /** The column that holds the record as JSON. */
  readonly column: string
}

/** Finds the shape of a record of JSON. */
type Recognize = (record: JsonObject, truncated: boolean, likely: string) => Recognized | undefined

/**
 * A shape of rows that hold a whole record each, of any shape of JSON, as a search tool exports what it was given. The columns that it
 * made of the record itself say less: lists and objects do not survive there.
 */
export function recordCsv({ name, title, column }: RecordCsv, recognize: Recognize): CsvShape {
  const recognized = (text: string | undefined): Recognized | string => {
    if (text === undefined || text.trim() === '') return `${column} is empty`
    const json = readJson(text)
    if (typeof json === 'string') return `${column} is ${json}`
    if (!isObject(json.value)) return `${column} is not a JSON object`
    return recognize(json.value, json.truncated, '') ?? `${column} is no record of a kind that is known`
  }
  return {
    form: 'csv',
    name,
    title,
    columns: [column],
    holds: (cells) => typeof recognized(cells[column]) === 'object',
    startsRow: startsRowBy({ [column]: /^\{"/ }),
    read(cells, mailbox) {
      const found = recognized(cells[column])
      return typeof found === 'object' ? found.shape.read(found.record, found.truncated, mailbox) : found
    },
  }
}
