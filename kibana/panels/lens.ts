import { dataViewId } from '../data-view.ts'
import type { Column } from './column.ts'
import type { Panel } from './panel.ts'

/** What a Lens panel is made of, whatever shape it has. */
export interface Figures {
  readonly title: string
  readonly description?: string
  /** Which events are meant, in KQL: the panel is right wherever it is put. */
  readonly filter: string
  readonly columns: readonly Column[]
}

/** How a shape shows columns: the id of a column by its label. */
export type Shape = (idOf: (label: string) => string) => object

const layer = 'events'

/** A Lens panel by value, in a shape. */
export function lens(figures: Figures, visualizationType: string, shape: Shape): Panel {
  const { title, description, filter, columns } = figures
  const ids = new Map(columns.map(({ label }, i) => [label, `column-${i}`]))
  if (ids.size < columns.length) throw new Error(`two columns of '${title}' have one label`)
  const idOf = (label: string) => {
    const id = ids.get(label)
    if (id === undefined) throw new Error(`'${title}' has no column '${label}'`)
    return id
  }
  const references = [{ type: 'index-pattern', id: dataViewId, name: `indexpattern-datasource-layer-${layer}` }]
  const state = {
    visualization: shape(idOf),
    query: { query: filter, language: 'kuery' },
    filters: [],
    datasourceStates: {
      formBased: {
        layers: {
          [layer]: {
            columns: Object.fromEntries(columns.map((column) => [idOf(column.label), column.state(idOf)])),
            columnOrder: columns.map(({ label }) => idOf(label)),
            incompleteColumns: {},
          },
        },
      },
    },
    internalReferences: [],
    adHocDataViews: {},
  }
  const attributes = { title: '', visualizationType, type: 'lens', references, state }
  const said = [description, bounds(columns)].filter((text) => text !== undefined)
  return { title, description: said.join(' ') || undefined, type: 'lens', embeddable: { attributes }, references }
}

/** What is left out, in a sentence: whoever counts rows would take them for all. */
function bounds(columns: readonly Column[]): string | undefined {
  const cut = columns.flatMap(({ label, most }) =>
    most === undefined ? [] : [`${most.toLocaleString('en')} by ${label}`],
  )
  return cut.length === 0 ? undefined : `At most ${cut.join(', of each ')}: narrow the time or filter for more.`
}

/** What each shape says of the layer that it draws. */
export const drawnLayer = { layerId: layer, layerType: 'data' } as const
