import type { Panel } from './panel.ts'

/** Links to dashboards side by side, which take along the time, the search, the filters and what is chosen in the lists on top. */
export function links(dashboards: readonly { readonly id: string; readonly title: string }[]): Panel {
  const named = dashboards.map(({ id, title }) => ({ id, title, name: `link_${id}_dashboard` }))
  const attributes = {
    title: '',
    layout: 'horizontal',
    links: named.map(({ id, title, name }, order) => ({
      ...{ type: 'dashboardLink', id, order, label: title, destinationRefName: name },
      options: { openInNewTab: false, useCurrentDateRange: true, useCurrentFilters: true },
    })),
  }
  const references = named.map(({ id, name }) => ({ type: 'dashboard', id, name }))
  return { title: '', type: 'links', embeddable: { attributes }, references, hidesTitle: true }
}
