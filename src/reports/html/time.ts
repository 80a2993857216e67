import { type Html, html, value } from './html.ts'

/** A time to the second, as `2018-06-20 09:11:12`, in UTC as everywhere in a report. */
export function time(at: string | number | null | undefined): Html {
  if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(at)) return value(at)
  return html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)}</time>`
}
