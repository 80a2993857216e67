import type { OutgoingDocument, Sink } from '#src/sinks/sink.ts'

/** A sink that keeps documents in memory; `fail` may throw for one, with those before it stored, as a crash would leave it. */
export function memorySink(fail: (document: OutgoingDocument) => void = () => {}, id = 'memory') {
  const stored = new Map<string, string>()
  const replaced: string[] = []
  const sink: Sink = {
    id,
    async write(documents, signal, known = 'kept') {
      signal.throwIfAborted()
      const result = { written: 0, duplicate: 0, replaced: 0, rejected: [] }
      for (const document of documents) {
        fail(document)
        const [text, before] = [withoutIngested(document), stored.get(document.id)]
        const fate = before === undefined ? 'written' : known === 'kept' || before === text ? 'duplicate' : 'replaced'
        result[fate] += 1
        if (fate !== 'duplicate') stored.set(document.id, text)
        if (fate === 'replaced') replaced.push(document.id)
      }
      return result
    },
    close: async () => {},
  }
  return { sink, stored, replaced }
}

/** The document without the time of its delivery, which differs each time. */
export function withoutIngested({ source }: Pick<OutgoingDocument, 'source'>): string {
  const { event, ...rest } = JSON.parse(Buffer.from(source).toString())
  return JSON.stringify({ ...rest, event: { ...event, ingested: undefined } })
}
