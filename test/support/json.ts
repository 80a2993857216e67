import type { JsonObject } from '#src/activity.ts'
import type { Random } from '../../samples/random.ts'

type Layout = (records: readonly JsonObject[]) => string

const compact = (value: unknown): string => JSON.stringify(value)
const pretty = (value: unknown, indent = 2): string => JSON.stringify(value, null, indent)
const flush = (value: unknown): string => pretty(value).replace(/\n +/g, '\n')
const asString = (record: JsonObject): string => compact(compact(record))

/** Windows PowerShell 5 puts members below the brace they belong to, and two spaces behind the colon. */
function powershell(value: unknown, column = 0): string {
  if (typeof value !== 'object' || value === null) return compact(value)
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const items = Object.entries(value).map(([key, item]) => {
    const name = isList ? '' : `${compact(key)}:  `
    return `${' '.repeat(column + 4)}${name}${powershell(item, column + 4 + name.length)}`
  })
  return `${open}\r\n${items.join(',\r\n')}\r\n${' '.repeat(column)}${close}`
}

function page(key: string, records: readonly JsonObject[], write: (value: unknown) => string): string {
  return write({
    '@odata.context': 'https://graph.example/v1.0/$metadata#auditLogs',
    [key]: records,
    '@odata.nextLink': 'https://graph.example/v1.0/auditLogs?$skiptoken=[{"a"},{]',
  })
}

/** What Elasticsearch answers to a search; its records are what was found, as they come in `_source`. */
function search(records: readonly JsonObject[], write: (value: unknown) => string): string {
  return write({
    ...{ took: 3, timed_out: false },
    hits: { total: records.length, max_score: null, hits: records },
  })
}

function halves<T>(list: readonly T[]): T[][] {
  const middle = Math.floor(list.length / 2)
  return [list.slice(0, middle), list.slice(middle)]
}

/** The layouts in which every record begins its own line, indented alike: one that is broken costs one. */
export const lineLayouts: Readonly<Record<string, Layout>> = {
  'objects one a line': (records) => records.map((record) => `${compact(record)}\n`).join(''),
  'objects one a line, with CRLF, blank lines and no last line end': (records) =>
    records.map(compact).join('\r\n\r\n \r\n'),
  'objects one a line behind a byte order mark': (records) => `\uFEFF${records.map(compact).join('\n')}`,
  'objects one a line with commas': (records) => records.map(compact).join(',\n'),
  'pretty objects one after the other': (records) => records.map((record) => pretty(record)).join('\n'),
  'pretty objects with commas': (records) => records.map((record) => pretty(record)).join(',\n'),
  'objects as PowerShell writes them': (records) => records.map((record) => powershell(record)).join('\r\n'),
  'a pretty array': (records) => `${pretty(records)}\n`,
  'a pretty array indented by one': (records) => pretty(records, 1),
  'an array as PowerShell writes it': powershell,
  'an array with a record a line': (records) => `[\n${records.map(compact).join(',\n')}\n]\n`,
  'an array with commas before the records': (records) => `[\n  ${records.map(compact).join('\n  ,')}\n]\n`,
  'pretty arrays one after the other': (records) =>
    halves(records)
      .map((half) => pretty(half))
      .join('\n'),
  'an array in an array': (records) => pretty([records]),
  'a pretty page': (records) => page('value', records, pretty),
  'a pretty answer of a search': (records) => search(records, pretty),
  'a page with a record a line': (records) => `{"records":[\n${records.map(compact).join(',\n')}\n]}\n`,
  'pretty pages one after the other': (records) =>
    halves(records)
      .map((half) => page('Records', half, pretty))
      .join('\n'),
}

/** The layouts in which records share lines, or nothing but their keys tells them from what they hold. */
export const inlineLayouts: Readonly<Record<string, Layout>> = {
  'objects one after the other': (records) => records.map(compact).join(''),
  'objects with commas on one line': (records) => records.map(compact).join(', '),
  'an array on one line': compact,
  'arrays on one line each': (records) =>
    halves(records)
      .map((half) => `${compact(half)}\n`)
      .join(''),
  'arrays in arrays on one line': (records) => compact([halves(records), [], [[]]]),
  'an array whose braces share a line': (records) => `[${records.map((record) => pretty(record)).join(',')}]`,
  'pretty objects that are not indented': (records) => records.map(flush).join('\n'),
  'an array that is not indented': flush,
  'a page on one line': (records) => page('value', records, compact),
  'pages one a line, one of them empty': (records) =>
    [...halves(records), []].map((half) => page('items', half, compact)).join('\n'),
  'answers of a search one a line': (records) =>
    halves(records)
      .map((half) => search(half, compact))
      .join('\n'),
  'pages with two lists': (records) => {
    const [events, logs] = halves(records)
    return compact({ count: 2, events, total: { a: [1] }, logs })
  },
  'strings in an array': (records) => `[${records.map(asString).join(',')}]`,
  'strings in a pretty array': (records) => `[\r\n    ${records.map(asString).join(',\r\n    ')}\r\n]\r\n`,
  'strings one a line': (records) => `${records.map(asString).join('\n')}\n`,
}

export const layouts = { ...lineLayouts, ...inlineLayouts }

/** A record with what makes framing hard: brackets, quotes and records' beginnings in strings, lists of objects. */
export function randomRecord(random: Random): JsonObject {
  const texts = ['plain', '},{', ']}', '"', '\\', '\\"', '\n{"CreationTime":"', 'é😀', '', '[{"Id":', '":"', ',']
  const text = () => Array.from({ length: random.whole(0, 4) }, () => random.pick(texts)).join('')
  const pair = () => ({ Name: text(), Value: text() })
  return {
    CreationTime: `2024-05-0${random.whole(1, 9)}T10:11:12`,
    Id: random.guid(),
    UserType: random.whole(0, 5),
    [random.pick(['Workload', 'ObjectId', 'value', 'data'])]: text(),
    ...(random.chance(0.5) && { Parameters: Array.from({ length: random.whole(0, 3) }, pair) }),
    ...(random.chance(0.5) && { Actor: { ID: text(), Items: [], Nested: [[pair()], [null, 1.5, true]] } }),
    ...(random.chance(0.3) && { records: [pair()], AuditData: text() }),
    Version: 1,
  }
}
