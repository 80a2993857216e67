import type { Dataset } from '../activity.ts'
import { growingBytes } from '../bytes/growing-bytes.ts'
import type { OutgoingDocument } from './sink.ts'

/** Documents for another thread: their lines as one run of bytes, which crosses without being copied. */
export interface PackedDocuments {
  readonly seqs: Float64Array<ArrayBuffer>
  readonly ids: readonly string[]
  readonly datasets: readonly Dataset[]
  /** Of each document an action line and its own line, as a bulk request has them. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each document begins in `bytes`, and where it ends, its line end not included. */
  readonly starts: Uint32Array<ArrayBuffer>
  readonly ends: Uint32Array<ArrayBuffer>
}

/** A document before its line is encoded. */
export type Line = Omit<OutgoingDocument, 'source' | 'action'> & { readonly source: string }

const startSize = 1 << 20

/** Encodes lines one by one, so that none of their texts has to be kept; into `spare`, where that is large enough. */
export function packer(spare: ArrayBuffer = new ArrayBuffer(startSize)) {
  const [seqs, ids, datasets]: [number[], string[], Dataset[]] = [[], [], []]
  const [starts, ends]: [number[], number[]] = [[], []]
  const lines = growingBytes(Buffer.from(spare))
  return {
    add({ seq, id, dataset, source }: Line): void {
      lines.write(`{"create":{"_id":${JSON.stringify(id)}}}\n`)
      starts.push(lines.length())
      lines.write(source)
      ends.push(lines.length())
      lines.write('\n')
      seqs.push(seq)
      ids.push(id)
      datasets.push(dataset)
    },
    packed: (): PackedDocuments => ({
      ...{ ids, datasets, seqs: Float64Array.from(seqs) },
      ...{ starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) },
      bytes: lines.bytes(),
    }),
  }
}

/** The documents as sinks take them; their lines are views of the one run of bytes. */
export function unpackDocuments({ seqs, ids, datasets, bytes, starts, ends }: PackedDocuments): OutgoingDocument[] {
  return ids.map((id, i) => {
    const end = ends[i] as number // There are as many of each.
    return {
      seq: seqs[i] as number,
      id,
      dataset: datasets[i] as Dataset,
      source: bytes.subarray(starts[i], end),
      action: bytes.byteOffset + (i === 0 ? 0 : (ends[i - 1] as number) + 1),
    }
  })
}
