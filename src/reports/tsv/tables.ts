import type { EcsDocument } from '../../document.ts'
import { text } from '../raw.ts'
import type { ReportedActivity, ReportedMail } from '../reported-activity.ts'
import { accessOf, isSearch, userOf } from '../said.ts'
import { cell, harmless, noData, plainLine } from './cell.ts'
import { changeTables } from './change-tables.ts'
import * as column from './columns.ts'
import type { Column, Columns, TsvTable } from './table.ts'

const { attribution, origin, actor, access } = column

const aboutMail: Columns = {
  ...column.when,
  Type: column.type,
  Platform: column.platform,
  Subject: column.subject,
  From: column.from,
  'Received Date': column.received,
  'Last Login IP': column.lastLogin,
  ...attribution,
  ...column.mail,
}
const reading: Columns = { ...aboutMail, ...origin, ...actor, ...access }
const delivered: Columns = { ...aboutMail, ...column.to, ...origin, ...actor }
const general: Columns = {
  ...aboutMail,
  ...column.to,
  ...column.properties,
  ...origin,
  ...actor,
  ...access,
  ...column.mails,
}

/** Whether a record names mail as displayed or accessed, or a folder as synchronized. */
const isReading = (document: EcsDocument) =>
  document['event.action'].includes('ReadingPane') || accessOf(document) !== undefined

/** The first four have Magic Unicorn's names and columns; further columns stand behind them. */
const tables: readonly TsvTable[] = [
  {
    name: 'logon-activity',
    category: 'logon',
    columns: {
      ...column.when,
      'Source IP': ({ document }) => document['source.ip'] ?? document['source.address'] ?? noData,
      'Logon Type': column.type,
      'App Type': column.platform,
      User: ({ document }) => userOf(document),
      Client: ({ document }) => document['user_agent.original'] ?? noData,
      Outcome: column.outcome,
      Reason: column.reason,
      'Source Port': ({ document }) => document['source.port'],
      ...origin,
    },
  },
  { name: 'read-activity-by-time', category: 'read', lists: isReading, eachMail: true, columns: reading },
  {
    name: 'search-activity',
    category: 'search',
    lists: isSearch,
    columns: {
      ...column.when,
      Platform: column.platform,
      Query: column.query,
      'Last Login ip': column.lastLogin,
      Type: column.type,
      ...attribution,
      ...origin,
      ...actor,
    },
  },
  {
    name: 'attachments-activity',
    category: 'attachment',
    columns: {
      ...column.when,
      Platform: column.platform,
      Subject: column.subject,
      From: column.from,
      'Received Date': column.received,
      Action: column.attachmentAction,
      'Last Login IP': column.lastLogin,
      ...column.itemId,
      Type: column.type,
      ...attribution,
      ...column.messageId,
      ...origin,
      Attachments: column.of((document) => text(document, 'email.attachments.file.name')),
      ...actor,
      ...access,
    },
  },
  {
    name: 'read-marks-activity',
    category: 'read',
    lists: (document) => !isReading(document),
    columns: general,
  },
  {
    name: 'search-steps-activity',
    category: 'search',
    lists: (document) => !isSearch(document),
    columns: general,
  },
  // Every property of a delivery that says something has its column.
  { name: 'delivery-activity', category: 'delivery', columns: delivered },
  ...(['send', 'delete', 'move', 'calendar', 'other'] as const).map((category) => ({
    name: `${category}-activity`,
    category,
    columns: general,
  })),
  ...changeTables,
]

/** Every TSV there is: each ends with whose doing a row is. */
export const tsvTables: readonly TsvTable[] = tables.map((table) => ({
  ...table,
  columns: { ...table.columns, ...column.whose },
}))

/** The table whose rows are also written by item. */
export const readingTable = 'read-activity-by-time'

/** A table's columns in order, and what a line of them looks like that needs no second look. */
interface LineForm {
  readonly list: readonly Column[]
  readonly plain: RegExp
}

const lineForms: ReadonlyMap<Columns, LineForm> = new Map(
  tsvTables.map(({ columns }) => {
    const list = Object.values(columns)
    return [columns, { list, plain: plainLine(list.length) }]
  }),
)
const byCategory = Map.groupBy(tsvTables, ({ category }) => category)

/** The tables that list an activity. */
export function tablesFor(document: EcsDocument): readonly TsvTable[] {
  const own = byCategory.get(document['hoofprint.category']) ?? []
  return own.filter(({ lists }) => lists === undefined || lists(document))
}

/** The header of a table, with its line end. */
export function headerOf({ columns }: TsvTable): string {
  return `${Object.keys(columns).join('\t')}\n`
}

/** One activity, or one mail that it names, as a line of a table, with its line end. */
export function lineOf({ columns }: TsvTable, activity: ReportedActivity, mail: ReportedMail | undefined): string {
  const { list, plain } = lineForms.get(columns) as LineForm
  const line = joinedCells(list, activity, mail, harmless)
  return `${plain.test(line) ? line : joinedCells(list, activity, mail, cell)}\n`
}

function joinedCells(
  list: readonly Column[],
  activity: ReportedActivity,
  mail: ReportedMail | undefined,
  written: typeof cell,
): string {
  let line = written((list[0] as Column)(activity, mail))
  for (let i = 1; i < list.length; i += 1) {
    const value = (list[i] as Column)(activity, mail)
    line += value === undefined ? '\t' : `\t${written(value)}` // Most cells of most tables are empty.
  }
  return line
}
