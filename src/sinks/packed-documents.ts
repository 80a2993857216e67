import type { Dataset } from '../activity.ts'
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
export type Line = Omit<OutgoingDocument, 'source' | 'lines'> & { readonly source: string }

const startSize = 1 << 20
const mostBytesPerUnit = 3 // Of UTF-8, for one unit of UTF-16.

/** Encodes lines one by one, so that none of their texts has to be kept; into `spare`, where that is large enough. */
export function packer(spare: ArrayBuffer = new ArrayBuffer(startSize)) {
  const [seqs, ids, datasets]: [number[], string[], Dataset[]] = [[], [], []]
  const [starts, ends]: [number[], number[]] = [[], []]
  let buffer = Buffer.from(spare)
  let end = 0
  return {
    add({ seq, id, dataset, source }: Line): void {
      const head = `{"create":{"_id":${JSON.stringify(id)}}}\n`
      const needed = end + (head.length + source.length) * mostBytesPerUnit + 1
      if (needed > buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(needed, buffer.length * 2))
        buffer.copy(larger, 0, 0, end)
        buffer = larger
      }
      end += buffer.write(head, end)
      starts.push(end)
      end += buffer.write(source, end)
      ends.push(end)
      end = buffer.writeUInt8(lineEnd, end)
      seqs.push(seq)
      ids.push(id)
      datasets.push(dataset)
    },
    packed: (): PackedDocuments => ({
      ...{ ids, datasets, seqs: Float64Array.from(seqs) },
      ...{ starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) },
      bytes: new Uint8Array(buffer.buffer, 0, end),
    }),
  }
}

const lineEnd = 0x0a

/** The documents as sinks take them; their lines are views of the one run of bytes. */
export function unpackDocuments(packed: PackedDocuments): OutgoingDocument[] {
  return packed.ids.map((_, i) => new PackedDocument(packed, i))
}

/** Makes a view, some 200 bytes, when it is asked for: kept as long as the documents are under way, they were most of the memory. */
class PackedDocument implements OutgoingDocument {
  readonly #all: PackedDocuments
  readonly #at: number

  constructor(all: PackedDocuments, at: number) {
    this.#all = all
    this.#at = at // There are as many of each.
  }

  get seq(): number {
    return this.#all.seqs[this.#at] as number
  }

  get id(): string {
    return this.#all.ids[this.#at] as string
  }

  get dataset(): Dataset {
    return this.#all.datasets[this.#at] as Dataset
  }

  get source(): Uint8Array {
    return this.#all.bytes.subarray(this.#all.starts[this.#at], this.#all.ends[this.#at])
  }

  get lines(): Uint8Array {
    const { bytes, ends } = this.#all
    return bytes.subarray(this.#at === 0 ? 0 : (ends[this.#at - 1] as number) + 1, (ends[this.#at] as number) + 1)
  }
}
