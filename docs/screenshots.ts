import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
/** What an investigator of the sample would have marked. */
const marks = ['--hostile', '203.0.113.45,192.0.2.0/24,2001:db8:5eed::/48', '--trusted', '198.51.100.0/24']

interface Picture {
  readonly name: string
  readonly colorScheme: 'light' | 'dark'
  /** Whose activities alone are shown. */
  readonly whose?: 'intruder'
  /** Where the page is scrolled to: places without the paths of files, which differ from machine to machine. */
  readonly section: string
}

const pictures: readonly Picture[] = [
  { name: 'report-answers', colorScheme: 'light', section: 'answers' },
  { name: 'report-searches', colorScheme: 'dark', section: 'searches-by-time', whose: 'intruder' },
]

const folder = mkdtempSync(join(tmpdir(), 'hoofprint-'))
try {
  const inCase = ['--case', join(folder, 'audit-case'), '--quiet']
  hoofprint('import', 'samples/audit-case', ...inCase)
  hoofprint('mark', ...marks, ...inCase)
  hoofprint('report', ...inCase)
  await draw(pathToFileURL(join(folder, 'audit-case/reports/report.html')).href)
} finally {
  rmSync(folder, { recursive: true })
}

function hoofprint(...args: readonly string[]): void {
  execFileSync(process.execPath, ['bin/hoofprint.mjs', ...args], { cwd: root })
}

async function draw(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  for (const { name, colorScheme, section, whose } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 800 }, colorScheme })
    await page.goto(url)
    if (whose !== undefined) await page.getByLabel('Show whose activities').selectOption(whose)
    await page.goto(`${url}#${section}`)
    await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) })
    await page.close()
  }
  await browser.close()
}
