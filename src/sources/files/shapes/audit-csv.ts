import { claimed } from '../../../entry.ts'
import { isSureTime, parseCultureTime } from '../../../time/culture-time.ts'
import { auditRecord, type Beside, readAudit } from './audit-record.ts'
import { auditDataOrRow } from './quoted-record.ts'
import type { Cells, CsvShape } from './shape.ts'
import { numericTime, startsRowBy } from './starts-row.ts'

interface AuditCsv {
  readonly name: string
  readonly title: string
  readonly columns: readonly string[]
  readonly lacks?: readonly string[]
  /** The column that holds the record as JSON. */
  readonly data: string
  /** Columns that say what the record says, by the schema's names: for records that are cut off or missing. */
  readonly beside: Readonly<Record<string, string>>
  /** Whether `CreationTime` beside the record is in whatever culture the operator's computer had: then only what tells day from month is sure. */
  readonly operatorsDates: boolean
  /** Columns in which each row says which result of the search it is, and of how many. */
  readonly results?: { readonly index: string; readonly count: string }
}

/** A shape of rows which hold one unified audit record each. */
export function auditCsv({
  name,
  title,
  columns,
  lacks = [],
  data,
  beside,
  operatorsDates,
  results,
}: AuditCsv): CsvShape {
  const columnsBeside = Object.entries(beside)
  const besideIn = (cells: Cells): Beside => {
    const said: Record<string, string | undefined> = {}
    for (const [field, column] of columnsBeside) said[field] = cells[column]
    if (operatorsDates && !isSureTime(said['CreationTime'])) said['CreationTime'] = undefined
    return said
  }
  const isUnsure = (cells: Cells) => {
    const date = cells[beside['CreationTime'] ?? '']?.trim() ?? ''
    return operatorsDates && parseCultureTime(date) !== undefined && !isSureTime(date)
  }
  return {
    name,
    title,
    columns,
    optional: [...Object.values(beside), ...Object.values(results ?? {})],
    lacks,
    ...(operatorsDates && { timesBeside: [beside['CreationTime'] ?? ''] }),
    startsRow: startsRowBy(patterns(data, beside)),
    ...(results !== undefined && {
      claim(cells: Cells) {
        // Microsoft: an index of -1 is an internal timeout, after which results are incomplete.
        if (cells[results.index]?.trim() === '-1') return claimed.unfinished
        const count = cells[results.count]?.trim() ?? ''
        return /^[1-9]\d{0,8}$/.test(count) ? Number(count) : undefined
      },
    }),
    read(cells) {
      const held = auditDataOrRow(cells[data], cells['_raw'])
      if (typeof held === 'object') return readAudit(held.record, held.truncated, besideIn(cells))
      const shaped = readAudit({}, true, besideIn(cells))
      if (typeof shaped !== 'string') return shaped
      const lack = isUnsure(cells)
        ? `do not say which number of ${beside['CreationTime']} is the month: import it into a new case with --dates`
        : `do not help: ${shaped}`
      return `${data} ${held}, and the other columns ${lack}`
    },
    record(cells) {
      const held = auditDataOrRow(cells[data], cells['_raw'])
      const { record, truncated } = typeof held === 'object' ? held : { record: {}, truncated: true }
      return auditRecord(record, truncated, besideIn(cells))
    },
  }
}

/** How the cells of a row's beginning look. */
function patterns(data: string, beside: Readonly<Record<string, string>>): Record<string, RegExp> {
  const own = Object.entries(beside).flatMap(([field, column]): [string, RegExp][] => {
    const pattern = looks[field]
    return pattern === undefined ? [] : [[column, pattern]]
  })
  return Object.fromEntries([...own, [data, /^\{"/]])
}

const looks: Readonly<Record<string, RegExp>> = {
  CreationTime: numericTime,
  Id: /^(?:\d+_\d+_)?[0-9a-f]{8}-[0-9a-f]{4}-/i, // Defender puts two numbers before it.
}
