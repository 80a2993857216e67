import { fieldLabels } from './field-labels.ts'
import type { SavedObject } from './panels/panel.ts'

/** The id of the data view that every panel reads. */
export const dataViewId = 'hoofprint-events'

/** Numbers of networks, ports and rows are names, not amounts: nothing to put separators into. */
const plainNumber = { id: 'number', params: { pattern: '0' } }
/** Short, sortable, and in the zone that Kibana is set to. */
const date = { id: 'date', params: { pattern: 'YYYY-MM-DD HH:mm:ss' } }
const formats = {
  ...{ '@timestamp': date, 'event.ingested': date, 'hoofprint.logon.at': date },
  ...{ 'source.as.number': plainNumber, 'source.port': plainNumber, 'hoofprint.evidence.row': plainNumber },
}

/** All of Hoofprint's data streams, with words for the fields that tables show. */
export const dataView: SavedObject = {
  id: dataViewId,
  type: 'index-pattern',
  attributes: {
    title: 'logs-o365.*-*,logs-azure.signinlogs-*,logs-azure.graphactivitylogs-*',
    name: '[Hoofprint] Events',
    timeFieldName: '@timestamp',
    fieldAttrs: JSON.stringify(
      Object.fromEntries(Object.entries(fieldLabels).map(([field, customLabel]) => [field, { customLabel }])),
    ),
    fieldFormatMap: JSON.stringify(formats),
    sourceFilters: '[]',
    fields: '[]',
    runtimeFieldMap: '{}',
    // No index yet is no reason to refuse the dashboards.
    allowNoIndex: true,
  },
  references: [],
}
