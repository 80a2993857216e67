import { isObject, type JsonObject } from '../../../activity.ts'
import { messageOf } from '../../../errors.ts'
import { parseTime } from '../../../time/time.ts'
import { parsePlainDict } from '../plain-dict.ts'
import { parsePythonLiteral } from '../python-literal.ts'
import { hashId } from './record-id.ts'
import type { Cells, CsvShape, Shaped } from './shape.ts'

// The header as csv.DictWriter of retriever.py writes it, in CrowdStrike's and in LMG's copy.
export const activityColumns = [
  ...(['TimeStamp', 'AppIdType', 'ActivityIdType', 'ActivityItemId'] as const),
  ...(['ActivityCreationTime', 'ClientSessionId', 'CustomProperties'] as const),
] as const

/** Outlook activities as retriever.py saved them: no id of their own, no mailbox, properties as a Python literal. */
export const retrieverCsv: CsvShape = {
  name: 'retriever-csv',
  title: 'Outlook activities saved by retriever.py',
  columns: activityColumns,
  startsRow: (line) => /^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^,;\t]{0,16}[,;\t]"?\w{0,24}"?[,;\t]"?\w/.test(line),
  owner: {
    rowsWith: 'ServerLogon',
    field: 'ServerLogon.UserName',
    read: (cells) => {
      if (cells['ActivityIdType'] !== 'ServerLogon') return undefined
      const name = readProperties(cells['CustomProperties'] ?? '')
      return typeof name === 'object' && typeof name['UserName'] === 'string' ? name['UserName'] : undefined
    },
  },
  read(cells, mailbox) {
    return shapedActivity(cells, mailbox, () => readProperties(cells['CustomProperties'] ?? ''))
  },
  record(cells) {
    const properties = readProperties(cells['CustomProperties'] ?? '')
    const record = { ...cells, CustomProperties: typeof properties === 'string' ? {} : properties }
    return { record, truncated: false }
  },
}

/**
 * An activity of its seven columns, as retriever.py writes them; or why it is none. It has no id of its own, so all that it says, and of
 * whom, identifies it.
 */
export function shapedActivity(
  cells: Cells,
  mailbox: string,
  readProperties: () => JsonObject | string,
): Shaped | string {
  const raw = activityColumns.map((column) => cells[column] ?? '')
  const [timeStamp = '', , operation = ''] = raw
  const time = parseTime(timeStamp)
  if (time === undefined) return timeStamp === '' ? 'no TimeStamp' : 'TimeStamp is not a time'
  if (operation === '') return 'no ActivityIdType'
  const properties = readProperties()
  if (typeof properties === 'string') return properties

  const id = hashId([mailbox, ...raw])
  const record = { ...cells, CustomProperties: properties }
  return { dataset: 'o365.activity', id, time, operation, mailbox, record, fullness: 0, truncated: false }
}

/** The properties, or why there are none to be had. */
function readProperties(literal: string): JsonObject | string {
  if (literal.trim() === '') return {}
  try {
    const value = parsePlainDict(literal) ?? parsePythonLiteral(literal)
    return isObject(value) ? value : 'CustomProperties is not a dictionary'
  } catch (error) {
    return `CustomProperties is not a Python literal: ${messageOf(error)}`
  }
}
