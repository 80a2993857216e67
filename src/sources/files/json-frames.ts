/** The record inside the bytes of one framed row: separators and white space around it removed. */
export function recordBytes(row: Buffer): Buffer {
  return row
}
