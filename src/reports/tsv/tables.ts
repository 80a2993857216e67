import type { EcsDocument } from '../../document.ts'
import { text } from '../raw.ts'
import type { ReportedActivity, ReportedMail } from '../reported-activity.ts'
import { isAccess, isSearch, userOf } from '../said.ts'
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
const delivered: Columns = { ...aboutMail, ...column.to, Reason: column.reason, ...origin, ...actor }
const general: Columns = {
  ...aboutMail,
  ...column.to,
  ...column.properties,
  ...origin,
  ...actor,
  ...access,
  ...column.mails,
  ...column.destination,
}

/** Whether a record names mail as displayed or accessed, or a folder as synchronized. */
const isReading = (document: EcsDocument) => document['event.action'].includes('ReadingPane') || isAccess(document)

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
      ...column.wayIn,
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
  {
    name: 'send-activity',
    category: 'send',
    columns: {
      ...general,
      Attachments: column.of((document) => text(document, 'email.attachments.file.name')),
      'Message Trace': column.of((document) => text(document, 'hoofprint.trace.status')),
    },
  },
  ...(['delete', 'move', 'calendar', 'other'] as const).map((category) => ({
    name: `${category}-activity`,
    category,
    columns: general,
  })),
  ...changeTables,
  {
    name: 'listed-states',
    category: 'state',
    columns: { ...column.when, ...column.state, ...column.origin },
  },
  {
    name: 'graph-requests-activity',
    category: 'request',
    columns: { ...column.when, ...column.request, ...column.actor, ...attribution, ...origin },
  },
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

/** The mails of an activity that have a line each. A table that tells of activities names all of them in one. */
export function mailsIn(table: TsvTable, { messages }: ReportedActivity): readonly (ReportedMail | undefined)[] {
  if (messages.length < 2) return [messages[0]]
  return table.eachMail === true ? messages : [undefined]
}

/** The lines of these mails, with their line ends. */
export function linesOf(
  { columns }: TsvTable,
  activity: ReportedActivity,
  mails: readonly (ReportedMail | undefined)[],
): string[] {
  const form = lineForms.get(columns) as LineForm
  const lines = mails.length === 1 ? [joinedCells(form, activity, mails[0])] : linesOfEach(form, activity, mails)
  return lines.map((line, i) => (form.plain.test(line) ? line : joinedCells(form, activity, mails[i], cell)))
}

/** What all mails share is worked out once. */
function linesOfEach(form: LineForm, activity: ReportedActivity, mails: readonly (ReportedMail | undefined)[]) {
  const own = form.list.filter((each) => column.ofEachMail.has(each))
  const between = textsBetween(form, activity)
  return mails.map((mail) => {
    let line = between[0] as string
    for (let i = 0; i < own.length; i += 1) line += harmless((own[i] as Column)(activity, mail)) + between[i + 1]
    return line
  })
}

/** What stands in a line before, between and behind the cells that are of one mail. */
function textsBetween({ list }: LineForm, activity: ReportedActivity): string[] {
  const texts: string[] = []
  let text = ''
  for (const [i, each] of list.entries()) {
    if (i > 0) text += '\t'
    if (column.ofEachMail.has(each)) {
      texts.push(text)
      text = ''
    } else text += harmless(each(activity, undefined))
  }
  return [...texts, `${text}\n`]
}

/** A line, with its line end. */
function joinedCells(
  { list }: LineForm,
  activity: ReportedActivity,
  mail: ReportedMail | undefined,
  written = harmless,
): string {
  let line = ''
  let last = 0
  for (let i = 0; i < list.length; i += 1) {
    const value = (list[i] as Column)(activity, mail)
    if (value === undefined) continue // Most cells of most tables are empty.
    line += tabs[i - last] + written(value)
    last = i
  }
  return line + ends[list.length - 1 - last]
}

const mostCells = Math.max(...[...lineForms.values()].map(({ list }) => list.length))
/** So many tabs; and the same at the end of a line. */
const tabs = Array.from({ length: mostCells }, (_, n) => '\t'.repeat(n))
const ends = tabs.map((some) => `${some}\n`)
