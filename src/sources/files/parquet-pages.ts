import { crc32 } from 'node:zlib'
import { brotli, gunzip, maxBlockBytes, stored, type Unpack, unlz4, unread, unsnap, zstd } from './block-codecs.ts'
import { count, damaged, take } from './byte-cursor.ts'
import { bytesAtSync } from './bytes-at.ts'
import { ContentError } from './content.ts'
import type { ParquetChunk, ParquetColumn } from './parquet-footer.ts'
import { type TextOf, textOfColumn } from './parquet-texts.ts'
import { allowance, type Fields, fieldsAt, numberAt, readFields } from './parquet-thrift.ts'
import { hybrid, levels, type Next, valuesOf } from './parquet-values.ts'

/** The entries of a column in a group of rows, one after the other: a value each, or that there is none. */
export interface Entries {
  /** Levels of the entry that is next; behind the last one 0, and it cannot be taken. */
  readonly repetition: () => number
  readonly definition: () => number
  readonly isEnd: () => boolean
  /** The next entry as JSON. */
  take(): string
}

/** CompressionCodec of parquet.thrift. */
const codecs: Readonly<Record<number, Unpack>> = {
  0: stored,
  1: unsnap,
  2: gunzip,
  3: unread('LZO'),
  4: brotli,
  5: unread('the LZ4 of Hadoop'),
  6: zstd,
  7: unlz4,
}

/** How large the heading of a page may be, with the least and the greatest of its values. */
const [usualHeadBytes, maxHeadBytes] = [4 * 1024, 16 * 1024 * 1024] as const
const pageTypes = { data: 0, dictionary: 2, dataV2: 3 } as const
/** DuckDB's pages have 100 MB, others 1 MB or so. */
const largePageBytes = 16 * 1024 * 1024
/** PLAIN_DICTIONARY and RLE_DICTIONARY, which are the same in a page of values. */
const dictionaryEncodings: ReadonlySet<number> = new Set([2, 8])
const runEncoding = 3

/** Reads the entries of a column in a group of rows page by page. Throws `ContentError` where they are damaged. */
export function entriesOf(fd: number, chunk: ParquetChunk, column: ParquetColumn): Entries {
  const text = textOfColumn(column.element)
  const unpack = codecs[chunk.codec] ?? unread(`codec ${chunk.codec}`)
  let dictionary: readonly string[] | undefined
  let at = chunk.start
  let left = chunk.values
  let page: Page = emptyPage
  let inPage = 0
  let pageBytes = 0
  let [repetition, definition] = [0, 0]
  let isEnd = false

  function nextPage(): void {
    page = emptyPage
    if (pageBytes > largePageBytes) globalThis.gc?.() // V8 does not see how much they are, and would hold both.
    const { head, length } = headAt(fd, at, chunk.end)
    const packedBytes = count(numberAt(head, 3) ?? -1)
    const [start, size] = [at + length, count(numberAt(head, 2) ?? -1)]
    at = start + packedBytes
    if (at > chunk.end) throw damaged('a page behind its end')
    if (Math.max(size, packedBytes) > maxBlockBytes) throw new ContentError('a page in it is too large')
    const type = numberAt(head, 1)
    const body = bytesAtSync(fd, start, packedBytes)
    const sum = numberAt(head, 4)
    if (sum !== undefined && (crc32(body) | 0) !== sum) throw damaged('a checksum')
    const parts = { head, body, size, unpack }
    pageBytes = size
    if (type === pageTypes.dictionary) dictionary = dictionaryOf(parts, column, text)
    else if (type === pageTypes.data || type === pageTypes.dataV2) {
      page = (type === pageTypes.data ? pageOf : pageOfV2)(parts, column, { text, dictionary })
      inPage = page.entries
      if (inPage > left) throw damaged('more values than there are')
    }
  }

  function advance(): void {
    while (inPage === 0 && left > 0) nextPage()
    isEnd = left <= 0
    left -= 1
    inPage -= 1
    repetition = isEnd ? 0 : page.repetition()
    definition = isEnd ? 0 : page.definition()
  }

  advance()
  return {
    repetition: () => repetition,
    definition: () => definition,
    isEnd: () => isEnd,
    take() {
      if (isEnd) throw damaged('values are missing')
      const told = definition === column.maxDefinition ? page.value() : 'null'
      advance()
      return told
    },
  }
}

interface Page {
  readonly entries: number
  readonly repetition: Next<number>
  readonly definition: Next<number>
  readonly value: Next<string>
}

