import { decodeUtf16Be, decodeUtf16Le } from './utf16.ts'

/** How the bytes of a content become its text. */
export interface TextEncoding {
  /** How many bytes its byte order mark has. */
  readonly mark: number
  /** Text in it, without a mark, as UTF-8; not needed where it is UTF-8. */
  readonly decode?: (bytes: AsyncIterable<Buffer>) => AsyncIterable<Buffer>
}

/** How a text that begins like this is encoded: by its mark, else by its zero bytes. */
export function encodingOf(head: Buffer): TextEncoding {
  const marked = encodings.find(({ mark }) => head.subarray(0, mark.length).equals(mark))
  if (marked !== undefined) return { ...marked, mark: marked.mark.length }
  return { mark: 0, ...unmarkedUtf16(head) }
}

const encodings = [
  { mark: Buffer.of(0xef, 0xbb, 0xbf) },
  { mark: Buffer.of(0xff, 0xfe), decode: decodeUtf16Le },
  { mark: Buffer.of(0xfe, 0xff), decode: decodeUtf16Be },
]

/**
 * Columns, delimiters and line ends are ASCII in every language, so that many code units have a zero for the high byte, and
 * only that one. A unit of two zeros is in no text.
 */
function unmarkedUtf16(head: Buffer): Pick<TextEncoding, 'decode'> {
  const zeros = [0, 0]
  const units = head.length >> 1
  for (let i = 0; i < units; i += 1) {
    if (head[2 * i] === 0) zeros[0] = (zeros[0] ?? 0) + 1
    if (head[2 * i + 1] === 0) zeros[1] = (zeros[1] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  if (units < 2 || Math.max(even, odd) < units / 4) return {}
  if (even === 0) return { decode: decodeUtf16Le }
  return odd === 0 ? { decode: decodeUtf16Be } : {}
}
