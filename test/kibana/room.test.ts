import { expect, test } from '@jest/globals'
import { fieldLabels } from '../../kibana/field-labels.ts'
import { lensOf } from '../support/kibana/lens.ts'
import { panels, shipped } from '../support/kibana/shipped.ts'

// What there must be room for on a screen of 1280 pixels.

test('a table has room for an IPv4 address, whole, for an account as far as it tells who, for a subject, a search and a client', () => {
  const kept = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
    .filter(({ visualizationType }) => visualizationType === 'lnsDatatable')
    .flatMap(({ columns, visualization }) => {
      const shown = visualization['columns'] as readonly { readonly columnId: string; readonly width?: number }[]
      const isNamed = (id: string) => ['terms', 'last_value'].includes(columns.get(id)?.operationType ?? '')
      return shown
        .filter(({ columnId }) => isNamed(columnId))
        .map(({ columnId, width }) => [columns.get(columnId)?.sourceField ?? '', width] as const)
    })
  const widthsOf = (...fields: readonly string[]) =>
    kept.filter(([field]) => fields.includes(field)).map(([, width]) => width)
  const addresses = widthsOf('source.ip', 'hoofprint.from.address', 'hoofprint.logon.ip')
  const accounts = widthsOf('hoofprint.mailbox', 'user.email')

  expect(addresses.length).toBeGreaterThan(5)
  expect(new Set(addresses)).toEqual(new Set([140]))
  expect(accounts.length).toBeGreaterThan(5)
  expect(new Set(accounts)).toEqual(new Set([175]))
  expect(widthsOf('email.subject')).toEqual([220])
  expect(widthsOf('email.to.address')).toEqual([220])
  expect(widthsOf('hoofprint.search.query')).toEqual([220, 220])
  expect(new Set(widthsOf('user_agent.original'))).toEqual(new Set([220]))
})

test('on a screen of 1280 pixels there is room in a list for what it has no width for: a subject, or what was done in words', () => {
  const lists = shipped.filter(({ type }) => type === 'search').map(({ attributes }) => attributes as unknown as Grid)

  for (const { title, columns, grid } of lists) {
    const open = columns.filter((field) => grid.columns[field] === undefined)
    const taken = Object.values(grid.columns).reduce((sum, { width }) => sum + width, 0)
    if (open.length === 1) expect([title, taken]).toEqual([title, Math.min(taken, 1000)])
    const said = columns.filter((field) => field === 'email.subject').map((field) => grid.columns[field]?.width ?? 300)
    expect([title, said]).toEqual([title, said.map((width) => Math.max(width, 300))])
  }
})

test('the name of each column of a list can be read, beside the icon of its type and the arrow of its menu', () => {
  const lists = shipped.filter(({ type }) => type === 'search').map(({ attributes }) => attributes as unknown as Grid)
  const named = lists.flatMap(({ columns, grid }) =>
    columns.map((field) => [fieldLabels[field] ?? field, grid.columns[field]?.width ?? 300] as const),
  )

  // `Country` is whole at 110 pixels, and `Category` was cut at 100.
  const cut = named.filter(([label, width]) => width < 57 + 7 * label.length)

  expect(named.length).toBeGreaterThan(100)
  expect(cut).toEqual([])
})

test('in a list one column at most has what the others leave: several would share it, and be cut', () => {
  const lists = shipped.filter(({ type }) => type === 'search').map(({ attributes }) => attributes as unknown as Grid)

  for (const { title, columns, grid } of lists) {
    const open = columns.filter((field) => grid.columns[field] === undefined)
    expect([title, open.slice(1)]).toEqual([title, []])
  }
})

test('whose doing it was stands on the screen of 1280 pixels in each list that tells it', () => {
  const lists = shipped
    .filter(({ type }) => type === 'search')
    .map(({ attributes }) => attributes as unknown as Grid)
    .filter(({ columns }) => columns.includes('hoofprint.actor'))

  const ends = lists.map(({ title, columns, grid }) => {
    const shown = columns.slice(0, columns.indexOf('hoofprint.actor') + 1)
    const open = shown.filter((field) => grid.columns[field] === undefined).length
    const fixed = ['@timestamp', ...shown].reduce((sum, field) => sum + (grid.columns[field]?.width ?? 0), 0)
    return [title, fixed + open * 220] as const
  })

  expect(ends.length).toBeGreaterThan(15)
  expect(ends.filter(([, end]) => end > 1200)).toEqual([])
})

test('a list of mail sent tells to whom it went, what it carried and what became of it', () => {
  const sent = shipped.find(({ id }) => id === 'hoofprint-send-events')?.attributes as unknown as Grid

  expect(sent.columns).toEqual(
    expect.arrayContaining(['email.to.address', 'email.attachments.file.name', 'hoofprint.trace.status']),
  )
  // Rows are as high as all of it.
  expect(sent.rowHeight).toBe(-1)
})

test('no date is one large figure, which is cut in its hours', () => {
  const figures = panels
    .filter(({ type }) => type === 'lens')
    .map(({ embeddableConfig }) => lensOf(embeddableConfig.attributes ?? {}))
    .filter(({ visualizationType }) => visualizationType === 'lnsMetric')

  expect(figures.length).toBeGreaterThan(30)
  expect(figures.filter(({ columns }) => [...columns.values()].some(({ dataType }) => dataType === 'date'))).toEqual([])
})

test('a heat map is half as wide as the dashboard at least: names and legend leave a third to its cells', () => {
  const maps = panels.filter(
    ({ type, embeddableConfig }) =>
      type === 'lens' && lensOf(embeddableConfig.attributes ?? {}).visualizationType === 'lnsHeatmap',
  )

  expect(maps.length).toBeGreaterThan(3)
  expect(maps.filter(({ gridData }) => gridData.w < 24).map(({ title }) => title)).toEqual([])
})

interface Grid {
  readonly rowHeight: number
  readonly title: string
  readonly columns: readonly string[]
  readonly grid: { readonly columns: Readonly<Record<string, { readonly width: number }>> }
}
