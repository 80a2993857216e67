import { dataViewId } from '../data-view.ts'
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
  const widths = Object.entries({ '@timestamp': 175, ...columns }).filter(([, width]) => width !== undefined)
  const search: SavedObject = {
    id,
    type: 'search',
    attributes: {
      title: `[Hoofprint] ${title}`,
      description: description ?? '',
      columns: Object.keys(columns),
      sort: [['@timestamp', oldestFirst ? 'asc' : 'desc']],
      grid: { columns: Object.fromEntries(widths.map(([field, width]) => [field, { width }])) },
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
