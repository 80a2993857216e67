// Without this script the report is whole: it only sorts, filters and counts what is there.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const nothing = '—'
const filters = [
  { kind: 'mailbox', label: 'Show one mailbox', all: 'All mailboxes', namesIn: (cell) => [cell.textContent] },
  // What several did names each of them.
  {
    kind: 'actor',
    label: 'Show whose activities',
    all: 'Everybody’s',
    namesIn: (cell) => [...cell.children].map(textOf),
  },
]
const printed = make('p', { class: 'filter' })
document.querySelector('main > header').after(printed)
const views = [...document.querySelectorAll('table')].map(enhance)
addGlobalSearch()
for (const index of filters.keys()) addFilter(index)

function textOf({ textContent }) {
  return textContent
}

function enhance(table) {
  const rows = [...table.tBodies[0].rows].map((element, index) => ({ element, index, text: undefined }))
  const heads = [...table.tHead.rows[0].cells]
  const columns = filters.map(({ kind }) => heads.findIndex((head) => head.classList.contains(kind)))
  const view = {
    table,
    rows,
    columns,
    only: filters.map(() => undefined),
    words: '',
    everywhere: '',
    subdued: false,
    status: make('span', { role: 'status' }),
    printed: make('p', { class: 'filter' }),
  }
  const bar = make('div', { class: 'controls' })
  // Many sections have a table "By time": by the heading of its own alone none is told from another.
  const titles = [`${table.closest('section').id}-title`, table.getAttribute('aria-labelledby')]
  for (const element of [table, table.parentElement]) element.setAttribute('aria-labelledby', titles.join(' '))
  const name = `Search: ${titles.map((id) => document.getElementById(id).textContent).join(', ')}`
  const search = make('input', { type: 'search', placeholder: 'Search this table', 'aria-label': name })
  search.addEventListener('input', () => {
    view.status.removeAttribute('aria-live')
    show(view, { words: search.value })
  })
  bar.append(search)
  if (table.dataset.subdued) bar.append(subduedSwitch(view, table.dataset.subdued))
  bar.append(view.status)
  table.parentElement.before(bar, view.printed)
  for (const [column, head] of [...table.tHead.rows[0].cells].entries()) makeSortable(view, head, column)
  show(view, {})
  return view
}

function make(name, attributes, ...children) {
  const element = document.createElement(name)
  for (const attribute in attributes) element.setAttribute(attribute, attributes[attribute])
  element.append(...children)
  return element
}

function subduedSwitch(view, name) {
  const count = view.rows.filter(({ element }) => element.classList.contains('subdued')).length
  const box = make('input', { type: 'checkbox' })
  box.addEventListener('change', () => show(view, { subdued: box.checked }))
  return make('label', {}, box, ` Show ${count.toLocaleString('en-US')} ${name}`)
}

/** Shows the rows that have every word, of the table's search and of the search over all. */
function show(view, change) {
  Object.assign(view, change)
  const words = `${view.words} ${view.everywhere}`.toLowerCase().split(/\s+/).filter(Boolean)
  let shown = 0
  let standingBack = 0
  for (const row of view.rows) {
    if (words.length > 0) row.text ??= row.element.textContent.toLowerCase()
    const found = words.every((word) => row.text.includes(word)) && isWanted(view, row)
    const back = found && !view.subdued && row.element.classList.contains('subdued')
    row.element.hidden = !found || back
    row.element.classList.toggle('out', !found) // Nor printed, unlike what only stands back.
    if (back) standingBack += 1
    else if (found) shown += 1
  }
  const count = (number) => number.toLocaleString('en-US')
  const more = standingBack > 0 ? `, ${count(standingBack)} more not shown` : ''
  view.shown = shown + standingBack
  // Who searches all tables would look through two dozen empty ones for those that have it.
  view.table.closest('.block').hidden = view.shown === 0 && view.everywhere.trim() !== ''
  const asked = filterOf(view)
  view.table.classList.toggle('chosen', asked !== '') // On paper it stands whole then.
  view.printed.textContent =
    asked === '' ? '' : `Only rows ${asked}: ${count(view.shown)} of ${count(view.rows.length)}.`
  const whole = view.only.filter((name, i) => name !== undefined && view.columns[i] === -1)
  const unasked = whole.length > 0 ? `, not only of “${whole.join('” and “')}”` : ''
  view.status.textContent = `${count(shown)} of ${count(view.rows.length)} rows shown${more}${unasked}`
}

