import { controlGroup, controlReferences } from './controls.ts'
import { links } from './panels/links.ts'
import { coreMigrationVersion, noSearchSource, type Panel, type Reference, type SavedObject } from './panels/panel.ts'

/** A dashboard, row by row. */
export interface Dashboard {
  readonly id: string
  /** Without `[Hoofprint]`, which is put before it. */
  readonly title: string
  readonly description: string
  readonly rows: readonly Row[]
}

/** Panels side by side, with their widths. */
export interface Row {
  readonly height: number
  readonly panels: readonly (readonly [width: number, panel: Panel])[]
}

/** How wide a dashboard is. */
export const gridWidth = 48

/** Panels that share the width evenly; what is left over goes to the first ones. */
export function row(height: number, ...panels: readonly Panel[]): Row {
  const [width, over] = [Math.floor(gridWidth / panels.length), gridWidth % panels.length]
  return { height, panels: panels.map((panel, i) => [i < over ? width + 1 : width, panel]) }
}

/** The first panel so wide, the others share the rest. */
export function wide(height: number, width: number, panel: Panel, ...others: readonly Panel[]): Row {
  const rest = (gridWidth - width) / others.length
  return { height, panels: [[width, panel], ...others.map((other) => [rest, other] as const)] }
}

/** The dashboard as Kibana imports it, links to the others on top, and then what it refers to. */
export function savedObjects(dashboard: Dashboard, all: readonly Dashboard[]): SavedObject[] {
  const { id, title, description, rows } = dashboard
  const placed = place(id, [{ height: 2, panels: [[gridWidth, links(all)]] }, ...rows])
  const attributes = {
    title: `[Hoofprint] ${title}`,
    description,
    hits: 0,
    version: 1,
    panelsJSON: JSON.stringify(placed.map(panelState)),
    optionsJSON: JSON.stringify({
      ...{ useMargins: true, syncColors: true, syncCursor: true, syncTooltips: false, hidePanelTitles: false },
    }),
    controlGroupInput: controlGroup,
    // The time stays as it was chosen, from link to link: evidence may be of any year.
    timeRestore: false,
    kibanaSavedObjectMeta: noSearchSource,
  }
  const object: SavedObject = {
    id,
    type: 'dashboard',
    attributes,
    references: [...placed.flatMap(panelReferences), ...controlReferences],
    coreMigrationVersion,
    typeMigrationVersion: '8.9.0',
  }
  return [object, ...placed.flatMap(({ panel }) => panel.objects ?? [])]
}

interface Placed {
  readonly panel: Panel
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly i: string }
}

/** Kibana keeps what it has drawn under a panel's id, from one dashboard to the next: two that share one show each other's figures. */
function place(dashboard: string, rows: readonly Row[]): Placed[] {
  const placed: Placed[] = []
  let y = 0
  for (const { height, panels } of rows) {
    let x = 0
    for (const [w, panel] of panels) {
      placed.push({ panel, grid: { x, y, w, h: height, i: `${dashboard}-${placed.length}` } })
      x += w
    }
    if (x !== gridWidth) throw new Error(`the row of '${panels[0]?.[1].title}' is ${x} wide`)
    y += height
  }
  return placed
}

function panelState({ panel, grid }: Placed): object {
  const { title, description, type, embeddable, hidesTitle = false } = panel
  return {
    type,
    title,
    gridData: grid,
    panelIndex: grid.i,
    embeddableConfig: {
      ...embeddable,
      enhancements: {},
      ...(description !== undefined && { description }),
      ...(hidesTitle && { hidePanelTitles: true }),
    },
    ...(type === 'search' && { panelRefName: `panel_${grid.i}` }),
  }
}

function panelReferences({ panel, grid }: Placed): Reference[] {
  return panel.references.map(({ type, id, name }) => ({
    type,
    id,
    name: `${grid.i}:${panel.type === 'search' ? `panel_${grid.i}` : name}`,
  }))
}
