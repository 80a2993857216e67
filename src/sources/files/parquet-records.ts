import { damaged } from './byte-cursor.ts'
import { ContentError } from './content.ts'
import { objectText } from './exact-json.ts'
import { maxRowBytes } from './frames.ts'
import type { ParquetNode } from './parquet-footer.ts'
import type { Entries } from './parquet-pages.ts'

/** What an entry costs, be it nothing: no row has millions. */
const entryCost = 8

/**
 * Puts together the records of a group of rows from the entries of its columns, each as the line that is made of the JSON of its members
 * (apache/parquet-format, LogicalTypes.md on "Nested Types"). Throws `ContentError` where they do not fit each other.
 */
export function recordsOf(
  root: ParquetNode,
  columns: readonly Entries[],
  line: (texts: readonly string[]) => string,
): () => string {
  const room = { left: 0 } // A dictionary can make much of little.
  const counted = columns.map((column) => countedEntries(column, room))
  const read = membersReader(root, counted, line)
  return () => {
    room.left = maxRowBytes
    const record = read()
    if (columns.some((column) => column.repetition() !== 0)) throw damaged('rows of more values than they have')
    return record
  }
}

function countedEntries(entries: Entries, room: { left: number }): Entries {
  return {
    ...entries,
    take() {
      const text = entries.take()
      room.left -= text.length + entryCost
      if (room.left < 0) throw new ContentError('a row in it is too large')
      return text
    },
  }
}

type Read = () => string

/** What stands there, be it nothing, one or several. */
function readerOf(node: ParquetNode, columns: readonly Entries[]): Read {
  if (node.isRepeated) return repeatedReader(node, onceReader(node, columns), columns)
  const read = onceReader(node, columns)
  if (!node.isOptional || node.column !== undefined) return read
  const all = columnsIn(node, columns)
  const [first] = all
  return () => {
    if (first === undefined || first.definition() >= node.defined) return read()
    for (const column of all) column.take()
    return 'null'
  }
}

/** One of it, where there is one. */
function onceReader(node: ParquetNode, columns: readonly Entries[]): Read {
  if (node.column !== undefined) return (columns[node.column.at] as Entries).take
  const [inner] = node.children
  if (inner === undefined) throw damaged('its schema')
  if (node.holds === 'list') return repeatedReader(inner, itemReader(node, inner, columns), columns)
  return node.holds === 'map'
    ? mapReader(inner, columns)
    : membersReader(node, columns, objectText(node.children.map(({ name }) => name)))
}

function membersReader(
  { children }: ParquetNode,
  columns: readonly Entries[],
  text: (texts: readonly string[]) => string,
): Read {
  const readers = children.map((child) => readerOf(child, columns))
  return () => text(readers.map((read) => read()))
}

/** A list's only member stands for itself, unless it is of a writer of old, who had none around it. */
function itemReader(list: ParquetNode, item: ParquetNode, columns: readonly Entries[]): Read {
  const [only, ...others] = item.children
  const isOfOld = item.name === 'array' || item.name === `${list.name}_tuple`
  return only === undefined || others.length > 0 || isOfOld ? onceReader(item, columns) : readerOf(only, columns)
}

function mapReader(entry: ParquetNode, columns: readonly Entries[]): Read {
  const [key, value] = entry.children.map((child) => readerOf(child, columns))
  if (key === undefined || value === undefined) throw damaged('its schema')
  const read = () => {
    const name = key()
    return `${name.startsWith('"') ? name : JSON.stringify(name)}:${value()}`
  }
  return repeatedReader(entry, read, columns, ['{', '}'])
}

function repeatedReader(
  node: ParquetNode,
  read: Read,
  columns: readonly Entries[],
  [open, close] = ['[', ']'] as [string, string],
): Read {
  const all = columnsIn(node, columns)
  const [first] = all
  if (first === undefined) throw damaged('its schema')
  return () => {
    const items: string[] = []
    if (first.definition() < node.defined) for (const column of all) column.take()
    else
      do items.push(read())
      while (first.repetition() === node.repeated)
    return `${open}${items.join()}${close}`
  }
}

function columnsIn({ column, children }: ParquetNode, columns: readonly Entries[]): readonly Entries[] {
  if (column !== undefined) return [columns[column.at] as Entries]
  return children.flatMap((child) => columnsIn(child, columns))
}
