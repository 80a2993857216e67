import { dataViewId } from '../data-view.ts'
import type { Panel } from './panel.ts'

/** Where on the globe events come from: a circle for each place, larger for more. */
export function map(title: string, filter: string, geoField: string): Panel {
  const attributes = {
    title: '',
    description: '',
    mapStateJSON: JSON.stringify({
      zoom: 1.4,
      center: { lon: 10, lat: 25 },
      timeFilters: { from: 'now-1y', to: 'now' },
      refreshConfig: { isPaused: true, interval: 0 },
      query: { query: '', language: 'kuery' },
      filters: [],
      settings: { autoFitToDataBounds: true },
    }),
    layerListJSON: JSON.stringify([ground, places(title, filter, geoField)]),
    uiStateJSON: JSON.stringify({ isLayerTOCOpen: false, openTOCDetails: [] }),
  }
  const references = [{ type: 'index-pattern', id: dataViewId, name: 'layer_1_source_index_pattern' }]
  const place = { isLayerTOCOpen: false, hiddenLayers: [], openTOCDetails: [] }
  return { title, type: 'map', embeddable: { attributes, ...place }, references }
}

const shown = { minZoom: 0, maxZoom: 24, visible: true }

/** Elastic's own world, in the colours of Kibana's theme. Without the internet there is none, and the circles stand alone. */
const ground = {
  ...shown,
  id: 'ground',
  label: null,
  alpha: 1,
  type: 'EMS_VECTOR_TILE',
  sourceDescriptor: { type: 'EMS_TMS', isAutoSelect: true, lightModeDefault: 'road_map_desaturated' },
  style: { type: 'EMS_VECTOR_TILE', color: '' },
  includeInFitToBounds: false,
}

function places(label: string, query: string, geoField: string): object {
  const byCount = { field: { name: 'doc_count', origin: 'source' }, fieldMetaOptions: { isEnabled: true, sigma: 3 } }
  return {
    ...shown,
    id: 'places',
    label,
    alpha: 0.75,
    type: 'GEOJSON_VECTOR',
    query: { query, language: 'kuery' },
    sourceDescriptor: {
      id: 'places-source',
      type: 'ES_GEO_GRID',
      applyGlobalQuery: true,
      applyGlobalTime: true,
      applyForceRefresh: true,
      geoField,
      metrics: [{ type: 'count' }],
      requestType: 'point',
      resolution: 'FINE',
      indexPatternRefName: 'layer_1_source_index_pattern',
    },
    style: {
      type: 'VECTOR',
      isTimeAware: true,
      properties: {
        fillColor: { type: 'DYNAMIC', options: { ...byCount, color: 'Yellow to Red', type: 'ORDINAL' } },
        lineColor: { type: 'STATIC', options: { color: '#FFFFFF' } },
        lineWidth: { type: 'STATIC', options: { size: 1 } },
        iconSize: { type: 'DYNAMIC', options: { ...byCount, minSize: 7, maxSize: 32 } },
        labelText: { type: 'DYNAMIC', options: { ...byCount } },
        labelSize: { type: 'STATIC', options: { size: 12 } },
      },
    },
    joins: [],
  }
}
