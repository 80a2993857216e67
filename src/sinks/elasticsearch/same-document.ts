/** How a document compares with the one that is stored under its id. */
export type Comparison = 'same' | 'other' | 'foreign'

/** Whether both say the same, no matter when and by which case they were delivered; and if not, whether another case wrote the stored one. */
export function compare(source: Uint8Array, stored: unknown): Comparison {
  const document = JSON.parse(Buffer.from(source.buffer, source.byteOffset, source.length).toString())
  const [ours, theirs] = [document, stored].map(partsOf) as [Parts, Parts]
  if (ours.said === theirs.said) return 'same'
  // What was delivered before cases had ids is anybody's.
  return theirs.case === undefined || theirs.case === ours.case ? 'other' : 'foreign'
}

interface Parts {
  readonly said: string
  readonly case: string | undefined
}

interface Delivered {
  readonly event?: { readonly ingested?: unknown }
  readonly hoofprint?: { readonly case?: { readonly id?: string } }
}

function partsOf(document: unknown): Parts {
  const { event, hoofprint, ...rest } = document as Delivered
  const { ingested: _, ...own } = event ?? {}
  const { case: writer, ...words } = hoofprint ?? {}
  return { said: JSON.stringify([own, words, rest]), case: writer?.id }
}
