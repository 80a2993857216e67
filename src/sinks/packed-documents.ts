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

const startSize = 1 << 20
const mostBytesPerUnit = 3 // Of UTF-8, for one unit of UTF-16.

/** Encodes lines one by one, so that none of their texts has to be kept. */
export function packer() {
  const [seqs, ids, datasets, ends]: [number[], string[], Dataset[], number[]] = [[], [], [], []]
  let buffer = Buffer.allocUnsafeSlow(startSize)
  let end = 0
  return {
    add({ seq, id, dataset, source }: Line): void {
      const needed = end + source.length * mostBytesPerUnit
      if (needed > buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(needed, buffer.length * 2))
        buffer.copy(larger, 0, 0, end)
        buffer = larger
      }
      end += buffer.write(source, end)
      seqs.push(seq)
      ids.push(id)
      datasets.push(dataset)
      ends.push(end)
    },
    packed: (): PackedDocuments => ({
      ...{ ids, datasets, seqs: Float64Array.from(seqs), ends: Uint32Array.from(ends) },
      bytes: new Uint8Array(buffer.subarray(0, end)),
    }),
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
