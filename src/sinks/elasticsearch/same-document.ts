/** How a document compares with the one that is stored under its id. */
export type Comparison = 'same' | 'other' | 'foreign'

/** Whether both say the same, no matter when and by which case they were delivered; and if not, whether another case wrote the stored one. */
export function compare(source: Uint8Array, stored: unknown): Comparison {
  const [ours, theirs] = [documentIn(source), stored].map(partsOf) as [Parts, Parts]
  if (ours.said === theirs.said) return 'same'
  // What was delivered before cases had ids is anybody's.
  return theirs.case === undefined || theirs.case === ours.case ? 'other' : 'foreign'
}

/**
 * The document in place of the stored one: that keeps the time of its first delivery, by which detection rules read, and where both say the same
 * that of its last change.
 */
export function renewed(source: Uint8Array, stored: unknown, comparison: Comparison): Uint8Array {
  const document: Delivered = documentIn(source)
  const { event: was, hoofprint } = stored as Delivered
  const first = was?.ingested
  if (first === undefined) return source
  const updated = comparison === 'same' ? hoofprint?.updated : document.event?.ingested
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
  return { said: JSON.stringify(indexed([own, words, rest])), case: writer?.id }
}

/**
 * What Elasticsearch indexes of a value. Where it keeps no source (`logsdb`) and makes one of that, keys are sorted, a number in a keyword field is
 * text, a list of one may be its element, and what is empty is gone: none of it is another document.
 */
function indexed(value: unknown): unknown {
  if (Array.isArray(value)) {
    const some = value.map(indexed).filter((one) => one !== undefined)
    return some.length > 1 ? some : some[0]
  }
  if (value === null || value === undefined) return undefined
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).map(([key, inner]) => [key, indexed(inner)] as const)
  const some = entries.filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return some.length === 0 ? undefined : Object.fromEntries(some)
}
