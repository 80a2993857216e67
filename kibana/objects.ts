import { savedObjects } from './dashboard.ts'
import { dashboards } from './dashboards/index.ts'
import { dataView } from './data-view.ts'
import type { SavedObject } from './panels/panel.ts'

/** Everything that Kibana imports, in one file: the data view, the dashboards, and the searches that they show. */
export const objects: readonly SavedObject[] = [
  dataView,
  ...dashboards.flatMap((dashboard) => savedObjects(dashboard, dashboards)),
]
