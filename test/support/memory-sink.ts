import { isBesideEarlier } from '#src/document.ts'
import { type Comparison, compare } from '#src/sinks/elasticsearch/same-document.ts'
import type { OutgoingDocument, Sink } from '#src/sinks/sink.ts'

/** A sink that keeps documents in memory; `fail` may throw for one, with those before it stored, as a crash would leave it. */
export function memorySink(fail: (document: OutgoingDocument) => void = () => {}, id = 'memory') {
  const stored = new Map<string, string>()
  const whole = new Map<string, unknown>()
  const replaced: string[] = []
  const sink: Sink = {
    id,
    async write(documents, signal, known = 'kept') {
      signal.throwIfAborted()
      const result = { written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [] }
      for (const document of documents) {
        fail(document)
        const before = whole.get(document.id)
        const compared = before === undefined ? undefined : compare(document.source, before)
        const absent = known === 'updated' && !isBesideEarlier(document.id) ? 'gone' : 'written'
        const fate = compared === undefined ? absent : known === 'kept' ? 'duplicate' : fates[compared]
        const own = fate === 'foreign' && known === 'taken over' ? 'replaced' : fate
        result[own] += 1
        if (own === 'replaced') replaced.push(document.id)
        if (own !== 'written' && own !== 'replaced') continue
        stored.set(document.id, withoutDelivery(document))
        whole.set(document.id, JSON.parse(Buffer.from(document.source).toString()))
      }
      return result
    },
    countMissing: async (documents) => documents.filter(({ id }) => !stored.has(id)).length,
    close: async () => {},
  }
  const remove = (id: string) => {
    for (const documents of [stored, whole]) documents.delete(id)
  }
  return { sink, stored, replaced, remove }
}

const fates: Readonly<Record<Comparison, 'duplicate' | 'replaced' | 'foreign'>> = {
  same: 'duplicate',
  other: 'replaced',
  foreign: 'foreign',
}

/** The document without what each delivery says of itself. */
export function withoutDelivery({ source }: Pick<OutgoingDocument, 'source'>): string {
  return saying(JSON.parse(Buffer.from(source).toString()))
}

/** The same of a stored one. */
export function saying({ event, hoofprint, ...rest }: { event?: object; hoofprint?: object }): string {
  return JSON.stringify({
    ...rest,
    event: { ...event, ingested: undefined },
    hoofprint: { ...hoofprint, case: undefined, updated: undefined },
  })
}
