/** What stands at one place of a dashboard, whatever draws it. */
export interface Panel {
  readonly title: string
  /** Under the title's (i): what the figures prove, where the title has no room for it. */
  readonly description?: string | undefined
  readonly type: 'lens' | 'links' | 'map' | 'search' | 'visualization'
  /** The object by value, or what a panel adds to the object that it refers to. */
  readonly embeddable: object
  /** What the embeddable refers to, by names that are unique within the panel. */
  readonly references: readonly Reference[]
  /** The panel shows its title itself. */
  readonly hidesTitle?: boolean
  /** Objects that are imported beside the dashboard, because Kibana knows no such panel by value. */
  readonly objects?: readonly SavedObject[]
}

/** How one saved object names another. */
export interface Reference {
  readonly type: string
  readonly id: string
  readonly name: string
}

/** One line of the file that Kibana imports. */
export interface SavedObject {
  readonly id: string
  readonly type: string
  readonly attributes: object
  readonly references: readonly Reference[]
  readonly coreMigrationVersion?: string
  readonly typeMigrationVersion?: string
}

/** The version of all saved objects' common form that Kibana 8.12 writes. */
export const coreMigrationVersion = '8.8.0'

/** What every saved object says of its queries: text, and nothing beside it. */
export const noSearchSource = searchSource('')

/** A query as saved objects hold it: JSON in a string. */
export function searchSource(query: string, more: object = {}): { searchSourceJSON: string } {
  return { searchSourceJSON: JSON.stringify({ query: { query, language: 'kuery' }, filter: [], ...more }) }
}
