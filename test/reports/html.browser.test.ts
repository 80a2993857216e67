import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { SessionAnswer } from '#src/reports/session-answers.ts'
import { caseReport, everyList, evidenceFile, hostileValues, listing, row } from '../support/case-report.ts'
import { temporaryFolder } from '../support/folder.ts'
import { renderHtml } from '../support/html-page.ts'
import { missed } from '../support/missed.ts'

const executablePath = '/usr/bin/chromium'

if (existsSync(executablePath)) describe('the report in a browser', inBrowser)
else missed('the report in a browser', `there is no ${executablePath}`)

function inBrowser() {
  let browser: Browser

  beforeAll(async () => {
    const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
    })
  })
  afterAll(() => browser?.close())

  test('it asks for nothing but itself, says nothing to the console, and runs nothing of the evidence', async () => {
    const rows = hostileValues.map((subject) => row({ item: 'AAMk', subject, query: subject, recipients: subject }))
    const lists = { ...everyList(rows), mailboxes: hostileValues, mailboxTotal: hostileValues.length }

    const { page, url, events } = await open(browser, caseReport(lists, { title: hostileValues[0] }))

    expect(await page.title()).toBe(`${hostileValues[0]} – Hoofprint`)
    expect(await cells(page, 'sent-by-time', 3)).toContain(hostileValues[1])
    expect(await page.locator('img, iframe, main script, [onload], [onerror], [onmouseover]').count()).toBe(0)
    expect(events).toEqual([`request ${url}`])
  })

  test.each([400, 1440])('on a screen of %i points the heading that a link leads to is not covered', async (width) => {
    const { page, url } = await open(browser, caseReport(everyList([row({ subject: 'a' })])))
    await page.setViewportSize({ width, height: 800 })

    await page.goto(`${url}#sent`)

    const [links, heading] = await Promise.all([
      page.locator('nav').boundingBox(),
      page.locator('#sent h2').boundingBox(),
    ])
    expect(heading?.y).toBeGreaterThanOrEqual((links?.y ?? 0) + (links?.height ?? 0))
  })

  test('on a telephone a fact about the evidence has the width of the page', async () => {
    const { page } = await open(browser, caseReport({}, { evidence: [evidenceFile({ complete: false })] }))
    await page.setViewportSize({ width: 390, height: 844 })

    const text = await page.locator('.coverage li > div').first().boundingBox()

    expect(text?.width).toBeGreaterThan(280)
  })

  test('its policy stops scripts, styles, pictures and requests that somebody slips in', async () => {
    const asked: (string | undefined)[] = []
    const server = createServer(({ url }, response) => {
      asked.push(url)
      response.setHeader('access-control-allow-origin', '*').end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const { page } = await open(browser, caseReport())

    const ran = await page.evaluate(slipIn.replaceAll('HOST', `http://127.0.0.1:${port}`))
    server.close()

    expect(ran).toEqual({
      ran: false,
      display: 'block',
      fetched: false,
      stopped: expect.arrayContaining(['script-src-elem', 'img-src', 'style-src-elem', 'connect-src']),
    })
    expect(asked).toEqual([])
  })

  test('a click on a header sorts numbers as numbers, and a second one the other way round', async () => {
    const { page } = await open(browser, caseReport())
    const header = page.locator('#logons-by-client th', { hasText: 'Succeeded' })

    await header.getByRole('button').click()

    expect(await cells(page, 'logons-by-client', 3)).toEqual(['0', '2', '9', '1,000'])
    expect(await header.getAttribute('aria-sort')).toBe('ascending')

    await header.getByRole('button').click()

    expect(await cells(page, 'logons-by-client', 3)).toEqual(['1,000', '9', '2', '0'])
    expect(await header.getAttribute('aria-sort')).toBe('descending')
  })

  test('the keyboard sorts too: addresses by their numbers, what is not known last', async () => {
    const { page } = await open(browser, caseReport())

    await page.locator('#logons-by-client th', { hasText: 'Address' }).getByRole('button').focus()
    await page.keyboard.press('Enter')

    expect(await cells(page, 'logons-by-client', 0)).toEqual(['192.0.2.9', '192.0.2.9', '192.0.2.10', '—'])

    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')

    expect(await page.locator('#logons-by-client th[aria-sort]').allInnerTexts()).toEqual(['Client'])
  })

  test('a search hides the rows that lack one of its words, in one table or in all', async () => {
    const { page } = await open(browser, caseReport())

    await page.locator('#reads-by-item').getByRole('searchbox').fill('BANK bob')

    expect(await cells(page, 'reads-by-item', 0)).toEqual(['Bank details'])
    const spoken = () => page.locator('[role=status]:not([aria-live=off])').count()
    const before = await spoken()
    expect(await page.locator('#reads-by-item').getByRole('status').textContent()).toBe('1 of 2 rows shown')

    await page.getByRole('searchbox', { name: 'Search all tables' }).fill('bank details')
    await page.locator('nav').getByText('2 rows in 2 tables').waitFor()

    expect([before > 2, await spoken()]).toEqual([true, 1]) // That of the search itself.

    expect(await cells(page, 'attachments-by-time', 2)).toEqual(['Bank details'])
    expect(await cells(page, 'searches-by-time', 1)).toEqual([])
    expect(await page.locator('.block:has(table):visible').count()).toBe(2)
    await page.getByRole('searchbox', { name: 'Search all tables' }).fill('')
    await page.locator('#searches-by-time').waitFor()
  })

  test('searches that were typed letter by letter are shown on demand, and always printed', async () => {
    const { page } = await open(browser, caseReport())

    expect(await cells(page, 'searches-by-time', 1)).toEqual(['invoice', 'payment'])
    expect(await page.locator('#searches-by-time').getByRole('status').textContent()).toBe(
      '2 of 4 rows shown, 2 more not shown',
    )

    await page.emulateMedia({ media: 'print' })
    expect(await cells(page, 'searches-by-time', 1)).toEqual(['inv', 'invo', 'invoice', 'payment'])
    await page.emulateMedia({ media: 'screen' })

    await page.getByLabel('Show 2 texts typed and never searched for').check()
    expect(await cells(page, 'searches-by-time', 1)).toEqual(['inv', 'invo', 'invoice', 'payment'])
  })

  test('one mailbox of several can be looked at alone; tables that add mailboxes up stay', async () => {
    const own = (mailbox: string) => row({ operation: 'SearchResult', query: `of ${mailbox}`, mailbox })
    const searches = listing([own('alice@contoso.example'), own('bob@contoso.example'), own('bob@contoso.example')])
    const { page } = await open(browser, caseReport({ searches, mailboxTotal: 2 }))

    await page.getByLabel('Show one mailbox').selectOption('bob@contoso.example')

    expect(await cells(page, 'searches-by-time', 2)).toEqual(['of bob@contoso.example', 'of bob@contoso.example'])
    expect(await cells(page, 'logons-by-address', 0)).toHaveLength(3)

    await page.getByLabel('Show one mailbox').selectOption('All mailboxes')

    expect(await cells(page, 'searches-by-time', 2)).toHaveLength(3)
  })

  test('what the intruder did can be looked at alone, where something is marked', async () => {
    const own = (query: string, marked: string | null) => row({ operation: 'SearchResult', query, marked })
    const searches = listing([own('mine', null), own('theirs', 'intruder'), own('yours', 'owner')])
    const { page } = await open(browser, caseReport({ searches, actors: { intruder: 1, owner: 1, unknown: 1 } }))

    await page.getByLabel('Show whose activities').selectOption('intruder')

    expect(await cells(page, 'searches-by-time', 2)).toEqual(['theirs'])
    expect(await cells(page, 'attachments-by-time', 0)).toEqual([])
  })

  test('mails and folders that the intruder read too stay when what he did is looked at; what adds up says that it does', async () => {
    const mail = (subject: string, intruder: number, owner: number) =>
      row({ item: subject, subject, displays: 3, intruder, owner })
    const [own] = caseReport().answers.readsByAddress
    const { page } = await open(
      browser,
      caseReport({
        items: listing([mail('theirs', 3, 0), mail('of both', 1, 2), mail('yours', 0, 3), mail('nobody’s', 0, 0)]),
        folders: listing([row({ folder: 'Inbox', syncs: 2, intruder: 1 }), row({ folder: 'Sent', syncs: 1 })]),
        readsByAddress: ['intruder', null].flatMap((marked) => (own === undefined ? [] : [{ ...own, marked }])),
        sessions: { total: 2, rows: [sessionOf({ intruder: 5, owner: 2 }, 3), sessionOf({ owner: 2 })] },
        ...{ actors: { intruder: 4, unknown: 9 }, intruderReads: { displays: 4, items: 2 } },
      }),
    )

    expect(await cells(page, 'reads-by-item', 2)).toEqual(['intruder', 'intruder 1 owner 2', 'owner', 'unknown'])

    await page.getByLabel('Show whose activities').selectOption('intruder')

    expect(await cells(page, 'reads-by-item', 0)).toEqual(['theirs', 'of both'])
    expect(await cells(page, 'synchronized-folders', 0)).toEqual(['Inbox'])
    expect(await cells(page, 'reads-by-address', 0)).toEqual(['intruder'])
    expect(await cells(page, 'sessions-by-start', 2)).toEqual(['conflict intruder 5 owner 2  3 only inferred'])
    expect(await page.locator('#logon-failures').getByRole('status').textContent()).toBe(
      '1 of 1 rows shown, not only of “intruder”',
    )
    expect(await page.locator('#reads').innerText()).toContain('The marked intruder read 2 mails, in 4 readings')
  })

  test('in a case of one mailbox there is nothing to choose', async () => {
    const { page } = await open(browser, caseReport())

    expect(await page.getByLabel('Show one mailbox').count()).toBe(0)
  })

  test.each([
    1280, 1920,
  ])('on a screen %i wide every column has room for its header, with marks and places too', async (width) => {
    const { page } = await open(browser, markedReport())
    await page.setViewportSize({ width, height: 900 })

    const cut = await page.evaluate(`[...document.querySelectorAll('th')]
      .filter((head) => head.clientWidth < 90 || head.scrollWidth > head.clientWidth || getComputedStyle(head).display !== 'table-cell')
      .map((head) => head.closest('.block').id + ': ' + head.textContent)`)

    expect(await page.locator('th.actor').count()).toBeGreaterThan(5)
    expect(cut).toEqual([])
  })

  test.each(['light', 'dark'] as const)('in %s every text stands out from its ground', async (colorScheme) => {
    const { page } = await open(browser, markedReport())
    await page.emulateMedia({ colorScheme })

    const faint = await page.evaluate(contrasts)

    expect(await page.evaluate(`getComputedStyle(document.body).backgroundColor`)).toBe(
      { light: 'rgb(246, 247, 249)', dark: 'rgb(18, 22, 28)' }[colorScheme],
    )
    expect(faint).toEqual([])
  })

  test('on paper what was chosen stands alone, and the page says what that was; without a choice all is printed', async () => {
    const own = (query: string, marked: string | null) =>
      row({ operation: query.endsWith('…') ? 'SearchSuggestionDisplay' : 'SearchResult', query, marked })
    const searches = listing([own('mine', null), own('inv…', 'intruder'), own('theirs', 'intruder')])
    const { page } = await open(browser, caseReport({ searches, actors: { intruder: 2, unknown: 1 } }))
    const filters = () => page.locator('.filter:visible').allInnerTexts()
    const inPrint = async <Result>(look: () => Promise<Result>) => {
      await page.emulateMedia({ media: 'print' })
      const seen = await look()
      await page.emulateMedia({ media: 'screen' })
      return seen
    }

    expect(await inPrint(filters)).toEqual([])
    expect(await inPrint(() => cells(page, 'searches-by-time', 2))).toEqual(['mine', 'inv…', 'theirs'])

    await page.getByLabel('Show whose activities').selectOption('intruder')

    expect(await filters()).toEqual([])
    expect(await inPrint(() => cells(page, 'searches-by-time', 2))).toEqual(['inv…', 'theirs'])
    expect(await inPrint(() => cells(page, 'logon-failures', 0))).toEqual(['wrong password'])
    expect(await inPrint(filters)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Printed with a filter: of each table only the rows of “intruder”\. Tables that cannot/),
        'Only rows of “intruder”: 2 of 3.',
      ]),
    )

    await page.getByLabel('Show whose activities').selectOption('Everybody’s')
    await page.locator('#searches-by-time').getByRole('searchbox').fill('mine')

    expect(await inPrint(filters)).toEqual(['Only rows with “mine”: 1 of 3.'])
  })

  test('on paper a long table has its first rows and all of the intruder’s, and says so; what is chosen stands whole', async () => {
    const rows = Array.from({ length: 150 }, (_, i) =>
      row({ operation: 'SearchResult', query: `q${i}`, marked: i === 139 ? 'intruder' : null }),
    )
    const { page } = await open(browser, caseReport({ searches: listing(rows), actors: { intruder: 1, unknown: 149 } }))
    const list = page.locator('#searches-by-time')
    const printed = () => list.locator('tbody tr').filter({ visible: true }).count()
    const note = () => list.getByText('On paper stand the first 100 rows').filter({ visible: true }).count()

    expect([await printed(), await note()]).toEqual([150, 0])
    await page.emulateMedia({ media: 'print' })
    expect([await printed(), await note()]).toEqual([101, 1])
    await page.emulateMedia({ media: 'screen' })
    await list.getByRole('searchbox').fill('q1')
    await page.emulateMedia({ media: 'print' })
    expect([await printed(), await note()]).toEqual([61, 0])
  })

  test('on paper the facts about the evidence that are folded on a screen stand too', async () => {
    const silence = { mailbox: 'alice@contoso.example', dataset: 'o365.audit', from: 0, until: 1, hours: 99 }
    const rows = Array.from({ length: 5 }, () => silence)
    const { page } = await open(browser, caseReport({ silences: { total: 5, rows } }))
    const shown = () => page.getByText('Nothing was recorded of').filter({ visible: true }).count()

    expect(await shown()).toBe(3)
    await page.emulateMedia({ media: 'print' })
    expect(await shown()).toBe(5)
  })

  test('on paper no table is wider than the page', async () => {
    const { page } = await open(browser, markedReport())
    await page.setViewportSize({ width: 1047, height: 700 }) // A4, landscape, within its margins.

    await page.emulateMedia({ media: 'print' })

    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(1047)
    expect(await page.locator('nav').isVisible()).toBe(false)
  })

  test('on paper no column is crushed, however many stand beside it', async () => {
    const { answers } = markedReport()
    const logons = answers.logons.map((logon) => ({ ...logon, country: 'DK', network: 'Example Net' }))
    const { page } = await open(browser, caseReport({ ...answers, logons }))
    await page.setViewportSize({ width: 1047, height: 700 })
    await page.emulateMedia({ media: 'print' })

    const narrow = await page.evaluate(`[...document.querySelectorAll('th')]
      .filter((head) => head.getBoundingClientRect().width < 45 || head.scrollWidth > head.clientWidth)
      .map((head) => head.closest('.block').id + ': ' + head.textContent)`)

    const client = page.locator('#logons-by-client th', { hasText: 'Client' })
    expect(narrow).toEqual([])
    expect((await client.boundingBox())?.width).toBeGreaterThan(90)
  })

  test('on paper nothing that stands over a list or a strip is torn from it, or in two', async () => {
    const { page } = await open(browser, caseReport())
    await page.emulateMedia({ media: 'print' })

    const torn =
      await page.evaluate(`[...document.querySelectorAll('h2, h3, .about, .proves, .rest, .strip-name, .legend')]
      .filter((over) => {
        const { breakAfter, breakInside } = getComputedStyle(over)
        return breakAfter !== 'avoid' || breakInside !== 'avoid'
      }).map((over) => over.outerHTML.slice(0, 60))`)

    expect(torn).toEqual([])
  })

  test('who hears the page is told each table, and each search, by its section too', async () => {
    const { page } = await open(browser, caseReport(everyList([row({})])))

    const said = await page.evaluate(`[...document.querySelectorAll('.scroll')].map((region) =>
      region.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id).textContent).join(', '))`)

    expect(said).toEqual(expect.arrayContaining(['Sent mail, By time 1', 'Sharing, By time 1']))
    expect(new Set(said as string[]).size).toBe((said as string[]).length)
    expect(await page.getByRole('searchbox', { name: 'Search: Sent mail, By time 1' }).count()).toBe(1)
  })

  test('every full list at once opens within seconds', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => row({ item: `AAMk${i}`, subject: `Subject ${i}`, query: 'q' }))

    const { page, events } = await open(browser, caseReport(everyList(rows)))

    const loaded = await page.evaluate(`performance.getEntriesByType('navigation')[0].duration`)
    expect(loaded).toBeLessThan(10_000)
    expect(events).toHaveLength(1)
  })
}

