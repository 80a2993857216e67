import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../cli.ts'

/** The file that is shipped, as text. */
export const shippedText = readFileSync(join(root, 'kibana/hoofprint.ndjson'), 'utf8')

export interface Shipped {
  readonly id: string
  readonly type: string
  readonly attributes: Record<string, unknown>
  readonly references: readonly { readonly type: string; readonly id: string; readonly name: string }[]
  readonly coreMigrationVersion?: string
  readonly typeMigrationVersion?: string
}

/** The objects that Kibana imports. */
export const shipped: readonly Shipped[] = shippedText
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))

/** A panel of a dashboard, as the dashboard holds it. */
export interface ShippedPanel {
  readonly dashboard: string
  readonly type: string
  readonly title: string
  readonly panelIndex: string
  readonly panelRefName?: string
  readonly gridData: {
    readonly i: string
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
  }
  readonly embeddableConfig: Record<string, unknown> & { readonly attributes?: Record<string, unknown> }
}

export const dashboards = shipped.filter(({ type }) => type === 'dashboard')

export const panels: readonly ShippedPanel[] = dashboards.flatMap(({ id, attributes }) =>
  JSON.parse(attributes['panelsJSON'] as string).map((panel: object) => ({ ...panel, dashboard: id })),
)

/** A saved search: its KQL, its columns and its order. */
export interface ShippedSearch {
  readonly title: string
  readonly filter: string
  readonly columns: readonly string[]
  readonly sort: readonly (readonly [field: string, direction: string])[]
}

export const searches: readonly ShippedSearch[] = shipped
  .filter(({ type }) => type === 'search')
  .map(({ attributes }) => {
    const { searchSourceJSON } = attributes['kibanaSavedObjectMeta'] as { searchSourceJSON: string }
    const { title, columns, sort } = attributes as unknown as ShippedSearch
    return { title, columns, sort, filter: JSON.parse(searchSourceJSON).query.query }
  })
