import type { Content, ContentError, Unreadable } from './content.ts'
import { contentOf } from './decoded.ts'
import { fileSource, type Source } from './source.ts'
import { type OnDisk, putOnDisk, type Unpacking } from './unpacking.ts'

/**
 * A content of which something readable was made, a line for each record, put on the disk to be read from any place. It goes by the
 * SHA-256 of the bytes that it was made of; one that is damaged ends with the reason behind all that could be read.
 */
export async function toldAsLines(
  source: Source,
  lines: AsyncIterable<Buffer>,
  at: Unpacking,
): Promise<Content | Unreadable> {
  const { path, named, depth, modified, lying = source } = source
  const made = await putOnDisk(lines, at)
  if ('reason' in made) return { path, named, ...made }
  return contentOnDisk(
    { path, named, depth, modified, lying },
    { ...made, empty: { path, named, reason: 'it holds no records' } },
    at,
  )
}

/** What was made to be read instead of something. */
interface Made extends OnDisk {
  /** What is told where there is nothing, and no damage either. */
  readonly empty: Unreadable
}

/** What was put on the disk as a content, which ends with its damage; nothing of it stays there where it is empty. */
export async function contentOnDisk(
  about: Omit<Source, 'open' | 'file'>,
  { spooled: { file, size, remove }, damage, empty }: Made,
  at: Unpacking,
): Promise<Content | Unreadable> {
  const { path, named } = about
  if (size === 0) {
    await remove()
    return damage === undefined ? empty : { path, named, reason: damage.message, mayBeEvidence: true }
  }
  at.spooledBytes += size
  const content = contentOf({ ...fileSource(file, path, named), ...about }, { mark: 0 }, at.limits)
  return damage === undefined ? content : { ...content, text: endingWith(content, damage) }
}

function endingWith({ text }: Pick<Content, 'text'>, damage: ContentError): Content['text'] {
  return async function* (offset, signal) {
    yield* text(offset, signal)
    throw damage
  }
}