/** Runs in the page, whose types are not ours: tries what a hole in the escaping would let somebody try. */
const slipIn = `(async () => {
  const stopped = []
  document.addEventListener('securitypolicyviolation', (event) => stopped.push(event.effectiveDirective))
  const script = document.createElement('script')
  script.textContent = 'window.ran = true'
  const image = document.createElement('img')
  image.src = 'HOST/pixel.png'
  image.setAttribute('onclick', 'window.ran = true')
  const style = document.createElement('style')
  style.textContent = 'body { display: none }'
  document.body.append(script, image, style)
  image.click()
  const fetched = await fetch('HOST/').then(() => true, () => false)
  for (let i = 0; i < 200 && stopped.length < 4; i += 1) await new Promise((resolve) => setTimeout(resolve, 10))
  return { ran: 'ran' in window, display: getComputedStyle(document.body).display, fetched, stopped }
})()`

/** Runs in the page: texts whose contrast is below what WCAG 2 asks for (AA, 4.5 to 1), where they can be seen. */
const contrasts = `(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number)
  const light = (color) => parts(color).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = (element) => {
    const color = getComputedStyle(element).backgroundColor
    return (parts(color)[3] ?? 1) > 0 || element.parentElement === null ? color : ground(element.parentElement)
  }
  const said = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
  const seen = [...document.querySelectorAll('body *')].filter((one) => said(one) && one.checkVisibility() && one.closest('svg, script, option') === null)
  return seen.flatMap((element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    return ratio < 4.5 ? [element.tagName + '.' + element.className + ' ' + ratio.toFixed(1)] : []
  })
})()`