/** What is asked of the rows of a table, or of all tables, in words. */
function filterOf({ only, columns, words = '', everywhere }) {
  const names = only.filter((name, i) => name !== undefined && columns?.[i] !== -1)
  const searched = [words.trim(), everywhere.trim()].filter(Boolean)
  return [...names.map((name) => `of “${name}”`), ...searched.map((text) => `with “${text}”`)].join(' and ')
}

/** Changes what all tables are asked for; on paper the page begins with it. */
function showAll(change) {
  for (const view of views) {
    view.status.setAttribute('aria-live', 'off') // Forty tables would be read out, one after the other.
    show(view, change(view))
  }
  const asked = views.length === 0 ? '' : filterOf({ only: views[0].only, everywhere: views[0].everywhere })
  const left = views.some(({ everywhere }) => everywhere.trim() !== '') ? 'Tables without any are left out. ' : ''
  const rest = `${left}Tables that cannot tell them apart are whole; figures and charts are of the whole case.`
  printed.textContent = asked === '' ? '' : `Printed with a filter: of each table only the rows ${asked}. ${rest}`
}

/** Tables that add things up have no such column: they stay as they are, and say so. */
function isWanted({ only, columns }, { element }) {
  return only.every(
    (name, i) =>
      name === undefined || columns[i] === -1 || filters[i].namesIn(element.cells[columns[i]]).includes(name),
  )
}

function makeSortable(view, head, column) {
  const button = make('button', { type: 'button' }, head.textContent)
  button.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending'
    for (const other of head.parentElement.cells) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
    sort(view, column, head.classList.contains('number'), down)
  })
  // Chromium leaves buttons out where it repeats a header on the next printed page.
  head.replaceChildren(button, make('span', { class: 'printed' }, button.textContent))
}

/** Sorts by one column; equal ones keep their first order, and what is not known stands last either way. */
function sort({ table, rows }, column, isNumber, down) {
  const keyed = rows.map((row) => {
    const text = row.element.cells[column].textContent
    return { row, text, number: isNumber ? Number(text.replaceAll(',', '')) : 0 }
  })
  const direction = down ? -1 : 1
  keyed.sort((a, b) => {
    if ((a.text === nothing) !== (b.text === nothing)) return a.text === nothing ? 1 : -1
    const order = isNumber ? a.number - b.number : collator.compare(a.text, b.text)
    return order * direction || a.row.index - b.row.index
  })
  for (const { row } of keyed) table.tBodies[0].append(row.element)
}

function addGlobalSearch() {
  const search = make('input', { type: 'search', placeholder: 'Search all tables', 'aria-label': 'Search all tables' })
  const status = make('span', { role: 'status' })
  let waiting
  search.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      showAll(() => ({ everywhere: search.value }))
      const found = views.filter(({ shown }) => shown > 0)
      const rows = found.reduce((sum, { shown }) => sum + shown, 0).toLocaleString('en-US')
      status.textContent = search.value.trim() === '' ? '' : `${rows} rows in ${found.length} tables`
    }, 120)
  })
  document.querySelector('nav').append(make('div', { class: 'controls' }, status, search))
}

function addFilter(index) {
  const { label, all, namesIn } = filters[index]
  const names = new Set()
  for (const { rows, columns } of views) {
    if (columns[index] === -1) continue
    for (const { element } of rows) for (const name of namesIn(element.cells[columns[index]])) names.add(name)
  }
  if (names.size < 2) return
  const select = make('select', { 'aria-label': label }, make('option', {}, all))
  for (const name of [...names].sort(collator.compare)) select.append(make('option', {}, name))
  select.addEventListener('change', () => {
    const value = select.selectedIndex === 0 ? undefined : select.value
    showAll(({ only }) => ({ only: only.with(index, value) }))
  })
  document.querySelector('nav .controls').prepend(select)
}
