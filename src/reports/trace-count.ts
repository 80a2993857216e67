import { foundOrMade } from '../remember.ts'
import type { ReportedActivity } from './reported-activity.ts'

/** Message traces of some slices that name one recipient and tell the same of his mails, counted. */
export interface TraceCount {
  /** In lower case. */
  readonly recipient: string
  /** What became of the mails: `Delivered`, `Failed`, …, or an event on their way. */
  readonly status: string
  count: number
  readonly first: string
  last: string
}

/** In the order of the columns of the `trace` table. */
export const traceColumns = [
  ...(['recipient', 'status', 'count', 'first', 'last'] as const),
] satisfies readonly (keyof TraceCount)[]

/** Counts a message trace for each of its recipients; they come in time order, and other activities are none. */
export function countTrace(counts: Map<string, TraceCount>, { document }: ReportedActivity): void {
  if (document['event.dataset'] !== 'o365.messagetrace') return
  const status = document['event.action']
  const at = document['@timestamp']
  for (const address of document['email.to.address'] ?? []) {
    const recipient = address.toLowerCase()
    const begin = () => ({ recipient, status, count: 0, first: at, last: at })
    const known = foundOrMade(counts, `${status}\n${recipient}`, begin)
    known.count += 1
    known.last = at
  }
}
