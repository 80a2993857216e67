import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { version } from '../../version.ts'
import type { CaseReport } from '../answers.ts'
import { minute } from '../words.ts'
import { activityList } from './activity-lists.ts'
import { activitySections, type ListedName } from './activity-sections.ts'
import { applications } from './applications.ts'
import { evidence } from './evidence.ts'
import { type Html, html, toText, trusted } from './html.ts'
import { logons } from './logons.ts'
import { reads } from './reads.ts'
import { searches } from './searches.ts'
import { sessions } from './sessions.ts'
import { states } from './states.ts'
import { summary } from './summary.ts'
import { timeline } from './timeline.ts'
import { unusual } from './unusual.ts'

type Render = (report: CaseReport) => Html

interface PageSection {
  readonly id: string
  readonly name: string
  readonly render: Render
  /** Whether there is one; always where it does not say. */
  readonly isThere?: (report: CaseReport) => boolean
}

/** In this order: how complete the evidence is stands before what it shows. */
const sections: readonly PageSection[] = [
  { id: 'answers', name: 'Answers', render: summary },
  { id: 'evidence', name: 'Evidence', render: evidence },
  { id: 'unusual', name: 'Where to look first', render: unusual },
  { id: 'logons', name: 'Logons', render: logons },
  { id: 'sessions', name: 'Sessions', render: sessions },
  { id: 'searches', name: 'Searches', render: searches },
  { id: 'reads', name: 'Mail read', render: reads },
  { id: 'applications', name: 'Applications', render: applications },
  ...(Object.keys(activitySections) as ListedName[]).map((id) => {
    const { title, short = title } = activitySections[id]
    return { id, name: short, render: activityList(id) }
  }),
  { id: 'states', name: 'What stood', render: states, isThere: ({ answers }) => answers.states.total > 0 },
  { id: 'timeline', name: 'Timeline', render: timeline },
]

/**
 * A case as one HTML file that needs nothing else, asks no network for anything, and runs no script but its own. It comes section by section: whole it is
 * made of ten times as much memory as it has bytes.
 */
export function* htmlPieces(report: CaseReport): Generator<string> {
  const style = `${inlined('report.css')}${printed(report)}`
  const script = inlined('report.js')
  const present = sections.filter(({ isThere }) => isThere?.(report) !== false)
  yield toText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policyOf(style, script))}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${report.title} – Hoofprint</title>
<style>${trusted(style)}</style>
</head>
<body>
<nav aria-label="Sections">
<div>${present.map(({ id, name }) => html`<a href="#${id}">${name}</a> `)}</div>
</nav>
<main>
`)
  for (const { render } of present) yield toText(render(report))
  yield toText(html`
</main>
<script type="module">${trusted(script)}</script>
</body>
</html>
`)
}

/** What stands at the foot of every printed page, so that one that is taken out still says of which report it is. */
function printed({ title, writtenAt }: CaseReport): string {
  const foot = `${title} – written ${minute(writtenAt)} UTC by Hoofprint ${version}`
  return `@page{@bottom-left{content:"${inCss(foot)}";color:#5a6675;font:9px sans-serif}}`
}

/** A text in a string of CSS, where nothing in it can end the string or the style. */
function inCss(text: string): string {
  return text.toWellFormed().replace(/[^\w .:–-]/gu, (one) => `\\${one.codePointAt(0)?.toString(16)} `)
}

/** Nothing is allowed but the style and the script that stand in the page. */
function policyOf(style: string, script: string): string {
  return [
    `default-src 'none'`,
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
}

/** A file beside this one; with the line ends that a browser hashes, whatever Git made of them. */
function inlined(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('\r\n', '\n')
}

function digest(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`
}
