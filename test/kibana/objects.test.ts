import { expect, test } from '@jest/globals'
import { type Mappings, mappingsOf } from '#src/mappings.ts'
import { categories } from '#src/normalize/categories/index.ts'
import { fieldLabels } from '../../kibana/field-labels.ts'
import { objects } from '../../kibana/objects.ts'
import { fieldsOfKql } from '../support/kibana/kql.ts'
import { lensOf } from '../support/kibana/lens.ts'
import { dashboards, panels, type Shipped, searches, shipped, shippedText } from '../support/kibana/shipped.ts'

const components = ['ecs', 'o365-activity', 'o365-audit', 'azure-signinlogs', 'o365-messagetrace']
const types = new Map(components.flatMap((name) => [...typesIn(mappingsOf(`hoofprint-${name}`), '')]))

/** Of which type a field must be for what is done with it. */
const grouped = ['keyword', 'ip', 'long', 'boolean']
const fitting: Readonly<Record<string, readonly string[]>> = {
  terms: grouped,
  date_histogram: ['date'],
  unique_count: grouped,
  last_value: grouped,
  sum: ['long', 'double'],
  min: ['date', 'long'],
  max: ['date', 'long'],
  filter: [...grouped, 'date', 'text'],
  column: [...grouped, 'date', 'double'],
  sort: ['date'],
  control: ['keyword'],
  map: ['geo_point'],
}

test('the shipped file is what the definitions make: npm run kibana:build', () => {
  expect(shippedText).toBe(objects.map((object) => `${JSON.stringify(object)}\n`).join(''))
})

test('every field is mapped, with a type that allows its use', () => {
  const uses = [
    ...usesOfPanels(),
    ...usesOfSearches(),
    ...dashboards.flatMap(controlledIn).map((field) => use('control', field, 'controls')),
  ]

  const wrong = uses.filter(({ field, how }) => !fitting[how]?.includes(types.get(field) ?? 'unmapped'))

  expect(uses.length).toBeGreaterThan(300)
  expect(wrong).toEqual([])
})

test('what has no value is left out nowhere that says otherwise: Kibana knows no missing address', () => {
  const columns = panels
    .filter(({ type }) => type === 'lens')
    .flatMap(({ embeddableConfig }) => [...lensOf(embeddableConfig.attributes ?? {}).columns.values()])
  const whole = columns.filter(({ params }) => params?.missingBucket === true)

  expect(whole.length).toBeGreaterThan(5)
  expect(whole.filter(({ sourceField }) => types.get(sourceField) === 'ip')).toEqual([])
})

test('no table by mailbox of what was read or deleted leaves out what names none, as what came without `--mailbox`, or has another', () => {
  const mailboxes = panels
    .filter(({ type }) => type === 'lens')
    .filter(({ dashboard }) => /mail-read|mailbox-changes/.test(dashboard))
    .flatMap(({ embeddableConfig }) => [...lensOf(embeddableConfig.attributes ?? {}).columns.values()])
    .filter(({ operationType, sourceField }) => operationType === 'terms' && sourceField === 'hoofprint.mailbox')

  expect(mailboxes.length).toBeGreaterThan(3)
  for (const { params } of mailboxes) expect(params).toMatchObject({ missingBucket: true, otherBucket: true })
})

test('every label is of a field that is mapped', () => {
  expect(Object.keys(fieldLabels).filter((field) => !types.has(field))).toEqual([])
})

test('no two fields of one list bear one label', () => {
  for (const { title, columns } of searches) {
    const labels = columns.map((field) => fieldLabels[field] ?? field)
    expect([title, new Set(labels).size]).toEqual([title, labels.length])
  }
  expect(new Set(Object.values(fieldLabels)).size).toBe(Object.keys(fieldLabels).length)
})

test('of a sign-in that succeeded no list says why not: Microsoft gives the reason Other. there', () => {
  const reason = 'azure.signinlogs.properties.status.failure_reason'

  expect(searches.filter(({ columns }) => columns.includes(reason))).toEqual([])
})

test('every heat map has one hue', () => {
  const maps = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
    .filter(({ visualizationType }) => visualizationType === 'lnsHeatmap')

  expect(maps.length).toBeGreaterThan(3)
  for (const { visualization } of maps) expect(visualization['palette']).toMatchObject({ name: 'custom' })
})

