import { fstatSync } from 'node:fs'
import { count, damaged } from './byte-cursor.ts'
import { bytesAtSync } from './bytes-at.ts'
import { ContentError } from './content.ts'
import { allowance, type Fields, fieldsAt, numberAt, readFields, structsAt, textAt } from './parquet-thrift.ts'

/** A column, or what has columns, lists or both in it. */
export interface ParquetNode {
  readonly name: string
  readonly children: readonly ParquetNode[]
  /** Of a column: how many-th it is in each group of rows, and what its values are. */
  readonly column?: ParquetColumn
  readonly isOptional: boolean
  readonly isRepeated: boolean
  readonly holds: 'list' | 'map' | 'members'
  /** From which level of definition on there is one. */
  readonly defined: number
  /** Which level of repetition says that one more follows, where it is repeated. */
  readonly repeated: number
}

export interface ParquetColumn {
  readonly at: number
  readonly element: Fields
  readonly maxDefinition: number
  readonly maxRepetition: number
}

export interface ParquetGroup {
  readonly rows: number
  /** In the order of the columns. */
  readonly chunks: readonly ParquetChunk[]
}

/** All of a column in a group of rows. */
export interface ParquetChunk {
  readonly codec: number
  readonly values: number
  readonly start: number
  readonly end: number
}

export interface ParquetFile {
  readonly root: ParquetNode
  readonly columns: readonly ParquetColumn[]
  readonly groups: readonly ParquetGroup[]
  /** How many rows all groups are to have. */
  readonly rows: number
}

const maxFooterBytes = 128 * 1024 * 1024
const maxDepth = 100

/** What a Parquet file says of itself at its end (apache/parquet-format, parquet.thrift); throws `ContentError`. */
export function readFooter(fd: number): ParquetFile {
  const { size } = fstatSync(fd)
  const tail = bytesAtSync(fd, Math.max(0, size - 8), Math.min(8, size))
  const end = tail.toString('latin1', 4)
  if (end === 'PARE') throw encrypted()
  if (end !== 'PAR1') throw new ContentError(cutOff)
  const length = tail.readUInt32LE(0)
  if (length + 12 > size || length > maxFooterBytes) throw damaged('what it says of itself')
  const meta = readFields({ bytes: bytesAtSync(fd, size - 8 - length, length), at: 0 }, allowance())
  if (fieldsAt(meta, 8) !== undefined) throw encrypted()
  const columns: ParquetColumn[] = []
  const elements = structsAt(meta, 2)
  const root = nodeOf({ elements, at: 0 }, { defined: 0, repeated: 0, depth: 0 }, columns)
  const groups = structsAt(meta, 4).map((group) => ({
    rows: count(numberAt(group, 3) ?? -1),
    chunks: structsAt(group, 1).map((chunk) => chunkOf(chunk, size)),
  }))
  if (groups.some(({ chunks }) => chunks.length !== columns.length)) throw damaged('what it says of itself')
  return { root, columns, groups, rows: count(numberAt(meta, 3) ?? -1) }
}

const cutOff = 'it is cut off: a Parquet file says at its end where its rows are, and that is missing; get it again'

const encrypted = () => new ContentError('a Parquet file that is encrypted: write it again without, or as CSV')

interface Above {
  readonly defined: number
  readonly repeated: number
  readonly depth: number
}

/** The node at a place, and all in it; the place goes behind it. */
function nodeOf(
  place: { readonly elements: readonly Fields[]; at: number },
  above: Above,
  columns: ParquetColumn[],
): ParquetNode {
  const element = place.elements[place.at]
  if (element === undefined || above.depth > maxDepth) throw damaged('its schema')
  const isRoot = place.at === 0
  place.at += 1
  const repetition = isRoot ? required : (numberAt(element, 3) ?? required)
  const own = {
    defined: above.defined + (repetition === required ? 0 : 1),
    repeated: above.repeated + (repetition === repeatedly ? 1 : 0),
    depth: above.depth + 1,
  }
  const length = numberAt(element, 5) ?? 0
  const children: ParquetNode[] = []
  for (let i = 0; i < length; i += 1) children.push(nodeOf(place, own, columns))
  const column =
    numberAt(element, 1) === undefined || children.length > 0
      ? undefined
      : { at: columns.length, element, maxDefinition: own.defined, maxRepetition: own.repeated }
  if (column !== undefined) columns.push(column)
  else if (children.length === 0) throw damaged('its schema')
  return {
    name: textAt(element, 4),
    children,
    ...(column !== undefined && { column }),
    isOptional: repetition === optional,
    isRepeated: repetition === repeatedly,
    holds: holdsOf(element, children),
    defined: own.defined,
    repeated: own.repeated,
  }
}

const [required, optional, repeatedly] = [0, 1, 2] as const
/** ConvertedType and LogicalType of parquet.thrift. */
const [mapType, mapEntryType, listType] = [1, 2, 3] as const
const [mapField, listField] = [2, 3] as const

function holdsOf(element: Fields, [inner, ...others]: readonly ParquetNode[]): ParquetNode['holds'] {
  if (inner === undefined || others.length > 0 || !inner.isRepeated) return 'members'
  const [type, logical] = [numberAt(element, 6), fieldsAt(element, 10)]
  const isMap = type === mapType || type === mapEntryType || fieldsAt(logical, mapField) !== undefined
  if (isMap && inner.children.length === 2) return 'map'
  return type === listType || fieldsAt(logical, listField) !== undefined ? 'list' : 'members'
}

function chunkOf(chunk: Fields, size: number): ParquetChunk {
  if (chunk.get(8) !== undefined) throw encrypted()
  if (textAt(chunk, 1) !== '') throw new ContentError('a Parquet file whose columns lie in other files: save it as one')
  const meta = fieldsAt(chunk, 3)
  const data = count(numberAt(meta, 9) ?? -1)
  const dictionary = numberAt(meta, 11) ?? 0
  const start = dictionary > 0 && dictionary < data ? dictionary : data
  const end = start + count(numberAt(meta, 7) ?? -1)
  if (end > size) throw damaged('a column lies behind its end')
  return { codec: numberAt(meta, 4) ?? 0, values: count(numberAt(meta, 5) ?? -1), start, end }
}
