/** The members under which APIs and tools put the records of a page: OData's `value`, CloudTrail's `Records`, and others. */
export const pageMembers: ReadonlySet<string> = new Set([
  ...['value', 'records', 'Records', 'events', 'items', 'data', 'results', 'Results', 'logs'],
])

/** The one under which an answer of Elasticsearch's or OpenSearch's search has them, in a member of the same name: `{"took":1,"hits":{"total":…,"hits":[…]}}`. */
export const searchMember = 'hits'

/**
 * Members of a page that describe its records, or what was asked for; the objects in them are no records. Advanced hunting's answers have them:
 * `schema` Graph's, `Schema` and `Stats` Defender's, `AdditionalProperties` those of Graph's modules for PowerShell, `fields`, `messages` and
 * `highlighted` Splunk's, `meta` and `links` Datadog's, and Elasticsearch's what was counted.
 */
export const describingMembers: ReadonlySet<string> = new Set([
  ...['schema', 'Schema', 'Stats', 'AdditionalProperties', 'aggregations', 'profile', '_shards', '_clusters'],
  ...['fields', 'messages', 'highlighted', 'meta', 'links'],
])

/** Keys, lower case, which records begin with and which the objects inside a record do not begin with. */
export const leadingKeys: ReadonlySet<string> = new Set([
  ...['activitycreationtime', 'activitydatetime', 'auditdata', 'createddatetime'],
  ...['creationdate', 'creationtime', 'operation', 'operations', 'recordtype', 'timegenerated'],
])

/** Keys, lower case, which only a record has: an object with one of them is no page of records. */
export const recordKeys: ReadonlySet<string> = new Set([
  ...leadingKeys,
  'activityidtype',
  'id',
  'userids',
  // What all records of the Office 365 Management Activity API have in common (its "Common schema").
  ...['appaccesscontext', 'clientip', 'objectid', 'organizationid'],
  ...['resultstatus', 'userid', 'userkey', 'usertype', 'workload'],
  // Lists and objects that records hold themselves.
  ...['actor', 'affecteditems', 'extendedproperties', 'folders', 'modifiedproperties', 'parameters'],
])

/** Keys that stand behind the records of a page: OData's, `nextLink` as Azure writes it, and counters. Others are kept. */
export const pageKey = /^(?:@|odata\.|(?:next|next_?link|count|total|total_?count|has_?more|size|page|skip_?token)$)/i
