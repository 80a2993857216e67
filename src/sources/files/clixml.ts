import { isObject, type Json } from '../../activity.ts'
import { type Recent, recent } from '../../remember.ts'
import { ContentError } from './content.ts'
import { bombReason, isBomb, type Limits } from './limits.ts'
import { unescaped } from './shared-strings.ts'
import { beginningOf, readXml, type XmlReader } from './xml.ts'

/** Whether a text is what Export-Clixml writes, by its first bytes, in whatever UTF. */
export function isClixml(head: Buffer): boolean {
  return /^\s*<Objs\s/.test(beginningOf(head))
}

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly inner: Element[]
  text: string
}

const pieceLength = 256 * 1024
/** One object at the top that has more would not be held in memory: elements, and characters with those of the objects that stand in it by their number. */
const [maxElements, maxLength] = [1_000_000, 128 * 1024 * 1024] as const
/** Objects that stand in others by their number are mostly near: so many characters of them are remembered. */
const rememberedLength = 16 * 1024 * 1024

/**
 * The objects in a text of Export-Clixml ([MS-PSRP] 2.2.5), each as JSON on a line of its own: members by their names, of an object without any what it
 * shows, and of one that is too far before its number. Those of a list at the top stand one by one. Throws `ContentError` behind all that can be read.
 */
export async function* clixmlLines(bytes: AsyncIterable<Buffer>, limits: Limits): AsyncGenerator<Buffer> {
  const values: Json[] = []
  const known = knownObjects()
  const open: Element[] = []
  let elements = 0
  let [given, told] = [0, 0]
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      given += chunk.length
      yield chunk
    }
  }
  // Each is written when it is asked for: a number may stand for an object a million times as long.
  const lines = function* (): Generator<Buffer> {
    let text = ''
    for (const value of values.splice(0)) {
      text += `${JSON.stringify(value)}\n`
      if (text.length < pieceLength) continue
      told += text.length
      if (isBomb(told, given, limits)) throw new ContentError(bombReason(told, given))
      yield Buffer.from(text)
      text = ''
    }
    yield Buffer.from(text)
  }
  const reader: XmlReader = {
    open(name, attributes) {
      elements += 1
      if (elements > maxElements) throw new ContentError(tooLarge)
      const element = { name, attributes, inner: [], text: '' }
      if (open.length > 1) open.at(-1)?.inner.push(element)
      open.push(element)
    },
    text(text) {
      const element = open.at(-1)
      if (element !== undefined && element.inner.length === 0) element.text += text
    },
    close() {
      const element = open.pop()
      if (open.length !== 1 || element === undefined) return
      const value = jsonOf(element, known)
      for (const one of Array.isArray(value) ? value : [value]) values.push(one)
      elements = 0
      known.length = 0
    },
  }
  for await (const made of readXml(counted(), reader, lines)) yield* made
}

const tooLarge = 'an object in it is too large: Import-Clixml FILE | ConvertTo-Json -Depth 10 makes JSON of it'

/** What the object at the top has so far, and those that may stand in it by their number. */
interface Known {
  length: number
  readonly objects: Recent<Told>
}

interface Told {
  readonly value: Json
  readonly length: number
}

function knownObjects(): Known {
  return { length: 0, objects: recent<Told>(rememberedLength, ({ length }) => length) }
}

function grow(known: Known, length: number): void {
  known.length += length
  if (known.length > maxLength) throw new ContentError(tooLarge)
}

const lists = new Set(['LST', 'IE', 'STK', 'QUE'])
const numbers = new Set(['I16', 'I32', 'U16', 'U32', 'By', 'SB', 'Db', 'Sg'])

function jsonOf(element: Element, known: Known): Json {
  const { name, attributes, inner, text } = element
  const { RefId = '', N: member = '' } = attributes
  const before = known.length
  grow(known, 1 + member.length + text.length)
  if (name === 'Ref') {
    const told = known.objects.get(RefId)
    grow(known, told?.length ?? 0)
    return told?.value ?? { RefId }
  }
  if (name === 'Nil') return null
  if (name === 'B') return text === 'true'
  if (numbers.has(name) && Number.isFinite(Number(text))) return Number(text)
  if (name !== 'Obj') return unescaped(text)
  const value = objectOf(inner, known)
  known.objects.set(RefId, { value, length: known.length - before })
  return value
}

function objectOf(inner: readonly Element[], known: Known): Json {
  const members = inner.filter(({ name }) => name === 'Props' || name === 'MS').flatMap((one) => one.inner)
  const entries = inner.filter(({ name }) => name === 'DCT').flatMap((one) => one.inner.map((entry) => entry.inner))
  const list = inner.find(({ name }) => lists.has(name))
  if (list !== undefined) return list.inner.map((one) => jsonOf(one, known))
  if (members.length > 0 || entries.length > 0) {
    return Object.fromEntries([
      ...members.map((one): [string, Json] => [unescaped(one.attributes['N'] ?? ''), jsonOf(one, known)]),
      ...entries.map(([key, value]): [string, Json] => [wordOf(key, known), value ? jsonOf(value, known) : null]),
    ])
  }
  const shown = inner.find(({ name }) => name === 'ToString')
  if (shown !== undefined) return unescaped(shown.text)
  const plain = inner.find(({ name }) => name !== 'TN' && name !== 'TNRef')
  return plain === undefined ? {} : jsonOf(plain, known)
}

function wordOf(key: Element | undefined, known: Known): string {
  const value = key === undefined ? '' : jsonOf(key, known)
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)
}
