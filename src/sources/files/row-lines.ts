import { objectText, unquoted } from './exact-json.ts'

/** How the rows of a file are written: what stands before them, and the line of each, of the JSON of its members. */
export interface RowLines {
  readonly head: string
  line(texts: readonly string[]): string
}

/**
 * What has the records of others in one member, beside when and where it came: events that Azure's Event Hubs or IoT Hub captured
 * (learn.microsoft.com/azure/event-hubs/explore-captured-avro-files), or Stream Analytics did of them
 * (learn.microsoft.com/azure/stream-analytics/stream-analytics-define-inputs).
 */
const wrappings = [
  { member: 'Body', beside: 'EnqueuedTimeUtc' },
  { member: 'records', beside: 'EventEnqueuedUtcTime' },
] as const

/**
 * Rows whose members are no lists and no objects stand as a table does, for then they may be one that other tools have as CSV, with its columns and cells; others
 * as objects of JSON. What wraps records of others, or is a member alone, is told as what that member has, where it is JSON: so they are the same as when
 * Azure writes them into a storage account.
 */
export function rowLines(names: readonly string[], isFlat: boolean): RowLines {
  const object = objectText(names)
  const wrapping = wrappings.find(({ member, beside }) => names.includes(member) && names.includes(beside))
  const inner = names.length === 1 ? 0 : wrapping === undefined ? -1 : names.indexOf(wrapping.member)
  if (inner >= 0) return { head: '', line: (texts) => `${unquoted(texts[inner] as string) ?? object(texts)}\n` }
  if (!isFlat) return { head: '', line: (texts) => `${object(texts)}\n` }
  const line = (cells: readonly string[]) => `${cells.join()}\n`
  return { head: line(names.map(quoted)), line: (texts) => line(texts.map(cellOf)) }
}

/** A cell that says what JSON says. */
function cellOf(text: string): string {
  if (text === 'null') return ''
  if (/^[[{]/.test(text)) return quoted(text)
  if (!text.startsWith('"')) return text
  return text.includes('\\') ? quoted(JSON.parse(text) as string) : text
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
