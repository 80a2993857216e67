import { dataViewId } from './data-view.ts'
import type { Reference } from './panels/panel.ts'

/** What every dashboard can be narrowed down to, by the fields that say it. */
const controls = {
  mailbox: { title: 'Mailbox', fieldName: 'hoofprint.mailbox' },
  user: { title: 'User', fieldName: 'user.email' },
  actor: { title: 'Whose', fieldName: 'hoofprint.actor' },
  application: { title: 'Application', fieldName: 'hoofprint.application.id' },
  country: { title: 'Country', fieldName: 'source.geo.country_name' },
  network: { title: 'Network', fieldName: 'source.as.organization.name' },
  category: { title: 'Category', fieldName: 'hoofprint.category' },
  tenant: { title: 'Tenant', fieldName: 'organization.id' },
  namespace: { title: 'Case', fieldName: 'data_stream.namespace' },
} as const

/** The row of lists above the panels. */
export const controlGroup = {
  controlStyle: 'oneLine',
  chainingSystem: 'HIERARCHICAL',
  panelsJSON: JSON.stringify(
    Object.fromEntries(
      Object.entries(controls).map(([id, { title, fieldName }], order) => [
        id,
        {
          type: 'optionsListControl',
          ...{ order, grow: true, width: 'small' },
          explicitInput: { id, fieldName, title, enhancements: {} },
        },
      ]),
    ),
  ),
  ignoreParentSettingsJSON: JSON.stringify({
    ...{ ignoreFilters: false, ignoreQuery: false, ignoreTimerange: false, ignoreValidations: false },
  }),
} as const

/** What the controls refer to, in the names of a dashboard's references. */
export const controlReferences: readonly Reference[] = Object.keys(controls).map((id) => ({
  type: 'index-pattern',
  id: dataViewId,
  name: `controlGroup_${id}:optionsListDataView`,
}))
