import type { Activity, JsonObject, Origin } from '#src/activity.ts'
import type { EcsDocument } from '#src/document.ts'
import { normalizer } from '#src/normalize/index.ts'

const origin: Origin = { source: 'management-api', file: 'audit.json', sha256: '5'.repeat(64), row: 2 }

/** An activity of a dataset, in alice's mailbox unless it is another's. */
export function activityOf(
  given: Pick<Activity, 'dataset' | 'operation' | 'record'> & Pick<Partial<Activity>, 'mailbox'>,
): Activity {
  return { id: 'id-1', time: Date.UTC(2026, 0, 14), mailbox: 'alice@contoso.example', original: '', ...given }
}

/** The document of an activity. */
export function documentOf(given: Parameters<typeof activityOf>[0]): EcsDocument {
  return normalizer.document(activityOf(given), origin)
}

/** An audit record as an activity. */
export function auditActivity(record: JsonObject, mailbox?: string): Activity {
  const operation = String(record['Operation'] ?? 'Unheard')
  return activityOf({ dataset: 'o365.audit', operation, record, ...(mailbox !== undefined && { mailbox }) })
}

/** The document of an audit record. */
export function documentOfAudit(record: JsonObject, mailbox?: string): EcsDocument {
  return normalizer.document(auditActivity(record, mailbox), origin)
}
