import { escaped, visible } from '../visible.ts'
import { bothEnds } from '../words.ts'

const markup: unique symbol = Symbol('markup')

/** Markup that is safe in a page; only `html`, `value` and `trusted` make it, so no data can pass for it. */
export interface Html {
  readonly [markup]: string
}

export type Part = Html | string | number | undefined | readonly Part[]

/** How much of a value is shown: a subject may be as long as a book, and the tables hold more of it. */
const usual = 400

/** Markup with values in it: every text is escaped, for text and quoted attributes alike, and shows what it hides. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let whole = strings[0] ?? ''
  for (const [i, part] of parts.entries()) whole += textOf(part) + (strings[i + 1] ?? '')
  return { [markup]: whole }
}

/** A value from the evidence, set apart from the text around it, with what it hides marked; a dash for nothing. One that is too long lacks its middle. */
export function value(data: string | number | null | undefined, longest = usual): Html {
  if (data === null || data === undefined || data === '') return html`<span class="none">—</span>`
  const shown = bothEnds(String(data), longest).map((text) => `<bdi>${seen(text)}</bdi>`)
  return { [markup]: shown.join('<span class="cut">… (cut) …</span>') }
}

function seen(text: string): string {
  return visible(text.replace(special, entity), (one) => `<span class="hidden-character">${escaped(one)}</span>`)
}

/** A time to the second, as `2018-06-20 09:11:12`, in UTC as everywhere in a report. */
export function time(at: string | number | null | undefined): Html {
  if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(at)) return value(at)
  return html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)}</time>`
}

/** Text of our own files, as it is: never a value. */
export function trusted(text: string): Html {
  return { [markup]: text }
}

/** The finished text. */
export function toText(page: Html): string {
  return page[markup]
}

function textOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part !== 'object') return visible(String(part).replace(special, entity))
  if (markup in part) return part[markup]
  let whole = ''
  for (const one of part) whole += textOf(one)
  return whole
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

const special = /[&<>"'`]/g

function entity(character: string): string {
  return entities[character] ?? character
}
