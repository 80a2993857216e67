import type { Content, Unreadable } from './content.ts'
import { readingOf } from './decoded.ts'
import type { RowFormat } from './magic.ts'
import type { Source } from './source.ts'
import { toldAsLines } from './told-as-lines.ts'
import { putOnDisk, type Unpacking } from './unpacking.ts'

/** The rows of what has them in no lines of text, as lines; what reads them is loaded where there are any. */
export function rowContent(format: RowFormat, source: Source, at: Unpacking): Promise<Content | Unreadable> {
  return tellers[format](source, at)
}

const tellers: Readonly<Record<RowFormat, (source: Source, at: Unpacking) => Promise<Content | Unreadable>>> = {
  async avro(source, at) {
    const { avroLines } = await import('./avro-lines.ts')
    return toldAsLines(source, avroLines(bytesOf(source, at), at.limits), at)
  },
  /** Which is read from its end, and in many places. */
  async parquet(source, at) {
    const { parquetLines } = await import('./parquet-lines.ts')
    const { path, named, file } = source
    if (file !== undefined) return toldAsLines(source, parquetLines(file, at.limits), at)
    const put = await putOnDisk(bytesOf(source, at), at)
    if ('reason' in put) return { path, named, ...put }
    const { spooled, damage } = put
    const lines = async function* () {
      yield* parquetLines(spooled.file, at.limits)
      if (damage !== undefined) throw damage
    }
    const told = await toldAsLines(source, lines(), at)
    await spooled.remove()
    return told
  },
}

function bytesOf(source: Source, { signal, limits }: Unpacking): AsyncIterable<Buffer> {
  return source.open(readingOf(signal, limits), 0)
}
