const grouped = new Intl.NumberFormat('en-US')

/** `1,234`. */
export function number(count: number): string {
  return grouped.format(count)
}

/** `1,234 mails`, `1 mail`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`
}

/** `12%`; what is not nothing is never shown as 0%, and what is not all never as 100%. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0%'
  const rounded = Math.round((100 * part) / whole)
  if (rounded === 0) return 'under 1%'
  return rounded === 100 && part !== whole ? 'over 99%' : `${rounded}%`
}

/** What stands behind something that was tried in vain. */
export function failedMark(outcome: unknown): string {
  return outcome === 'failure' ? ' – failed' : ''
}
