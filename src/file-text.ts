/** The text of a file that somebody wrote by hand, without a byte order mark: in UTF-16 too, for so does `>` of Windows PowerShell write it. */
export function fileText(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
}
