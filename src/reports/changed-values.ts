import { isObject, type JsonObject } from '../activity.ts'
import { isGuid } from '../guid.ts'
import { valueText } from '../value-text.ts'

type Change = readonly [name: string, change: JsonObject[string]]

/** What is an id and no more stands behind what has words, of which a line that is cut short would lose some: a role's name stands between its ids. */
export function namesFirst([, a]: Change, [, b]: Change): number {
  const isId = (change: JsonObject[string]) =>
    isObject(change) && isGuid(String(tidy(change['NewValue'])).replaceAll('"', ''))
  return Number(isId(a)) - Number(isId(b))
}

/** A property or parameter with its new value, and the old one where that is known. */
export function told(name: string, change: JsonObject[string]): string | undefined {
  if (!isObject(change)) return valueText(change) === undefined ? undefined : `${name}: ${valueText(change)}`
  const [before, after] = [tidy(change['OldValue']), tidy(change['NewValue'])]
  if (before === undefined) return after === undefined ? undefined : `${name}: ${after}`
  return `${name}: ${before} → ${after ?? 'nothing'}`
}

/** Values are often JSON, printed over many lines; an empty list is nothing. */
function tidy(value: JsonObject[string] | undefined): string | undefined {
  const text = valueText(value)?.replaceAll(/\s+/g, ' ').trim()
  return text === '' || text === '[]' ? undefined : text
}
