/** One column of a Lens panel: a way to group events, or a figure of each group. */
export interface Column {
  readonly label: string
  readonly isBucketed: boolean
  /** In pixels, for what is always about as long; what is left goes to the others. */
  readonly width?: number
  /** How many groups there are at most, where there may be more and nothing stands for these. */
  readonly most?: number
  /** The column as Lens keeps it; `idOf` gives the id of the column with this label. */
  readonly state: (idOf: (label: string) => string) => object
}

/** How many events there are, or how many of those that `filter` lets pass. */
export function count(label: string, filter?: string): Column {
  return figure(label, { dataType: 'number', operationType: 'count', sourceField: '___records___' }, filter, whole)
}

/** How many different values a field has. Elasticsearch counts exactly up to 3,000, and nearly beyond. */
export function unique(field: string, label: string, filter?: string): Column {
  return figure(label, { dataType: 'number', operationType: 'unique_count', sourceField: field }, filter)
}

/** The values of a field added up. */
export function sum(field: string, label: string, filter?: string): Column {
  return figure(label, { dataType: 'number', operationType: 'sum', sourceField: field }, filter)
}

/** The earliest of a date. */
export function earliest(label: string, field = '@timestamp', filter?: string): Column {
  return { ...figure(label, { dataType: 'date', operationType: 'min', sourceField: field }, filter), width: dateWidth }
}

/** The latest of a date. */
export function latest(label: string, field = '@timestamp', filter?: string): Column {
  return { ...figure(label, { dataType: 'date', operationType: 'max', sourceField: field }, filter), width: dateWidth }
}

/** The value in the newest event that has one. */
export function newest(field: string, label: string, filter = `${field}: *`): Column {
  return {
    label,
    isBucketed: false,
    state: () => ({
      ...named(label),
      ...{ dataType: 'string', operationType: 'last_value', scale: 'ordinal', sourceField: field, isBucketed: false },
      filter: { query: filter, language: 'kuery' },
      params: { sortField: '@timestamp', showArrayValues: false },
    }),
    ...widthOf(field),
  }
}

/** Which values of a field become groups. */
export interface Terms {
  readonly size: number
  /** The label of the figure that says which come first; without it, the alphabet does. */
  readonly by?: string
  /** Events with other values, and those without any, are groups too; of addresses only as text, for Kibana leaves out those without an IP. */
  readonly rest?: boolean
}

/** A group for each value of a field. */
export function terms(field: string, label: string, { size, by, rest = false }: Terms): Column {
  const state = (idOf: (label: string) => string) => ({
    ...named(label),
    ...{ dataType: 'string', operationType: 'terms', scale: 'ordinal', sourceField: field, isBucketed: true },
    params: {
      size,
      orderBy: by === undefined ? { type: 'alphabetical', fallback: false } : { type: 'column', columnId: idOf(by) },
      orderDirection: by === undefined ? 'asc' : 'desc',
      otherBucket: rest,
      missingBucket: rest,
      parentFormat: { id: 'terms' },
      include: [],
      exclude: [],
    },
  })
  return { label, isBucketed: true, state, ...widthOf(field), ...(!rest && !closed.has(field) && { most: size }) }
}

/** Of these there are no more values than a panel has room for. */
const closed: ReadonlySet<string> = new Set(['hoofprint.category', 'hoofprint.logon.method', 'data_stream.dataset'])

function widthOf(field: string): { width?: number } {
  const width = widths[field]
  return width === undefined ? {} : { width }
}

const addressWidth = 140
const accountWidth = 175

/** What one looks for in a table, also where that is narrow: an IPv4 address whole, an account as far as it tells who, a subject, search or client as far as it tells what. */
const widths: Readonly<Record<string, number>> = {
  ...{ 'source.ip': addressWidth, 'hoofprint.from.address': addressWidth, 'hoofprint.logon.ip': addressWidth },
  ...{ 'hoofprint.mailbox': accountWidth, 'user.email': accountWidth, 'email.subject': 220, 'email.to.address': 220 },
  ...{ 'hoofprint.search.query': 220, 'user_agent.original': 220, 'source.geo.country_name': 110 },
  ...{ 'source.as.organization.name': 150, 'event.action': 220 },
}

/** A group for each span of time: as long as the screen has room for, also where nothing is. */
export function time(): Column {
  return histogram('@timestamp', '@timestamp', { interval: 'auto', includeEmptyRows: true })
}

/** A group for each day of another date that has something. Left to itself, Lens takes the time chosen for the events as this date's too. */
export function days(field: string, label: string): Column {
  return histogram(field, label, { interval: 'd', includeEmptyRows: false, ignoreTimeRange: true })
}

function histogram(field: string, label: string, how: object): Column {
  const state = () => ({
    ...named(label),
    ...{ dataType: 'date', operationType: 'date_histogram', scale: 'interval', sourceField: field, isBucketed: true },
    params: { ...how, dropPartials: false },
  })
  return { label, isBucketed: true, state }
}

// Else the legend of a heat map tells of 203.2 events.
const whole = { format: { id: 'number', params: { decimals: 0 } } }

function figure(label: string, how: object, filter: string | undefined, params: object = {}): Column {
  const state = () => ({
    ...named(label),
    ...how,
    ...{ isBucketed: false, scale: 'ratio' },
    ...(filter !== undefined && { filter: { query: filter, language: 'kuery' } }),
    params: { emptyAsNull: false, ...params },
  })
  return { label, isBucketed: false, width: Math.max(95, 45 + 8 * label.length), state }
}

const dateWidth = 170

function named(label: string): object {
  return { label, customLabel: true }
}
