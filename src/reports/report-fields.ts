import type { Field } from '../document.ts'

/** What reports read of a document, beyond what every document has: for them alone no more need be worked out. */
export const reportFields: ReadonlySet<Field> = new Set<Field>([
  'email.delivery_timestamp',
  'email.from.address',
  'email.local_id',
  'email.message_id',
  'email.subject',
  'email.to.address',
  'event.outcome',
  'event.reason',
  'hoofprint.search.query',
  'o365.activity.AppIdType',
  'o365.activity.CustomProperties',
  'session.id',
  'source.address',
  'source.ip',
  'source.port',
  'user.id',
  'user_agent.original',
])
