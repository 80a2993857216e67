/** Texts behind each other as UTF-8. Kept as texts they would all survive until the last one is there, and be collected one by one. */
export interface GrowingBytes {
  length(): number
  /** Gives how many bytes the text has. */
  write(text: string): number
  /** All of it, until the next text is written. */
  bytes(): Buffer<ArrayBuffer>
  /** The next text stands first again, in the room that is there. */
  clear(): void
}

const firstBytes = 16 * 1024
/** What a unit of UTF-16 has at most in UTF-8. */
const mostBytes = 3

/** Begins with nothing, in `room` as far as that goes. */
export function growingBytes(room: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(firstBytes)): GrowingBytes {
  let buffer = room
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
    bytes: () => buffer.subarray(0, end),
    clear() {
      end = 0
    },
  }
}
