/** How a document compares with the one that is stored under its id. */
export type Comparison = 'same' | 'other' | 'foreign'

/** Whether both say the same, no matter when and by which case they were delivered; and if not, whether another case wrote the stored one. */
export function compare(source: Uint8Array, stored: unknown): Comparison {
  const [ours, theirs] = [documentIn(source), stored].map(partsOf) as [Parts, Parts]
  if (ours.said === theirs.said) return 'same'
  // What was delivered before cases had ids is anybody's.
  return theirs.case === undefined || theirs.case === ours.case ? 'other' : 'foreign'
}

/** The document in place of the stored one: that keeps the time of its first delivery, by which detection rules read. */
export function renewed(source: Uint8Array, stored: unknown): Uint8Array {
  const document: Delivered = documentIn(source)
  const first = (stored as Delivered).event?.ingested
  if (first === undefined) return source
  const { ingested: updated } = document.event ?? {}
  const event = { ...document.event, ingested: first }
  return Buffer.from(JSON.stringify({ ...document, event, hoofprint: { ...document.hoofprint, updated } }))
}

function documentIn(source: Uint8Array): Delivered {
  return JSON.parse(Buffer.from(source.buffer, source.byteOffset, source.length).toString())
}

interface Parts {
  readonly said: string
  readonly case: string | undefined
}

interface Delivered {
  readonly event?: { readonly ingested?: unknown }
  readonly hoofprint?: { readonly case?: { readonly id?: string }; readonly updated?: unknown }
}

function partsOf(document: unknown): Parts {
  const { event, hoofprint, ...rest } = document as Delivered
  const { ingested: _, ...own } = event ?? {}
  const { case: writer, updated: __, ...words } = hoofprint ?? {}
  return { said: JSON.stringify([own, words, rest]), case: writer?.id }
}
