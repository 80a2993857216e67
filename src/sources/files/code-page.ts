import { isUtf8 } from 'node:buffer'
import { ownBytes } from '../../bytes/own-bytes.ts'

/** Framed rows, and where each ends. */
interface Rows {
  readonly bytes: Buffer
  readonly ends: readonly number[]
}

/** Rows whose text is UTF-8, as far as it can be told. */
export interface Utf8Rows {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly ends: readonly number[]
  /** How many were written in another encoding. */
  readonly recoded: number
}

/**
 * Rows in UTF-8. Those that are not are taken for what Western Windows writes where nobody asks it for UTF-8 (Excel's plain CSV, `Set-Content` of
 * PowerShell 5), if they can be: nothing in them tells one code page from another, but what is ASCII is the same in all, such as times, addresses and ids, and
 * each byte has a character of its own, so that the row can be had again. `encoding` is what somebody knows, as the Encoding Standard calls it.
 */
export function inUtf8({ bytes, ends }: Rows, encoding: string | undefined): Utf8Rows | undefined {
  if (isUtf8(bytes)) return undefined
  const pieces: Buffer[] = []
  const newEnds: number[] = []
  let [start, length, recoded] = [0, 0, 0]
  for (const end of ends) {
    const row = bytes.subarray(start, end)
    const text = isUtf8(row) ? undefined : decoded(row, encoding)
    const piece = text === undefined ? row : Buffer.from(text)
    if (text !== undefined) recoded += 1
    pieces.push(piece)
    length += piece.length
    newEnds.push(length)
    start = end
  }
  return recoded === 0 ? undefined : { bytes: ownBytes(pieces), ends: newEnds, recoded }
}

/** What Windows calls its Western code page. */
const western = 'windows-1252'

function decoded(row: Buffer, encoding: string | undefined): string | undefined {
  if (encoding === undefined && !mayBeWestern(row)) return undefined
  try {
    return new TextDecoder(encoding ?? western, { fatal: true }).decode(row)
  } catch {
    return undefined // It is not in that encoding: the row is told to be none.
  }
}

/** What no text has, and bytes without a character in Windows-1252. */
const noText = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]/

/** A row with characters of more bytes that are right is UTF-8 with a damage. */
function mayBeWestern(row: Buffer): boolean {
  return !noText.test(row.toString('latin1')) && !/[^\0-\x7f\ufffd]/.test(row.toString('utf8'))
}
