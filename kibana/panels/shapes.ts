import type { Column } from './column.ts'
import { drawnLayer, type Figures, lens } from './lens.ts'
import type { Panel } from './panel.ts'

/** One number. */
export function metric(column: Column, filter: string, subtitle?: string): Panel {
  const shape = (idOf: (label: string) => string) => ({
    ...drawnLayer,
    metricAccessor: idOf(column.label),
    ...(subtitle !== undefined && { subtitle }),
  })
  return { ...lens({ title: column.label, filter, columns: [column] }, 'lnsMetric', shape), hidesTitle: true }
}

/** One number, and beside it the whole that it is a part of. */
export function share(part: Column, whole: Column, filter: string): Panel {
  const shape = (idOf: (label: string) => string) => ({
    ...drawnLayer,
    metricAccessor: idOf(part.label),
    secondaryMetricAccessor: idOf(whole.label),
    secondaryPrefix: 'of',
  })
  return { ...lens({ title: part.label, filter, columns: [part, whole] }, 'lnsMetric', shape), hidesTitle: true }
}

/** Rows, ten a page, in the order of the groups; as high as what they say where `wraps`. */
export function table(figures: Figures, { wraps = false }: { readonly wraps?: boolean } = {}): Panel {
  return lens(figures, 'lnsDatatable', (idOf) => ({
    ...drawnLayer,
    columns: figures.columns.map(({ label, isBucketed, width }) => ({
      columnId: idOf(label),
      isTransposed: false,
      isMetric: !isBucketed,
      ...(width !== undefined && { width }),
    })),
    paging: { size: 10, enabled: true },
    rowHeight: wraps ? 'auto' : 'single',
    rowHeightLines: 1,
    headerRowHeight: 'single',
    headerRowHeightLines: 1,
  }))
}

/** Bars over time, or over the values of a field; figures side by side share a bar, in the colours given for their labels. */
export function bars(figures: Figures, { flat = false, splitFirst = !flat, colours = {} }: Bars = {}): Panel {
  const groups = figures.columns.filter(({ isBucketed }) => isBucketed)
  const values = figures.columns.filter(({ isBucketed }) => !isBucketed)
  const [along, ...split] = splitFirst ? [...groups].reverse() : groups
  if (along === undefined || split.length > 1)
    throw new Error(`'${figures.title}' needs one axis and at most one split`)
  const seriesType = flat ? 'bar_horizontal_stacked' : 'bar_stacked'
  return lens(figures, 'lnsXY', (idOf) => ({
    legend: { isVisible: split.length > 0 || values.length > 1, position: 'right', showSingleSeries: false },
    valueLabels: 'hide',
    fittingFunction: 'None',
    axisTitlesVisibilitySettings: { x: false, yLeft: false, yRight: false },
    preferredSeriesType: seriesType,
    layers: [
      {
        ...drawnLayer,
        seriesType,
        accessors: values.map(({ label }) => idOf(label)),
        xAccessor: idOf(along.label),
        ...(split[0] !== undefined && { splitAccessor: idOf(split[0].label) }),
        position: 'top',
        showGridlines: false,
        yConfig: Object.entries(colours).map(([label, color]) => ({ forAccessor: idOf(label), color })),
      },
    ],
  }))
}

interface Bars {
  /** From left to right, with the names of the groups beside them. */
  readonly flat?: boolean
  /** The first group splits the bars, so the largest of the whole come first, not the largest of each bar. */
  readonly splitFirst?: boolean
  readonly colours?: Readonly<Record<string, string>>
}

/** Shares of a whole. */
export function donut(figures: Figures): Panel {
  const groups = figures.columns.filter(({ isBucketed }) => isBucketed)
  const values = figures.columns.filter(({ isBucketed }) => !isBucketed)
  return lens(figures, 'lnsPie', (idOf) => ({
    shape: 'donut',
    layers: [
      {
        ...drawnLayer,
        primaryGroups: groups.map(({ label }) => idOf(label)),
        metrics: values.map(({ label }) => idOf(label)),
        numberDisplay: 'value',
        categoryDisplay: 'default',
        legendDisplay: 'show',
        legendPosition: 'right',
        nestedLegend: false,
      },
    ],
  }))
}

/** One hue, from little to much: of two hues nobody knows which is more. */
const hues = ['#DCE9F5', '#B0CFE8', '#7FB0DA', '#4A8DC5', '#1D659F']
const steps = hues.map((color, i) => ({ color, from: (i * 100) / hues.length, to: ((i + 1) * 100) / hues.length }))

/** How much there is of one thing by another: the columns are what goes across, what goes down, and the figure. */
export function heatMap(figures: Figures): Panel {
  const [across, down, value] = figures.columns
  if (across === undefined || down === undefined || value === undefined)
    throw new Error(`'${figures.title}' lacks a column`)
  return lens(figures, 'lnsHeatmap', (idOf) => ({
    ...drawnLayer,
    shape: 'heatmap',
    xAccessor: idOf(across.label),
    yAccessor: idOf(down.label),
    valueAccessor: idOf(value.label),
    palette: {
      ...{ type: 'palette', name: 'custom', accessor: idOf(value.label) },
      params: {
        ...{ name: 'custom', progression: 'fixed', continuity: 'above', reverse: false, steps: steps.length },
        ...{ rangeType: 'percent', rangeMin: 0, rangeMax: null },
        colorStops: steps.map(({ color, from }) => ({ color, stop: from })),
        stops: steps.map(({ color, to }) => ({ color, stop: to })),
      },
    },
    legend: { isVisible: true, position: 'right', type: 'heatmap_legend' },
    gridConfig: {
      type: 'heatmap_grid',
      isCellLabelVisible: false,
      isYAxisLabelVisible: true,
      isYAxisTitleVisible: false,
      isXAxisLabelVisible: true,
      isXAxisTitleVisible: false,
    },
  }))
}
