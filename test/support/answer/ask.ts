import type { Client, estypes } from '@elastic/elasticsearch'
import { all, type Bucket, type Figure, type Query, type Value, within } from './figure.ts'

/** Whose doings are asked for, and where the documents are. */
export interface Asked {
  readonly client: Client
  readonly index: string
  readonly whose: 'intruder' | 'everybody'
}

const atOnce = 200

/** Figures of what meets `of`, or of everything. */
export interface Lot {
  readonly of?: Query
  readonly figures: Readonly<Record<string, Figure>>
}

/** The figures of each lot. Many share a search: one for each of two thousand mails took most of the time of these tests. */
export async function figuresOf(
  { client, index }: Pick<Asked, 'client' | 'index'>,
  lots: readonly Lot[],
): Promise<Record<string, Value>[]> {
  const values: Record<string, Value>[] = []
  for (let i = 0; i < lots.length; i += atOnce) {
    const some = lots.slice(i, i + atOnce)
    const aggs = some.map(({ of: filter = { match_all: {} }, figures }, j) => [
      `lot ${j}`,
      { filter, aggs: aggregationsOf(figures) },
    ])
    const { aggregations } = await client.search({ index, size: 0, aggs: Object.fromEntries(aggs) })
    const results = aggregations as unknown as Bucket
    for (const [j, { figures }] of some.entries()) {
      const own = Object.entries(figures).map(([name, figure]) => [
        name,
        figure.read(within(within(results, `lot ${j}`), name)),
      ])
      values.push(Object.fromEntries(own))
    }
  }
  return values
}

/** The combinations of values that these fields have in what meets `of`; what a field lacks is ''. */
export async function combinations(
  { client, index }: Pick<Asked, 'client' | 'index'>,
  of: readonly Query[],
  fields: readonly string[],
): Promise<string[][]> {
  const found: string[][] = []
  const sources = fields.map((field, i) => ({ [`${i}`]: { terms: { field, missing_bucket: true } } }))
  for (let after: estypes.AggregationsCompositeAggregateKey | undefined; ; ) {
    const { aggregations } = await client.search<unknown, { found: estypes.AggregationsCompositeAggregate }>({
      index,
      size: 0,
      query: all(...of),
      aggs: { found: { composite: { size: 1000, sources, ...(after !== undefined && { after }) } } },
    })
    const buckets = (aggregations?.found.buckets ?? []) as estypes.AggregationsCompositeBucket[]
    for (const { key } of buckets) found.push(fields.map((_, i) => String(key[`${i}`] ?? '')))
    after = aggregations?.found.after_key
    if (after === undefined) return found
  }
}

function aggregationsOf(figures: Readonly<Record<string, Figure>>) {
  const aggs = Object.entries(figures).map(([name, { aggs }]) => [name, { filter: { match_all: {} }, aggs }])
  return Object.fromEntries(aggs) as Record<string, estypes.AggregationsAggregationContainer>
}
