import type { JsonObject } from '../../../activity.ts'
import { parseTime } from '../../../time/time.ts'
import { hashId } from './record-id.ts'
import type { Cells, CsvShape, Shaped } from './shape.ts'
import { startsRowBy } from './starts-row.ts'

const startsRow = startsRowBy({ Date: /^\d{4}-\d\d-\d\d$/, Time: /^\d\d:\d\d:\d\d/ })

/** Magic Unicorn's table of logons: activities without their ids and most of their properties. */
export const magicUnicornLogons: CsvShape = {
  name: 'magic-unicorn-logons',
  title: 'logon-activity.tsv of Magic Unicorn',
  columns: ['Date', 'Time', 'Source IP', 'Logon Type', 'App Type', 'User', 'Client'],
  lacks: ['Event ID'], // Hoofprint's own table has that column.
  startsRow,
  owner: { rowsWith: '@', field: 'User', read: (cells) => cells['User'] },
  read: (cells, mailbox) =>
    readActivity(cells, mailbox, cells['Logon Type'], cells['App Type'], {
      ClientIP: cells['Source IP'] ?? '',
      UserName: cells['User'] ?? '',
      UserAgent: cells['Client'] ?? '',
    }),
}

/** Magic Unicorn's table of searches; it does not say which were typed and which were run. */
export const magicUnicornSearches: CsvShape = {
  name: 'magic-unicorn-searches',
  title: 'search-activity.tsv of Magic Unicorn',
  columns: ['Date', 'Time', 'Platform', 'Query', 'Last Login ip'],
  lacks: ['Event ID'],
  startsRow,
  owner: { rowsWith: '\0', field: 'nothing', read: () => undefined },
  read: (cells, mailbox) =>
    readActivity(cells, mailbox, 'SearchResult', cells['Platform'], { Query: cells['Query'] ?? '' }),
}

function readActivity(
  cells: Cells,
  mailbox: string,
  operation = '',
  platform = '',
  properties: JsonObject,
): Shaped | string {
  const timeStamp = `${cells['Date'] ?? ''}T${cells['Time'] ?? ''}`
  const time = parseTime(timeStamp)
  if (time === undefined) return 'Date and Time are not a time'
  if (operation.trim() === '') return 'no Logon Type'
  const said = Object.entries(properties).filter(([, value]) => value !== '' && value !== ' ' && value !== 'No Data')
  const record = {
    TimeStamp: timeStamp,
    AppIdType: platform,
    ActivityIdType: operation,
    CustomProperties: Object.fromEntries(said),
  }
  const id = hashId([mailbox, ...Object.values(cells)])
  return { dataset: 'o365.activity', id, time, operation, mailbox, record, fullness: 0, truncated: false }
}
