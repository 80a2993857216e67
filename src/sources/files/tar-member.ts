import { createReadStream } from 'node:fs'
import { ContentError } from './content.ts'
import type { Reading, Source } from './source.ts'
import type { TarMember } from './tar-directory.ts'

/** A member of the tar in `file`, to be shown as `about` says: read from where one wants, for nothing in it is packed. */
export function tarMemberSource(
  file: string,
  { offset, size }: TarMember,
  about: Omit<Source, 'open' | 'file' | 'within'>,
): Source {
  async function* open(reading: Reading, from: number): AsyncGenerator<Buffer> {
    let left = size - from
    if (left <= 0) return
    const { chunkBytes: highWaterMark, signal } = reading
    const [start, end] = [offset + from, offset + size - 1]
    for await (const chunk of createReadStream(file, { start, end, highWaterMark, signal })) {
      left -= chunk.length
      reading.packedBytes += chunk.length
      yield chunk
    }
    if (left > 0) throw new ContentError('it is cut off: what comes after is missing; get it again')
  }
  return { ...about, within: file, open }
}