const emptyPage: Page = { entries: 0, repetition: () => 0, definition: () => 0, value: () => 'null' }

interface PageParts {
  readonly head: Fields
  readonly body: Buffer
  readonly size: number
  readonly unpack: Unpack
}

function headAt(fd: number, start: number, end: number): { head: Fields; length: number } {
  for (let size = usualHeadBytes; ; size *= 16) {
    const cursor = { bytes: bytesAtSync(fd, start, Math.min(size, Math.max(0, end - start))), at: 0 }
    try {
      return { head: readFields(cursor, allowance()), length: cursor.at }
    } catch (error) {
      if (size > maxHeadBytes || size >= end - start) throw error
    }
  }
}

function unpacked(packed: Buffer, size: number, unpack: Unpack): Buffer {
  const bytes = unpack(packed, size)
  if (bytes.length !== size) throw damaged('a page of another length')
  return bytes
}

function dictionaryOf({ head, body, size, unpack }: PageParts, column: ParquetColumn, text: TextOf): readonly string[] {
  const about = fieldsAt(head, 7)
  const next = valuesOf(0, encodedOf(unpacked(body, size, unpack), column, 0))
  const values: string[] = []
  for (let i = count(numberAt(about, 1) ?? -1); i > 0; i -= 1) values.push(text(next()))
  return values
}

interface Told {
  readonly text: TextOf
  readonly dictionary: readonly string[] | undefined
}

function pageOf({ head, body, size, unpack }: PageParts, column: ParquetColumn, told: Told): Page {
  const about = fieldsAt(head, 5)
  const cursor = { bytes: unpacked(body, size, unpack), at: 0 }
  const levelsOf = (max: number, encoding: number | undefined): Next<number> => {
    if (max === 0) return () => 0
    if (encoding !== runEncoding) throw new ContentError('its levels are written in a way that is not read')
    return levels(cursor, widthOf(max))
  }
  const entries = count(numberAt(about, 1) ?? -1)
  const repetition = levelsOf(column.maxRepetition, numberAt(about, 4))
  const definition = levelsOf(column.maxDefinition, numberAt(about, 3))
  const bytes = cursor.bytes.subarray(cursor.at)
  return { entries, repetition, definition, value: valuesIn({ bytes, entries }, numberAt(about, 2), column, told) }
}

function pageOfV2({ head, body, size, unpack }: PageParts, column: ParquetColumn, told: Told): Page {
  const about = fieldsAt(head, 8)
  const cursor = { bytes: body, at: 0 }
  const repetition = take(cursor, count(numberAt(about, 6) ?? -1))
  const definition = take(cursor, count(numberAt(about, 5) ?? -1))
  const rest = body.subarray(cursor.at)
  const isPacked = about?.get(7) !== false && size > cursor.at // A page without values need not be a stream of anything.
  const bytes = isPacked ? unpacked(rest, size - cursor.at, unpack) : rest
  const entries = count(numberAt(about, 1) ?? -1)
  return {
    entries,
    repetition: hybrid(repetition, widthOf(column.maxRepetition)),
    definition: hybrid(definition, widthOf(column.maxDefinition)),
    value: valuesIn({ bytes, entries }, numberAt(about, 4), column, told),
  }
}

/** What gives the values of a page, which is looked at when the first one is asked for: one of nulls alone need not have any bytes. */
function valuesIn(
  { bytes, entries }: { readonly bytes: Buffer; readonly entries: number },
  encoding: number | undefined,
  column: ParquetColumn,
  { text, dictionary }: Told,
): Next<string> {
  let next: Next<string> | undefined
  const made = (): Next<string> => {
    if (!dictionaryEncodings.has(encoding ?? -1)) {
      const raw = valuesOf(encoding ?? -1, encodedOf(bytes, column, entries))
      return () => text(raw())
    }
    const index = hybrid(bytes.subarray(1), bytes[0] ?? 0)
    return () => {
      const value = dictionary?.[index()]
      if (value === undefined) throw damaged('a value that its dictionary has not')
      return value
    }
  }
  return () => {
    next ??= made()
    return next()
  }
}

function encodedOf(bytes: Buffer, { element }: ParquetColumn, entries: number) {
  return { bytes, entries, type: numberAt(element, 1) ?? -1, length: numberAt(element, 2) ?? 0 }
}

/** How many bits a level has. */
function widthOf(max: number): number {
  return 32 - Math.clz32(max)
}
