/** Whether a document says the same as the one that is stored: when they were delivered does not count. */
export function isSame(source: Uint8Array, stored: unknown): boolean {
  return (
    sayingOf(JSON.parse(Buffer.from(source.buffer, source.byteOffset, source.length).toString())) === sayingOf(stored)
  )
}

function sayingOf(document: unknown): string {
  const { event, ...rest } = document as { event?: { ingested?: unknown } }
  const { ingested: _, ...own } = event ?? {}
  return JSON.stringify([own, rest])
}
