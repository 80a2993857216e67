import type { Client, estypes } from '@elastic/elasticsearch'
import { kql } from './kql.ts'

/** A column of a Lens panel, as far as panels use them. */
export interface LensColumn {
  readonly label: string
  readonly operationType: string
  readonly sourceField: string
  readonly isBucketed: boolean
  readonly dataType: string
  readonly filter?: { readonly query: string }
  readonly params: {
    readonly size?: number
    readonly orderBy?: { readonly type: string; readonly columnId?: string }
    readonly orderDirection?: 'asc' | 'desc'
    readonly includeEmptyRows?: boolean
    readonly missingBucket?: boolean
    readonly otherBucket?: boolean
    readonly ignoreTimeRange?: boolean
  }
}

export interface Lens {
  readonly visualizationType: string
  readonly query: string
  /** By id, outermost group first. */
  readonly columns: ReadonlyMap<string, LensColumn>
  readonly visualization: Record<string, unknown>
}

/** What a Lens panel's attributes ask for. */
export function lensOf(attributes: Record<string, unknown>): Lens {
  const { visualizationType, state } = attributes as { visualizationType: string; state: LensState }
  const layers = Object.values(state.datasourceStates.formBased.layers)
  if (layers.length !== 1 || state.filters.length > 0) throw new Error('more than one layer, or filters')
  const { columns, columnOrder } = layers[0] as LensLayer
  const ordered = new Map(columnOrder.map((id) => [id, columns[id] as LensColumn]))
  return { visualizationType, query: state.query.query, columns: ordered, visualization: state.visualization }
}

interface LensState {
  readonly query: { readonly query: string }
  readonly filters: readonly unknown[]
  readonly visualization: Record<string, unknown>
  readonly datasourceStates: { readonly formBased: { readonly layers: Record<string, LensLayer> } }
}

interface LensLayer {
  readonly columns: Record<string, LensColumn>
  readonly columnOrder: readonly string[]
}

/** A row of a panel by the labels of its columns. */
export type LensRow = Readonly<Record<string, string | number | null>>

type Aggregation = estypes.AggregationsAggregationContainer

/** The time that is chosen above the panels. */
export interface Chosen {
  readonly gte: string
  readonly lte: string
}

/** Asks Elasticsearch what Lens would, and gives the rows that the panel shows. */
export async function rowsOf(client: Client, index: string, lens: Lens, chosen: Chosen): Promise<LensRow[]> {
  const columns = [...lens.columns]
  const groups = columns.filter(([, { isBucketed }]) => isBucketed)
  const figures = columns.filter(([, { isBucketed }]) => !isBucketed)
  let aggs = Object.fromEntries(figures.flatMap(([id, column]) => figureOf(id, column)))
  for (const [id, column] of groups.toReversed()) {
    aggs = { [id]: { ...groupOf(column, lens.columns), aggs: { ...orderOf(column, lens.columns), ...aggs } } }
  }
  // What a histogram is over must lie in the chosen time as well, unless it says that it need not.
  const dates = groups.filter(
    ([, { operationType, params }]) => operationType === 'date_histogram' && !params.ignoreTimeRange,
  )
  const within = new Set(['@timestamp', ...dates.map(([, { sourceField }]) => sourceField)])
  const query = { bool: { filter: [kql(lens.query), ...[...within].map((field) => ({ range: { [field]: chosen } }))] } }
  const result = await client.search({ index, size: 0, track_total_hits: true, query, aggs })

  const { value: doc_count } = result.hits.total as { value: number }
  const rows: LensRow[] = []
  walk({ ...result.aggregations, doc_count } as Bucket, groups, {})
  return rows

  function walk(bucket: Bucket, left: readonly (readonly [string, LensColumn])[], row: LensRow): void {
    const [group, ...rest] = left
    if (group === undefined) {
      const cells = figures.map(([id, column]) => [column.label, shown(bucket, id, column)])
      rows.push({ ...row, ...Object.fromEntries(cells) })
      return
    }
    const [id, { label }] = group
    for (const inner of (bucket[id] as { buckets: Bucket[] }).buckets) {
      walk(inner, rest, { ...row, [label]: inner.key_as_string ?? inner.key ?? null })
    }
  }
}

type Bucket = Record<string, unknown> & { doc_count: number; key?: string | number; key_as_string?: string }

function groupOf(column: LensColumn, columns: ReadonlyMap<string, LensColumn>): Aggregation {
  const { operationType, sourceField: field, params, dataType } = column
  if (operationType === 'date_histogram') {
    return { date_histogram: { field, calendar_interval: 'day', min_doc_count: params.includeEmptyRows ? 0 : 1 } }
  }
  if (operationType !== 'terms') throw new Error(`no group: ${operationType}`)
  const { orderBy, orderDirection = 'asc', size = 5 } = params
  const by = orderBy?.columnId === undefined ? '_key' : orderPath(orderBy.columnId, columns)
  const missing = params.missingBucket === true && dataType === 'string' && !/\.?ip$/.test(field)
  return { terms: { field, size, order: { [by]: orderDirection }, ...(missing && { missing: '(missing value)' }) } }
}

/** What a group is ordered by, which is asked for at each level. */
function orderOf({ params }: LensColumn, columns: ReadonlyMap<string, LensColumn>): Record<string, Aggregation> {
  const id = params.orderBy?.columnId
  const figure = id === undefined ? undefined : columns.get(id)
  return id === undefined || figure === undefined ? {} : Object.fromEntries(figureOf(id, figure))
}

function orderPath(id: string, columns: ReadonlyMap<string, LensColumn>): string {
  const column = columns.get(id)
  if (column === undefined || column.operationType === 'last_value') throw new Error(`no order by ${id}`)
  if (column.operationType === 'count') return column.filter === undefined ? '_count' : id
  return column.filter === undefined ? id : `${id}>figure`
}

const operations: Readonly<Record<string, (field: string) => Aggregation>> = {
  unique_count: (field) => ({ cardinality: { field } }),
  sum: (field) => ({ sum: { field } }),
  min: (field) => ({ min: { field } }),
  max: (field) => ({ max: { field } }),
  // Kibana asks for top_metrics, which is a module of its own.
  last_value: (field) => ({
    top_hits: { size: 1, sort: [{ '@timestamp': 'desc' }], _source: false, fields: [field] },
  }),
}

function figureOf(id: string, { operationType, sourceField, filter }: LensColumn): [string, Aggregation][] {
  if (operationType === 'count') return filter === undefined ? [] : [[id, { filter: kql(filter.query) }]]
  const operation = operations[operationType]
  if (operation === undefined) throw new Error(`no figure: ${operationType}`)
  const figure = operation(sourceField)
  return [[id, filter === undefined ? figure : { filter: kql(filter.query), aggs: { figure } }]]
}

function shown(bucket: Bucket, id: string, column: LensColumn): string | number | null {
  const own = bucket[id] as (Bucket & { figure?: Figure }) | undefined
  if (column.operationType === 'count') return own?.doc_count ?? bucket.doc_count
  const figure = (column.filter === undefined ? own : own?.figure) as Figure | undefined
  const last = figure?.hits?.hits[0]?.fields?.[column.sourceField]?.[0]
  return last ?? figure?.value_as_string ?? figure?.value ?? null
}

interface Figure {
  readonly value?: number | null
  readonly value_as_string?: string
  readonly hits?: { readonly hits: readonly { readonly fields?: Record<string, readonly string[]> }[] }
}
