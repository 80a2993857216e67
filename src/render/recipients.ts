import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { inLists } from '../concurrency.ts'
import type { EcsDocument } from '../document.ts'

/**
 * Says of mails that were sent whom they went to, where their records name no recipient, and what became of them, as message traces tell it.
 * Fills what is empty; changes nothing.
 */
export function addRecipients(
  documents: readonly EcsDocument[],
  { joins, activities }: Pick<CaseReader, 'joins' | 'activities'>,
  toDocument: (stored: StoredActivity) => EcsDocument,
): void {
  const sent = documents.filter((document) => isSent(document))
  if (sent.length === 0) return
  const seqs = joins.traces(sent.map(idOf))
  if (seqs.length === 0) return
  const traces = new Map<string, Trace[]>(sent.map((document) => [idOf(document), []]))
  for (const some of inLists(seqs, () => readAtOnce)) {
    for (const trace of activities({ seqs: some }).map(toDocument)) {
      const at = Date.parse(trace['@timestamp'])
      const traceId = (trace as Readonly<Record<string, unknown>>)['o365.messagetrace.MessageTraceId']
      const recipients = trace['email.to.address'] ?? []
      traces.get(idOf(trace))?.push({ sender: senderOf(trace), recipients, at, traceId, status: trace['event.action'] })
    }
  }
  for (const document of sent) {
    const found = traces.get(idOf(document)) ?? []
    // Whoever else sends on a mail, as lists do, may leave it its id.
    const own = found.filter(({ sender }) => sender === senderOf(document))
    const itsOwn = atOnce(own.length > 0 ? own : found)
    const recipients = itsOwn.flatMap((trace) => trace.recipients)
    if (recipients.length > 0) document['email.to.address'] ??= [...new Set(recipients)].sort()
    if (itsOwn.length > 0) document['hoofprint.trace.status'] = [...new Set(itsOwn.map(({ status }) => status))].sort()
  }
}

// One mail may go to a thousand, and some dozens may be sent one after the other.
const readAtOnce = 256

/** What of a message trace counts here: the whole of each would be too much. */
interface Trace {
  readonly sender: string | undefined
  readonly recipients: readonly string[]
  /** When transport received it, in milliseconds since the epoch. */
  readonly at: number
  /** What transport calls the mail: several mails may have one Message-ID. */
  readonly traceId: unknown
  /** What became of it, or an event on its way. */
  readonly status: string
}

// One mail to many is received once; a second or two are left for clocks and for what is sent in parts.
const togetherMs = 2000

/** Those of the mail as it was sent: what a mailbox forwards comes to transport again, under the same Message-ID and in the sender's name. */
function atOnce(traces: readonly Trace[]): readonly Trace[] {
  const [first] = traces.toSorted((a, b) => a.at - b.at)
  if (first === undefined) return traces
  const isSame = ({ traceId }: Trace) => traceId !== undefined && traceId === first.traceId
  return traces.filter((trace) => trace.at - first.at <= togetherMs || isSame(trace))
}

function isSent(document: EcsDocument): boolean {
  return (
    document['hoofprint.category'] === 'send' &&
    document['event.dataset'] === 'o365.audit' &&
    typeof document['email.message_id'] === 'string'
  )
}

/** Traces may leave out the brackets. */
function idOf(document: EcsDocument): string {
  const id = String(document['email.message_id'])
  return id.startsWith('<') ? id : `<${id}>`
}

function senderOf(document: EcsDocument): string | undefined {
  return document['email.from.address']?.[0]?.toLowerCase()
}
