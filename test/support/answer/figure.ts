import type { estypes } from '@elastic/elasticsearch'

export type Query = estypes.QueryDslQueryContainer
type Aggregations = Record<string, estypes.AggregationsAggregationContainer>

/** What a search gives where an answer has a number: a count, a time, or counts by name. */
export type Value = number | string | null | Readonly<Record<string, number>>

/** One number, as an aggregation over documents. */
export interface Figure {
  readonly aggs: Aggregations
  read(result: Bucket): Value
}

/** What Elasticsearch answers, as far as figures read it. */
export interface Bucket {
  readonly key?: string | number
  readonly key_as_string?: string
  readonly doc_count?: number
  readonly value?: number | null
  readonly value_as_string?: string
  readonly buckets?: readonly Bucket[]
  readonly [name: string]: Bucket | readonly Bucket[] | string | number | null | undefined
}

/** What is of this name in a bucket. */
export function within(bucket: Bucket | undefined, name: string): Bucket {
  return Object(bucket?.[name])
}

/** What meets all of these. */
export function all(...filter: readonly Query[]): Query {
  return { bool: { filter: [...filter] } }
}

/** What meets one of these. */
export function any(...should: readonly Query[]): Query {
  return { bool: { should: [...should], minimum_should_match: 1 } }
}

/** What does not meet this. */
export function not(query: Query): Query {
  return { bool: { must_not: [query] } }
}

/** What has the field. */
export function has(field: string): Query {
  return { exists: { field } }
}

/** What has one of these values in the field; an empty one stands for none at all. */
export function is(field: string, ...values: readonly (string | number)[]): Query {
  return values[0] === '' ? not(has(field)) : { terms: { [field]: [...values] } }
}

/** What has this name in the field, in whatever letters. */
export function named(field: string, name: string): Query {
  return { term: { [field]: { value: name, case_insensitive: true } } }
}

/** How many documents meet these. */
export function count(...where: readonly Query[]): Figure {
  return { aggs: { some: { filter: all(...where) } }, read: (result) => within(result, 'some').doc_count ?? null }
}

/** The least or greatest value of a field; nothing where it has none. */
export function extreme(which: 'min' | 'max', field: string, ...where: readonly Query[]): Figure {
  return {
    aggs: { some: { filter: all(...where), aggs: { found: { [which]: { field } } } } },
    read(result) {
      const { value, value_as_string } = within(within(result, 'some'), 'found')
      return value === null ? null : (value_as_string ?? value ?? null)
    },
  }
}

/** When the first and the last of the documents were. */
export const first = extreme('min', '@timestamp')
export const last = extreme('max', '@timestamp')

/** How many values a field has in all of them together, whatever their case; of several fields, how many theirs are in sum. */
export function different(...fields: readonly (readonly [field: string, ...where: Query[]])[]): Figure {
  const aggs = fields.map(([field, ...where], i) => [
    `field ${i}`,
    { filter: all(...where), aggs: { found: valuesOf(field) } },
  ])
  return {
    aggs: Object.fromEntries(aggs),
    read(result) {
      const found = fields.flatMap((_, i) => within(within(result, `field ${i}`), 'found').buckets ?? [])
      return new Set(found.map(nameOf).map((name) => name.toLowerCase())).size
    },
  }
}

/** How many addresses of IPv4 and /64 networks of IPv6 a field has in all of them together. */
export function networks(field: string, ...where: readonly Query[]): Figure {
  const four: Query = { term: { [field]: '0.0.0.0/0' } }
  const prefixes = (of: Query, is_ipv6: boolean, prefix_length: number) => ({
    filter: all(...where, has(field), of),
    aggs: { found: { ip_prefix: { field, is_ipv6, prefix_length } } },
  })
  const kinds = { four: prefixes(four, false, 32), six: prefixes(not(four), true, 64) }
  return {
    aggs: kinds,
    read: (result) =>
      Object.keys(kinds).reduce((sum, kind) => sum + (within(within(result, kind), 'found').buckets?.length ?? 0), 0),
  }
}

/** How many values a field has in all of them together, each counted anew for each value of another field. */
export function pairs(outer: string, field: string, ...where: readonly Query[]): Figure {
  const inner = { found: valuesOf(field) }
  return {
    aggs: { some: { filter: all(...where), aggs: { of: { terms: { field: outer, size: 1000 }, aggs: inner } } } },
    read(result) {
      const buckets = within(within(result, 'some'), 'of').buckets ?? []
      return buckets.reduce((sum, bucket) => sum + (within(bucket, 'found').buckets?.length ?? 0), 0)
    },
  }
}

/** How many documents each value of a field has. */
export function tally(field: string, ...where: readonly Query[]): Figure {
  return {
    aggs: { some: { filter: all(...where), aggs: { found: { terms: { field, size: 1000 } } } } },
    read(result) {
      const buckets = within(within(result, 'some'), 'found').buckets ?? []
      return Object.fromEntries(buckets.map((bucket) => [nameOf(bucket), bucket.doc_count ?? 0]))
    },
  }
}

/** How many values a field has, document by document; nothing where it has none. */
export function valueCount(field: string, ...where: readonly Query[]): Figure {
  return {
    aggs: { some: { filter: all(...where), aggs: { found: { value_count: { field } } } } },
    read: (result) => within(within(result, 'some'), 'found').value || null,
  }
}

/** The first figure that has something to say. */
export function either(figure: Figure, other: Figure): Figure {
  return {
    aggs: {
      figure: { filter: { match_all: {} }, aggs: figure.aggs },
      other: { filter: { match_all: {} }, aggs: other.aggs },
    },
    read: (result) => figure.read(within(result, 'figure')) ?? other.read(within(result, 'other')),
  }
}

// By `map` Elasticsearch counts what a few documents have, instead of keeping a place for each value of the index.
function valuesOf(field: string): Aggregations[string] {
  return { terms: { field, size: 10_000, execution_hint: 'map' } }
}

function nameOf({ key, key_as_string }: Bucket): string {
  return key_as_string ?? String(key)
}
