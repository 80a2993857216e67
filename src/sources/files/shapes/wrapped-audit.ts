import type { Json, JsonObject } from '../../../activity.ts'
import { readAudit } from './audit-record.ts'
import { firstSaid, hasAll, member } from './members.ts'
import { auditDataOrRow } from './quoted-record.ts'
import type { JsonShape } from './shape.ts'

interface WrappedAudit {
  readonly name: string
  readonly title: string
  /** A record has this shape when it has all of these. */
  readonly members: readonly string[]
  /** The member that holds the audit record, as an object or as JSON text. */
  readonly data: string
  /** Members that say what the record says, by the schema's names; of several the first that says it. */
  readonly beside: Readonly<Record<string, string | readonly string[]>>
  /** A member that is empty in no row of the table: where several tables are joined, a row of another one has its columns, empty. */
  readonly own?: string
}

/** A shape of JSON objects which hold one unified audit record each. */
export function wrappedAudit({ name, title, members, data, beside, own }: WrappedAudit): JsonShape {
  const besideIn = (record: JsonObject): Record<string, Json | undefined> =>
    Object.fromEntries(Object.entries(beside).map(([field, keys]) => [field, firstSaid(record, [keys].flat())]))
  return {
    name,
    title,
    recognizes: (record) => hasAll(record, ...members),
    read(record, truncated) {
      const held = auditDataOrRow(member(record, data), record['_raw'])
      if (typeof held === 'object') return readAudit(held.record, truncated || held.truncated, besideIn(record))
      if (own !== undefined && isEmpty(member(record, own)))
        return `no ${data} and an empty ${own}: a row of another table`
      const shaped = readAudit({}, true, besideIn(record))
      return typeof shaped === 'string' ? `${data} ${held}, and what is around it does not help: ${shaped}` : shaped
    },
  }
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || value === ''
}
