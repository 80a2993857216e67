/** Texts behind each other as bytes. Kept as texts they would all survive until the last one is there, and be collected one by one. */
export interface GrowingBytes {
  length(): number
  /** Gives how many bytes the text has. */
  write(text: string): number
  /** Moves all of it to `into`, and gives how many bytes it was: the next text stands first again. */
  moveTo(into: Buffer, start: number): number
}

const firstBytes = 16 * 1024
/** What a unit of UTF-16 has at most in UTF-8. */
const mostBytes = 3

/** Begins with nothing; room that it once had it keeps. */
export function growingBytes(): GrowingBytes {
  let buffer = Buffer.allocUnsafeSlow(firstBytes)
  let end = 0

  function grow(bytes: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * buffer.length))
    buffer.copy(larger, 0, 0, end)
    buffer = larger
  }

  return {
    length: () => end,
    write(text) {
      const most = end + mostBytes * text.length
      if (most > buffer.length) grow(most)
      const bytes = buffer.write(text, end)
      end += bytes
      return bytes
    },
    moveTo(into, start) {
      const bytes = buffer.copy(into, start, 0, end)
      end = 0
      return bytes
    },
  }
}
