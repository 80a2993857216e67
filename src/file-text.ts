/** The text of a file that somebody wrote by hand, without a byte order mark: in UTF-16 too, for so does `>` of Windows PowerShell write it. */
export function fileText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const isBig = first === 0xfe && second === 0xff
  const isLittle = first === 0xff && second === 0xfe
  return new TextDecoder(isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8').decode(bytes)
}
