import type { CategoryName, EcsDocument } from '../../document.ts'
import type { ReportedActivity } from '../reported-activity.ts'
import { cell, noData } from './cell.ts'

/** One TSV: which activities it lists, and its columns in order. */
export interface TsvTable {
  /** The file is `<title>-<name>.tsv`. */
  readonly name: string
  readonly category: CategoryName
  /** Which activities of the category; all when absent. */
  readonly lists?: (document: EcsDocument) => boolean
  readonly columns: Readonly<Record<string, Column>>
}

type Column = (activity: ReportedActivity) => string | number | undefined

const joined = (value: string | readonly string[] | undefined) =>
  typeof value === 'string' ? value : value?.join('; ')

const date: Column = ({ document }) => document['@timestamp'].slice(0, 10)
const time: Column = ({ document }) => document['@timestamp'].slice(11)
const type: Column = ({ document }) => document['event.action']
const platform: Column = ({ document }) => document['o365.activity.AppIdType']
const subject: Column = ({ document }) => joined(document['email.subject']) ?? noData
const from: Column = ({ document }) => document['email.from.address']?.join('; ') ?? noData
const lastLogin: Column = ({ lastLogon }) => lastLogon?.ip ?? noData
const item: Column = ({ document }) => document['email.local_id']
const property =
  (name: string): Column =>
  ({ document }) => {
    const value = document['o365.activity.CustomProperties']?.[name]
    return typeof value === 'string' ? value : undefined
  }

const ownReceived = property('ReceivedTime')
const received: Column = (activity) =>
  ownReceived(activity) ?? activity.messages[0]?.received ?? activity.document['email.delivery_timestamp'] ?? noData

/** Behind Magic Unicorn's columns: who it was as far as known, how that is known, and where the row came from. */
const attribution: Readonly<Record<string, Column>> = {
  'Logon IP': ({ document }) => document['hoofprint.logon.ip'],
  'Logon Method': ({ document }) => document['hoofprint.logon.method'],
  'Logon Time': ({ document }) => document['hoofprint.logon.at'],
  'Logon Client': ({ document }) => document['hoofprint.logon.user_agent'],
}
const origin: Readonly<Record<string, Column>> = {
  'Session ID': ({ document }) => document['session.id'],
  Mailbox: ({ document }) => document['hoofprint.mailbox'],
  'Event ID': ({ document }) => document['event.id'],
  File: ({ document }) => document['hoofprint.evidence.file'],
  Row: ({ document }) => document['hoofprint.evidence.row'],
}
const mail: Readonly<Record<string, Column>> = {
  'Activity Item ID': item,
  'Internet Message ID': ({ document }) => joined(document['email.message_id']),
}

const aboutMail: TsvTable['columns'] = {
  Date: date,
  Time: time,
  Type: type,
  Platform: platform,
  Subject: subject,
  From: from,
  'Received Date': received,
  'Last Login IP': lastLogin,
  ...attribution,
  ...mail,
}
const to: TsvTable['columns'] = { To: ({ document }) => document['email.to.address']?.join('; ') }
const properties: TsvTable['columns'] = {
  Properties: ({ document }) => JSON.stringify(document['o365.activity.CustomProperties'] ?? {}),
}
const reading: TsvTable['columns'] = { ...aboutMail, ...origin }
const delivered: TsvTable['columns'] = { ...aboutMail, ...to, ...origin }
const general: TsvTable['columns'] = { ...aboutMail, ...to, ...properties, ...origin }

const inPane = (document: EcsDocument) => document['event.action'].includes('ReadingPane')
const hasQuery = (document: EcsDocument) => document['hoofprint.search.query'] !== undefined

/** Every TSV there is. The first four have Magic Unicorn's names and columns; further columns stand behind them. */
export const tsvTables: readonly TsvTable[] = [
  {
    name: 'logon-activity',
    category: 'logon',
    columns: {
      Date: date,
      Time: time,
      'Source IP': ({ document }) => document['source.ip'] ?? document['source.address'] ?? noData,
      'Logon Type': type,
      'App Type': platform,
      User: ({ document }) => document['user.id'],
      Client: ({ document }) => document['user_agent.original'] ?? noData,
      Outcome: ({ document }) => document['event.outcome'],
      Reason: ({ document }) => document['event.reason'],
      'Source Port': ({ document }) => document['source.port'],
      ...origin,
    },
  },
  { name: 'read-activity-by-time', category: 'read', lists: inPane, columns: reading },
  {
    name: 'search-activity',
    category: 'search',
    lists: hasQuery,
    columns: {
      Date: date,
      Time: time,
      Platform: platform,
      Query: ({ document }) => document['hoofprint.search.query'],
      'Last Login ip': lastLogin,
      Type: type,
      ...attribution,
      ...origin,
    },
  },
  {
    name: 'attachments-activity',
    category: 'attachment',
    columns: {
      Date: date,
      Time: time,
      Platform: platform,
      Subject: subject,
      From: from,
      'Received Date': received,
      Action: property('AttachmentAction'),
      'Last Login IP': lastLogin,
      'Activity Item ID': item,
      Type: type,
      ...attribution,
      'Internet Message ID': ({ document }) => joined(document['email.message_id']),
      ...origin,
    },
  },
  { name: 'read-marks-activity', category: 'read', lists: (document) => !inPane(document), columns: general },
  { name: 'search-steps-activity', category: 'search', lists: (document) => !hasQuery(document), columns: general },
  // Every property of a delivery that says something has its column.
  { name: 'delivery-activity', category: 'delivery', columns: delivered },
  ...(['send', 'delete', 'move', 'calendar', 'other'] as const).map((category) => ({
    name: `${category}-activity`,
    category,
    columns: general,
  })),
]

/** The table whose rows are also written by item. */
export const readingTable = 'read-activity-by-time'

const columnLists = new Map(tsvTables.map(({ columns }) => [columns, Object.values(columns)]))
const byCategory = Map.groupBy(tsvTables, ({ category }) => category)

/** The tables that list an activity. */
export function tablesFor(document: EcsDocument): readonly TsvTable[] {
  const tables = byCategory.get(document['hoofprint.category']) ?? []
  return tables.filter(({ lists }) => lists === undefined || lists(document))
}

/** The header of a table, with its line end. */
export function headerOf({ columns }: TsvTable): string {
  return `${Object.keys(columns).join('\t')}\n`
}

/** One activity as a line of a table, with its line end. */
export function lineOf({ columns }: TsvTable, activity: ReportedActivity): string {
  const list = columnLists.get(columns) ?? []
  let line = ''
  for (let i = 0; i < list.length; i += 1) {
    if (i > 0) line += '\t'
    line += cell((list[i] as Column)(activity))
  }
  return `${line}\n`
}