test('events are counted in whole numbers, in legends too, and the first dashboard says what to do where there is nothing', () => {
  const counted = panels
    .filter(({ type }) => type === 'lens')
    .flatMap(({ embeddableConfig }) => [...lensOf(embeddableConfig.attributes ?? {}).columns.values()])
    .filter(({ operationType }) => operationType === 'count')
  const [, hint] = panels.filter(({ dashboard }) => dashboard === 'hoofprint-overview')

  expect(counted.length).toBeGreaterThan(40)
  for (const { params } of counted) expect(params).toMatchObject({ format: { id: 'number', params: { decimals: 0 } } })
  expect(JSON.stringify(hint)).toContain('Choose above the time that the evidence is of')
})

test('where all events are split by category there is room for each', () => {
  const splits = panels
    .filter(({ type, dashboard }) => type === 'lens' && dashboard === 'hoofprint-overview')
    .flatMap(({ embeddableConfig }) => [...lensOf(embeddableConfig.attributes ?? {}).columns.values()])
    .filter(({ operationType, sourceField }) => operationType === 'terms' && sourceField === 'hoofprint.category')

  expect(splits).toHaveLength(3)
  for (const { params } of splits) expect(params.size).toBeGreaterThanOrEqual(categories.length)
})

test('what the intruder did is listed with how sure it is that he did it, says how far, and no list is shorter than Kibana is set to', () => {
  const stories = shipped.filter(({ id }) => /^hoofprint-intruder/.test(id))

  expect(stories).toHaveLength(2)
  for (const { attributes } of stories) {
    expect(attributes).toMatchObject({
      description: expect.stringMatching(/^The first 500, or .* discover:sampleSize/),
    })
    expect(attributes['columns']).toContain('hoofprint.actor_certainty')
  }
  // With one of its own a list shows no more than `discover:sampleSize` all the same, and less where somebody raised that.
  for (const { attributes } of shipped) expect(attributes).not.toHaveProperty('sampleSize')
})

test('every reference resolves, and every data view is ours', () => {
  const there = new Set(shipped.map(({ type, id }) => `${type} ${id}`))
  const references = shipped.flatMap((object) => object.references.map(({ type, id }) => `${type} ${id}`))

  expect(references.filter((reference) => !there.has(reference))).toEqual([])
  expect(new Set(references.filter((name) => name.startsWith('index-pattern')))).toEqual(
    new Set(['index-pattern hoofprint-events']),
  )
})

test('every panel has the references that it needs, under the names that Kibana looks for', () => {
  for (const { dashboard, type, panelIndex, panelRefName, embeddableConfig } of panels) {
    const names = dashboards.find(({ id }) => id === dashboard)?.references.map(({ name }) => name)
    const needed = {
      lens: ['indexpattern-datasource-layer-events'],
      links: dashboards.map(({ id }) => `link_${id}_dashboard`),
      map: ['layer_1_source_index_pattern'],
      search: [panelRefName],
      visualization: [],
    }[type]

    expect(needed).toBeDefined()
    for (const name of needed ?? []) expect(names).toContain(`${panelIndex}:${name}`)
    const layers = JSON.stringify(embeddableConfig.attributes?.['references'] ?? [])
    if (type === 'lens') expect(layers).toContain('"hoofprint-events"')
  }
})

test('ids are stable, unique and ours, and so are titles', () => {
  expect(dashboards.map(({ id, attributes }) => [id, attributes['title']])).toEqual([
    ['hoofprint-overview', '[Hoofprint] Overview'],
    ['hoofprint-logons', '[Hoofprint] Logons'],
    ['hoofprint-searches', '[Hoofprint] Searches'],
    ['hoofprint-mail-read', '[Hoofprint] Mail read'],
    ['hoofprint-mailbox-changes', '[Hoofprint] Mailbox changes'],
    ['hoofprint-ingest-health', '[Hoofprint] Ingest health'],
  ])
  expect(new Set(shipped.map(({ id }) => id)).size).toBe(shipped.length)
  expect(shipped.filter(({ id }) => !/^hoofprint-[a-z-]+$/.test(id))).toEqual([])
  expect(searches.filter(({ title }) => !title.startsWith('[Hoofprint] '))).toEqual([])
})

test('no two panels share an id, on whatever dashboard: Kibana would show the one in place of the other', () => {
  const ids = panels.map(({ panelIndex }) => panelIndex)

  expect(new Set(ids).size).toBe(ids.length)
  expect(panels.map(({ gridData }) => gridData.i)).toEqual(ids)
  expect(panels.flatMap(({ panelRefName }) => panelRefName ?? [])).toEqual(
    panels.filter(({ type }) => type === 'search').map(({ panelIndex }) => `panel_${panelIndex}`),
  )
})

