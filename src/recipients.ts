import type { CaseReader, StoredActivity } from './case/reader.ts'
import type { EcsDocument } from './document.ts'

/**
 * Says of mails that were sent whom they went to, as message traces tell it: Exchange's own records of sending name no recipient.
 * Fills what is empty; changes nothing.
 */
export function addRecipients(
  documents: readonly EcsDocument[],
  { joins, activities }: Pick<CaseReader, 'joins' | 'activities'>,
  toDocument: (stored: StoredActivity) => EcsDocument,
): void {
  const sent = documents.filter((document) => isSilent(document))
  if (sent.length === 0) return
  const seqs = joins.traces(sent.map(idOf))
  if (seqs.length === 0) return
  const traces = Map.groupBy(activities({ seqs }).map(toDocument), idOf)
  for (const document of sent) {
    const found = traces.get(idOf(document)) ?? []
    // Whoever else sends on a mail, as lists do, may leave it its id.
    const own = found.filter((trace) => senderOf(trace) === senderOf(document))
    const recipients = (own.length > 0 ? own : found).flatMap((trace) => trace['email.to.address'] ?? [])
    if (recipients.length > 0) document['email.to.address'] = [...new Set(recipients)].sort()
  }
}

function isSilent(document: EcsDocument): boolean {
  return (
    document['hoofprint.category'] === 'send' &&
    document['event.dataset'] === 'o365.audit' &&
    document['email.to.address'] === undefined &&
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
