import type { JsonObject } from '../../activity.ts'
import { ContentError } from './content.ts'
import { recognize } from './shapes/index.ts'
import { beginningOf } from './xml.ts'

/** `Enabled        : True`: the names of one object are as wide as its widest. */
const member = /^([A-Za-z_]\w*) *: ?(.*)$/
/** Of a window that is narrower nobody keeps what it shows: shorter lines end as their writer ended them. */
const narrowest = 78
/** An object that has more would not be held in memory. */
const maxLength = 8 * 1024 * 1024

/** Whether a text is what PowerShell shows of listed objects (Format-List), by its first bytes, in whatever UTF: nobody else's text with colons. */
export function isFormatList(head: Buffer): boolean {
  const text = beginningOf(head)
  if (!/^\s*[A-Za-z_]\w* *: /.test(text)) return false
  const objects = objectsOf()
  const lines = text.split(/\r?\n/)
  const first = lines.map(objects.take).find((one) => one !== undefined) ?? objects.end()
  return first !== undefined && recognize(first, true, '')?.shape.isListing === true
}

/** The objects that PowerShell shows, each as JSON on a line of its own, all values as texts. */
export async function* formatListLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const objects = objectsOf()
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
    rest = lines.pop() ?? ''
    if (rest.length > maxLength) throw new ContentError('a line in it is too long')
    for (const object of lines.map(objects.take)) if (object !== undefined) yield lineOf(object)
  }
  for (const object of [objects.take(rest), objects.end()]) if (object !== undefined) yield lineOf(object)
}

const lineOf = (object: JsonObject) => Buffer.from(`${JSON.stringify(object)}\n`)

interface Value {
  text: string
  /** How long its last line was, with all before it. */
  length: number
}

/** Takes lines one by one, and gives each object once it has ended. */
function objectsOf(): { take(line: string): JsonObject | undefined; end(): JsonObject | undefined } {
  let values = new Map<string, Value>()
  let last: Value | undefined
  let [column, longest, length] = [0, 0, 0]
  let isBehindBlank = true

  function end(): JsonObject | undefined {
    const object = Object.fromEntries([...values].map(([name, { text }]) => [name, text.trim()]))
    const isEmpty = values.size === 0
    ;[values, last, length] = [new Map(), undefined, 0]
    return isEmpty ? undefined : object
  }

  function take(line: string): JsonObject | undefined {
    const [, name, text = ''] = member.exec(line) ?? []
    const at = line.indexOf(':')
    longest = Math.max(longest, line.length)
    if (name === undefined || (at !== column && !isBehindBlank)) {
      isBehindBlank = line.trim() === ''
      if (last !== undefined && /^\s/.test(line)) append(last, line)
      return undefined
    }
    // Objects of one kind have the same names, and those of another other widths.
    const ended = values.has(name) || at !== column ? end() : undefined
    ;[column, isBehindBlank] = [at, false]
    last = { text, length: line.length }
    length += line.length
    values.set(name, last)
    return ended
  }

  /** Values go on below their beginning: where a line was full within a word, else behind a blank. */
  function append(value: Value, line: string): void {
    length += line.length
    if (length > maxLength) throw new ContentError('an object in it is too large')
    const isWithinWord =
      value.length === longest && longest >= narrowest && !/\s$/.test(value.text) && line.length > column
    value.text += `${isWithinWord ? '' : ' '}${line.slice(column + 1).trim()}`
    value.length = line.length
  }

  return { take, end }
}
