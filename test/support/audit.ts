import type { Activity, JsonObject, Origin } from '#src/activity.ts'
import type { EcsDocument } from '#src/document.ts'
import { normalizer } from '#src/normalize/index.ts'

const origin: Origin = { source: 'management-api', file: 'audit.json', sha256: '5'.repeat(64), row: 2 }

/** An audit record as an activity of alice's mailbox, unless it is another's. */
export function auditActivity(record: JsonObject, mailbox = 'alice@contoso.example'): Activity {
  return {
    dataset: 'o365.audit',
    id: 'id-1',
    time: Date.UTC(2026, 0, 14),
    operation: String(record['Operation'] ?? 'Unheard'),
    mailbox,
    record,
    original: '',
  }
}

/** The document of an audit record. */
export function documentOfAudit(record: JsonObject, mailbox?: string): EcsDocument {
  return normalizer.document(auditActivity(record, mailbox), origin)
}
