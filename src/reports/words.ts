import { isGuid } from '../guid.ts'

const grouped = new Intl.NumberFormat('en-US')

/** `1,234`. */
export function number(count: number): string {
  return grouped.format(count)
}

/** `2026-03-02 09:05`, of a time as ISO 8601. */
export function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}

/** `1,234 mails`, `1 mail`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${nounTo(count, one, many)}`
}

/** The noun to a number of things, which stands before it as it is. */
export function nounTo(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many
}

/** What absence means, under every question of a terminal. */
export const noneFound = 'nothing in this evidence; that is not proof that there was none'

/** How many names a text has of one thing: a session of months may have thousands of addresses, which `--json` has all. */
export const namedValues = 20

/** The first of many names: `a, b … and 1,234 more`. */
export function few(names: readonly string[], most: number, between = ', '): string {
  const more = names.length - most
  return `${names.slice(0, most).join(between)}${more > 0 ? ` … and ${number(more)} more` : ''}`
}

/** What a mailbox is called of which the records tell no name, and perhaps its id. */
export function mailboxNamed(mailbox: string): string {
  return mailbox === '' ? 'a mailbox not named' : isGuid(mailbox) ? `the mailbox ${mailbox}` : mailbox
}

/** How mails are counted, where a case has several mailboxes in which one may be: `; a mail …`. */
export function mailsCounted({ mailboxTotal }: { readonly mailboxTotal: number }): string {
  return mailboxTotal > 1 ? '; a mail in two mailboxes counts as two' : ''
}

/** Who only received mail, in words. */
export function receiversText({ receivers }: { readonly receivers: number }): string {
  return `${countOf(receivers, 'address that only received mail', 'addresses that only received mail')} (message trace)`
}

/** `12%`; what is not nothing is never shown as 0%, and what is not all never as 100%. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0%'
  const rounded = Math.round((100 * part) / whole)
  if (rounded === 0) return 'under 1%'
  return rounded === 100 && part !== whole ? 'over 99%' : `${rounded}%`
}

const longestName = 44
const [begin, end] = [16, 24] as const

/**
 * An id of a mail as short as can be without passing for another's: of an Internet message id what stands left of the `@`, for what is right of it
 * all mails of a sender share; of what is long, begin and end.
 */
export function shortId(id: string): string {
  const [, name = id, domain = ''] = /^<?([^@]+)(@?)/.exec(id) ?? []
  const short = name.length > longestName ? `${name.slice(0, begin)}…${name.slice(-end)}` : name
  return `${short}${domain === '' ? '' : '@…'}`
}

/** How much of a text that is too long is kept of its end: there stands what a rule does, who did something and from where, which browser it was. */
const keptOfEnd = 0.45

/** How much of what is kept on one side may be given up for a cut between words: what is left of an address passes for another one. */
const givenUp = 1 / 3

/** A text of no more than so many characters: a longer one loses its middle, between words where some are near. No character is cut in two. */
export function shortened(text: string, longest: number): string {
  return bothEnds(text, longest).join('…')
}

/** The same as what is left of it: the text itself, or its begin and its end. */
export function bothEnds(text: string, longest: number): readonly [string] | readonly [begin: string, end: string] {
  if (text.length <= longest) return [text]
  // A character is two units at most: of megabytes no more need be taken apart.
  const most = 2 * longest
  const characters = text.length > 2 * most ? [...text.slice(0, most), ...text.slice(-most)] : [...text]
  if (characters.length <= longest) return [text]
  const ofEnd = Math.floor(longest * keptOfEnd)
  const begin = characters.slice(0, longest - ofEnd - 1).join('')
  const end = characters.slice(-ofEnd).join('')
  const [lastBreak, firstBreak] = [begin.search(/[\s,;…][^\s,;…]*$/), end.search(/[\s,;…]/)]
  const kept = begin.length - lastBreak <= begin.length * givenUp ? begin.slice(0, lastBreak + 1) : begin
  const keptEnd = firstBreak <= end.length * givenUp ? end.slice(firstBreak + 1) : end
  return [kept.replace(/[\s…]+$/, ''), keptEnd.replace(/^[\s…]+/, '')]
}

/** A text of very many characters: begin and end, with how many are left out between them. */
export function withoutMiddle(text: string, kept: number, keptOfEnd: number): string {
  const rest = text.length - kept - keptOfEnd
  return `${text.slice(0, kept)} … (${rest} characters left out) … ${text.slice(-keptOfEnd)}`
}

/** What stands behind something that was tried in vain. */
export function failedMark(outcome: unknown): string {
  return outcome === 'failure' ? ' – failed' : ''
}
