import { dataViewId } from '../data-view.ts'
import { fieldLabels } from '../field-labels.ts'
import { type Panel, type Reference, type SavedObject, searchSource } from './panel.ts'

/** A list of the events themselves. */
export interface Events {
  /** Part of the id of the saved search, which must stay as it is. */
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly filter: string
  /** Fields, from left to right after the time; a width in pixels where it matters. */
  readonly columns: Readonly<Record<string, number | undefined>>
  /** Oldest first, as a story is told. Otherwise what is newest comes first. */
  readonly oldestFirst?: boolean
  /** Rows as high as what they say, where that is sentences. */
  readonly wraps?: boolean
}

/** The events, a row each. Kibana 8.12 knows no such panel by value, so it is a saved search and a reference to it. */
export function events({
  name,
  title,
  description,
  filter,
  columns,
  oldestFirst = false,
  wraps = false,
}: Events): Panel {
  const id = `hoofprint-${name}`
  const reference: Reference = {
    type: 'index-pattern',
    id: dataViewId,
    name: 'kibanaSavedObjectMeta.searchSourceJSON.index',
  }
  const search: SavedObject = {
    id,
    type: 'search',
    attributes: {
      title: `[Hoofprint] ${title}`,
      description: description ?? '',
      columns: Object.keys(columns),
      sort: [['@timestamp', oldestFirst ? 'asc' : 'desc']],
      grid: { columns: widthsOf({ '@timestamp': 175, ...columns }) },
      hideChart: true,
      rowHeight: wraps ? -1 : 0,
      kibanaSavedObjectMeta: searchSource(filter, { indexRefName: reference.name }),
    },
    references: [reference],
  }
  return {
    title,
    description,
    type: 'search',
    embeddable: {},
    references: [{ type: 'search', id, name: 'panel' }],
    objects: [search],
  }
}

/** Of a screen of 1280 pixels, once there is room for a subject or a sentence. */
const room = 1000
const least = 300

/** What it takes to read the name of a column, beside the icon of its type and the arrow of its menu. */
function widthOfHeader(field: string): number {
  return 58 + Math.ceil(7.3 * (fieldLabels[field] ?? field).length)
}

/** What has no width takes what the others leave; where they leave too little, it is as wide as it takes to read it, and the last ones are to be scrolled to. */
function widthsOf(columns: Events['columns']): Record<string, { readonly width: number }> {
  const given = Object.entries(columns).map(
    ([field, width]) => [field, width && Math.max(width, widthOfHeader(field))] as const,
  )
  const open = given.filter(([, width]) => width === undefined).length
  const taken = given.reduce((sum, [, width = 0]) => sum + width, 0)
  const widths: Record<string, { readonly width: number }> = {}
  for (const [field, known] of given) {
    const width = known ?? (open === 1 && taken > room ? least : undefined)
    if (width !== undefined) widths[field] = { width }
  }
  return widths
}
