import { closeSync, fstatSync, openSync } from 'node:fs'
import { codeOf } from '../../errors.ts'
import { damaged } from './byte-cursor.ts'
import { ContentError } from './content.ts'
import { bombReason, isBomb, type Limits } from './limits.ts'
import { type ParquetChunk, readFooter } from './parquet-footer.ts'
import { entriesOf } from './parquet-pages.ts'
import { recordsOf } from './parquet-records.ts'
import { rowLines } from './row-lines.ts'

const pieceLength = 256 * 1024

/**
 * The rows of a Parquet file, each on a line of its own. Of a group of rows that is damaged it has those
 * before the damage, and goes on with the next. Throws `ContentError` behind all that can be read.
 */
export async function* parquetLines(file: string, limits: Limits): AsyncGenerator<Buffer> {
  const fd = openSync(file, 'r')
  try {
    const { root, columns, groups, rows } = readFooter(fd)
    const { size } = fstatSync(fd)
    const { head, line } = rowLines(
      root.children.map(({ name }) => name),
      root.children.every(({ column, isRepeated }) => column !== undefined && !isRepeated),
    )
    let [text, told, read, why] = [head, 0, 0, '']
    for (const { rows: length, chunks } of groups) {
      try {
        const entries = columns.map((column, i) => entriesOf(fd, chunks[i] as ParquetChunk, column))
        const next = recordsOf(root, entries, line)
        for (let row = 0; row < length; row += 1) {
          text += next()
          read += 1
          if (text.length < pieceLength) continue
          told += text.length
          if (isBomb(told, size, limits)) break
          yield Buffer.from(text)
          text = ''
        }
        if (entries.some(({ isEnd }) => !isEnd())) throw damaged('more values than rows')
      } catch (error) {
        why ||= damageOf(error).message
      }
      if (isBomb(told, size, limits)) throw new ContentError(bombReason(told, size))
    }
    yield Buffer.from(text)
    if (read !== rows) why ||= damaged('another number of rows than it says').message
    if (why !== '')
      throw new ContentError(`${read.toLocaleString('en')} of its ${rows.toLocaleString('en')} rows were read: ${why}`)
  } finally {
    closeSync(fd)
  }
}

/** What is told of bytes that made a reader fail; a failure of the disk, and a bug, are thrown as they are. */
function damageOf(error: unknown): ContentError {
  if (error instanceof ContentError) return error
  if (codeOf(error)?.startsWith('ERR_') !== true) throw error
  return damaged('values of another length')
}
