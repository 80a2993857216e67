import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { ContentError } from './content.ts'

/** How a text begins by its first bytes, in whatever UTF, without its byte order mark: enough to tell what is plain ASCII, as elements are. */
export function beginningOf(head: Buffer): string {
  return head
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
}

/** What is told of an XML text, in its order. Elements go by their names without a prefix. */
export interface XmlReader {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Beyond these nothing honest goes: elements in elements, and bytes of one text, tag or comment. */
const [maxDepth, maxBytes] = [200, 16 * 1024 * 1024] as const

/**
 * Tells a reader what stands in an XML text of UTF-8, and yields after each chunk what was `made` of it. Throws `ContentError` where it is damaged,
 * after all before that was told and taken. Entities of its own are damage: nothing that is read here has any.
 */
export async function* readXml<Made>(
  bytes: AsyncIterable<Buffer>,
  reader: XmlReader,
  made: () => Made,
): AsyncGenerator<Made> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false })
  const damage = () => {
    throw new ContentError('its XML is damaged: get it again')
  }
  let depth = 0
  let untold = 0
  parser.on('error', damage)
  parser.on('opentag', ({ name, attributes }) => {
    untold = 0
    depth += 1
    if (depth > maxDepth) damage()
    reader.open(local(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    untold = 0
    depth -= 1
    reader.close?.(local(name))
  })
  parser.on('text', (text) => reader.text?.(text))
  parser.on('cdata', (text) => reader.text?.(text))
  const decoder = new StringDecoder('utf8')
  try {
    for await (const chunk of bytes) {
      parser.write(decoder.write(chunk))
      yield made()
      untold += chunk.length
      if (untold > maxBytes) damage()
    }
    parser.close()
  } catch (error) {
    yield made()
    throw error
  }
  yield made()
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
