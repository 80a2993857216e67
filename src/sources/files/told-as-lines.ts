import { asContentError, type Content, type ContentError, type Unreadable } from './content.ts'
import { contentOf } from './decoded.ts'
import { fileSource, type Source } from './source.ts'
import { putOnDisk, type Unpacking } from './unpacking.ts'

/**
 * A content of which something readable was made, a line for each record, put on the disk to be read from any place. It goes by the
 * SHA-256 of the bytes that it was made of; one that is damaged ends with the reason behind all that could be read.
 */
export async function toldAsLines(
  source: Source,
  lines: AsyncIterable<Buffer>,
  at: Unpacking,
): Promise<Content | Unreadable> {
  const { path, named, lying = source } = source
  let damage: ContentError | undefined
  const whole = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* lines
    } catch (error) {
      damage = asContentError(error, at.signal)
    }
  }
  const spooled = await putOnDisk(whole(), at)
  if ('reason' in spooled) return { path, named, reason: spooled.reason }
  const { file, size, remove } = spooled
  if (size === 0) {
    await remove()
    return { path, named, reason: damage?.message ?? 'it holds no objects' }
  }
  at.spooledBytes += size
  const content = contentOf({ ...fileSource(file, path, named), lying }, { mark: 0 }, at.limits)
  return damage === undefined ? content : { ...content, text: endingWith(content, damage) }
}

/** The text of a content that ends so. */
export function endingWith({ text }: Pick<Content, 'text'>, damage: ContentError): Content['text'] {
  return async function* (offset, signal) {
    yield* text(offset, signal)
    throw damage
  }
}