test('objects have the versions that Kibana 8.12 takes', () => {
  const versionsOf = ({ coreMigrationVersion, typeMigrationVersion }: Shipped) => [
    coreMigrationVersion,
    typeMigrationVersion,
  ]
  const none = [undefined, undefined]
  const versions: Readonly<Record<string, (string | undefined)[]>> = {
    dashboard: ['8.8.0', '8.9.0'],
    'index-pattern': none,
    search: none,
  }

  expect(shipped.filter((object) => versions[object.type]?.join() !== versionsOf(object).join())).toEqual([])
})

test('panels fill the width and do not overlap', () => {
  for (const { id } of dashboards) {
    const cells = new Set<string>()
    let area = 0
    for (const { gridData } of panels.filter(({ dashboard }) => dashboard === id)) {
      const { x, y, w, h } = gridData
      area += w * h
      for (let i = x; i < x + w; i += 1) for (let j = y; j < y + h; j += 1) cells.add(`${i} ${j}`)
    }

    expect(cells.size).toBe(area)
    expect(area % 48).toBe(0)
  }
})

test('each dashboard leads to the others, with the time, the search and what was chosen', () => {
  const ids = dashboards.map(({ id }) => id)

  for (const { id, references: own } of dashboards) {
    const [first] = panels.filter(({ dashboard }) => dashboard === id)
    const links = first?.embeddableConfig.attributes?.['links'] as readonly Link[]
    const references = new Map(own.map(({ name, id: to }) => [name, to]))
    const led = links.map(({ destinationRefName }) => references.get(`${first?.panelIndex}:${destinationRefName}`))

    expect(led).toEqual(ids)
    for (const { options } of links)
      expect(options).toMatchObject({ useCurrentDateRange: true, useCurrentFilters: true })
  }
})

test('no text leads to an id: in a second space Kibana gives objects ids of its own, and drops the time for such a link', () => {
  expect(shippedText).not.toMatch(/#\/view|\/app\//)
})

test('no dashboard brings a time of its own: what was chosen stays from link to link', () => {
  const times = dashboards.map(({ attributes: { timeRestore, timeFrom, timeTo } }) => [timeRestore, timeFrom, timeTo])

  expect(times).toEqual(dashboards.map(() => [false, undefined, undefined]))
})

test('what has room for so many groups says how many, where there may be more and none stands for the rest: a table of 100 addresses is taken for all', () => {
  const [closed, open] = [/^(?:hoofprint\.category|hoofprint\.logon\.method|data_stream\.dataset)$/, [] as string[]]
  for (const { title, embeddableConfig } of panels.filter(({ type }) => type === 'lens')) {
    const columns = [...lensOf(embeddableConfig.attributes ?? {}).columns.values()]
    for (const { label, params, sourceField } of columns.filter(({ operationType }) => operationType === 'terms')) {
      if (params.otherBucket === true || closed.test(sourceField)) continue
      const said = `${embeddableConfig['description']}`
      open.push(said.includes(`${params.size?.toLocaleString('en')} by ${label}`) ? 'said' : `${title}: ${label}`)
    }
  }

  expect(open.length).toBeGreaterThan(20)
  expect(new Set(open)).toEqual(new Set(['said']))
})

test('the first dashboard says that numbers of different things are near where there are many: 123,299 messages were shown as 122,153', () => {
  const [guide] = panels.filter(
    ({ dashboard, title }) => dashboard === 'hoofprint-overview' && title === 'Where to look',
  )

  expect(JSON.stringify(guide?.embeddableConfig)).toMatch(
    /near beyond 3,000, not exact: `hoofprint answer` counts each/,
  )
})

test('a share is one of all, what there is no room for included', () => {
  const donuts = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
    .filter(({ visualizationType }) => visualizationType === 'lnsPie')
  const groups = donuts.flatMap(({ columns }) => [...columns.values()]).filter(({ isBucketed }) => isBucketed)

  expect(groups.map(({ params }) => params.otherBucket)).toEqual([true])
})

test('a figure of mails says that it counts ids, for the answers count the mails of each mailbox', () => {
  const figures = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
    .filter(({ visualizationType }) => visualizationType === 'lnsMetric')
    .filter(
      ({ query, columns }) => /mail_access/.test(query) && [...columns.values()][0]?.operationType === 'unique_count',
    )

  expect(figures.length).toBeGreaterThan(3)
  for (const { visualization } of figures) expect(visualization['subtitle']).toMatch(/\bids\b/)
})

test('of mail that was opened by its side, what the intruder opened is counted the same way: by ids, for a record names several', () => {
  const tables = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => [...lensOf(embeddableConfig.attributes ?? {}).columns.values()])
    .filter((columns) => columns.some(({ label }) => label === 'Messages opened'))
  const theirs = tables.flat().filter(({ filter }) => /bind.*intruder/.test(filter?.query ?? ''))

  expect(theirs.length).toBeGreaterThan(2)
  expect(theirs.filter(({ operationType }) => operationType !== 'unique_count')).toEqual([])
})