function sessionOf(actors: SessionAnswer['actors'], inferred = 0): SessionAnswer {
  const names = { users: [], mailboxes: [], addresses: [], countries: [], agents: [], applications: [], datasets: [] }
  const times = { first: '2018-06-20T09:00:00.000Z', last: '2018-06-20T09:30:00.000Z' }
  const did = { records: 7, categories: {}, failedLogons: 0, unknownLogons: 0 }
  return { ...names, ...times, session: 's1', knownBy: [], ...did, actors, inferred, id: 'id-1' }
}

/** Every list with a row of each actor, in several mailboxes, somewhere. */
function markedReport() {
  const own = (marked: string | null) => row({ item: 'AAMk', subject: 'Bank details', marked, country: 'DK', typed: 3 })
  const lists = everyList([own('intruder'), own('owner'), own(null)])
  const novelties = listing([row({ kinds: 'ip, asn, country', marked: 'intruder', country: 'DK', agent: 'imap' })])
  return caseReport({ ...lists, novelties, mailboxTotal: 3, actors: { intruder: 1, owner: 1, unknown: 1 } })
}

async function open(browser: Browser, report: Parameters<typeof renderHtml>[0]) {
  const file = join(temporaryFolder(), 'report.html')
  writeFileSync(file, renderHtml(report))
  const url = pathToFileURL(file).href
  const page = await browser.newPage()
  const events: string[] = []
  page.on('request', (request) => events.push(`request ${request.url()}`))
  page.on('console', (message) => events.push(`console ${message.text()}`))
  page.on('pageerror', (error) => events.push(`error ${error.message}`))
  page.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(url)
  return { page, url, events }
}

/** What one column shows, top to bottom. */
async function cells(page: Page, id: string, column: number): Promise<string[]> {
  const shown = page.locator(`#${id} tbody tr:visible td:nth-child(${column + 1})`)
  return (await shown.allInnerTexts()).map((text) => text.trim())
}
