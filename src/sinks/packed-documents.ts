import type { Dataset } from '../activity.ts'
import type { OutgoingDocument } from './sink.ts'

/** Documents for another thread: their lines as one run of bytes, which crosses without being copied. */
export interface PackedDocuments {
  readonly seqs: Float64Array<ArrayBuffer>
  readonly ids: readonly string[]
  readonly datasets: readonly Dataset[]
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each document's line ends in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>
}

/** A document before its line is encoded. */
export type Line = Omit<OutgoingDocument, 'source'> & { readonly source: string }

/** Encodes lines, once, and packs them. */
export function packDocuments(lines: readonly Line[]): PackedDocuments {
  const ends = new Uint32Array(lines.length)
  let size = 0
  for (const [i, { source }] of lines.entries()) {
    size += Buffer.byteLength(source)
    ends[i] = size
  }
  const bytes = Buffer.allocUnsafeSlow(size)
  let end = 0
  for (const { source } of lines) end += bytes.write(source, end)
  return {
    seqs: Float64Array.from(lines, ({ seq }) => seq),
    ids: lines.map(({ id }) => id),
    datasets: lines.map(({ dataset }) => dataset),
    bytes: bytes as Uint8Array<ArrayBuffer>,
    ends,
  }
}

/** The documents as sinks take them; their lines are views of the one run of bytes. */
export function unpackDocuments({ seqs, ids, datasets, bytes, ends }: PackedDocuments): OutgoingDocument[] {
  return ids.map((id, i) => ({
    seq: seqs[i] as number, // There are as many of each.
    id,
    dataset: datasets[i] as Dataset,
    source: bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]),
  }))
}