test('on one dashboard a colour that was chosen means one thing', () => {
  for (const { id } of dashboards) {
    const meanings = panels
      .filter(({ dashboard, type }) => dashboard === id && type === 'lens')
      .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
      .flatMap(({ columns, visualization }) =>
        ((visualization['layers'] ?? []) as readonly Coloured[])
          .flatMap(({ yConfig = [] }) => yConfig)
          .map(({ forAccessor, color }) => [color, columns.get(forAccessor)?.label] as const),
      )

    const labels = Map.groupBy(meanings, ([color]) => color)
    const several = [...labels].filter(([, given]) => new Set(given.map(([, label]) => label)).size > 1)
    expect([id, several]).toEqual([id, []])
  }
})

test('a figure of alerts says that it counts records, for the answers count the alerts that they are of', () => {
  const [alerts, ...others] = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
    .filter(({ query, visualizationType }) => visualizationType === 'lnsMetric' && /\balert\b/.test(query))

  expect(others).toEqual([])
  expect(alerts?.visualization['subtitle']).toMatch(/\brecords\b/)
})

test('what is of one tenant or of one case can be had alone', () => {
  const controlled = dashboards.map(controlledIn)

  expect(controlled[0]).toEqual(expect.arrayContaining(['organization.id', 'data_stream.namespace']))
  for (const fields of controlled) expect(fields).toEqual(controlled[0])
})

/** The fields that the controls of a dashboard offer values of. */
function controlledIn({ attributes }: Shipped): string[] {
  const { panelsJSON } = attributes['controlGroupInput'] as { readonly panelsJSON: string }
  const shown = Object.values(JSON.parse(panelsJSON) as Record<string, { explicitInput: { fieldName: string } }>)
  return shown.map(({ explicitInput }) => explicitInput.fieldName)
}

test("every panel says itself which events it means, and means none of Elastic's own integrations in the same data streams", () => {
  const filters = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}).query)
  const all = [...filters, ...searches.map(({ filter }) => filter)]

  expect(filters.length).toBeGreaterThan(60)
  expect(all.filter((filter) => !fieldsOfKql(filter).some((field) => field.startsWith('hoofprint.')))).toEqual([])
})

interface Coloured {
  readonly yConfig?: readonly { readonly forAccessor: string; readonly color: string }[]
}

interface Link {
  readonly destinationRefName: string
  readonly options: object
}

interface Use {
  readonly how: string
  readonly field: string
  readonly where: string
}

function use(how: string, field: string, where: string): Use {
  return { how, field, where }
}

function usesOfPanels(): Use[] {
  return panels.flatMap(({ type, title, embeddableConfig: { attributes = {} } }) => {
    if (type === 'map') {
      const [, layer] = JSON.parse(attributes['layerListJSON'] as string)
      const filters = fieldsOfKql(layer.query.query).map((field) => use('filter', field, title))
      return [use('map', layer.sourceDescriptor.geoField, title), ...filters]
    }
    if (type !== 'lens') return []
    const { query, columns } = lensOf(attributes)
    const filtered = [query, ...[...columns.values()].map(({ filter }) => filter?.query ?? '')].flatMap(fieldsOfKql)
    const counted = [...columns.values()].filter(({ operationType }) => operationType !== 'count')
    return [
      ...filtered.map((field) => use('filter', field, title)),
      ...counted.map(({ operationType, sourceField }) => use(operationType, sourceField, title)),
    ]
  })
}

function usesOfSearches(): Use[] {
  return searches.flatMap(({ title, filter, columns, sort }) => [
    ...fieldsOfKql(filter).map((field) => use('filter', field, title)),
    ...columns.map((field) => use('column', field, title)),
    ...sort.map(([field]) => use('sort', field, title)),
  ])
}

function* typesIn(mappings: Mappings, path: string): Generator<[string, string]> {
  for (const [name, { type, properties, fields = {} }] of Object.entries(mappings)) {
    if (properties !== undefined) yield* typesIn(properties, `${path}${name}.`)
    else yield [path + name, type ?? '']
    yield* typesIn(fields, `${path}${name}.`)
  }
}
